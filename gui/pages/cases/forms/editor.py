"""The dialog in which one case is written down, as it stands on the complaint copy."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from db.cases.acts.registration import Ties
from db.cases.queries.court import CourtProposal
from db.cases.rules.cases import CaseDraft, case_problems
from db.errors import Problem, Severity
from db.formats import numbers
from db.law.events import RECEIPT_OF, Happening
from db.law.periods import answer_period, periods_for
from db.words.case import Attendance, Procedure, Track
from gui.forms.editor import EditorDialog
from gui.pages.cases.forms.cause_fields import CauseFields
from gui.pages.cases.forms.offers import Offers, TiesShown
from gui.pages.cases.forms.party_lines import LISTS, Parties
from gui.pages.cases.forms.ties import PREVIOUS_HINT, SERIES_HINT, line_words, offer_lines
from gui.widgets.basics import button
from gui.widgets.entries import ChoiceEntry, DayEntry, NameEntry, TextEntry, TickEntry
from gui.widgets.fields import FieldBox
from gui.widgets.lookup import Lookup
from gui.widgets.pickers import Picker, TagField

TEXTS = ("number", "act_number", "court_reason", "difficult_reason", "hearing_time", "hearing_place")
DAYS = ("filed_on", "received_on", "hearing_on", "act_on")
NUMBER_HINT = "如 （2026）浙0825行初37号，括号和空格随意。"
INSTANCE = {
    "行初": Procedure.FIRST_INSTANCE,
    "行终": Procedure.SECOND_INSTANCE,
    "行申": Procedure.RETRIAL,
    "行再": Procedure.RETRIAL,
    "行审": Procedure.ENFORCEMENT,
}
PARTY_HINTS = {
    "plaintiffs": "复议案件为申请人。回车到下一行。",
    "defendants": "复议案件为被申请人；复议维持的，原行政机关和复议机关是共同被告（行政诉讼法第二十六条）。",
    "third_parties": "",
    "agents": "原告、第三人的代理律师用于核对同所回避；被告自行委托的工作人员也填在这里，计入两名之内。",
}


class CaseEditor(EditorDialog):
    """Edits a case's draft; proposes the court, and shows the period to answer while the date is typed."""

    other_asked = Signal(int)  # the case that has this number already

    def __init__(
        self,
        draft: CaseDraft,
        ties: TiesShown,
        key: int | None,
        offers: Offers,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "编辑案件" if key else "登记案件",
            QSize(900, 760),
            parent,
            next_text="" if key else "保存并登记下一件",
        )
        self.key, self._start, self._offers = key, draft, offers
        self._proposal: CourtProposal | None = None
        self._taken: tuple[str, int | None] = ("", None)
        self.number, self.act_number, self.court_reason = TextEntry(), TextEntry(), TextEntry()
        self.difficult_reason, self.hearing_place = TextEntry(), TextEntry()
        self.hearing_time = TextEntry("09:30")
        self.filed_on, self.received_on, self.hearing_on, self.act_on = (DayEntry() for _ in range(4))
        self.procedure = ChoiceEntry(((p.value, p) for p in Procedure), "审级")
        self.track = ChoiceEntry(((t.value, t) for t in Track), "程序")
        self.attendance = ChoiceEntry(((a.value, a) for a in Attendance), "负责人出庭")
        self.court = Picker(free=False)
        self.causes = CauseFields(offers.causes)
        self.fields = TagField()
        self.parties = Parties(offers.agencies)
        self.act, self.note = QPlainTextEdit(), QPlainTextEdit()
        self.is_difficult, self.is_compensation = TickEntry("重大疑难案件"), TickEntry("一并提起行政赔偿")
        self.previous = Lookup("输入案号、当事人或者拼音首字母")
        self.series = NameEntry()
        self.open_other = button("打开已有案件", "open_other", "link")
        self._offer()
        self._lay_out()
        self.fill(draft, ties)
        self._connect_fields()
        self.watch_fields()
        self.number.setFocus()

    # -- values ----------------------------------------------------------------------------

    def fill(self, draft: CaseDraft, ties: TiesShown) -> None:
        """Show a draft, and what the case is tied to."""
        self._start = draft
        if ties.previous is not None:
            self.previous.set_chosen(line_words(ties.previous), ties.previous.key)
        self.series.set_value(ties.series)
        self._show_draft(draft)

    def restore(self, draft: CaseDraft) -> None:
        """Show what was kept before a crash; it is saved over the version that was read now."""
        self._show_draft(replace(draft, version=self._start.version))

    def _show_draft(self, draft: CaseDraft) -> None:
        for name in (*TEXTS, *DAYS, "procedure", "track", "attendance", "is_difficult", "is_compensation"):
            getattr(self, name).set_value(getattr(draft, name))
        self.court.set_value(draft.court_id)
        self.causes.fill(draft.cause_id, draft.cause_text)
        self.fields.set_tags(draft.fields)
        self.act.setPlainText(draft.act)
        self.note.setPlainText(draft.note)
        self.parties.fill(draft.parties)
        self._propose(take=False)
        self._hint_all()

    def draft(self) -> CaseDraft:
        """Return what the fields say now."""
        cause_id, cause_text = self.causes.value()
        attendance, track = self.attendance.value(), self.track.value()
        return replace(
            self._start,
            **{name: getattr(self, name).text() for name in TEXTS if name != "hearing_time"},
            **{name: getattr(self, name).day() for name in DAYS},
            hearing_time=self.hearing_time.text().strip().replace("：", ":"),
            procedure=self._procedure(),
            track=track if isinstance(track, Track) else Track.ORDINARY,
            attendance=attendance if isinstance(attendance, Attendance) else Attendance.PENDING,
            court_id=self._court_id(),
            cause_id=cause_id,
            cause_text=cause_text,
            fields=self.fields.tags(),
            act=self.act.toPlainText(),
            note=self.note.toPlainText(),
            is_difficult=self.is_difficult.isChecked(),
            is_compensation=self.is_compensation.isChecked(),
            parties=self.parties.drafts(),
        )

    def ties(self) -> Ties:
        """Return what the case is to be tied to."""
        return Ties(self.previous.key(), self.series.text())

    def problems(self) -> Sequence[Problem]:
        draft = self.draft()
        found = [_placed(p) for p in case_problems(draft, self._offers.today, self._offers.pattern)]
        found += self.parties.problems()
        if self._other() is not None:
            text = "这个案号已登记过一次。确为另一案的可以继续保存。"
            found.insert(0, Problem("number", text, Severity.WARNING))
        if self._needs_reason(draft) and not draft.court_reason.strip():
            name = self._proposal.name if self._proposal else ""
            text = f"按管辖规则应由{name}受理，所选法院不同，请写明理由，如原告选择另一集中管辖法院。"
            found.append(Problem("court_reason", text))
        for field, picker in (("court", self.court), ("cause", self.causes.top)):
            if (typed := picker.currentText().strip()) and picker.value() is None:
                found.append(Problem(field, f"列表中没有“{typed}”，请从列表选择。"))
        if text := self.previous.trouble():
            found.append(Problem("previous_id", text))
        return found

    def try_save(self) -> None:
        self.parties.ensure_lines()
        super().try_save()

    # -- building --------------------------------------------------------------------------

    def _offer(self) -> None:
        self.court.set_items((c.name, c.key, (c.code,)) for c in self._offers.courts)
        self.fields.set_suggestions(self._offers.fields)
        self.series.set_items((name, name, ()) for name in self._offers.series)
        for text in (self.act, self.note):
            text.setFixedHeight(64)
            text.setTabChangesFocus(True)

    def _lay_out(self) -> None:
        self.add_section("案件")
        self._add("案号", self.number, "number", (0, 0), hint=NUMBER_HINT)
        self._add("审级", self.procedure, "procedure", (0, 1), required=True)
        self._add("立案日期", self.filed_on, "filed_on", (1, 0))
        self._add("收到副本日期", self.received_on, "received_on", (1, 1))
        self._add("受理法院", self.court, "court", (2, 0))
        self._add("程序", self.track, "track", (2, 1))
        self._add("选择其他法院的理由", self.court_reason, "court_reason", (3, 0), wide=True, required=True)
        self._add("案由（二级）", self.causes.top, "cause", (4, 0), hint="可输入关键字筛选。")
        hint = "可从列表选择，也可自行填写，列表中显示。"
        self._add("三级案由", self.causes.third, "cause_text", (4, 1), optional=True, hint=hint)
        self._add("行政管理领域", self.fields, "fields", (5, 0), wide=True, optional=True)
        self.boxes["number"].add_below(self.open_other)
        self.add_section("当事人")
        titles = {
            "plaintiffs": "原告",
            "defendants": "被告单位",
            "third_parties": "第三人",
            "agents": "诉讼代理人",
        }
        for at, (name, title) in enumerate(titles.items()):
            required = name in {"plaintiffs", "defendants"}
            box = FieldBox(title, self.parties.lists[name], name, required=required, hint=PARTY_HINTS[name])
            self.add_field(box, (at, 0), wide=True)
        self.add_section("被诉行为")
        self._add("被诉行政行为", self.act, "act", (0, 0), wide=True, optional=True)
        self._add("作出日期", self.act_on, "act_on", (1, 0), optional=True)
        self._add("文号", self.act_number, "act_number", (1, 1), optional=True)
        self._add("", self.is_compensation, "is_compensation", (2, 0))
        self._add("", self.is_difficult, "is_difficult", (2, 1))
        self._add("列为重大疑难的理由", self.difficult_reason, "difficult_reason", (3, 0), wide=True)
        self.add_section("关联")
        self._add(
            "前一程序", self.previous, "previous_id", (0, 0), wide=True, optional=True, hint=PREVIOUS_HINT
        )
        self._add("系列案", self.series, "series", (1, 0), wide=True, optional=True, hint=SERIES_HINT)
        self.add_section("开庭")
        self._add("开庭日期", self.hearing_on, "hearing_on", (0, 0), optional=True)
        self._add("时间", self.hearing_time, "hearing_time", (0, 1), optional=True)
        self._add("地点", self.hearing_place, "hearing_place", (1, 0), optional=True)
        hint = "登记开庭后，在右侧“负责人出庭”中写明姓名、职务和材料。"
        self._add("负责人出庭", self.attendance, "attendance", (1, 1), hint=hint)
        self.add_section("备注")
        self._add("备注", self.note, "note", (0, 0), wide=True, optional=True)

    def _add(
        self,
        title: str,
        editor: QWidget,
        name: str,
        place: tuple[int, int],
        *,
        wide: bool = False,
        required: bool = False,
        optional: bool = False,
        hint: str = "",
    ) -> None:
        box = FieldBox(title, editor, name, required=required, optional=optional, hint=hint)
        self.add_field(box, place, wide=wide)

    def _connect_fields(self) -> None:
        self.number.editingFinished.connect(self._on_number)
        self.open_other.clicked.connect(self._on_open_other)
        self.received_on.textChanged.connect(self._hint_period)
        self.track.edited.connect(self._hint_period)
        self.procedure.edited.connect(self._on_procedure)
        self.filed_on.editingFinished.connect(self._on_ground)
        self.parties.lists["defendants"].left_cell.connect(self._on_ground)
        self.parties.lists["defendants"].edited.connect(self._on_parties)
        self.parties.lists["plaintiffs"].left_cell.connect(self._on_parties)
        self.parties.lists["third_parties"].left_cell.connect(self._on_parties)
        self.court.editTextChanged.connect(self._hint_court)
        self.is_difficult.edited.connect(self._hint_difficult)
        self.previous.asked.connect(self._look_up)
        self.previous.edited.connect(self.mark_dirty)
        self.causes.top.editTextChanged.connect(self.causes.follow)

    # -- what is said and proposed while one types -----------------------------------------

    def _hint_all(self) -> None:
        self._hint_period()
        self._hint_court()
        self._hint_difficult()
        self.open_other.setVisible(self._other() is not None)

    def _hint_period(self, *_: object) -> None:
        """Say below the date until when the agency must answer."""
        received, procedure, track = self.received_on.day(), self._procedure(), self.track.value()
        told = ""
        if received is not None:
            happened = [Happening(RECEIPT_OF[procedure], received)]
            of = track if isinstance(track, Track) else Track.ORDINARY
            if period := answer_period(periods_for(procedure, happened, self._offers.calendar, track=of)):
                told = f"{period.rule.title}至 {period.due}（{period.article}）。{period.counted_as}"
        self.boxes["received_on"].set_hint(told)

    def _hint_court(self, *_: object) -> None:
        """Say which court the rules propose, and ask for a reason where another one is chosen."""
        found = self._proposal
        needs_reason = self._needs_reason(self.draft())
        self.boxes["court_reason"].setVisible(needs_reason)
        if found is None:
            self.boxes["court"].set_hint("填写被告和日期后，按管辖规则提出。")
        elif needs_reason:
            self.boxes["court"].set_hint(f"按规则应由{found.name}受理。{found.why}", "warning")
        else:
            self.boxes["court"].set_hint(found.why)

    def _hint_difficult(self) -> None:
        self.boxes["difficult_reason"].setVisible(self.is_difficult.isChecked())

    def _on_number(self) -> None:
        """Put the number into its normal form; take court and instance from it where they are not chosen."""
        normal = numbers.normalise_case_number(self.number.text())
        self.number.setText(normal)
        self.open_other.setVisible(self._other() is not None)
        parsed = numbers.parse_case_number(normal)
        if parsed is None:
            return
        if not self.court.currentText().strip():
            self.court.set_value(next((c.key for c in self._offers.courts if c.code == parsed.court), None))
        if parsed.kind in INSTANCE and self.key is None:
            self.procedure.set_value(INSTANCE[parsed.kind])
        if numbers.is_compensation(normal):
            self.is_compensation.setChecked(True)

    def _on_open_other(self) -> None:
        if (other := self._other()) is not None:
            self.other_asked.emit(other)
            self.reject()

    def _on_procedure(self) -> None:
        self._hint_period()
        self._on_ground()

    def _on_parties(self) -> None:
        self.parties.offer_parties()

    def _on_ground(self) -> None:
        """Ask for the court anew, since what decides it may have changed."""
        self._propose(take=self.key is None)
        self._hint_court()

    def _propose(self, *, take: bool) -> None:
        is_heard = self._procedure() is not Procedure.RECONSIDERATION and self.parties.has_defendants()
        self._proposal = self._offers.propose(self.draft()) if is_heard else None
        if take and self._proposal and not self.court.currentText().strip():
            self.court.set_value(self._proposal.court_id)

    def _needs_reason(self, draft: CaseDraft) -> bool:
        if self._proposal is None or draft.court_id is None:
            return False
        return draft.court_id != self._proposal.court_id

    def _look_up(self, typed: str) -> None:
        self._offers.find(self, typed, partial(offer_lines, self.previous, typed))

    def _other(self) -> int | None:
        """Return another case with this number; asked once for each number."""
        number = numbers.normalise_case_number(self.number.text())
        if self._taken[0] != number:
            self._taken = (number, self._offers.taken(number) if number else None)
        return self._taken[1]

    def _procedure(self) -> Procedure:
        chosen = self.procedure.value()
        return chosen if isinstance(chosen, Procedure) else Procedure.FIRST_INSTANCE

    def _court_id(self) -> int | None:
        value = self.court.value()
        return value if isinstance(value, int) else None


def _placed(problem: Problem) -> Problem:
    """Return a problem of a list at its first line, where it can be shown."""
    if problem.field in {*LISTS.values(), "agents"}:
        return replace(problem, field=f"{problem.field}.0.name")
    return problem
