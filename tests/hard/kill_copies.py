"""Kills the program again and again while it copies, rotates and restores; says what was found wrong afterwards.

``python -m tests.hard.kill_copies 300`` does what ``test_kill_copies`` does with a tenth. After each kill: every file
under a final name is a sound copy, there are no fewer good copies than before, the database is sound and holds either
what it held or what was being restored.
"""

import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db import backends
from db.copies.making import back_up, keep_before
from db.copies.rotation import Why
from db.copies.shelf import UNFINISHED, shelf_of
from db.copies.sqlite_files import examine, trouble
from db.setup.opening import open_office
from db.setup.restoring import restore
from tests.db.store.test_acts import enter_lawyer

DAYS = 40  # daily copies that lie there at the beginning, so that each new one takes an old one away


class Office:
    """A database with a shelf full of copies, and what is known of it between two kills."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.file = folder / "顾问库.db"
        database = open_office(self.file, "沈青禾")
        enter_lawyer(database)
        first = back_up(database.url, Why.DAILY).path
        enter_lawyer(database, name="示例乙", licence="13308201510999999", phone="")
        database.close()
        self.url = backends.url_of(self.file)
        self.shelf = shelf_of(self.url)
        now = datetime.now(UTC).astimezone()
        for ago in range(1, DAYS + 1):
            name = f"{self.shelf.stem}-{now - timedelta(days=ago):%Y%m%d-%H%M%S}-每日.db"
            shutil.copy(first, first.with_name(name))
        self.examined: dict[tuple[str, int, int], str | None] = {}

    def good(self) -> int:
        """Return how many sound copies there are; raise where a final name has none behind it."""
        number = 0
        for path in self.shelf.folder.glob("*.db"):
            found = path.stat()
            key = (path.name, found.st_mtime_ns, found.st_size)
            if key not in self.examined:
                self.examined[key] = trouble(path)
            if self.examined[key] is not None:
                raise AssertionError(f"{path.name}: {self.examined[key]}")
            number += 1
        return number

    def lawyers(self) -> int:
        """Return what tells one state of the database from another; it must be sound."""
        open_office(self.file, "沈青禾").close()
        examine(self.file)
        return lawyers_in(self.file)


def lawyers_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM lawyer").fetchone()[0])


def acts(office: Office) -> dict[str, Callable[[], object]]:
    """Return what is killed in the middle."""
    copy = office.random.choice(office.shelf.copies()).path
    return {
        "备份和轮换": lambda: back_up(office.url, Why.DAILY),
        "导入前备份": lambda: keep_before(office.url, Why.IMPORT),
        f"恢复 {lawyers_in(copy)}": lambda: restore(office.url, copy, "沈青禾"),
    }


def begun(act: Callable[[], object]) -> int:
    """Do it in a child; return its number."""
    child = os.fork()
    if child:
        return child
    try:
        act()
    except BaseException:  # noqa: BLE001 - a child must not go on in the parent's name
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def kill_many(count: int, folder: Path, seed: int = 1) -> Counter[str]:
    """Kill ``count`` times; return how often what was hit, and how often it was done before the kill came."""
    office, hit = Office(folder, seed), Counter[str]()
    took: dict[str, float] = {}
    killed = 0
    while killed < count:
        name, act = office.random.choice(list(acts(office).items()))
        kind = name.split()[0]
        before, state = office.good(), office.lawyers()
        allowed = {state, int(name.split()[1])} if " " in name else {state}
        start = time.monotonic()
        child = begun(act)
        if kind in took:
            time.sleep(office.random.uniform(0, 1.1 * took[kind]))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0, name
            took[kind] = time.monotonic() - start
            hit[f"{kind}：已完成"] += 1
        else:
            killed += 1
            hit[f"{kind}：中断"] += 1
        after = office.good()
        assert after >= before, f"{name}: {before} → {after} copies"
        assert office.lawyers() in allowed, name
    keep_before(office.url, Why.IMPORT)
    assert not list(office.shelf.folder.glob(f"*{UNFINISHED}*")), (
        "the next run clears what the killed ones left"
    )
    return hit


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as place:
        for what, number in sorted(kill_many(wanted, Path(place)).items()):
            print(what, number)
