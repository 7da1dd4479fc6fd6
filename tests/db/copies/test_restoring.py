"""从备份恢复: what would change is said first, what is there is kept aside, and all versions come back whole."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from threading import Event, Thread

import pytest
from sqlalchemy import select

from db import backends, migrate
from db.copies.making import back_up, write_out
from db.copies.rotation import Why
from db.copies.shelf import shelf_of
from db.errors import UserError
from db.models.lawyer import Lawyer
from db.office.acts.attachments import attach_files
from db.office.acts.numbering import issue
from db.office.queries.attachments import attachment_store
from db.office.queries.history import recent_acts
from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.lawyers import lawyer_draft
from db.setup.check import check_all
from db.setup.opening import open_office
from db.setup.restoring import preview, restore
from tests.conftest import TODAY
from tests.db.copies.test_copies import no_room, rows_of
from tests.db.setup.test_command_line import run
from tests.db.store.test_acts import enter_lawyer
from tests.db.store.test_migrate import make_at_revision

VERSIONS = sorted(path.name[:4] for path in migrate.VERSIONS.glob("[0-9]*.py"))


def names(database):
    with database.read() as session:
        return sorted(session.scalars(select(Lawyer.name).where(Lawyer.removed_at.is_(None))))


def found_wrong(database):
    return [f"{line.what}：{line.found}" for line in check_all(database) if not line.is_ok]


def test_a_morning_is_given_up_and_got_back(database):
    """What would be lost is said by kind and act; then it is lost, and lies in the copy that was made before."""
    kept = enter_lawyer(database, name="汪晓棠")
    copy = back_up(database.url, Why.DAILY).path
    enter_lawyer(database, name="示例乙", licence="13308201510999999", phone="13800002222")
    with database.write("改电话") as session:
        save_lawyer(session, replace(lawyer_draft(session, kept, TODAY), phone="13900001111"), TODAY, kept)
    with database.write("编号") as session:
        assert issue(session, "柯司顾荐", TODAY, "推荐函").endswith("1号")

    found = preview(database.url, copy)
    assert found.trouble == ""
    said = {d.kind: (d.lost, d.back, d.changed) for d in found.comparison.differences}
    assert said["顾问"] == (1, 0, 1)
    assert found.comparison.lost == 2  # giving a number changes no record and is no act of its own
    assert [act.label for act in found.comparison.newest] == ["改电话", "新增顾问 示例乙"]
    assert names(database) == ["汪晓棠", "示例乙"]

    database.close()
    done = restore(database.url, copy, "沈青禾")
    assert done.troubles == ()
    assert names(database) == ["汪晓棠"]
    assert found_wrong(database) == []
    with database.read() as session:
        (last,) = recent_acts(session, limit=1)
    assert (last.label, last.clerk) == (f"从备份恢复 {copy.name}", "沈青禾")
    with database.write("编号") as session:  # number 1 has left the house: it is not given again
        assert issue(session, "柯司顾荐", TODAY, "推荐函").endswith("2号")
    with database.read() as session:
        old_keys = [session.scalars(select(Lawyer.id)).one()]
    new = enter_lawyer(database, name="示例丙", licence="13308201510999998", phone="13800003333")
    assert new > max(old_keys) + 1, "nor is a key"

    database.close()
    restore(database.url, done.aside, "沈青禾")
    assert names(database) == ["汪晓棠", "示例乙"]
    assert found_wrong(database) == []


def test_nothing_to_give_up_is_said_so(database):
    enter_lawyer(database)
    found = preview(database.url, back_up(database.url, Why.DAILY).path)
    assert (found.comparison.differences, found.comparison.lost) == ((), 0)


def test_what_lies_in_the_bin_now_comes_back(database):
    from db.roster.acts.lawyers import remove_lawyers

    key = enter_lawyer(database)
    copy = back_up(database.url, Why.DAILY).path
    with database.write("移入回收站") as session:
        remove_lawyers(session, [key])
    (difference,) = (d for d in preview(database.url, copy).comparison.differences if d.kind == "顾问")
    assert (difference.lost, difference.back, difference.changed) == (0, 1, 0)
    assert difference.sentence() == "顾问：1 条将恢复"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_copy_of_every_version_is_restored(demo_office, file, tmp_path, version):
    old = tmp_path / f"备份{version}.db"
    make_at_revision(old, version, filled_from=demo_office.file)
    before = old.read_bytes()
    office = open_office(file, "沈青禾")
    enter_lawyer(office, name="示例乙", licence="13308201510999999")
    found = preview(office.url, old)
    assert found.revision == version
    assert not found.comparison.is_related  # it is of the demo bureau
    assert next(d.lost for d in found.comparison.differences if d.kind == "顾问") == 1
    office.close()
    restore(office.url, old, "沈青禾")
    assert migrate.revision(office.engine) == migrate.head()
    assert len(names(office)) == 15
    assert found_wrong(office) == []
    office.close()
    assert old.read_bytes() == before


@pytest.mark.parametrize("version", VERSIONS[::5])
def test_a_server_takes_copies_of_old_versions_too(demo_office, tmp_path, version, served_url):
    old = tmp_path / f"备份{version}.db"
    make_at_revision(old, version, filled_from=demo_office.file)
    there = open_office(served_url, "沈青禾")
    restore(there.url, old, "沈青禾")
    assert len(names(there)) == 15
    assert found_wrong(there) == []
    enter_lawyer(there, name="示例丁", licence="13308201510999997")  # the next key is free
    there.close()


def test_while_another_window_has_the_file_nothing_is_restored(office):
    copy = back_up(office.url, Why.DAILY).path
    enter_lawyer(office)  # its connection stays open in the pool, as another window's does
    with pytest.raises(UserError, match="正被另一个窗口、命令或另一台电脑打开，没有改动它"):
        restore(office.url, copy, "沈青禾")
    assert names(office) == ["汪晓棠"]
    assert [c.made.why for c in shelf_of(office.url).copies()] == [Why.DAILY]


def test_windows_on_other_pcs_reload_everything_after_a_restore(database):
    enter_lawyer(database)
    copy = back_up(database.url, Why.DAILY).path
    other = open_office(database.url.render_as_string(hide_password=False), "别的电脑")
    for number in range(3):
        enter_lawyer(database, name=f"示例{number}", licence=f"1330820151099999{number}", phone="")
    assert other.news() == []  # the first look
    other.close()
    database.close()
    restore(database.url, copy, "沈青禾")
    (change,) = other.news()
    assert change.label.startswith("从备份恢复")
    assert change.touch("lawyer")
    assert change.touch("case_record")
    assert other.news() == []
    other.close()


def test_clerks_who_write_meanwhile_lose_nothing_unsaid(database):
    """What others save while a restore begins is in the copy aside, or is refused; nothing falls between."""
    copy = back_up(database.url, Why.DAILY).path
    done, saved = Event(), []
    other = open_office(database.url.render_as_string(hide_password=False), "别的电脑")

    def enter_on():
        number = 0
        while not done.is_set():
            number += 1
            try:
                enter_lawyer(other, name=f"示例{number}", licence=f"1330820151{number:07}", phone="")
            except UserError:
                continue
            saved.append(f"示例{number}")

    clerk = Thread(target=enter_on)
    clerk.start()
    database.close()
    try:
        restored = restore(database.url, copy, "沈青禾")
    except UserError:
        restored = None  # a file that somebody has open is not touched at all
    finally:
        done.set()
        clerk.join()
        other.close()
    now = set(names(database))
    aside = {row[3] for row in rows_of(restored.aside)["lawyer"]} if restored else set()
    with (
        closing(sqlite3.connect(restored.aside)) if restored else closing(sqlite3.connect(":memory:")) as kept
    ):
        aside = {row[0] for row in kept.execute("SELECT name FROM lawyer")} if restored else set()
    assert set(saved) <= now | aside


def test_a_damaged_database_is_kept_as_it_is_and_the_copy_takes_its_place(demo_office):
    good = back_up(demo_office.url, Why.DAILY).path
    demo_office.close()
    with demo_office.file.open("r+b") as opened:
        opened.seek(100 * 4096)
        opened.write(b"\xff" * 300 * 4096)
    damaged = demo_office.file.read_bytes()
    found = preview(demo_office.url, good)
    assert found.comparison is None
    assert found.trouble.startswith("现有数据库的文件已损坏")
    done = restore(demo_office.url, good, "沈青禾")
    assert done.aside.read_bytes() == damaged
    assert done.aside.name.endswith("-损坏原件.db")
    again = open_office(demo_office.file, "沈青禾")
    assert len(names(again)) == 15
    assert found_wrong(again) == []
    again.close()
    assert done.aside not in [copy.path for copy in shelf_of(demo_office.url).copies()]


@pytest.mark.parametrize("header", [b"\x00" * 100, b"SQLite format 3\x00" + b"\xff" * 84, b""])
def test_a_database_without_a_header_is_replaced_too(office, header):
    enter_lawyer(office)
    good = back_up(office.url, Why.DAILY).path
    office.close()
    office.file.write_bytes(header + b"\xee" * 9000 if header else b"")
    restore(office.url, good, "沈青禾")
    assert names(office) == ["汪晓棠"]


def test_a_pc_without_a_database_gets_it_from_the_stick(office, tmp_path):
    enter_lawyer(office)
    stick = tmp_path / "U盘"
    stick.mkdir()
    copy = write_out(office.url, stick / "顾问库.db").path
    place = tmp_path / "新电脑"
    place.mkdir()
    done = restore(backends.url_of(place / "顾问库.db"), copy, "沈青禾")
    assert done.aside is None
    moved = open_office(place / "顾问库.db")
    assert names(moved) == ["汪晓棠"]
    moved.close()


def test_what_is_no_copy_of_ours_restores_nothing(office, tmp_path):
    office.close()
    before = office.file.read_bytes()
    shelf_of(office.url).folder.mkdir()
    unfinished = shelf_of(office.url).scratch("每日")
    newer, foreign, text = (tmp_path / name for name in ("新版.db", "别的.db", "说明.db"))
    for path in (unfinished, newer):
        shutil.copy(office.file, path)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE something (x)")
    text.write_text("请勿删除" * 1000, encoding="utf-8")
    for file, said in (
        (office.file, "正是现在使用的数据库"),
        (unfinished, "没有写完的备份"),
        (newer, "更新版本的程序备份"),
        (foreign, "不是本程序的数据库"),
        (text, "不是数据库文件"),
        (tmp_path / "没有.db", "找不到备份文件"),
        (tmp_path, "找不到备份文件"),
    ):
        for act in (preview, lambda url, copy: restore(url, copy, "沈青禾")):
            with pytest.raises(UserError, match=said):
                act(office.url, file)
    assert office.file.read_bytes() == before


def test_another_programs_file_is_not_written_over(office, tmp_path):
    copy = back_up(office.url, Why.DAILY).path
    foreign = tmp_path / "别的.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE something (x)")
    before = foreign.read_bytes()
    with pytest.raises(UserError, match="不是本程序的数据库，没有改动它"):
        restore(backends.url_of(foreign), copy, "沈青禾")
    assert foreign.read_bytes() == before


def test_without_room_for_the_copy_aside_nothing_is_restored(database, monkeypatch):
    enter_lawyer(database)
    copy = back_up(database.url, Why.DAILY).path
    enter_lawyer(database, name="示例乙", licence="13308201510999999", phone="")
    database.close()
    with monkeypatch.context() as full, pytest.raises(UserError, match="没有恢复：.*磁盘只剩"):
        no_room(full)
        restore(database.url, copy, "沈青禾")
    assert names(database) == ["汪晓棠", "示例乙"]


def test_attachments_that_the_office_has_lost_come_back_from_beside_the_copy(database, tmp_path):
    paper = tmp_path / "答辩状.pdf"
    paper.write_bytes(b"%PDF " * 3000)
    lawyer = enter_lawyer(database)
    attach_files(database, "lawyer", lawyer, [paper], TODAY)
    copy = back_up(database.url, Why.DAILY).path
    with database.read() as session:
        store = attachment_store(session)
    shutil.rmtree(store.folder)
    database.close()
    assert restore(database.url, copy, "沈青禾").troubles == ()
    assert found_wrong(database) == []
    shutil.rmtree(store.folder)
    shutil.rmtree(copy.parent / "附件")
    database.close()
    (said,) = restore(database.url, copy, "沈青禾").troubles
    assert "答辩状.pdf" in said


def test_the_copy_that_is_restored_is_not_the_one_that_goes_for_the_copy_aside(office):
    """Ten copies before a restore are kept; the oldest is restored, and stays."""
    url = office.url
    office.close()
    daily = back_up(url, Why.DAILY).path
    for _ in range(10):
        restore(url, daily, "沈青禾")
    oldest = [copy.path for copy in shelf_of(url).copies() if copy.made.why is Why.RESTORE][-1]
    restore(url, oldest, "沈青禾")
    assert oldest.exists()


def test_restore_on_the_command_line(office, tmp_path):
    enter_lawyer(office)
    copy = tmp_path / "带走.db"
    assert run("--db", office.file, "backup", copy).returncode == 0
    enter_lawyer(office, name="示例乙", licence="13308201510999999", phone="")
    done = run("--db", office.file, "restore", copy, "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert "顾问：1 条将不再存在" in done.stdout
    assert "新增顾问 示例乙" in done.stdout
    done = run("--db", office.file, "restore", copy, "--dry-run", "--json")
    answer = json.loads(done.stdout)
    assert answer["lost_acts"] == 1
    assert {"kind": "顾问", "lost": 1, "back": 0, "changed": 0} in answer["kinds"]
    refused = run("--db", office.file, "restore", copy)  # the window still has it
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    office.close()
    done = run("--db", office.file, "restore", copy)
    assert (done.returncode, done.stderr) == (0, "")
    assert "恢复前的数据在" in done.stdout
    assert names(office) == ["汪晓棠"]
    assert run("--db", office.file, "check").returncode == 0
