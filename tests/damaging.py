"""Damages files of the demo bureau and their -wal, and asks that each is said, or harmless, and never written to.

``python -m tests.damaging [COUNT]`` runs COUNT files (500); the suite runs a tenth.
"""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from db.cases.queries.cases import case_rows
from db.errors import UserError
from db.setup.check import Checked
from db.setup.checking import check_office
from db.setup.opening import open_office
from tests.tampering import make

COUNT = 500
PAGE = 4096
KINDS = {2: "index interior", 5: "table interior", 10: "index leaf", 13: "table leaf"}
KILLED = """
import os, sys
from pathlib import Path
from db.setup.opening import open_office
from db.models.lawyer import Lawyer
office = open_office(Path(sys.argv[1]), "沈青禾")
for at in range(1, 8):
    with office.write(f"未合并 {at}") as session:
        session.get_one(Lawyer, at).note = sys.argv[2] + str(at)
os.kill(os.getpid(), 9)
"""


def pages_by_kind(file: Path) -> dict[str, list[int]]:
    """Return the numbers of the pages of each kind in use, as SQLite's own dbstat and the page types tell."""
    with closing(sqlite3.connect(file)) as connection:
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    raw = file.read_bytes()
    kinds: dict[str, list[int]] = {"header": [1], "schema": [1]}
    for number in range(2, len(raw) // PAGE + 1):
        kind = KINDS.get(raw[(number - 1) * PAGE], "overflow or free")
        kinds.setdefault(kind, []).append(number)
    assert {*KINDS.values(), "overflow or free"} <= kinds.keys()
    assert free
    return kinds


def prepare(folder: Path) -> tuple[Path, Path]:
    """Make a whole file with free pages, and one whose program was killed with acts in its -wal."""
    whole, killed = folder / "whole.db", folder / "killed.db"
    make(whole)
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute("CREATE TABLE filler (x)")
        connection.executemany("INSERT INTO filler VALUES (?)", [("x" * 9000,)] * 20)
        connection.execute("DROP TABLE filler")
        connection.commit()
    for name, note in (("killed.db", "甲"), ("other.db", "乙")):
        shutil.copy(whole, folder / name)
        subprocess.run([sys.executable, "-c", KILLED, str(folder / name), note], check=False)
    return whole, killed


def damage(chance: Random, folder: Path, at: int) -> tuple[Path, str]:
    """Make the damaged file number ``at``; return it and what was done to it."""
    if at % 5 == 4:
        return _damage_wal(chance, folder)
    file = folder / "damaged.db"
    shutil.copy(folder / "whole.db", file)
    kinds = pages_by_kind(file)
    kind = sorted(kinds)[at % len(kinds)]
    raw = bytearray(file.read_bytes())
    page = chance.choice(kinds[kind])
    start = (page - 1) * PAGE
    low, high = (0, 100) if kind == "header" else (100 if page == 1 else 0, PAGE)
    how = chance.choice(("flip", "zero", "cut", "noise"))
    if how == "flip":
        raw[start + chance.randrange(low, high)] ^= 1 << chance.randrange(8)
    elif how == "zero":
        raw[start + low : start + high] = bytes(high - low)
    elif how == "noise":
        raw[start + low : start + high] = chance.randbytes(high - low)
    else:
        del raw[start + chance.randrange(low, high) :]
    file.write_bytes(raw)
    return file, f"{kind} page {page}: {how}"


def _damage_wal(chance: Random, folder: Path) -> tuple[Path, str]:
    file = folder / "damaged.db"
    for suffix in ("", "-wal", "-shm"):
        shutil.copy(folder / f"killed.db{suffix}", f"{file}{suffix}")
    wal = Path(f"{file}-wal")
    raw = bytearray(wal.read_bytes())
    how = chance.choice(("cut", "flip", "zero", "foreign", "foreign without -shm", "none", "no -wal"))
    if how == "cut":
        del raw[chance.randrange(len(raw)) :]
    elif how == "flip":
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    elif how == "zero":
        start = chance.randrange(len(raw))
        raw[start : start + 500] = bytes(len(raw[start : start + 500]))
    elif how.startswith("foreign"):
        raw = bytearray((folder / "other.db-wal").read_bytes())
    wal.write_bytes(raw)
    if how == "foreign without -shm":
        shutil.copy(folder / "newer.db", file)
        Path(f"{file}-shm").unlink()
    if how == "no -wal":
        wal.unlink()
    return file, f"-wal: {how}"


def bytes_of(file: Path) -> dict[str, str]:
    """Return a digest of the file and of everything beside it."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in file.parent.iterdir()
        if path.name.startswith(file.name)
    }


def dump(file: Path) -> str | None:
    """Return all that a copy of the file holds, as SQL in the order of the tables; ``None`` if it cannot be read."""
    with TemporaryDirectory() as folder:
        for path in file.parent.iterdir():
            if path.name.startswith(file.name) and not path.name.endswith("-shm"):
                shutil.copy(path, Path(folder) / path.name)
        with suppress(sqlite3.Error), closing(sqlite3.connect(Path(folder) / file.name)) as connection:
            return "\n".join(connection.iterdump())
    return None


def trial(file: Path, whole: str | None) -> str:
    """Open, read, try to write and check one damaged file; return what was wrong with how that went."""
    before = bytes_of(file)
    said = ""
    try:
        database = open_office(file, "沈青禾", may_create=False)
    except UserError as error:
        said = str(error)
    else:
        said = database.damage
        if said:
            with suppress(UserError), database.read() as session:
                case_rows(session, range(1, 60), date(2026, 11, 24))
            try:
                with database.write("试写"):
                    return "a damaged file was written to"
            except UserError:
                pass
        database.close()
    try:
        lines = check_office(file)
    except UserError as error:
        lines = [Checked("", str(error), is_ok=False)]
    is_found = any(not line.is_ok for line in lines)
    if said and not is_found:
        return "check did not say it"
    if not is_found:
        return "" if dump(file) == whole else "neither said nor harmless"
    return "" if bytes_of(file) == before else "bytes were written"


def run(folder: Path, count: int, seed: int = 5) -> list[str]:
    """Damage and try ``count`` files in a folder made by ``prepare``; return what went wrong."""
    newer = folder / "newer.db"
    shutil.copy(folder / "whole.db", newer)
    open_and_act(newer)
    dumps = {name: dump(folder / name) for name in ("whole.db", "killed.db", "newer.db")}
    wrong = []
    for at in range(count):
        for path in folder.glob("damaged.db*"):
            path.unlink()
        file, what = damage(Random(f"{seed}-{at}"), folder, at)
        base = "killed.db" if what.startswith("-wal") else "whole.db"
        base = "newer.db" if what.endswith("without -shm") else base
        try:
            if fault := trial(file, dumps[base]):
                wrong.append(f"{at}: {what}: {fault}")
        except Exception as error:  # noqa: BLE001 - a traceback is what is looked for
            wrong.append(f"{at}: {what}: {error!r}")
    return wrong


def open_and_act(file: Path) -> None:
    """Go on working in a file for some acts, and close it."""
    from db.models.lawyer import Lawyer

    office = open_office(file, "沈青禾")
    for at in range(1, 4):
        with office.write(f"之后 {at}") as session:
            session.get_one(Lawyer, at).note = f"丙{at}"
    office.close()


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        prepare(Path(made))
        found = run(Path(made), int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
    print("\n".join(found) or "each was said or harmless, and none was written to")
    sys.exit(bool(found))
