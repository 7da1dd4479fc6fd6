"""Checking a database: what the engine says, the journal, the derived columns, the rules of law on record."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import backends, derived, migrate
from db.base import Base, Record, today
from db.engine import Database
from db.models.agency import Agency
from db.models.assignment import Assignment
from db.models.case import PartyAgent
from db.models.journal import Gesture, JournalRow
from db.queries.agencies_in_time import ties
from db.queries.attachments import attachment_troubles
from db.queries.consultation_content import archive_troubles, draw_troubles
from db.queries.one_person import Person, public_lawyers_among
from db.queries.roster import standings
from db.rules.agencies import tie_words
from db.rules.agents import MAX_AGENTS
from db.rules.lawyers import Standing


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was checked, and what was found."""

    what: str
    found: str
    is_ok: bool


def check_all(database: Database) -> list[Checked]:
    """Check everything; nothing is changed."""
    lines = [_line("数据库版本", [], migrate.revision(database.engine) or "无")]
    with database.read() as session:
        lines.append(_line("文件与外键完整性", backends.integrity(session.connection()), "完好"))
        for what, check, well in _CHECKS:
            lines.append(_line(what, check(session), well))
    return lines


def _line(what: str, problems: list[str], well: str) -> Checked:
    if not problems:
        return Checked(what, well, is_ok=True)
    more = f"，另有 {len(problems) - 3} 处" if len(problems) > 3 else ""  # noqa: PLR2004 - three say enough
    return Checked(what, "；".join(problems[:3]) + more, is_ok=False)


def _journal(session: Session) -> list[str]:
    lost = session.scalar(
        select(func.count()).select_from(JournalRow).outerjoin(Gesture).where(Gesture.id.is_(None))
    )
    tables = {
        t for t in session.scalars(select(JournalRow.table_name).distinct()) if t not in Base.metadata.tables
    }
    return [f"{lost} 行没有所属操作"] * bool(lost) + [f"不认识的表 {name}" for name in sorted(tables)]


def _unrecorded(session: Session) -> list[str]:
    """Every record must have come in through an act, and so stand in the journal."""
    found = []
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Record):
            table = mapper.class_.table()
            known = select(JournalRow.key).where(JournalRow.table_name == table.name)
            count = session.scalar(select(func.count()).where(table.c.id.not_in(known))) or 0
            found += [f"{table.name} 有 {count} 条记录不在操作记录中"] * bool(count)
    return found


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


_CHECKS: tuple[tuple[str, Callable[[Session], list[str]], str], ...] = (
    ("操作记录", _journal, "完整"),
    ("记录与操作记录", _unrecorded, "一致"),
    ("推算列、期限与检索词", derived.differences, "与推算一致"),
    ("附件", attachment_troubles, "文件齐全，内容与登记时相同"),
    ("会商归档与版本", archive_troubles, "一致"),
    ("会商抽取复核", draw_troubles, "结果一致"),
    ("每一当事人不超过两名代理人", _agents, "符合"),
    ("单位沿革", _agencies, "已撤并的单位没有在职人员和有效合同"),
    ("顾问库与公职律师名册", _twice, "没有同一人"),
)
