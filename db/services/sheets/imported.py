"""Importing a service log (履职登记表): agencies by name, people by name within the agency; nothing is entered twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Problem, Severity
from db.exchange import values
from db.exchange.cells import CellReader, readers
from db.exchange.header import SheetTable
from db.exchange.importing import Importer
from db.exchange.sheet import (
    AGENCY_LINE,
    Action,
    Columns,
    Field,
    Form,
    RowPlan,
    SheetPlan,
    in_sheet,
    missing_columns,
)
from db.models.service import Service
from db.services.acts.services import record_services
from db.services.queries.log import Source
from db.services.queries.people import entry_facts
from db.services.rules.entry import EntryFacts, ServiceWords, serving_of, understood
from db.services.rules.people import Serving
from db.services.rules.services import ServiceDraft, service_problems
from db.services.sheets.lines import COLUMN_OF, day_of

FIELDS = (
    Field(
        "on_date",
        "日期",
        ("服务日期", "履职日期", "时间", "服务时间", "履职时间", "办理日期", "开展时间", "发生日期"),
        required=True,
    ),
    Field(
        "agency",
        "单位",
        ("服务单位", "服务对象", "单位名称", "受服务单位", "所在单位", "行政机关", "申请单位", "送审单位"),
    ),
    Field("kind", "服务种类", ("种类", "类型", "服务类型", "履职类型", "类别", "服务类别", "工作类型")),
    Field(
        "person",
        "服务人员",
        (
            "姓名",
            "人员",
            "公职律师",
            "法律顾问",
            "律师",
            "顾问",
            "承办人",
            "经办人",
            "服务律师",
            "律师姓名",
            "履职人员",
        ),
        personal=True,
        shared=True,
    ),
    Field(
        "matter",
        "服务事项",
        ("事项", "内容", "服务内容", "工作内容", "履职内容", "事由", "审查事项", "项目名称", "事项名称"),
        required=True,
        prose=True,
    ),
    Field(
        "result", "结果", ("办理结果", "处理结果", "意见", "成效", "审查意见", "采纳情况", "备注"), prose=True
    ),
    Field("hours", "时长", ("工时", "小时", "时长小时", "工作时长", "服务时长")),
    Field("source", "来源", ("记录来源",)),
)
FORM = Form(
    "services",
    "履职登记表",
    FIELDS,
    noun="服务",
    unit="条",
    heads=("日期", "导入后", "服务人员"),
    section=("agency", AGENCY_LINE),
    prefix="services:",
)


ENTERS_ITSELF = {Source.CASE.value, Source.CONSULTATION.value}
"""Rows of a log that this program exported, which no clerk entered."""


class ServiceImporter(Importer):
    """A sheet with one service in each row."""

    form = FORM

    def check(
        self,
        session: Session,
        table: SheetTable,
        mapping: Columns,
        today: date,
        corrections: Mapping[tuple[int, str], str] | None,
        skipped: frozenset[int],
    ) -> SheetPlan:
        """Return what importing the rows would do; what is in the log already is passed over."""
        if missing := missing_columns(FORM, mapping):
            return SheetPlan(FORM, table, dict(mapping), (), missing)
        facts = entry_facts(session, today)
        rows = [_Row(reader, facts, today) for reader in readers(FORM, table, mapping, corrections)]
        known = _already(session, [row.draft for row in rows])
        plans, seen = [], dict[ServiceDraft, str]()
        for row in rows:
            number = row.read.row.number
            above = seen.setdefault(row.draft, row.read.row.words)
            plans.append(
                row.plan(
                    serving_of(row.draft, facts),
                    today,
                    skip=number in skipped,
                    is_known=not known.isdisjoint(row.traces()),
                    above=above if above != row.read.row.words else "",
                )
            )
        return SheetPlan(FORM, table, dict(mapping), tuple(plans))

    def enter(self, session: Session, rows: Sequence[RowPlan], today: date) -> None:
        """Enter the services."""
        record_services(session, [row.draft for row in rows], today)


SERVICES = ServiceImporter()


@dataclass
class _Row:
    """One row while it is looked at."""

    read: CellReader
    facts: EntryFacts
    today: date

    def __post_init__(self) -> None:
        read = self.read
        words = ServiceWords(
            on_date=self._day(),
            agency=values.name_of(read.cells.get("agency")),
            kind=read.text("kind"),
            person=values.name_of(read.cells.get("person")),
            matter=read.text("matter"),
            result=read.text("result"),
            hours=read.text("hours"),
        )
        self.words = words
        for key, text in read.masked.items():
            said = (
                f"“{text}”没有写出是哪一个，请填写全称或全名"
                if key in {"agency", "person"}
                else f"写的是“{text}”，请写明"
            )
            read.say(key, Severity.ERROR, said)
        self.draft, problems = understood(words, self.facts)
        for problem in problems:
            self._say(problem)

    def _day(self) -> date | None:
        """Return the day; without a year only where it is text, for a number 11.1 may have been 11.10."""
        typed = self.read.cells.get("on_date")
        found = day_of(typed, self.today) if isinstance(typed, str) else None
        return found or self.read.day("on_date")

    def traces(self) -> set[tuple[object, ...]]:
        """Return by what the row is known again: who gave the service may have been entered by name alone."""
        by_name = replace(
            self.draft,
            lawyer_id=None,
            public_lawyer_id=None,
            internal_adviser_id=None,
            person=self.words.person,
        )
        return {_trace(self.draft), _trace(by_name)}

    def plan(self, serving: Serving, today: date, *, skip: bool, is_known: bool, above: str) -> RowPlan:
        """Return what the row would do."""
        spoken = {p.field for p in self.read.problems}
        for problem in service_problems(self.draft, today, serving):
            if COLUMN_OF.get(problem.field, problem.field) not in spoken:
                self._say(problem)
        action = Action.NEW
        if skip:
            self.read.say("", Severity.NOTE, "已选择跳过此行")
            action = Action.SKIP
        elif self.read.text("source") in ENTERS_ITSELF:
            self.read.say("", Severity.NOTE, "案件和会商在程序中自动计入履职，不重复登记，跳过")
            action = Action.SKIP
        elif self.read.has_errors:
            action = Action.MEND
        elif is_known:
            self.read.say("", Severity.NOTE, "履职记录中已有相同的一条，跳过")
            action = Action.SKIP
        elif above:
            self.read.say("", Severity.NOTE, f"与{above}相同，跳过")
            action = Action.SKIP
        words = (self.words.agency, self.draft.kind.value, self.draft.matter)
        return RowPlan(
            number=self.read.row.number,
            action=action,
            draft=self.draft,
            problems=tuple(self.read.problems),
            title=str(self.draft.on_date or ""),
            summary="，".join(word for word in words if word),
            aside=self.words.person,
        )

    def _say(self, problem: Problem) -> None:
        key = COLUMN_OF.get(problem.field, problem.field)
        if (
            problem.severity is Severity.WARNING
            and key in {"agency", "person"}
            and key not in self.read.titles
        ):
            return  # a sheet without the column says so for every row alike
        self.read.say(key, problem.severity, in_sheet(FORM, key, problem.text))


def _trace(draft: ServiceDraft) -> tuple[object, ...]:
    """Return by what a service is known again."""
    return (
        draft.on_date,
        draft.agency_id,
        draft.kind,
        values.text_of(draft.matter),
        draft.lawyer_id,
        draft.public_lawyer_id,
        draft.internal_adviser_id,
        values.text_of(draft.person),
    )


def _already(session: Session, drafts: Sequence[ServiceDraft]) -> set[tuple[object, ...]]:
    """Return the traces of what the log holds of the days of these services; one statement."""
    days = [d.on_date for d in drafts if d.on_date is not None]
    if not days:
        return set()
    s = Service
    query = select(
        s.on_date,
        s.agency_id,
        s.kind,
        s.matter,
        s.lawyer_id,
        s.public_lawyer_id,
        s.internal_adviser_id,
        s.person,
    ).where(s.removed_at.is_(None), s.on_date.between(min(days), max(days)))
    return {
        (*row[:3], values.text_of(row.matter), *row[4:7], values.text_of(row.person))
        for row in session.execute(query)
    }
