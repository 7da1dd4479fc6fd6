"""A made-up ledger of thirteen fields, of every kind: visits to agencies (走访), with what was found there."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from sqlalchemy import ForeignKey, MetaData, true
from sqlalchemy.orm import Mapped, mapped_column, registry

from db.agencies.queries.in_time import agency_recogniser
from db.base import Base, Entry, LongText, Record, ShortText, choice
from db.errors import Problem, Severity
from db.formats.numbers import mask_phone, normalise_phone, phone_problem
from db.ledger import declare as kit
from db.models.agency import Agency
from db.models.lawyer import Lawyer

OWN = MetaData(naming_convention=Base.metadata.naming_convention)
# fmt: off


Way = StrEnum("Way", {"CALL": "上门", "PHONE": "电话"})
Stage = StrEnum("Stage", {"OPEN": "办理中", "REPORTED": "已报结果", "DONE": "已销号"})


class _Own:  # apart from the tables of the program
    metadata = OWN
    _sa_registry = registry(metadata=OWN, type_annotation_map=Base.registry.type_annotation_map)


class Visit(_Own, Entry):
    __tablename__ = "visit"
    agency_id: Mapped[int] = mapped_column(ForeignKey(Agency.table().c.id), index=True)
    way: Mapped[Way] = mapped_column(choice(Way))
    on: Mapped[date]
    met: Mapped[ShortText]
    phone: Mapped[ShortText]
    found: Mapped[LongText]
    people: Mapped[int | None]
    is_urgent: Mapped[bool]
    due_on: Mapped[date | None]
    stage: Mapped[Stage] = mapped_column(choice(Stage))
    reporter: Mapped[ShortText]


class VisitLawyer(_Own, Record):
    __tablename__ = "visit_lawyer"
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    lawyer_id: Mapped[int] = mapped_column(ForeignKey(Lawyer.table().c.id), index=True)


class VisitPoint(_Own, Record):
    __tablename__ = "visit_point"
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    text: Mapped[ShortText]
    hours: Mapped[float | None]


@dataclass(frozen=True, slots=True)
class PointDraft(kit.Draft):
    text: Annotated[str, kit.Text(title="要点", required=True, longest=50)] = ""
    hours: Annotated[float | None, kit.Number(title="用时", decimals=1, unit="小时")] = None


@dataclass(frozen=True, slots=True)
class VisitDraft(kit.Draft):
    agency_id: Annotated[int | None, kit.Link(to="agency", title="走访单位", required=True, column=130, filtered=True, searched=True, aliases=("单位",))] = None
    way: Annotated[Way | None, kit.Choice(of=Way, title="方式", required=True, column=80, filtered=True)] = None
    on: Annotated[date | None, kit.Day(title="走访日期", required=True, past=True, column=92)] = None
    met: Annotated[str, kit.Text(title="接待人", person=True, column=80, searched=True)] = ""
    phone: Annotated[str, kit.Secret(title="联系电话", mask=mask_phone, tidy=normalise_phone, doubt=phone_problem, column=110)] = ""
    found: Annotated[str, kit.Long(title="发现问题", required=True, longest=300, column=220, searched=True, section="情况")] = ""
    points: Annotated[tuple[PointDraft, ...], kit.Lines(record=PointDraft, title="要点记录")] = ()
    lawyers: Annotated[tuple[int, ...], kit.Links(to="lawyer", title="同行顾问", column=120)] = ()
    people: Annotated[int | None, kit.Number(title="参加人数", most=500, unit="人", column=80)] = None
    is_urgent: Annotated[bool, kit.Tick(title="急办", column=60)] = False
    due_on: Annotated[date | None, kit.Day(title="办理时限", not_before="on", column=92)] = None
    stage: Annotated[Stage, kit.Choice(of=Stage, title="阶段", by_steps=True)] = Stage.OPEN
    reporter: Annotated[str, kit.Text(title="报告人", by_steps=True)] = ""


def visit_problems(draft: VisitDraft, _facts: None, _today: date) -> list[Problem]:
    return [] if draft.due_on else [Problem("due_on", "没有填写办理时限，不会提醒到期。", Severity.WARNING)]


def may_close(draft: VisitDraft, hand: kit.Hand, _today: date) -> list[Problem]:
    """The one who reports does not verify, and an end needs a file."""
    return [Problem("", "报告人不能自己核对销号。")] * (hand.who == draft.reporter) + [Problem("", "请先添加佐证材料。")] * (not hand.has_files)


VISITS = kit.Ledger(
    name="visits", title="走访记录", noun="走访", unit="次", model=Visit, draft=VisitDraft, order="due_on",
    kept_in={"points": VisitPoint, "lawyers": VisitLawyer}, called=lambda d: d.found.strip()[:20], problems=visit_problems,
    page=kit.Page("走访", icon="list-checks", summary="{办理中} 次办理中，{逾期} 次逾期"),
    states=(
        kit.State("已销号", "ok", lambda m, _: m.stage == Stage.DONE), kit.State("待销号", "ac", lambda m, _: m.stage == Stage.REPORTED),
        kit.State("逾期", "dg", lambda m, day: m.due_on < day), kit.State("办理中", "wn", lambda _, __: true()),
    ),
    steps=(
        kit.Step("report", "报告结果", ("found", "people"), ("逾期", "办理中"), ("people",), {"stage": Stage.REPORTED}, "reporter", key="Ctrl+D"),
        kit.Step("close", "销号", (), ("待销号",), moves={"stage": Stage.DONE}, rule=may_close), kit.Step("postpone", "延长时限", ("due_on",), ("逾期", "办理中"), ("due_on",)),
    ),
    dues=(kit.Due("走访", "due_on", ("逾期", "办理中"), "{agency_id}：{found}", lead="expiry_soon_days", step="report"),),
    rates=(kit.Rate("销号率", ("已销号",), "on", "截至统计日已销号的走访 ÷ 统计期间的全部走访。", by="agency_id"),),
    sheet=kit.Sheet(identity=("agency_id", "on", "found")), paper=kit.Paper("走访台账", groups="agency_id"), files=("佐证材料", "其他"),
)


def called(session):
    known = agency_recogniser(session)
    return lambda word: known.of(word).certain


TARGETS = {"agency": kit.Target(Agency, "short_name", "单位", called), "lawyer": kit.Target(Lawyer, "name", "顾问")}
BOOK = kit.Book(VISITS, TARGETS.__getitem__)
