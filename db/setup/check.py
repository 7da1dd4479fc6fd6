"""Checking a database: what the engine says, the journal, the derived columns, the rules of law on record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import URL, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from db import backends, migrate
from db.agencies.queries.in_time import ties
from db.agencies.rules.agencies import tie_words
from db.base import Base, today
from db.consultations.queries.content import archive_troubles, draw_troubles
from db.engine import Database
from db.errors import UserError
from db.formats.paper_numbers import parse_paper_number
from db.formats.record_names import record_name
from db.law.agents import MAX_AGENTS
from db.models.agency import Agency
from db.models.appointment import Appointment
from db.models.assignment import Assignment, Letter
from db.models.case import PartyAgent
from db.models.consultation import Consultation
from db.models.office import IssuedNumber
from db.office.queries.attachments import attachment_troubles
from db.roster.queries.one_person import Person, public_lawyers_among
from db.roster.queries.roster import standings
from db.roster.rules.lawyers import Standing
from db.schema import catalogue_troubles
from db.setup import derived
from db.setup.journal_check import journal_troubles, record_troubles
from db.setup.seal_check import seal_troubles
from db.stored import lossless, stored_rows


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was checked, and what was found: in short, and each fault in a sentence."""

    what: str
    found: str
    is_ok: bool
    faults: tuple[str, ...] = field(default=())


def check_all(
    database: Database, tell: Callable[[str], None] = lambda _: None, files_of: URL | None = None
) -> list[Checked]:
    """Check everything and go on after each fault; nothing is changed.

    ``tell`` is told what is being checked. ``files_of`` is the database whose attachments are meant, where another.
    """
    lines = [_checked("数据库版本", lambda: (), migrate.revision(database.engine) or "无")]
    with database.read() as session, lossless(session.connection()):
        session.info["files_of"] = files_of or database.url
        for what, check, well in _CHECKS:
            tell(what)
            lines.append(_checked(what, partial(check, session), well))
            if not lines[-1].is_ok and not database.file:
                session.rollback()  # a server does nothing more in a transaction in which something failed
    return lines


def _attachments(session: Session) -> list[str]:
    return attachment_troubles(session, session.info["files_of"])


def _checked(what: str, check: Callable[[], Iterable[str]], well: str) -> Checked:
    """Run one check; where it cannot go on, that is a fault like those found before."""
    faults: list[str] = []
    try:
        faults.extend(check())
    except (SQLAlchemyError, UserError, ValueError, LookupError, TypeError, AttributeError, OSError) as error:
        faults.append(f"查到此处读不下去：{said_of(error)}")
    if not faults:
        return Checked(what, well, is_ok=True)
    more = f"，另有 {len(faults) - 3} 处" if len(faults) > 3 else ""  # noqa: PLR2004 - three say enough
    return Checked(what, "；".join(faults[:3]) + more, is_ok=False, faults=tuple(faults))


def said_of(error: Exception) -> str:
    """Say in a few words what stopped a check."""
    return str(error) if isinstance(error, UserError) else str(getattr(error, "orig", None) or error)


def _integrity(session: Session) -> list[str]:
    return backends.integrity(session.connection())


def _catalogue(session: Session) -> list[str]:
    return catalogue_troubles(session.connection())


def _unreadable(session: Session) -> Iterable[str]:
    """Every stored value must be one that the program can read; journalled tables are read by ``record_troubles``."""
    connection = session.connection()
    for table in Base.metadata.sorted_tables:
        name = record_name(table.name)
        try:
            for row in stored_rows(connection, table):
                if row.unreadable:
                    yield f"{name} {row.id} 的 {'、'.join(row.unreadable)} 读不出来"
        except SQLAlchemyError as error:
            yield f"{name}表读不下去：{said_of(error)}"


def _numbers(session: Session) -> Iterable[str]:
    """Each number that stands on a paper is in the register."""
    issued = set(session.scalars(select(IssuedNumber.text)))
    for column, what in (
        (Letter.number, "函件"),
        (Appointment.certificate, "聘书"),
        (Consultation.number, "会商"),
    ):
        for number in session.scalars(select(column).where(column.is_not(None)).order_by(column)):
            if number and parse_paper_number(number) and number not in issued:
                yield f"{what}编号 {number} 不在编号登记中"


def _agents(session: Session) -> list[str]:
    acting: dict[int, int] = {}
    running = select(Assignment.party_id).where(Assignment.ended_on.is_(None))
    for query in (running, select(PartyAgent.party_id)):
        for party_id in session.scalars(query):
            acting[party_id] = acting.get(party_id, 0) + 1
    return [f"当事人 {key} 有 {n} 名代理人" for key, n in acting.items() if n > MAX_AGENTS]


def _twice(session: Session) -> list[str]:
    """Nobody serves in the pool and is a public lawyer (律师法第十一条第一款)."""
    day = today()
    rows = [row for row in standings(session, day) if row.standing in {Standing.SERVING, Standing.SUSPENDED}]
    people = {row.key: Person(row.name, row.phone, row.id_number, row.licence) for row in rows}
    return [
        f"{twin.name}（{twin.place}）同时在顾问库和公职律师名册中"
        for twin in public_lawyers_among(session, people, day).values()
        if twin.is_certain
    ]


def _agencies(session: Session) -> list[str]:
    """Nobody may be bound to an agency that is gone."""
    gone = select(Agency).where(Agency.ended_on.is_not(None), Agency.removed_at.is_(None))
    return [
        f"{agency.short_name} {agency.ended_on} 起已不存在，仍有{words}"
        for agency in session.scalars(gone.order_by(Agency.place, Agency.id))
        if agency.ended_on
        and (words := tie_words([t.tie for t in ties(session, agency.id, agency.ended_on)]))
    ]


_CHECKS: tuple[tuple[str, Callable[[Session], Iterable[str]], str], ...] = (
    ("文件与外键完整性", _integrity, "完好"),
    ("表、索引与约束", _catalogue, "齐全"),
    ("存储内容", _unreadable, "都能读出"),
    ("操作记录", journal_troubles, "完整"),
    ("记录与操作记录", record_troubles, "一致"),
    ("操作与编号的校验", seal_troubles, "相符"),
    ("文书编号", _numbers, "都已登记"),
    ("推算列、期限与检索词", derived.differences, "与推算一致"),
    ("附件", _attachments, "文件齐全，内容与登记时相同"),
    ("会商归档与版本", archive_troubles, "一致"),
    ("会商抽取复核", draw_troubles, "结果一致"),
    ("每一当事人不超过两名代理人", _agents, "符合"),
    ("单位沿革", _agencies, "已撤并的单位没有在职人员和有效合同"),
    ("顾问库与公职律师名册", _twice, "没有同一人"),
)
