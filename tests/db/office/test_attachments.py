"""Files kept with a record: attached, found again, opened, removed, restored, and proved by 核对."""

from datetime import date

import pytest
from sqlalchemy import select

from db import storage
from db.errors import UserError
from db.models.office import Attachment
from db.office.acts.attachments import (
    attach_files,
    describe_attachment,
    remove_attachments,
    restore_attachment,
)
from db.office.queries.attachments import attachment_counts, attachments, file_to_open, save_copy
from db.office.queries.history import recycle_bin
from db.roster.acts.lawyers import save_lawyer
from db.setup.check import check_all
from tests.conftest import TODAY, a_lawyer


@pytest.fixture(autouse=True)
def own_folders(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def lawyer(database):
    with database.write("新增顾问") as session:
        return save_lawyer(session, a_lawyer(), TODAY)


@pytest.fixture
def licence(tmp_path):
    path = tmp_path / "执业证.pdf"
    path.write_bytes(b"%PDF " + bytes(range(256)) * 40)
    return path


def rows(database, lawyer):
    with database.read() as session:
        return attachments(session, "lawyer", lawyer)


def found_wrong(database):
    return {line.what: line.found for line in check_all(database) if not line.is_ok}


def test_a_paper_is_kept_with_the_lawyer_and_opens_under_its_own_name(database, lawyer, licence, tmp_path):
    (key,) = attach_files(database, "lawyer", lawyer, [licence], TODAY, kind="执业证")
    licence.unlink()  # the clerk clears the desktop
    (row,) = rows(database, lawyer)
    assert (row.key, row.name, row.kind, row.size, row.added_on) == (
        key,
        "执业证.pdf",
        "执业证",
        10245,
        TODAY,
    )
    with database.read() as session:
        copy = file_to_open(session, key)
        save_copy(session, key, tmp_path / "另存.pdf")
        assert attachment_counts(session, "lawyer", [lawyer, lawyer + 1]) == {lawyer: 1}
    assert copy.name == "执业证.pdf"
    assert copy.read_bytes() == row.path.read_bytes() == (tmp_path / "另存.pdf").read_bytes()
    assert not found_wrong(database)


def test_the_same_content_is_stored_once(database, lawyer, licence, tmp_path):
    again = tmp_path / "执业证（副本）.pdf"
    again.write_bytes(licence.read_bytes())
    attach_files(database, "lawyer", lawyer, [licence, again], TODAY)
    attach_files(database, "lawyer", lawyer, [licence], TODAY)
    found = rows(database, lawyer)
    assert [row.name for row in found] == ["执业证.pdf", "执业证（副本）.pdf"]
    assert found[0].path == found[1].path
    assert [p for p in found[0].path.parents[1].rglob("*") if p.is_file()] == [found[0].path]


def test_attaching_and_removing_can_be_taken_back(database, lawyer, licence):
    (key,) = attach_files(database, "lawyer", lawyer, [licence], TODAY)
    database.undo()
    assert rows(database, lawyer) == []
    database.redo()
    with database.write("附件说明") as session:
        describe_attachment(session, key, "执业证", "2026 年度考核章", 1)
    with database.write("移入回收站") as session:
        remove_attachments(session, [key])
    assert rows(database, lawyer) == []
    with database.read() as session:
        assert [(b.table, b.title) for b in recycle_bin(session)] == [("attachment", "执业证.pdf")]
    with database.write("恢复") as session:
        restore_attachment(session, key)
    (row,) = rows(database, lawyer)
    assert row.note == "2026 年度考核章"
    assert row.path.is_file()


def test_what_cannot_be_kept_is_refused_in_a_sentence_and_nothing_is_attached(
    database, lawyer, licence, tmp_path, monkeypatch
):
    monkeypatch.setattr(storage, "LIMIT", 1000)
    (tmp_path / "空.docx").touch()
    small = tmp_path / "说明.txt"
    small.write_text("说明", encoding="utf-8")
    given = [small, licence, tmp_path / "空.docx", tmp_path / "不在.pdf", tmp_path]
    with pytest.raises(UserError) as refusal:
        attach_files(database, "lawyer", lawyer, given, TODAY)
    said = str(refusal.value).splitlines()
    assert [
        line
        for line, word in zip(said, ("200 MB", "空文件", "找不到", "文件夹", "其余"), strict=True)
        if word in line
    ] == said
    assert rows(database, lawyer) == []


def test_a_record_that_is_gone_gets_no_paper(database, licence):
    with pytest.raises(UserError, match="已不存在"):
        attach_files(database, "lawyer", 99, [licence], date(2026, 1, 1))


def test_check_names_the_file_that_is_missing_or_changed(database, lawyer, licence, tmp_path):
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"jpeg" * 100)
    keys = attach_files(database, "lawyer", lawyer, [licence, photo], TODAY)
    first, second = (row.path for row in rows(database, lawyer))
    second.unlink()
    first.write_bytes(first.read_bytes()[::-1])
    assert found_wrong(database) == {
        "附件": "附件“执业证.pdf”：文件内容与登记时不同；附件“照片.jpg”：文件不在附件文件夹中"
    }
    with database.read() as session, pytest.raises(UserError, match="从备份恢复"):
        file_to_open(session, keys[1])
    attach_files(database, "lawyer", lawyer, [licence, photo], TODAY)  # giving the papers again mends both
    assert not found_wrong(database)
    with database.read() as session:
        assert len(session.scalars(select(Attachment.id)).all()) == 2
