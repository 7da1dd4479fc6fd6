"""A file is looked at before anything is written to it; a damaged one is read as far as it goes, and never written."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text

from db import backends
from db.errors import Damage, Missing, UserError
from db.models.case import Case
from db.models.lawyer import Lawyer
from db.office.queries.settings import load_settings
from db.setup.opening import open_office
from tests import damaging
from tests.damaging import bytes_of
from tests.db.setup.test_command_line import ROOT, run
from tests.db.store.test_acts import enter_lawyer

CHILD = """
import os, sys
from pathlib import Path
from db.setup.opening import open_office
from db.models.lawyer import Lawyer
office = open_office(Path(sys.argv[1]), "沈青禾")
with office.write("未合并") as session:
    session.add(Lawyer(name="示例乙", sort_key="shili"))
print("ready", flush=True)
{end}
"""


def spoil(file: Path, *statements: str) -> None:
    """Change a file without the program; ``writable_schema`` lets statements change its catalogue."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def spoil_page(file: Path, table: str) -> None:
    """Fill the first page of a table or index with noise."""
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    raw = bytearray(file.read_bytes())
    raw[(page - 1) * 4096 : page * 4096] = b"\x5a" * 4096
    file.write_bytes(raw)


DAMAGES = {
    "a page of a table": lambda file: spoil_page(file, "setting"),
    "a page of an index": lambda file: spoil_page(file, "ix_case_record_number"),
    "an index is gone": lambda file: spoil(file, "DROP INDEX uq_lawyer_licence"),
    "an index is no longer unique": lambda file: spoil(
        file, "DROP INDEX uq_lawyer_licence", "CREATE INDEX uq_lawyer_licence ON lawyer (licence)"
    ),
    "a table is gone": lambda file: spoil(file, "DROP TABLE rating"),
    "a column is gone": lambda file: spoil(
        file, "DROP INDEX ix_service_public_lawyer_id", "ALTER TABLE lawyer DROP COLUMN note"
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_read_and_not_written(file, damage):
    DAMAGES[damage](file)
    before = bytes_of(file)
    office = open_office(file, "沈青禾")
    assert "已损坏" in office.damage
    with office.read() as session:
        assert session.scalars(select(Case.id)).all() == []
    with pytest.raises(Damage, match="只能查看，不能修改"):
        enter_lawyer(office)
    office.close()
    assert bytes_of(file) == before


def test_a_damaged_file_gets_no_shipped_rows_again(file):
    spoil(file, "DELETE FROM holiday", "DROP INDEX ix_case_record_number")
    before = bytes_of(file)
    open_office(file, "沈青禾").close()
    assert bytes_of(file) == before


def test_rows_that_were_taken_away_are_for_check_and_not_entered_again(file):
    spoil(file, "DELETE FROM jurisdiction_rule")
    office = open_office(file, "沈青禾")
    with office.read() as session:
        assert session.scalar(text("SELECT count(*) FROM jurisdiction_rule")) == 0
    office.close()
    done = run("check", "--db", file)
    assert done.returncode == 1
    assert "管辖规则 1 不见了" in done.stdout


def test_what_is_not_ours_is_left_alone_and_said(file, tmp_path):
    spoil(file, "PRAGMA application_id=77")
    before = bytes_of(file)
    with pytest.raises(UserError, match="不是本程序的数据库"):
        open_office(file)
    assert bytes_of(file) == before
    with pytest.raises(UserError, match="是文件夹"):
        open_office(tmp_path)


def test_a_new_file_says_whose_it_is(tmp_path):
    open_office(tmp_path / "新.db").close()
    with closing(sqlite3.connect(tmp_path / "新.db")) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (backends.APPLICATION,)


def test_nothing_is_made_where_nothing_was_asked_for(tmp_path):
    for path in (tmp_path / "没有.db", tmp_path / "无此文件夹" / "o.db"):
        with pytest.raises(Missing, match="没有数据库文件"):
            open_office(path, may_create=False)
    empty = tmp_path / "空.db"
    empty.touch()
    with pytest.raises(Missing, match="没有任何数据"):
        open_office(empty, may_create=False)
    assert [path.name for path in tmp_path.iterdir()] == ["空.db"]


# -- acts that are in the -wal only ----------------------------------------------------------


def started(file: Path, end: str) -> subprocess.Popen[str]:
    """Start another program on the file, that adds a lawyer and then waits for a line, or is killed."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD.format(end=end), str(file)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout.readline() == "ready\n"
    return child


def killed(file: Path) -> None:
    started(file, "os.kill(os.getpid(), 9)").communicate()


def names_in(office) -> list[str]:
    with office.read() as session:
        return list(session.scalars(select(Lawyer.name)))


@pytest.mark.parametrize("has_index", [True, False], ids=["with -shm", "without -shm"])
def test_acts_that_a_killed_program_left_are_all_there(file, has_index):
    killed(file)
    if not has_index:
        Path(f"{file}-shm").unlink()
    office = open_office(file, "沈青禾")
    assert (office.damage, names_in(office)) == ("", ["示例乙"])
    office.close()


def test_a_file_that_another_window_has_open_is_opened(file):
    child = started(file, "input()")
    office = open_office(file, "林一苇")
    assert (office.damage, names_in(office)) == ("", ["示例乙"])
    office.close()
    assert run("check", "--db", file).returncode == 0
    child.communicate("\n")


@pytest.mark.parametrize("cut", [0, 20, 32 + 24 + 4096, -1])
def test_acts_that_were_lost_with_a_cut_wal_are_said(file, cut):
    killed(file)
    wal = Path(f"{file}-wal")
    wal.write_bytes(wal.read_bytes()[:cut])
    before = bytes_of(file)
    office = open_office(file, "沈青禾")
    assert "最近的操作有一部分读不出来" in office.damage
    office.close()
    assert bytes_of(file) == before


def test_the_wal_of_another_file_is_not_merged(file, template, tmp_path):
    other = tmp_path / "另一个.db"
    other.write_bytes(template.read_bytes())
    killed(other)
    office = open_office(file, "沈青禾")
    enter_lawyer(office)
    office.close()
    Path(f"{file}-wal").write_bytes(Path(f"{other}-wal").read_bytes())
    before = bytes_of(file)
    try:  # its pages may fit so badly that nothing can be read with them
        office = open_office(file, "沈青禾")
    except Damage as error:
        said = str(error)
    else:
        said = office.damage
        office.close()
    assert "已损坏" in said
    assert bytes_of(file) == before


# -- damage that is met later ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE lawyer SET licence_state = '没有这个值'", "顾问 1 的 licence_state"),
        ("UPDATE lawyer SET first_licensed_on = '2020-13-45'", "顾问 1 的 first_licensed_on"),
        ("UPDATE lawyer SET removed_at = 'x'", "顾问 1 的 removed_at"),
        ("UPDATE lawyer SET name = CAST(x'fffe41' AS TEXT)", "顾问 1 的 name"),
    ],
)
def test_a_value_that_cannot_be_read_is_said_with_its_place(office, statement, where):
    enter_lawyer(office)
    with office.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    with pytest.raises(Damage, match=where), office.read() as session:
        session.scalars(select(Lawyer)).all()


def test_a_setting_that_is_no_json_is_said_with_its_place(office):
    with office.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO setting (name, value, version) VALUES ('office_name', '{\"x', 1)"
        )
    with pytest.raises(Damage, match="设置 .* 的 value"), office.read() as session:
        load_settings(session)


def test_a_mistake_of_ours_is_not_called_damage(office):
    with pytest.raises(KeyError), office.read() as session:
        session.scalars(select(Case)).all()
        raise KeyError("ours")
    with pytest.raises(json.JSONDecodeError), office.read():
        json.loads("{")


def test_a_page_that_breaks_while_the_window_is_open_is_said(file):
    office = open_office(file, "沈青禾")
    enter_lawyer(office)
    office.close()
    office = open_office(file, "沈青禾")
    office.close()
    spoil_page(file, "lawyer")
    with pytest.raises(UserError, match="已损坏"), office.read() as session:
        session.scalars(select(Lawyer)).all()


# -- the command line ------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", "  ", "sqlite://", "sqlite:///", ":memory:", "新/"])
def test_what_is_no_place_for_a_database_is_wrong_usage(tmp_path, place):
    done = run("--db", place, "check", cwd=tmp_path, HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path / "数据"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("coverage",),
        ("candidates", "--case", "x"),
        ("allocate",),
        ("export", "roster", "x.xlsx"),
        ("import", "roster", "x.xlsx"),
        ("report", "顾问名册", "x.pdf"),
        ("backup", "x.db"),
    ],
)
def test_a_mistyped_path_is_said_and_makes_nothing(tmp_path, words):
    done = run("--db", tmp_path / "打错.db", *words, cwd=tmp_path)
    assert done.returncode == 1
    assert "打错.db" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_exported_from_and_not_imported_into(file, tmp_path):
    spoil(file, "DROP INDEX ix_case_record_number")
    before = bytes_of(file)
    done = run("export", "agencies", tmp_path / "单位.xlsx", "--db", file)
    assert done.returncode == 0
    assert "已导出 49 行" in done.stdout
    assert "缺索引 ix_case_record_number" in done.stderr
    done = run("demo", "--db", file)
    assert done.returncode == 1
    assert "不能修改" in done.stderr
    done = run("check", "--db", file)
    assert done.returncode == 1
    assert "缺索引 ix_case_record_number" in done.stdout
    assert "通过  记录与操作记录" in done.stdout
    assert bytes_of(file) == before


def test_damage_of_any_kind_is_said_and_nothing_is_written(tmp_path):
    damaging.prepare(tmp_path)
    found = damaging.run(tmp_path, damaging.COUNT // 10)
    assert found == []
