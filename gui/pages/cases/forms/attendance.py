"""The form in which it is arranged, and later recorded, who of the agency attends a hearing."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from db.cases.queries.detail import CaseDetail, HearingLine
from db.cases.rules.attendance import PlanDraft, plan_problems
from db.errors import Problem
from db.law.hearings import HEADS, NOT_HEADS, REASONS, papers_for
from db.words.case import AbsenceReason, AgentKind, Attends, HeadKind, Side
from gui.forms.short_form import ShortForm
from gui.tables.due import short_day
from gui.widgets.entries import ChoiceEntry, DayEntry, TextEntry
from gui.widgets.fields import FieldBox

CAME = (("负责人已出庭", True), ("负责人未出庭", False))
WHO = f"{'、'.join(HEADS.values())}算负责人（法释〔2020〕3号第二条）；{'、'.join(NOT_HEADS)}不算。"


class AttendanceForm(ShortForm):
    """Asks whether the head attends; who, or why not and who instead."""

    def __init__(self, detail: CaseDetail, hearing: HearingLine, today: date, parent: QWidget) -> None:
        when = f"{short_day(hearing.on, today)} {hearing.at_time}".strip()
        intro = f"{hearing.kind}：{when}{'，' + hearing.place if hearing.place else ''}。{WHO}"
        super().__init__("负责人出庭", "保存安排", parent, intro=intro, width=640)
        self.event_id, self.version = hearing.event_id, detail.version
        self._hearing, self._today = hearing, today
        self._lawyers, self._staff = acting(detail)
        self.attends = ChoiceEntry(((a.value, a) for a in Attends), "负责人是否出庭")
        self.attended = ChoiceEntry(CAME, "实际出庭", nothing="（尚未开庭）")
        self.head, self.post = TextEntry(), TextEntry("如 副局长")
        self.head_kind = ChoiceEntry(((HEADS[k], k) for k in HeadKind), "属于哪一类", nothing="（请选择）")
        self.absence = ChoiceEntry(((REASONS[r], r) for r in AbsenceReason), "事由", nothing="（请选择）")
        self.absence_note, self.staff, self.note = TextEntry(), TextEntry("姓名，多人用顿号分开"), TextEntry()
        self.papers_on = DayEntry()
        self._lay_out()
        self._fill(hearing.plan or PlanDraft())
        self._on_choice()
        self.watch_fields()
        self.attends.edited.connect(self._on_choice)
        self.attended.edited.connect(self._on_choice)
        self.absence.edited.connect(self._on_choice)

    def draft(self) -> PlanDraft:
        """Return what the fields say now; what is not asked is not in it."""
        attends, attended = self.attends.value(), self.attended.value()
        kind, absence = self.head_kind.value(), self.absence.value()
        comes, stays = self._comes(), self._stays()
        return PlanDraft(
            attends=attends if isinstance(attends, Attends) else Attends.PENDING,
            head=self.head.text() if comes else "",
            post=self.post.text() if comes else "",
            head_kind=kind if comes and isinstance(kind, HeadKind) else None,
            absence=absence if stays and isinstance(absence, AbsenceReason) else None,
            absence_note=self.absence_note.text() if stays else "",
            papers_on=self.papers_on.day() if comes or stays else None,
            staff=tuple(n.strip() for n in self.staff.text().replace("，", "、").split("、") if n.strip()),
            attended=attended if isinstance(attended, bool) else None,
            note=self.note.text(),
        )

    def problems(self) -> Sequence[Problem]:
        found = plan_problems(self.draft(), self._lawyers, self._staff, self._hearing.on, self._today)
        return [Problem("staff", p.text, p.severity) if p.field == "agents" else p for p in found]

    # -- parts -----------------------------------------------------------------------------

    def _comes(self) -> bool:
        attended = self.attended.value()
        return attended if isinstance(attended, bool) else self.attends.value() is Attends.YES

    def _stays(self) -> bool:
        attended = self.attended.value()
        return not attended if isinstance(attended, bool) else self.attends.value() is Attends.NO

    def _lay_out(self) -> None:
        self.add_field(FieldBox("单位报送", self.attends, "attends", required=True), (0, 0))
        self.add_field(FieldBox("实际出庭", self.attended, "attended", hint="庭后登记。"), (0, 1))
        self.add_field(FieldBox("出庭负责人", self.head, "head", required=True), (1, 0))
        self.add_field(FieldBox("职务", self.post, "post"), (1, 1))
        self.add_field(
            FieldBox("属于哪一类负责人", self.head_kind, "head_kind", required=True), (2, 0), wide=True
        )
        self.add_field(FieldBox("不能出庭的事由", self.absence, "absence", required=True), (3, 0))
        self.add_field(FieldBox("事由说明", self.absence_note, "absence_note"), (3, 1))
        self.add_field(FieldBox("本机关出庭的工作人员", self.staff, "staff"), (4, 0), wide=True)
        self.add_field(FieldBox("材料收齐日期", self.papers_on, "papers_on"), (5, 0), wide=True)
        self.add_field(FieldBox("备注", self.note, "note", optional=True), (6, 0), wide=True)

    def _fill(self, plan: PlanDraft) -> None:
        for name in ("attends", "head", "post", "head_kind", "absence", "absence_note", "note", "attended"):
            getattr(self, name).set_value(getattr(plan, name))
        self.papers_on.set_date(plan.papers_on)
        self.staff.set_value("、".join(plan.staff))

    def _on_choice(self, *_: object) -> None:
        comes, stays = self._comes(), self._stays()
        for name in ("head", "post", "head_kind"):
            self.boxes[name].setVisible(comes)
        for name in ("absence", "absence_note"):
            self.boxes[name].setVisible(stays)
        for name in ("staff", "papers_on"):
            self.boxes[name].setVisible(comes or stays)
        papers = papers_for(Attends.YES if comes else Attends.NO if stays else Attends.PENDING)
        self.boxes["papers_on"].set_hint("；".join(papers))
        others = f"案中另有 {'、'.join(sorted(self._staff))}。" if self._staff else ""
        limit = "负责人不出庭的，至少一名，律师最多一名。" if stays else ""
        self.boxes["staff"].set_hint(f"现有律师 {self._lawyers} 名。{others}{limit}")
        self.problems_shown()


def acting(detail: CaseDetail) -> tuple[int, frozenset[str]]:
    """Return how many lawyers act for the defendant with most of them, and the names of its own staff."""
    found = [(0, frozenset[str]())]
    for party in detail.parties:
        if party.side is Side.DEFENDANT:
            now = [a for a in party.agents if a.ended_on is None]
            staff = frozenset(a.name for a in now if a.kind == AgentKind.STAFF.value)
            lawyers = sum(a.assignment_id is not None or a.kind == AgentKind.LAWYER.value for a in now)
            found.append((lawyers, staff))
    return max(found, key=lambda acts: acts[0] + len(acts[1]))
