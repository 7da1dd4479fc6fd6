"""Opening an office's database: created, upgraded and filled with first-run data where needed."""

import csv
import getpass
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import backends, migrate
from db.engine import Database
from db.errors import UserError
from db.models.agency import Agency
from db.models.reference import Cause, Court, Holiday
from db.rules import pinyin
from db.rules.calendar import Calendar
from db.rules.vocabulary import AgencyKind

DATA = Path(__file__).parents[2] / "resources" / "data"
UNVERIFIED = "初始清单，待核对"


def open_office(place: Path | str, clerk: str = "") -> Database:
    """Open the database at a path or URL; a new one is created with agencies, courts, causes and days off.

    Raises ``UserError`` when it cannot be reached, is not ours, or was made by a newer program.
    """
    database = Database(place, clerk or default_clerk())
    try:
        _make_folder(database)
        with database.guarded():
            migrate.prepare(database.engine)
        with database.read() as session:
            is_empty = session.scalars(select(Court.id).limit(1)).first() is None
        if is_empty:
            with database.write("载入初始数据", undoable=False) as session:
                load_first_run_data(session)
    except BaseException:
        database.close()
        raise
    return database


def shipped_calendar() -> Calendar:
    """Return the calendar of days off that ships with the program, for counting without a database."""
    return Calendar.from_rows(
        (date.fromisoformat(r["date"]), r["kind"], r["name"]) for r in _rows("holidays.csv")
    )


def default_clerk() -> str:
    """Return the name under which this PC's acts are recorded until the clerk gives another."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "本机用户"


def load_first_run_data(session: Session) -> None:
    """Enter the 49 agencies (to be verified by the office), courts, causes and days off that ship with us."""
    session.add_all(_agencies())
    session.add_all(
        Court(name=r["name"], short_name=r["short_name"], code=r["code"], level=r["level"], note=r["note"])
        for r in _rows("courts.csv")
    )
    session.add_all(
        Holiday(day=date.fromisoformat(r["date"]), kind=r["kind"], name=r["name"], source=r["source"])
        for r in _rows("holidays.csv")
    )
    _enter_causes(session)


def _agencies() -> Iterator[Agency]:
    for place, r in enumerate(_rows("agencies.csv"), start=1):
        yield Agency(
            name=r["name"],
            short_name=r["short_name"],
            sort_key=pinyin.sort_key(r["short_name"]),
            kind=AgencyKind(r["type"]),
            place=place,
            has_enforcement=r["has_enforcement"] == "true",
            source=UNVERIFIED,
        )


def _enter_causes(session: Session) -> None:
    by_code: dict[str, Cause] = {}
    for r in _rows("causes.csv"):
        parent = by_code.get(r["parent"])
        cause = Cause(
            code=r["code"], name=r["name"], source=r["source"], parent_id=parent.id if parent else None
        )
        session.add(cause)
        if not r["parent"]:
            session.flush()  # its children need its id
        by_code[r["code"]] = cause


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _make_folder(database: Database) -> None:
    file = backends.file_of(database.url)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"建不了文件夹 {file.parent}。请检查该位置是否可写，或改用别的位置。") from error
