"""Opening files of other versions, and files that are not ours."""

import json
import sqlite3
from contextlib import closing

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select, true

from db import backends, migrate
from db.base import Base
from db.errors import UserError
from db.models.case import Case
from db.models.lawyer import Lawyer
from db.models.reference import Holiday, HolidayNotice, PracticeField
from db.seals import seal_acts
from db.setup import derived
from db.setup.check import check_all
from db.setup.opening import open_office
from db.stored import lossless
from tests.db.setup.test_command_line import run
from tests.db.store.test_acts import enter_lawyer


def test_the_migrations_build_exactly_the_models(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"target_metadata": Base.metadata, "compare_type": False}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_checks_of_the_models_are_in_the_migrated_file(office):
    """Autogenerate does not see CHECK constraints, so they are compared by name."""
    found = inspect(office.engine)
    for table in Base.metadata.sorted_tables:
        wanted = {c.name for c in table.constraints if c.__class__.__name__ == "CheckConstraint"}
        assert {c["name"] for c in found.get_check_constraints(table.name)} == wanted, table.name


def test_ids_are_never_reused(office):
    with closing(sqlite3.connect(office.file)) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    ours = {name: sql for name, sql in tables if name in Base.metadata.tables}
    assert len(ours) == len(Base.metadata.tables)
    assert all("AUTOINCREMENT" in sql for sql in ours.values())


def test_a_newer_file_is_refused_and_left_alone(office):
    office.close()
    with closing(sqlite3.connect(office.file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(UserError, match="更新版本的程序"):
        open_office(office.file)


def test_a_file_of_another_program_is_refused(tmp_path):
    file = tmp_path / "别的.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE something (x)")
    with pytest.raises(UserError, match="不是本程序的数据库"):
        open_office(file)


def test_what_is_no_database_is_refused(tmp_path):
    file = tmp_path / "照片.db"
    file.write_bytes(b"\x89PNG not a database at all" * 100)
    with pytest.raises(UserError, match="不是本程序的数据库"):
        open_office(file)


@pytest.mark.parametrize("version", ["0001", "0005", "0009"])
def test_a_file_that_carries_the_number_of_another_version_is_said_and_left_alone(office, version):
    office.close()
    with closing(sqlite3.connect(office.file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.commit()
    before = office.file.read_bytes()
    for command_ in ("check", "figures"):
        done = run("--db", office.file, command_)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        assert "版本号与其中的内容不符" in done.stdout + done.stderr
    assert office.file.read_bytes() == before


def test_an_older_file_is_copied_before_it_is_upgraded(office, monkeypatch):
    """The next version does not exist yet, so the upgrade is one step of our own."""
    office.close()
    with closing(sqlite3.connect(office.file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
        connection.commit()
    monkeypatch.setattr(migrate, "_upgrade", lambda _engine: False)
    open_office(office.file).close()
    (copy,) = (office.file.parent / "备份").glob("*-升级前.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM agency").fetchone() == (49,)


def test_a_server_that_is_not_there_is_said_in_a_sentence():
    with pytest.raises(UserError, match="连接不上数据库服务器|找不到数据库服务器"):
        open_office("postgresql://nobody@127.0.0.1:9/none")


@pytest.mark.parametrize("version", ["0001", "0002", "0003", "0004", "0005"])
def test_an_office_of_a_version_before_is_upgraded_with_all_it_has_and_checks_out(
    demo_office, tmp_path, version
):
    """Its cases get what is derived in this version, its days off their notices, and it gets the new tables' data."""
    office = demo_office
    enter_lawyer(office, name="示例某", licence="13308201510999999")
    old = tmp_path / "上一版.db"
    make_at_revision(old, version, filled_from=office.file)
    upgraded = open_office(old, "沈青禾")
    with upgraded.read() as session:
        assert derived.differences(session) == []
        assert session.scalar(select(func.count(Case.id)).where(Case.lacks_agent)) > 0
        assert session.scalar(select(func.count(HolidayNotice.id))) == 6
        assert session.scalar(select(func.count(Holiday.id)).where(Holiday.notice_id.is_(None))) == 0
        assert session.scalar(select(func.count(PracticeField.id))) > 20
    assert [line.found for line in check_all(upgraded) if not line.is_ok] == []
    assert upgraded.undo() == "新增顾问 示例某"  # what was done before the upgrade can still be taken back
    with upgraded.read() as session:
        assert session.scalar(select(func.count(Lawyer.id)).where(Lawyer.name == "示例某")) == 0
    upgraded.close()


def make_at_revision(file, revision, filled_from):
    """Make a file of an older version that holds what ``filled_from`` holds, as far as it knew it."""
    engine = backends.open_engine(backends.url_of(file))
    config = Config()
    config.set_main_option("script_location", str(migrate.VERSIONS.parent))
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ATTACH ? AS present", (str(filled_from),))
        tables = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if table in Base.metadata.tables and table not in NEW_DATA:
                names = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
                connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM present.{table}")  # noqa: S608 - names of our own tables
        forget_what_it_did_not_know(connection)
        connection.commit()
    with engine.connect() as connection, connection.begin(), lossless(connection):
        if inspect(connection).has_table("table_seal"):  # over what the older version would have written
            seal_acts(connection, true())
    engine.dispose()


def forget_what_it_did_not_know(connection):
    """Take out of the journal the tables and columns that the older version did not have."""
    rows = connection.execute(
        "SELECT id, table_name, before, after FROM main.journal_row ORDER BY id"
    ).fetchall()
    written = 0
    for key, table, *values in rows:
        known = {row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")}
        if not known or table in NEW_DATA:
            connection.execute("DELETE FROM main.journal_row WHERE id = ?", (key,))
            continue
        written += 1  # no number of the journal is ever missing
        old = [v and json.dumps({k: x for k, x in json.loads(v).items() if k in known}) for v in values]
        connection.execute(
            "UPDATE main.journal_row SET id = ?, before = ?, after = ? WHERE id = ?", (written, *old, key)
        )
    connection.execute("UPDATE main.sqlite_sequence SET seq = ? WHERE name = 'journal_row'", (written,))


NEW_DATA = {"practice_field"}  # an older version had a table for it, but nothing in it
