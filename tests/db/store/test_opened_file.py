"""The open database is known by what it is: nobody but SQLite opens it, and nothing is saved into a file that is gone."""

import shutil
import sys
from contextlib import suppress

import pytest

from db.documents.files import safely
from db.errors import Misplaced, UserError
from db.exchange.reading import read_book
from db.office.acts.attachments import attach_files
from db.office.queries.attachments import attachment_store
from db.opened_file import OpenedFile, is_opened
from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.roster import roster
from db.setup.opening import open_office
from tests.conftest import TODAY, a_lawyer

held = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move or delete an open file")


def entered(office, *names, first=0):
    """Enter lawyers; return their keys."""
    keys = []
    for at, name in enumerate(names, start=first):
        with office.write(f"新增顾问 {name}") as session:
            draft = a_lawyer(name=name, licence=f"1330820151018{at:04}", phone=f"1380000{at:04}")
            keys.append(save_lawyer(session, draft, TODAY))
    return keys


def beside(file, suffix):
    return file.with_name(f"{file.name}{suffix}")


def as_attachment(office, path):
    with office.read() as session:
        found = [row.key for row in roster(session, TODAY)]
    attach_files(office, "lawyer", (found or [*entered(office, "汪晓棠")])[0], [path], TODAY)


def as_copy_of_an_attachment(office, path):
    with office.read() as session:
        attachment_store(session).copy_to("0" * 64, path)


def as_workbook(office, path):
    read_book(path)


def as_export(office, path):
    with safely(path, path.suffix, overwrite=True) as temporary:
        temporary.write_text("不该写到这里", encoding="utf-8")


USES = [as_attachment, as_copy_of_an_attachment, as_workbook, as_export]


@pytest.fixture
def opened():
    """Say which files Python code has opened in this process; SQLite's own opening does not pass here."""
    seen, watching = [], [True]

    def hook(name, given):
        if watching and name == "open":
            seen.append(str(given[0]))

    sys.addaudithook(hook)
    yield seen
    watching.clear()


@pytest.fixture(params=["顾问库.db", "名册.xlsx"])
def odd_office(request, template, tmp_path):
    """An office whose file is called like something that may be chosen in a dialog."""
    file = tmp_path / request.param
    shutil.copy(template, file)
    database = open_office(file, "沈青禾")
    yield database
    database.close()


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("suffix", ["", "-wal"])
@pytest.mark.parametrize("name", ["own", "hard link", "symbolic link"])
def test_the_database_itself_is_refused_unopened_whatever_it_is_called(
    odd_office, tmp_path, opened, use, suffix, name
):
    with odd_office.read():
        path = beside(odd_office.file, suffix)
    if name != "own":
        other = tmp_path / f"另一个名字{odd_office.file.suffix}"
        if name == "hard link":
            other.hardlink_to(path)
        else:
            other.symlink_to(path)
        path = other
    before = {file: file.stat() for file in (odd_office.file, beside(odd_office.file, "-wal"))}
    if use in {as_workbook, as_export} and path.suffix not in {".xlsx", ".csv"}:
        with pytest.raises(UserError):  # refused for its suffix, or as the database
            use(odd_office, path)
    else:
        with pytest.raises(UserError, match="正在使用的数据库"):
            use(odd_office, path)
    assert not {str(path), str(odd_office.file)} & set(opened)
    assert all(file.stat().st_ino == was.st_ino for file, was in before.items())


def test_a_closed_database_is_a_file_like_any_other(file, tmp_path):
    database = open_office(file, "沈青禾")
    copy = tmp_path / "别人的.db"
    shutil.copy(file, copy)
    assert is_opened(file)
    assert not is_opened(copy)
    as_attachment(database, copy)
    database.close()
    assert not is_opened(file)


def deleted(file):
    file.unlink()


def moved(file):
    file.rename(file.with_name("移走了.db"))


def replaced(file):
    other = file.with_name("别的.db")
    shutil.copy(file, other)
    other.replace(file)


def folder_gone(file):
    file.parent.rename(file.parent.with_name("拔掉的U盘"))


def log_deleted(file):
    beside(file, "-wal").unlink()


def log_replaced(file):
    beside(file, "-wal").unlink()
    beside(file, "-wal").write_bytes(b"")


@pytest.fixture
def stick(template, tmp_path):
    """An office in a folder of its own, as on a stick."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    shutil.copy(template, folder / "顾问库.db")
    database = open_office(folder / "顾问库.db", "沈青禾")
    entered(database, "汪晓棠")
    yield database
    database.close()


@held
@pytest.mark.parametrize(
    ("how", "said"),
    [
        (deleted, "已被删除、移走或改名"),
        (moved, "已被删除、移走或改名"),
        (replaced, "已被换成另一个文件"),
        (folder_gone, "文件夹"),
        (log_deleted, "-wal"),
        (log_replaced, "-wal"),
    ],
)
def test_no_act_is_saved_into_a_file_that_is_no_longer_there(stick, how, said):
    how(stick.file)
    with pytest.raises(Misplaced, match=said):
        entered(stick, "王砚秋", first=1)
    with pytest.raises(Misplaced):
        stick.news()
    with pytest.raises(Misplaced):
        stick.undo()


@held
def test_the_file_put_back_is_used_again(stick):
    moved(stick.file)
    with pytest.raises(Misplaced):
        entered(stick, "王砚秋", first=1)
    stick.file.with_name("移走了.db").rename(stick.file)
    assert entered(stick, "王砚秋", first=1)


@held
def test_gone_in_the_middle_of_an_act_nothing_of_it_is_kept(stick):
    with pytest.raises(Misplaced), stick.write("改名") as session:
        session.connection().exec_driver_sql("UPDATE lawyer SET name = '改过'")
        deleted(stick.file)


@held
def test_no_new_empty_file_comes_into_being_where_the_old_one_was(stick):
    deleted(stick.file)
    with stick.read() as first:
        assert [row.name for row in roster(first, TODAY)] == ["汪晓棠"]
        with suppress(Misplaced), stick.read() as second:  # the second needs a connection of its own
            assert [row.name for row in roster(second, TODAY)] == ["汪晓棠"]
    assert not stick.file.exists()


def test_the_number_that_tells_files_apart_stays_the_same_while_a_file_grows(stick):
    """What holds on Windows too: a file's id does not change by writing, and differs from its copy's."""
    before = stick.file.stat()
    entered(stick, *(f"示例{at}" for at in range(20)), first=1)
    after = stick.file.stat()
    assert (before.st_dev, before.st_ino) == (after.st_dev, after.st_ino) != (0, 0)
    copy = stick.file.with_name("副本.db")
    shutil.copy(stick.file, copy)
    assert copy.stat().st_ino != after.st_ino


def test_a_file_that_got_the_number_of_a_gone_rollback_journal_is_no_part_of_the_database(tmp_path):
    """A journal lives for one transaction; the system gives its number to whatever is made next, a photo say."""
    path, journal = tmp_path / "顾问库.db", tmp_path / "顾问库.db-journal"
    path.touch()
    journal.touch()
    opened = OpenedFile(path)
    opened.opened()
    assert is_opened(journal)
    photo = journal.rename(tmp_path / "照片.jpg")
    assert not is_opened(photo)
    assert is_opened(path)
