"""The dialog in which one case is written down, as it stands on the complaint copy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from db.errors import Problem, Severity
from db.queries.reference import CauseChoice, CourtChoice
from db.rules import numbers
from db.rules.calendar import Calendar
from db.rules.cases import AgentDraft, CaseDraft, PartyDraft, case_problems
from db.rules.events import RECEIPT_OF, Happening
from db.rules.periods import answer_period, periods_for
from db.rules.vocabulary import AgentKind, Attendance, PartyKind, Procedure, Side
from gui.forms.editor import EditorDialog
from gui.widgets.basics import row
from gui.widgets.fields import DateField, FieldBox, Picker

LONGEST_NAME = 4  # characters of a person's name; what is longer may be an organisation


@dataclass(frozen=True, slots=True)
class Offers:
    """What the editor offers to choose from, and what it reckons with."""

    agencies: tuple[tuple[int, str, str, tuple[str, ...]], ...]  # id, name, short name, search keys
    courts: tuple[CourtChoice, ...]
    causes: tuple[CauseChoice, ...]
    calendar: Calendar
    today: date
    taken: Callable[[str], bool]  # whether another case has this number


class CaseEditor(EditorDialog):
    """Edits a case's draft; shows the period to answer while the date is typed."""

    def __init__(
        self, draft: CaseDraft, key: int | None, offers: Offers, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "编辑案件" if key else "登记案件",
            QSize(880, 760),
            parent,
            next_text="" if key else "保存并登记下一件",
        )
        self.key, self._start, self._offers = key, draft, offers
        self.number, self.cause_text, self.hearing_time, self.hearing_place = (QLineEdit() for _ in range(4))
        self.procedure, self.attendance = QComboBox(), QComboBox()
        self.court, self.cause = Picker(free=False), Picker(free=False)
        self.plaintiffs, self.third_parties, self.own_staff = QLineEdit(), QLineEdit(), QLineEdit()
        self.agent_name, self.agent_firm, self.court_reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.defendants, self.second_defendant = Picker(free=True), Picker(free=True)
        self.filed_on, self.received_on, self.hearing_on = DateField(), DateField(), DateField()
        self.act, self.note = QPlainTextEdit(), QPlainTextEdit()
        self.is_difficult = QCheckBox("重大疑难案件")
        self._fill_choices()
        self._lay_out()
        self.fill(draft)
        self._watch()
        self.number.setFocus()

    def fill(self, draft: CaseDraft) -> None:
        """Show a draft."""
        self._start = draft
        self.number.setText(draft.number)
        self.procedure.setCurrentText(draft.procedure.value)
        self.attendance.setCurrentText(draft.attendance.value)
        self.court.set_value(draft.court_id)
        self.court_reason.setText(draft.court_reason)
        self.cause.set_value(draft.cause_id)
        self.cause_text.setText(draft.cause_text)
        self.act.setPlainText(draft.act)
        self.note.setPlainText(draft.note)
        for field in ("filed_on", "received_on", "hearing_on"):
            getattr(self, field).set_date(getattr(draft, field))
        self.hearing_time.setText(draft.hearing_time)
        self.hearing_place.setText(draft.hearing_place)
        self.is_difficult.setChecked(draft.is_difficult)
        self._fill_parties(draft)
        self._show_period()

    def draft(self) -> CaseDraft:
        """Return what the fields say now."""
        return replace(
            self._start,
            number=self.number.text(),
            procedure=Procedure(self.procedure.currentText()),
            court_id=_id(self.court.value()),
            court_reason=self.court_reason.text(),
            cause_id=_id(self.cause.value()),
            cause_text=self.cause_text.text(),
            act=self.act.toPlainText(),
            filed_on=self.filed_on.day(),
            received_on=self.received_on.day(),
            hearing_on=self.hearing_on.day(),
            hearing_time=self.hearing_time.text().strip().replace("：", ":"),
            hearing_place=self.hearing_place.text(),
            parties=self._parties(),
            attendance=Attendance(self.attendance.currentText()),
            is_difficult=self.is_difficult.isChecked(),
            note=self.note.toPlainText(),
        )

    def problems(self) -> Sequence[Problem]:
        draft = self.draft()
        found = list(case_problems(draft, self._offers.today))
        number = numbers.normalise_case_number(draft.number)
        if number and self._offers.taken(number):
            text = f"{number} 已登记过一次。确为另一案的可以继续保存。"
            found.insert(0, Problem("number", text, Severity.WARNING))
        for field, picker in (("court", self.court), ("cause", self.cause)):
            if picker.currentText().strip() and picker.value() is None:
                found.append(Problem(field, f"列表中没有“{picker.currentText().strip()}”，请从列表选择。"))
        return found

    def _fill_choices(self) -> None:
        self.procedure.addItems([p.value for p in Procedure])
        self.attendance.addItems([a.value for a in Attendance])
        self.court.set_items((c.name, c.key, (c.code,)) for c in self._offers.courts)
        self.cause.set_items(
            (f"{c.parent} · {c.name}" if c.parent else c.name, c.key, ()) for c in self._offers.causes
        )
        for picker in (self.defendants, self.second_defendant):
            picker.set_items((name, key, keys) for key, name, _, keys in self._offers.agencies)

    def _lay_out(self) -> None:
        self.add_section("案件")
        self.add_field(
            FieldBox("案号", self.number, "number", hint="如 （2026）浙0825行初37号，括号和空格随意。"),
            (0, 0),
        )
        self.add_field(FieldBox("审级", self.procedure, "procedure", required=True), (0, 1))
        self.add_field(FieldBox("立案日期", self.filed_on, "filed_on"), (1, 0))
        self.add_field(FieldBox("收到副本日期", self.received_on, "received_on"), (1, 1))
        self.add_field(FieldBox("受理法院", self.court, "court"), (2, 0))
        self.add_field(FieldBox("案由", self.cause, "cause", hint="可输入关键字筛选。"), (2, 1))
        self.add_field(
            FieldBox(
                "具体案由", self.cause_text, "cause_text", optional=True, hint="列表显示用，如 违法建设处罚。"
            ),
            (3, 0),
        )
        self.add_field(FieldBox("", self._tick(), "is_difficult"), (3, 1))
        self.act.setFixedHeight(64)
        self.act.setTabChangesFocus(True)
        self.add_field(FieldBox("被诉行政行为", self.act, "act", optional=True), (4, 0), wide=True)
        self.add_field(
            FieldBox(
                "另选法院的理由",
                self.court_reason,
                "court_reason",
                optional=True,
                hint="与管辖规则不同时填写，如 原告选择另一集中管辖法院。",
            ),
            (5, 0),
            wide=True,
        )
        self.add_section("当事人")
        self.add_field(
            FieldBox("原告（申请人）", self.plaintiffs, "plaintiffs", required=True, hint="多人用顿号分开。"),
            (0, 0),
            wide=True,
        )
        self.add_field(
            FieldBox(
                "原告的代理律师",
                self.agent_name,
                "agents",
                optional=True,
                hint="多人用顿号分开，用于核对同所回避。",
            ),
            (1, 0),
        )
        self.add_field(FieldBox("代理律师所在律所", self.agent_firm, "agent_firm", optional=True), (1, 1))
        self.add_field(
            FieldBox(
                "被告单位（被申请人）",
                self.defendants,
                "defendants",
                required=True,
                hint="可输入简称或拼音首字母。",
            ),
            (2, 0),
        )
        self.add_field(
            FieldBox(
                "共同被告",
                self.second_defendant,
                "second_defendant",
                optional=True,
                hint="如复议机关维持原行为。",
            ),
            (2, 1),
        )
        self.add_field(FieldBox("第三人", self.third_parties, "third_parties", optional=True), (3, 0))
        self.add_field(
            FieldBox(
                "被告自行委托的工作人员",
                self.own_staff,
                "own_staff",
                optional=True,
                hint="计入两名代理人之内。",
            ),
            (3, 1),
        )
        self.add_section("开庭")
        self.add_field(FieldBox("开庭日期", self.hearing_on, "hearing_on", optional=True), (0, 0))
        self.add_field(
            FieldBox("时间", self.hearing_time, "hearing_time", optional=True, hint="如 09:30。"), (0, 1)
        )
        self.add_field(FieldBox("地点", self.hearing_place, "hearing_place", optional=True), (1, 0))
        self.add_field(FieldBox("负责人出庭", self.attendance, "attendance"), (1, 1))
        self.add_section("备注")
        self.note.setFixedHeight(64)
        self.note.setTabChangesFocus(True)
        self.add_field(FieldBox("备注", self.note, "note", optional=True), (0, 0), wide=True)

    def _tick(self) -> QWidget:
        made = QWidget()
        made.setLayout(row(self.is_difficult, None))
        made.setFixedHeight(32)
        return made

    def _fill_parties(self, draft: CaseDraft) -> None:
        by_side = {side: [p for p in draft.parties if p.side is side] for side in Side}
        self.plaintiffs.setText("、".join(p.name for p in by_side[Side.PLAINTIFF]))
        self.third_parties.setText("、".join(p.name for p in by_side[Side.THIRD]))
        agents = [a for p in by_side[Side.PLAINTIFF] for a in p.agents]
        self.agent_name.setText("、".join(a.name for a in agents))
        self.agent_firm.setText("、".join(dict.fromkeys(a.firm_name for a in agents if a.firm_name)))
        for picker, party in zip(
            (self.defendants, self.second_defendant), by_side[Side.DEFENDANT], strict=False
        ):
            picker.set_value(party.agency_id)
            if party.agency_id is None:
                picker.setEditText(party.name)
        own = [a for p in by_side[Side.DEFENDANT][:1] for a in p.agents]
        self.own_staff.setText("、".join(a.name for a in own))

    def _parties(self) -> tuple[PartyDraft, ...]:
        """Return the parties; one that was recorded before keeps its key, so its assignments stay."""
        before = {(p.side, p.agency_id or p.name): p for p in self._start.parties}
        agents = self._opposing_agents()
        made = [
            PartyDraft(Side.PLAINTIFF, name, _kind_of(name), agents=agents if at == 0 else ())
            for at, name in enumerate(_names(self.plaintiffs.text()))
        ]
        own = tuple(AgentDraft(name, AgentKind.STAFF) for name in _names(self.own_staff.text()))
        for at, picker in enumerate((self.defendants, self.second_defendant)):
            if picker.currentText().strip():
                made.append(
                    PartyDraft(
                        Side.DEFENDANT,
                        picker.currentText().strip(),
                        PartyKind.AGENCY,
                        agency_id=_id(self._agency(picker)),
                        agents=own if at == 0 else (),
                    )
                )
        made += [PartyDraft(Side.THIRD, name, _kind_of(name)) for name in _names(self.third_parties.text())]
        return tuple(self._kept(p, before) for p in made)

    @staticmethod
    def _kept(party: PartyDraft, before: dict[tuple[Side, int | str], PartyDraft]) -> PartyDraft:
        old = before.get((party.side, party.agency_id or party.name))
        if old is None:
            return party
        agents = party.agents or (old.agents if party.side is Side.THIRD else ())
        known = {(a.name, a.kind): a for a in old.agents}
        agents = tuple(
            replace(a, phone=known[a.name, a.kind].phone, licence=known[a.name, a.kind].licence)
            if (a.name, a.kind) in known
            else a
            for a in agents
        )
        return replace(party, key=old.key, agents=agents, role=old.role)

    def _agency(self, picker: Picker) -> object | None:
        """Return the agency whose full or short name was typed."""
        typed = picker.currentText().strip()
        return next((key for key, name, short, _ in self._offers.agencies if typed in {name, short}), None)

    def _opposing_agents(self) -> tuple[AgentDraft, ...]:
        """Return the plaintiff's lawyers; a single firm is that of all of them."""
        names, firms = _names(self.agent_name.text()), _names(self.agent_firm.text())
        if not names:
            return ()
        of = firms * len(names) if len(firms) == 1 else [*firms, *[""] * len(names)]
        return tuple(AgentDraft(name, AgentKind.LAWYER, firm) for name, firm in zip(names, of, strict=False))

    def _show_period(self) -> None:
        """Say below the date until when the agency must answer."""
        box = self.boxes["received_on"]
        received = self.received_on.day()
        if received is None or box.severity:
            return
        procedure = Procedure(self.procedure.currentText())
        happened = [Happening(RECEIPT_OF[procedure], received)]
        if period := answer_period(periods_for(procedure, happened, self._offers.calendar)):
            box.say(
                f"{period.rule.title}至 {period.due}（{period.rule.article}）。{period.count.explanation}",
                "hint",
            )
        else:
            box.clear()

    def _watch(self) -> None:
        for field in (
            self.number,
            self.court_reason,
            self.cause_text,
            self.hearing_time,
            self.hearing_place,
            self.plaintiffs,
            self.third_parties,
            self.own_staff,
            self.agent_name,
            self.agent_firm,
        ):
            field.textEdited.connect(self.mark_dirty)
        for date_field in (self.filed_on, self.received_on, self.hearing_on):
            date_field.edited.connect(self.mark_dirty)
        for picker in (self.court, self.cause, self.defendants, self.second_defendant):
            picker.editTextChanged.connect(self.mark_dirty)
        for choice in (self.procedure, self.attendance):
            choice.currentIndexChanged.connect(self.mark_dirty)
        for text in (self.act, self.note):
            text.textChanged.connect(self.mark_dirty)
        self.is_difficult.toggled.connect(self.mark_dirty)
        self.received_on.edited.connect(self._show_period)
        self.received_on.editingFinished.connect(self._show_period)
        self.procedure.currentIndexChanged.connect(self._on_procedure)
        self.number.editingFinished.connect(self._propose_court)

    def _on_procedure(self, _: int) -> None:
        self._show_period()

    def _propose_court(self) -> None:
        """Take the court and the instance from the number, where the clerk has not chosen them."""
        parsed = numbers.parse_case_number(self.number.text())
        if parsed is None:
            return
        if not self.court.currentText().strip():
            self.court.set_value(next((c.key for c in self._offers.courts if c.code == parsed.court), None))
        wanted = {
            "行初": Procedure.FIRST_INSTANCE,
            "行终": Procedure.SECOND_INSTANCE,
            "行申": Procedure.RETRIAL,
            "行再": Procedure.RETRIAL,
            "行审": Procedure.ENFORCEMENT,
        }
        if parsed.kind in wanted and self.key is None:
            self.procedure.setCurrentText(wanted[parsed.kind].value)


def _names(text: str) -> list[str]:
    for mark in "，,；;\n":
        text = text.replace(mark, "、")
    return [name.strip() for name in text.split("、") if name.strip()]


def _kind_of(name: str) -> PartyKind:
    marks = (
        "公司",
        "厂",
        "店",
        "合作社",
        "中心",
        "协会",
        "委员会",
        "村",
        "企业",
        "部",
        "馆",
        "院",
        "所",
        "集团",
    )
    is_organisation = "公司" in name or (len(name) > LONGEST_NAME and name.endswith(marks))
    return PartyKind.ORGANISATION if is_organisation else PartyKind.PERSON


def _id(value: object) -> int | None:
    return value if isinstance(value, int) else None
