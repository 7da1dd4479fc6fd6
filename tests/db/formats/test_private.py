"""What leaves this PC's own files: nothing by a log, a report to the maintainers, a list of processes, or a mode."""

import logging
import os
import stat
import sys

import pytest
from sqlalchemy import text

import main
from db import places
from db.documents.files import safely
from db.errors import UserError
from db.formats.redacting import redacted
from db.setup.opening import open_office
from db.storage import Store
from gui.errors import PrivateLog, RedactingFormatter
from tests.conftest import LICENCE, a_lawyer, enter_someone

POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no modes; folders of a user are his own there"
)


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_error_of_a_statement_names_nobody(database):
    with database.write("新增顾问") as session:
        key = enter_someone(session)
    with pytest.raises(Exception, match="no_such") as bug, database.read() as session:
        session.execute(
            text("SELECT no_such FROM lawyer WHERE name = :name AND id = :id"), {"name": "汪晓棠", "id": key}
        )
    assert "汪晓棠" not in redacted(str(bug.value))


@pytest.mark.parametrize(
    ("raw", "kept", "gone"),
    [
        (
            'duplicate key "uq_x"\nDETAIL:  Key (name)=(汪晓棠) already exists.\n[SQL: INSERT',
            "[SQL: INSERT",
            "汪晓棠",
        ),
        ('错误:  重复键\n详细信息:  键值"(name)=(汪晓棠)" 已经存在\n', "重复键", "汪晓棠"),
        (f"ValueError: '{LICENCE}'", "ValueError: '133****56'", LICENCE),
        ("KeyError: '11010519491231002X'", "110****2X", "19491231"),
        ("invalid: 13800001111", "138****11", "13800001111"),
        ("postgresql://zhang:geheim@10.1.2.3/x", "postgresql://zhang:***@10.1.2.3/x", "geheim"),
        ("postgresql:///x?password=geheim&host=y", "password=***&host=y", "geheim"),
        ('File "db/engine.py", line 1234, in write', "line 1234", "****"),
    ],
)
def test_what_an_error_quotes_is_masked(raw, kept, gone):
    assert kept in redacted(raw)
    assert gone not in redacted(raw)


@POSIX
def test_the_log_is_its_users_own_and_holds_no_numbers(tmp_path):
    log = PrivateLog(tmp_path / "运行日志.log", maxBytes=60, backupCount=1, encoding="utf-8")
    log.setFormatter(RedactingFormatter("%(message)s"))
    for _ in range(10):
        log.emit(logging.LogRecord("x", logging.ERROR, "", 1, f"电话 {a_lawyer().phone}", None, None))
    log.close()
    files = list(tmp_path.iterdir())
    assert len(files) == 2
    assert {mode(file) for file in files} == {0o600}
    assert all("13800001111" not in file.read_text(encoding="utf-8") for file in files)


@POSIX
@pytest.mark.parametrize(("folder_mode", "wanted"), [(0o700, 0o600), (0o755, 0o600), (0o2770, 0o660)])
def test_the_database_and_its_attachments_are_private_unless_the_folder_is_a_groups(
    tmp_path, folder_mode, wanted
):
    before = os.umask(0o002)
    try:
        folder = tmp_path / "数据"
        folder.mkdir()
        folder.chmod(folder_mode)
        database = open_office(folder / "顾问库.db", "沈青禾")
        with database.write("新增顾问") as session:
            enter_someone(session)
        for suffix in ("", "-wal", "-shm"):
            assert mode(folder / f"顾问库.db{suffix}") == wanted
        database.close()
    finally:
        os.umask(before)


@POSIX
def test_a_file_that_is_there_keeps_its_mode(file):
    file.chmod(0o664)
    database = open_office(file, "沈青禾")
    database.close()
    assert mode(file) == 0o664


@POSIX
def test_what_is_kept_is_private_and_what_is_made_for_others_is_theirs(tmp_path):
    paper = tmp_path / "答辩状.txt"
    paper.write_text("x", encoding="utf-8")
    (tmp_path / "附件").mkdir(mode=0o755)
    store = Store(tmp_path / "附件")
    assert mode(store.path_of(store.keep(paper).digest)) & 0o077 == 0
    plain = tmp_path / "别的程序新建的"
    plain.touch()
    out = tmp_path / "名册.xlsx"
    with safely(out, ".xlsx", overwrite=False) as temporary:
        temporary.write_bytes(b"x")
    assert mode(out) == mode(plain)
    out.chmod(0o640)
    with safely(out, ".xlsx", overwrite=True) as temporary:
        temporary.write_bytes(b"y")
    assert mode(out) == 0o640


def test_an_address_stands_in_a_file_or_the_environment(tmp_path, monkeypatch, capsys):
    named = tmp_path / "地址"
    named.write_text("\ufeff\n  postgresql://zhang:geheim@127.0.0.1:1/x \n", encoding="utf-8")
    assert places.named(f"@{named}") == "postgresql://zhang:geheim@127.0.0.1:1/x"
    assert places.named("顾问库.db") == "顾问库.db"
    assert places.named(None) is None
    monkeypatch.setenv(places.VARIABLE, f"@{named}")
    assert places.named(None) == "postgresql://zhang:geheim@127.0.0.1:1/x"
    assert places.named("顾问库.db") == "顾问库.db"
    assert main.main(["allocate"]) == 1
    said = capsys.readouterr().err
    assert "连接不上数据库服务器" in said
    assert "geheim" not in said


@pytest.mark.parametrize("content", [None, b"", b"\n \n", b"\xff\xfe\x00"])
def test_a_file_without_an_address_is_said_to_have_none(tmp_path, content):
    named = tmp_path / "地址"
    if content is not None:
        named.write_bytes(content)
    with pytest.raises(UserError, match="地址"):
        places.named(f"@{named}")
