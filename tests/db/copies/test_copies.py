"""A copy is verified before it is called one; without it nothing is imported, upgraded or cleared."""

import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import func, select

from db import backends, migrate
from db.base import Base
from db.catalogue.importers import IMPORTERS
from db.copies.making import back_up, back_up_today, keep_before, last_copy, write_out
from db.copies.rotation import Why
from db.copies.saying import NoCopy
from db.copies.shelf import Copy, shelf_of
from db.copies.sqlite_files import NotSound, examine, is_whole, trouble
from db.demo.demo import clear_demo
from db.errors import UserError
from db.exchange.importing import Importer
from db.models.journal import Gesture
from db.models.lawyer import Lawyer
from db.office.acts.attachments import attach_files
from db.office.acts.numbering import issue
from db.setup.check import check_all
from db.setup.opening import open_office
from tests.conftest import TODAY
from tests.db.setup.test_command_line import ROOT, run
from tests.db.store.test_acts import enter_lawyer
from tests.sheets import messy_roster

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - the shape of shutil's own


def final_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.db") if path.parent.name == "备份")


def rows_of(file: Path) -> dict[str, list[tuple]]:
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608
            for table in (*Base.metadata.tables, "alembic_version")
        }


def import_roster(database, sheet):
    importer = IMPORTERS["roster"]
    plan = importer.examine(database, sheet, None, TODAY)
    return importer.carry_out(database, plan, TODAY)


def lawyers(database):
    with database.read() as session:
        return session.scalar(select(func.count(Lawyer.id)))


def acts_of(database):
    with database.read() as session:
        return session.scalar(select(func.count(Gesture.id)))


# -- what a copy is -------------------------------------------------------------------------


def test_a_copy_holds_every_row_and_stands_by_itself(database):
    enter_lawyer(database)
    copy = back_up(database.url, Why.BY_HAND).path
    assert trouble(copy) is None
    assert copy.name.endswith("-手动.db")
    assert [path for path in copy.parent.iterdir() if path.name.startswith(copy.name)] == [copy]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    opened = open_office(copy, "沈青禾")  # a server's copy is an office like any other
    assert [line.found for line in check_all(opened) if not line.is_ok] == []
    assert opened.undo() == "新增顾问 汪晓棠"
    opened.close()


def test_a_servers_copy_has_the_same_rows_as_that_of_a_file(demo_office, served_url, tmp_path):
    """The demo bureau goes to a server by restoring and comes back by a copy: 67 tables, not a value differs."""
    from db.setup.restoring import restore

    first = back_up(demo_office.url, Why.BY_HAND).path
    office = open_office(served_url, "沈青禾")
    restore(office.url, first, "沈青禾")
    back = write_out(office.url, tmp_path / "回.db").path
    office.close()
    before, after = rows_of(first), rows_of(back)
    assert after["gesture"].pop()[3].startswith("从备份恢复")
    assert before == after
    with closing(sqlite3.connect(back)) as connection, closing(sqlite3.connect(first)) as other:
        query = "SELECT name, seq FROM sqlite_sequence WHERE name <> 'gesture' ORDER BY name"
        given = {name: seq for name, seq in connection.execute(query) if seq}
        assert given == {name: seq for name, seq in other.execute(query) if seq}


def test_a_copy_is_of_one_moment_while_others_write(database):
    """Clerks go on entering; what a copy says of lawyers and of the journal belongs together."""
    done = Event()

    def enter_on():
        number = 0
        while not done.is_set():
            enter_lawyer(database, name=f"示例{number}", licence=f"1330820151{number:07}")
            number += 1

    clerk = Thread(target=enter_on)
    clerk.start()
    try:
        copies = [back_up(database.url, Why.BY_HAND).path for _ in range(4)]
    finally:
        done.set()
        clerk.join()
    for copy in copies:
        with closing(sqlite3.connect(copy)) as connection:
            (people,) = connection.execute("SELECT count(*) FROM lawyer").fetchone()
            (acts,) = connection.execute(
                "SELECT count(*) FROM gesture WHERE label LIKE '新增顾问%'"
            ).fetchone()
        assert people == acts


def test_a_file_that_is_not_there_is_not_made_by_copying_it(tmp_path):
    with pytest.raises(NoCopy, match="找不到数据库"):
        back_up(backends.url_of(tmp_path / "没有.db"), Why.BY_HAND)
    assert not (tmp_path / "没有.db").exists()


# -- no act without its copy ----------------------------------------------------------------


def stand_in_the_way(office) -> None:
    (office.file.parent / "备份").write_text("别的东西", encoding="utf-8")


def no_room(monkeypatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 50_000))


@pytest.mark.parametrize("hindrance", ["a file stands there", "no room"])
@pytest.mark.parametrize("act", ["import", "clear", "upgrade"])
def test_an_act_that_cannot_be_copied_before_is_not_carried_out(
    demo_office, tmp_path, monkeypatch, act, hindrance
):
    office, sheet = demo_office, messy_roster(tmp_path / "名册.xlsx")
    before, acts = lawyers(office), acts_of(office)
    said = "同名的文件" if hindrance == "a file stands there" else "磁盘只剩 49 KB，需要 4.8 MB"
    if hindrance == "a file stands there":
        stand_in_the_way(office)
    else:
        no_room(monkeypatch)
    with pytest.raises(UserError, match=said) as refused:
        if act == "import":
            import_roster(office, sheet)
        elif act == "clear":
            clear_demo(office)
        else:
            with closing(sqlite3.connect(office.file)) as connection:
                connection.execute("UPDATE alembic_version SET version_num = '0004'")
                connection.commit()
            open_office(office.file)
    words = {"import": "没有导入", "clear": "没有清除", "upgrade": "没有打开，也没有升级"}
    assert str(refused.value).startswith(words[act])
    assert "现有数据未受影响" in str(refused.value)
    assert lawyers(office) == before
    assert final_names(tmp_path) == []
    assert acts_of(office) == acts
    if act == "upgrade":
        assert migrate.revision(office.engine) == "0004"


def test_every_kind_of_import_goes_the_one_way_that_copies_first():
    for importer in IMPORTERS.values():
        assert type(importer).carry_out is Importer.carry_out


def test_a_disk_that_fills_up_while_copying_leaves_nothing_under_a_final_name(demo_office, tmp_path):
    def at_most_a_megabyte():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    command = [sys.executable, str(ROOT / "main.py"), "--db", str(demo_office.file), "backup"]
    done = subprocess.run(
        [*command, str(tmp_path / "出.db")],
        capture_output=True,
        text=True,
        preexec_fn=at_most_a_megabyte,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("备份没有完成：")
    assert done.stderr.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir() if "出" in p.name] == []


def test_a_folder_that_may_not_be_written_is_said(office):
    with pytest.raises(NoCopy, match="没有写入“/sys”的权限"):
        write_out(office.url, Path("/sys/副本.db"))


def test_a_damaged_database_gives_no_copy(demo_office, tmp_path):
    demo_office.close()
    with demo_office.file.open("r+b") as opened:
        opened.seek(200 * 4096)
        opened.write(b"\xff" * 40 * 4096)
    with pytest.raises(NoCopy, match="核对不符|已损坏"):
        write_out(demo_office.url, tmp_path / "出.db")
    with pytest.raises(NoCopy, match="没有导入"):
        keep_before(demo_office.url, Why.IMPORT)
    assert final_names(tmp_path) == []


def test_nothing_that_is_there_is_overwritten(office, tmp_path):
    with pytest.raises(NoCopy, match="已经存在"):
        write_out(office.url, office.file)
    other = tmp_path / "论文.db"
    other.write_bytes(b"three years of work")
    with pytest.raises(NoCopy, match="已经存在"):
        write_out(office.url, other)
    assert other.read_bytes() == b"three years of work"


def test_a_cancelled_copy_leaves_nothing(demo_office, tmp_path):
    cancel = Event()
    cancel.set()
    with pytest.raises(UserError, match="已取消"):
        back_up(demo_office.url, Why.BY_HAND, cancel=cancel)
    assert [p.name for p in (tmp_path / "备份").iterdir()] == [".备份锁"]


def test_what_a_killed_run_left_is_cleared_by_the_next(office):
    shelf = shelf_of(office.url)
    back_up(office.url, Why.DAILY)
    left = [
        shelf.folder / f".{office.file.stem}-20261124-080000-每日.db.正在写-99999{e}"
        for e in ("", "-journal")
    ]
    for path in left:
        path.write_bytes(b"half a page")
    back_up(office.url, Why.BY_HAND)
    assert not any(path.exists() for path in left)


# -- the shelf ------------------------------------------------------------------------------


def test_the_first_opening_of_a_day_makes_a_copy_and_the_second_none(database):
    assert back_up_today(database.url) is not None
    assert back_up_today(database.url) is None
    assert [copy.made.why for copy in shelf_of(database.url).copies()] == [Why.DAILY]


def fill_shelf(office, days: int) -> None:
    """Put a copy of each of the last days on the shelf, the youngest of yesterday."""
    first = back_up(office.url, Why.DAILY).path
    now = datetime.now(UTC).astimezone().replace(hour=8, minute=30, second=0)
    for ago in range(1, days + 1):
        at = now - timedelta(days=ago)
        shutil.copy(first, first.with_name(f"{office.file.stem}-{at:%Y%m%d-%H%M%S}-每日.db"))


def test_each_new_copy_lets_at_most_one_go_and_never_a_kept_one(office):
    fill_shelf(office, 60)
    shelf = shelf_of(office.url)
    before = {copy.path for copy in shelf.copies()}
    for made in range(1, 61):
        back_up(office.url, Why.DAILY)
        now = {copy.path for copy in shelf.copies()}
        assert len(now) >= len(before)
        assert len(before - now) <= 1, made
        before = now
    days = {copy.made.at.date() for copy in shelf.copies()}
    assert len([d for d in days if (datetime.now(UTC).astimezone().date() - d).days < 7]) == 7


def test_an_old_copy_stays_when_the_one_that_takes_its_place_is_damaged(office):
    fill_shelf(office, 40)
    shelf = shelf_of(office.url)
    by_day = {(datetime.now(UTC).astimezone().date() - c.made.at.date()).days: c for c in shelf.copies()}
    for ago, copy in by_day.items():
        if (
            1 <= ago <= 39
        ):  # all younger than the oldest: their middle is gone, their length and header are right
            with copy.path.open("r+b") as opened:
                opened.seek(20 * 4096)
                opened.write(b"\xff" * 60 * 4096)
    assert all(is_whole(copy.path) for copy in by_day.values())
    back_up(office.url, Why.DAILY)
    assert by_day[40].path.exists()


def test_copies_before_an_act_are_kept_apart_from_the_daily_ones(office):
    for _ in range(12):
        keep_before(office.url, Why.IMPORT)
    keep_before(office.url, Why.CLEARING)
    back_up(office.url, Why.DAILY)
    found = [copy.made.why for copy in shelf_of(office.url).copies()]
    assert (found.count(Why.IMPORT), found.count(Why.CLEARING), found.count(Why.DAILY)) == (10, 1, 1)


def test_the_last_good_copy_passes_over_damaged_ones(office):
    good = back_up(office.url, Why.DAILY).path
    for ending, spoil in (
        ("300000", lambda b: b[:5000]),
        ("300001", lambda b: b[:8192] + b"\x00" * (len(b) - 8192)),
    ):
        made = datetime.now(UTC).astimezone() + timedelta(days=1)
        good.with_name(f"{office.file.stem}-{made:%Y%m%d}-1{ending[1:]}-每日.db").write_bytes(
            spoil(good.read_bytes())
        )
    shelf = shelf_of(office.url)
    assert [copy.is_whole for copy in shelf.copies()] == [True, False, True]
    found = shelf.last_good()
    assert isinstance(found, Copy)
    assert found.path == good
    assert last_copy(office.url) != found  # by its header alone the zeroed one looks whole


def test_copies_of_another_database_beside_are_not_ours(office, tmp_path):
    other = tmp_path / "顾问库-旧.db"
    shutil.copy(office.file, other)
    back_up(backends.url_of(other), Why.DAILY)
    assert shelf_of(office.url).copies() == ()
    assert len(shelf_of(backends.url_of(other)).copies()) == 1


def test_copies_of_the_versions_before_are_listed_and_never_taken_away(office):
    for folder, name in (("导入前备份", "导入前"), ("升级前备份", "版本0004")):
        (office.file.parent / folder).mkdir()
        shutil.copy(
            office.file, office.file.parent / folder / f"{office.file.stem}-{name}-20250101-080000.db"
        )
    for _ in range(12):
        keep_before(office.url, Why.IMPORT)
    old = [copy for copy in shelf_of(office.url).copies() if copy.is_old]
    assert [copy.made.why for copy in old] == [Why.IMPORT, Why.UPGRADE]


# -- attachments and the second folder ------------------------------------------------------


@pytest.fixture
def paper(tmp_path) -> Path:
    path = tmp_path / "答辩状.pdf"
    path.write_bytes(b"%PDF " + bytes(range(256)) * 40)
    return path


def test_attachments_are_kept_once_for_all_copies_and_named_when_they_are_lost(database, paper):
    lawyer = enter_lawyer(database)
    attach_files(database, "lawyer", lawyer, [paper], TODAY)
    assert back_up(database.url, Why.DAILY).troubles == ()
    shelf = shelf_of(database.url)
    (kept,) = [p for p in (shelf.folder / "附件").rglob("*") if p.is_file()]
    assert kept.read_bytes() == paper.read_bytes()
    back_up(database.url, Why.BY_HAND)
    assert [p for p in (shelf.folder / "附件").rglob("*") if p.is_file()] == [kept]
    kept.write_bytes(
        b"rotten" * 2000
    )  # the stick is bad: the next copy by hand mends it from the office's own
    assert back_up(database.url, Why.BY_HAND).troubles == ()
    assert kept.read_bytes() == paper.read_bytes()
    with database.read() as session:
        from db.office.queries.attachments import attachment_store

        original = attachment_store(session).path_of(kept.name)
    original.unlink()
    kept.unlink()
    (said,) = back_up(database.url, Why.BY_HAND).troubles
    assert said.startswith("附件“答辩状.pdf”没有备份：文件不在附件文件夹中")


def test_the_second_folder_gets_the_same_and_its_failure_spoils_nothing(office, paper, tmp_path):
    lawyer = enter_lawyer(office)
    attach_files(office, "lawyer", lawyer, [paper], TODAY)
    stick = tmp_path / "U盘"
    stick.mkdir()
    report = back_up(office.url, Why.DAILY, stick)
    assert report.troubles == ()
    (copy,) = stick.rglob("*-每日.db")
    assert rows_of(copy) == rows_of(report.path)
    assert [p.read_bytes() for p in copy.parent.joinpath("附件").rglob("*") if p.is_file()] == [
        paper.read_bytes()
    ]
    shutil.rmtree(stick)  # pulled out
    report = back_up(office.url, Why.BY_HAND, stick)
    assert trouble(report.path) is None
    (said,) = report.troubles
    assert "第二个备份文件夹没有完成：找不到" in said
    assert "U 盘是否插好" in said
    assert not stick.exists()


def test_two_offices_on_one_stick_do_not_push_each_others_copies_out(office, tmp_path):
    stick, elsewhere = tmp_path / "U盘", tmp_path / "另一处"
    stick.mkdir()
    elsewhere.mkdir()
    other = elsewhere / office.file.name
    shutil.copy(office.file, other)
    back_up(backends.url_of(other), Why.DAILY, stick)
    for _ in range(3):
        back_up(office.url, Why.BY_HAND, stick)
    assert len(list(stick.rglob("*-每日.db"))) == 1


# -- the command line -----------------------------------------------------------------------


def test_backup_on_the_command_line(demo_office, tmp_path):
    out = tmp_path / "带走.db"
    done = run("--db", demo_office.file, "backup", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert "已备份并核对" in done.stdout
    assert rows_of(out) == rows_of(demo_office.file)
    again = run("--db", demo_office.file, "backup", out)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert "已经存在" in again.stderr
    folder = tmp_path / "柜子"
    folder.mkdir()
    assert run("--db", demo_office.file, "backup", folder, "--json").returncode == 0
    assert len(list(folder.glob("*-手动.db"))) == 1
    nowhere = run("--db", tmp_path / "错.db", "backup", tmp_path / "x.db")
    assert "找不到数据库" in nowhere.stderr
    assert not (tmp_path / "错.db").exists()


def test_examining_says_what_is_wrong(office, tmp_path):
    for content, said in ((b"", "不是本程序的数据库"), (b"hello" * 5000, "不是数据库文件")):
        file = tmp_path / "x.db"
        file.write_bytes(content)
        with pytest.raises(NotSound, match=said):
            examine(file)


def test_numbers_are_part_of_a_copy(database):
    with database.write("编号") as session:
        issue(session, "柯司顾荐", TODAY, "推荐函")
    copy = back_up(database.url, Why.BY_HAND).path
    assert rows_of(copy)["issued_number"][0][1:4] == ("柯司顾荐", 2026, 1)
