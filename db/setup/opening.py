"""Opening an office's database: created, upgraded and filled with first-run data where needed."""

import getpass
import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import URL, select
from sqlalchemy.orm import Session

from db import backends, migrate, seals
from db.assignment.acts.reviews import review_assignments
from db.base import Entry, Record
from db.consultations.acts.archive_guard import guard_archives
from db.copies.making import keep_before
from db.copies.rotation import Why
from db.engine import Database
from db.errors import Damage, Missing, UserError
from db.formats import pinyin
from db.looking import Look, State, look
from db.models.agency import Agency
from db.models.case import Case
from db.models.journal import JournalRow
from db.models.lawyer import Lawyer
from db.models.public_lawyer import InternalAdviser, PublicLawyer
from db.models.reference import Cause, Court, Holiday, HolidayNotice, JurisdictionRule, PracticeField
from db.services.uses import have_engagements, rebuild_engagements
from db.setup import derived
from db.shipped import rows
from db.words.agency import AgencyKind

UNVERIFIED = "初始清单，待核对"


def open_office(
    place: Path | str,
    clerk: str = "",
    copy_first: Callable[[URL], object] | None = None,
    *,
    may_create: bool = True,
) -> Database:
    """Open the database at a path or URL; a new one is created with agencies, courts, causes and days off.

    An older one is copied before it is upgraded, by ``copy_first`` if it is given.

    A file is looked at first. A damaged one is opened to be read as far as it goes (``Database.damage`` says why), and
    nothing is written to it. Raises ``Missing`` when there is no file and none may be made; ``Damage`` when nothing of
    it can be read; ``UserError`` when it cannot be reached, is not ours, or was made by a newer program.
    """
    clerk = clerk or default_clerk()
    file = backends.file_of(backends.url_of(place))
    seen = None if file is None else _look(file, may_create=may_create)
    if seen is not None and seen.state is State.DAMAGED:
        if not seen.is_readable:
            seen.close()
            raise Damage(f"{seen.damage}没有打开，也没有改动它。请从备份恢复，或请维护人员处理。")
        return _with_reviews(Database(place, clerk, look=seen))
    if seen is not None:
        seen.close()
    database = connected(place, clerk)
    try:
        _make_folder(database)
        with database.guarded():
            before = migrate.revision(database.engine)
            migrate.prepare(database.engine, partial(copy_first or _copy_before_upgrade, database.url))
        _fill(database, is_upgraded=before not in {None, migrate.head()})
    except BaseException:
        database.close()
        raise
    return database


def connected(place: Path | str | URL, clerk: str = "", installation: str = "") -> Database:
    """Return a ready database with everything that each act brings up to date or is refused by."""
    return _with_reviews(Database(place, clerk, installation))


def _with_reviews(database: Database) -> Database:
    database.reviews += [derived.refresh, review_assignments, guard_archives]
    return database


_NAMED: tuple[type[Entry], ...] = (Agency, Lawyer, PublicLawyer, InternalAdviser)
"""Whose order and search words follow from their names."""


def _fill(database: Database, *, is_upgraded: bool) -> None:
    """Enter what ships with us where there never was any, and derive what an older program could not, or did otherwise."""
    with database.read() as session:
        loaders = _missing(session)
        lacks_uses = not have_engagements(session)
        lacks_seals = is_upgraded or not seals.have_seals(session.connection())
        query = select(Case.id) if is_upgraded else select(Case.id).where(Case.dispute_id.is_(None))
        stale: dict[type[Entry], Sequence[int]] = {Case: session.scalars(query).all()}
        if is_upgraded:
            stale |= {model: session.scalars(select(model.id)).all() for model in _NAMED}
    if loaders:
        with database.write("载入初始数据", undoable=False) as session:
            for load in _missing(session):  # another window may have been quicker
                load(session)
    if any(stale.values()) or lacks_uses or lacks_seals:
        with database.write("推算升级后的案件和履职", undoable=False) as session:
            derived.refresh(session, {model.__tablename__: keys for model, keys in stale.items()})
            if lacks_uses:
                rebuild_engagements(session)
            if lacks_seals:
                seals.seal_tables(session.connection())


def _look(file: Path, *, may_create: bool) -> Look | None:
    try:
        return look(file)
    except Missing:
        if may_create:
            return None
        raise


def _missing(session: Session) -> list[Callable[[Session], None]]:
    """Return what fills the tables that never had a row; those that lost theirs without an act are for ``check``."""

    def is_new(model: type[Record]) -> bool:
        entered = select(JournalRow.id).where(JournalRow.table_name == model.__tablename__)
        return all(session.scalars(query.limit(1)).first() is None for query in (select(model.id), entered))

    return [load for model, load in _LOADERS if is_new(model)]


def _copy_before_upgrade(url: URL) -> None:
    keep_before(url, Why.UPGRADE)


def default_clerk() -> str:
    """Return the name under which this PC's acts are recorded until the clerk gives another."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "本机用户"


def _enter_agencies(session: Session) -> None:
    session.add_all(
        Agency(
            name=r["name"],
            short_name=r["short_name"],
            sort_key=pinyin.sort_key(r["short_name"]),
            kind=AgencyKind(r["type"]),
            place=place,
            has_enforcement=r["has_enforcement"] == "true",
            source=UNVERIFIED,
        )
        for place, r in enumerate(rows("agencies.csv"), start=1)
    )


def _enter_courts(session: Session) -> None:
    session.add_all(
        Court(name=r["name"], short_name=r["short_name"], code=r["code"], level=r["level"], note=r["note"])
        for r in rows("courts.csv")
    )


def _enter_holidays(session: Session) -> None:
    session.add_all(
        Holiday(day=date.fromisoformat(r["date"]), kind=r["kind"], name=r["name"], source=r["source"])
        for r in rows("holidays.csv")
    )


def _enter_notices(session: Session) -> None:
    """Tie the days off to the notices they came from; what ships with us has a source but no text."""
    notices: dict[int, HolidayNotice] = {}
    for holiday in session.scalars(select(Holiday).order_by(Holiday.day)):
        named = re.search(r"20\d\d", holiday.source)  # the notice for 2023 begins on 2022-12-31
        year = int(named.group()) if named else holiday.day.year
        if year not in notices:
            notices[year] = HolidayNotice(year=year, source=holiday.source)
            session.add(notices[year])
            session.flush()
        holiday.notice_id = notices[year].id


def _enter_fields(session: Session) -> None:
    session.add_all(
        PracticeField(
            place=place, name=r["name"], words=r.get("words") or "", source=r.get("source") or UNVERIFIED
        )
        for place, r in enumerate(rows("fields.csv"))
    )


def _enter_causes(session: Session) -> None:
    by_code: dict[str, Cause] = {}
    for r in rows("causes.csv"):
        parent = by_code.get(r["parent"])
        cause = Cause(
            code=r["code"], name=r["name"], source=r["source"], parent_id=parent.id if parent else None
        )
        session.add(cause)
        if not r["parent"]:
            session.flush()  # its children need its id
        by_code[r["code"]] = cause


def _enter_jurisdiction(session: Session) -> None:
    session.add_all(
        JurisdictionRule(
            place=place,
            from_on=date.fromisoformat(r["from_on"]) if r["from_on"] else None,
            to_on=date.fromisoformat(r["to_on"]) if r["to_on"] else None,
            area=r["area"],
            matter=r["matter"],
            court=r["court"],
            basis=r["basis"],
            note=r["note"],
        )
        for place, r in enumerate(rows("jurisdiction.csv"))
    )


_LOADERS: tuple[tuple[type[Record], Callable[[Session], None]], ...] = (
    (Agency, _enter_agencies),
    (Court, _enter_courts),
    (Cause, _enter_causes),
    (Holiday, _enter_holidays),
    (HolidayNotice, _enter_notices),
    (PracticeField, _enter_fields),
    (JurisdictionRule, _enter_jurisdiction),
)
"""What ships with us, table by table: each is entered where the office has none, also after an upgrade."""


def _make_folder(database: Database) -> None:
    file = backends.file_of(database.url)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"建不了文件夹 {file.parent}。请检查该位置是否可写，或改用别的位置。") from error
