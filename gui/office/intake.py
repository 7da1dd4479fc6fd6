"""粘贴通知登记: what a pasted paper or message says is proposed field by field, and saved once confirmed.

A case that is not on record yet is registered; to one that is, the paper adds what it says.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from db.cases.acts.cases import number_taken
from db.cases.queries.court import court_problems
from db.cases.rules.cases import CaseDraft, PartyDraft, case_problems
from db.errors import Problem
from db.formats.written_dates import typed_time
from db.intake.acts.registering import register, update
from db.intake.queries.known import key_of_number, matches
from db.intake.rules import Intake, party_kind
from db.law.events import RECEIPT_OF, Happening
from db.law.periods import answer_period, periods_for
from db.words.case import PartyKind, Procedure, Side, Track
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.draft_dialog import DraftDialog, field_grid
from gui.office.intake_parts import PartsBar, agents_of, names_in
from gui.office.intake_quotes import DATES, Offers, court_key, proposals
from gui.office.intake_update import Ties, UpdatePane
from gui.office.quoted import QuotedBox
from gui.office.text_marks import bring_to_place, mark_places
from gui.widgets.basics import Strip, column, label, line, row, stretch
from gui.widgets.fields import DateField
from gui.widgets.pickers import Picker
from gui.widgets.scrolling import TallArea, stand

PAUSE = 250  # milliseconds of rest before a text that is being typed is read again
HOW = "应诉通知书、传票、裁判文书、复议答复通知书，或者群里的消息，整段粘贴即可。案号已登记过的，传票、裁判文书、上诉状只补充到那件案件。核对后才保存。"


REGISTER = "核对无误，登记案件"


class IntakeDialog(DraftDialog):
    """At the left the text with what was recognised in it; at the right the case that it proposes, or adds to."""

    def __init__(self, context: Context, offers: Offers, text: str, parent: QWidget | None = None) -> None:
        super().__init__("粘贴通知登记", REGISTER, parent)
        self.setObjectName("intake_dialog")
        self.context, self._offers = context, offers
        self.read = Intake(())
        self.text = QPlainTextEdit()
        self.number, self.hearing_time, self.hearing_place = QLineEdit(), QLineEdit(), QLineEdit()
        self.procedure, self.track = QComboBox(), QComboBox()
        self.court, self.cause = Picker(free=False), Picker(free=True)
        self.filed_on, self.received_on, self.hearing_on, self.answer_due = (DateField() for _ in DATES)
        self.plaintiff, self.third, self.agent, self.firm, self.further = (QLineEdit() for _ in range(5))
        self.defendant, self.second_defendant = Picker(free=True), Picker(free=True)
        self.court_reason = QLineEdit()
        self.quoted: dict[str, QuotedBox] = {}
        self.summary, self.parts = Strip("ok"), PartsBar()
        self.updating = UpdatePane()
        self.previous_id: int | None = (
            None  # the case before this one, where the text names it and it is on record
        )
        self._wants_new = False
        self._new = QWidget()
        self._form = QVBoxLayout()
        self._scroll = TallArea()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._fill_choices()
        self._build()
        self.text.setPlainText(text)
        self.read_again()
        self.watch_fields()
        self._connect()
        self._begin()

    # -- reading the text ------------------------------------------------------------------

    def read_again(self) -> None:
        """Propose what the text says; what was typed into the fields gives way to it."""
        self.parts.read(self.text.toPlainText(), self.context.today(), self._offers.recogniser)
        self._read_part()

    def _read_part(self) -> None:
        """Propose what the text says of the case at hand."""
        self.read, self._wants_new = self.parts.part.read, False
        for name, quotes in proposals(self.read, self._offers).items():
            self.quoted[name].propose(quotes)
        self.boxes["further"].setVisible(bool(self.further.text()))
        self._find_case()
        self._show_court()
        self._say_found()
        self._mark()

    def _find_case(self) -> None:
        """Look whether the text belongs to a case on record; then it adds to that one."""
        text, today = self.parts.part.text, self.context.today()
        with self.context.database.read() as session:
            found = matches(session, self.read)
            self.previous_id = key_of_number(session, self.read.value("previous_number"))
        self.updating.show_matches(found, self.read, text, today)
        self._show_way()

    def _show_way(self) -> None:
        """Show the form of a new case, or what the text adds to one on record."""
        is_update = self.is_update()
        self._new.setVisible(not is_update)
        self.updating.setVisible(is_update)
        count = len(self.updating.chosen()) if is_update else 0
        self.save.setText((f"更新案件（{count} 项）" if count else "更新案件") if is_update else REGISTER)
        self._mark()

    def is_update(self) -> bool:
        """Say whether the text goes to a case on record."""
        return self.updating.match is not None and not self._wants_new

    def _on_as_new(self) -> None:
        self._wants_new = True
        self._show_way()
        self._say_found()
        self.number.setFocus()

    def _say_found(self) -> None:
        """Say above the form how much was recognised."""
        quotes = [quote for box in self.quoted.values() if (quote := box.quote())]
        doubtful = sum(bool(quote.note) for quote in quotes)
        if not self.text.toPlainText().strip():
            self.summary.say("")
        elif not quotes:
            self.summary.say("没有认出案号、当事人或者日期。可以直接填写下面各项，或者换一段文字粘贴。", "wn")
        else:
            more = f"，其中 {doubtful} 项请核对" if doubtful else ""
            before = self.read.value("previous_number") if self.previous_id else ""
            tied = f"前一程序 {before} 已登记，保存时关联。" if before else ""
            self.summary.say(
                f"认出 {len(quotes)} 项{more}；原文没有写的留空。{tied}点登记以前什么都不保存。", "ok"
            )

    def _mark(self) -> None:
        """Mark in the text what was taken from it; what the field in hand came from stands out."""
        if self.is_update():
            mark_places(self.text, self.updating.spans())
            return
        current = self.field_of(self.focusWidget())
        quotes = {name: quote for name, box in self.quoted.items() if (quote := box.quote())}
        others = [span for name, quote in quotes.items() if name != current for span in quote.spans]
        mark_places(self.text, others, quotes[current].spans if current in quotes else ())

    # -- the draft -------------------------------------------------------------------------

    def draft(self) -> CaseDraft:
        """Return the case as the fields say it now."""
        cause, court = self.cause.value(), self.court.value()
        return CaseDraft(
            number=self.number.text(),
            procedure=Procedure(self.procedure.currentText()),
            court_id=court if isinstance(court, int) else None,
            cause_id=cause if isinstance(cause, int) else None,
            cause_text="" if isinstance(cause, int) else self.cause.currentText().strip(),
            filed_on=self.filed_on.day(),
            received_on=self.received_on.day(),
            hearing_on=self.hearing_on.day(),
            hearing_time=typed_time(self.hearing_time.text()),
            hearing_place=self.hearing_place.text(),
            parties=tuple(self._parties()),
            track=Track(self.track.currentText()),
            court_reason=self.court_reason.text() if self.boxes["court_reason"].isVisibleTo(self) else "",
        )

    def problems(self) -> Sequence[Problem]:
        if self.is_update():
            return self.updating.problems()
        draft, today = self.draft(), self.context.today()
        with self.context.database.read() as session:
            found = [
                *number_taken(session, draft.number),
                *case_problems(draft, today),
                *court_problems(session, draft, today),
            ]
        if self.court.currentText().strip() and draft.court_id is None:
            text = f"列表中没有“{self.court.currentText().strip()}”，请从列表选择。"
            found.append(Problem("court", text))
        renamed = {
            "plaintiffs": "plaintiff",
            "defendants": "defendant",
            "third_parties": "third",
            "agents": "agent",
        }
        return [Problem(renamed.get(p.field, p.field), p.text, p.severity) for p in found]

    def _parties(self) -> Sequence[PartyDraft]:
        agents = tuple(agents_of(self.agent.text(), self.firm.text()))
        made = [
            PartyDraft(Side.PLAINTIFF, name, party_kind(name), agents=agents if at == 0 else ())
            for at, name in enumerate(names_in(self.plaintiff.text()))
        ]
        certain = self._offers.recogniser.of
        for picker in (self.defendant, self.second_defendant):
            if name := picker.currentText().strip():
                key = picker.value()
                chosen = key if isinstance(key, int) else certain(name).certain
                made.append(PartyDraft(Side.DEFENDANT, name, PartyKind.AGENCY, agency_id=chosen))
        made += [
            PartyDraft(Side.DEFENDANT, name, PartyKind.AGENCY, agency_id=certain(name).certain)
            for name in names_in(self.further.text())
        ]
        return [
            *made,
            *(PartyDraft(Side.THIRD, name, party_kind(name)) for name in names_in(self.third.text())),
        ]

    # -- slots -----------------------------------------------------------------------------

    def focus_moved(self, name: str, widget: QWidget) -> None:
        """Mark what the field in hand was taken from, and bring that into view."""
        self._mark()
        box = self.quoted.get(name)
        if box is not None and (quote := box.quote()):
            bring_to_place(self.text, quote.spans[0][0])
        self._scroll.ensureWidgetVisible(widget, 0, 60)

    def bring_into_view(self, part: QWidget) -> None:
        self._scroll.ensureWidgetVisible(part, 0, 60)

    def _on_edited(self, *_: object) -> None:
        """Say where each value comes from, now that one was typed."""
        for box in self.quoted.values():
            box.say_source()
        self._show_period()
        self._show_court()
        self._mark()

    def _on_update_changed(self) -> None:
        self.strip.say("")
        self.mark_dirty()
        self._show_way()

    def _show_period(self) -> None:
        """Say below the date until when the agency must answer."""
        received, procedure = self.received_on.day(), Procedure(self.procedure.currentText())
        happened = [Happening(RECEIPT_OF[procedure], received)] if received else []
        period = answer_period(periods_for(procedure, happened, self._offers.calendar))
        if period is not None:
            doubt = "" if period.covered else "，该年放假安排尚未录入，日期请核对"
            text = f"{period.rule.title}至 {period.due}（{period.rule.article}）{doubt}"
            if due := self.answer_due.day():
                text = f"以文书写明的 {due} 为准；按法律推算，{text}"
            self.quoted["received_on"].set_hint(text, "ok" if period.covered else "warning")

    def _show_court(self) -> None:
        """Ask for a reason only where another court than the rules propose is chosen."""
        draft, box = self.draft(), self.boxes["court_reason"]
        with self.context.database.read() as session:
            wanted = {p.field for p in court_problems(session, draft, self.context.today())}
        if "court_reason" in wanted and not box.isVisibleTo(self) and not self.court_reason.text():
            self.court_reason.setText("以受理法院的文书为准")
        if "court_reason" in wanted:
            box.show()
        elif not self.court_reason.text() or self.court.value() is None:
            box.hide()

    def _save(self, _another: bool) -> None:
        if self.is_update():
            self._update()
            return
        draft, due, today = self.draft(), self.answer_due.day(), self.context.today()
        quote = self.quoted["answer_due"].quote()
        source = quote.words if quote else ""
        previous_id = self.previous_id

        def act(session: Any) -> int:
            return register(session, draft, due, source, today, previous_id)

        title = f"登记案件 {draft.number.strip() or '（未编号）'}"
        perform(self.context, self, title, act, partial(self._saved, title), self._refused)

    def _update(self) -> None:
        match, today = self.updating.match, self.context.today()
        if match is None:
            return
        record = match.record
        draft = self.updating.draft(Ties(self.previous_id, court_key(self.read, self._offers)))

        def act(session: Any) -> int:
            return update(session, record.key, draft, record.version, today)

        title = f"更新案件 {record.number or '（未编号）'}"
        perform(self.context, self, title, act, partial(self._saved, title), self._refused)

    def _saved(self, title: str, key: int) -> None:
        if self.parts.go_on():
            self.set_busy(False)
            self.context.desk.say(f"已{title}，可用 Ctrl+Z 撤销；还有 {self.parts.left()} 件")
            self._begin()
            return
        self.accept()
        self.context.desk.go("cases", key)
        self.context.desk.say(f"已{title}，可用 Ctrl+Z 撤销")

    def _refused(self, error: Exception) -> None:
        if not self.show_refusal(error):
            self.context.errors.show(error, self)

    # -- building --------------------------------------------------------------------------

    def _fill_choices(self) -> None:
        offers = self._offers
        self.procedure.addItems([p.value for p in Procedure])
        self.track.addItems([t.value for t in Track])
        self.court.set_items((c.name, c.key, (c.code, c.short_name)) for c in offers.courts)
        self.cause.set_items(
            (f"{c.parent} · {c.name}" if c.parent else c.name, c.key, ()) for c in offers.causes
        )
        for picker in (self.defendant, self.second_defendant):
            picker.set_items((name, key, offers.agency_keys.get(key, ())) for key, name, _ in offers.agencies)

    def _build(self) -> None:
        self.text.setTabChangesFocus(True)
        self.text.setObjectName("intake_text")
        self.text.setAccessibleName("通知或消息的原文")
        self.text.setPlaceholderText("在这里粘贴（Ctrl+V）")
        left = QWidget()
        left.setLayout(
            column(
                label("原文", "heading"),
                self.text,
                label(HOW, "hint", wraps=True),
                spacing=8,
                margins=(24, 18, 20, 18),
            )
        )
        stretch(left, 1, 1)
        inner = QWidget()
        inner.setProperty("scroll", True)
        inner.setLayout(
            column(
                self.strip, self.parts, self._new, self.updating, None, spacing=12, margins=(24, 18, 24, 18)
            )
        )
        self._new.setLayout(column(self.summary, self._form, spacing=12))
        self._form.setSpacing(10)
        self._lay_out()
        self._scroll.setWidget(inner)
        body = row(left, line("v"), self._scroll, spacing=0)
        body.setStretch(0, 4)
        body.setStretch(2, 6)
        hint = "Ctrl+S 保存，Esc 取消"
        stand(self, body, self.foot(has_next=False, hint=hint), QSize(1180, 800))

    def _section(self, title: str) -> None:
        self._form.addWidget(label(title, "heading"))
        self._grid: QGridLayout = field_grid()
        self._grid.setVerticalSpacing(8)
        self._form.addLayout(self._grid)

    def _lay_out(self) -> None:
        ask = "原文没有写，请填写收到副本的日期，答辩期限从次日起算"
        self._section("当事人")
        self._put("原告（申请人）", self.plaintiff, "plaintiff", (0, 0), missing="原文没有写，请填写")
        self._put("被告单位（被申请人）", self.defendant, "defendant", (0, 1), missing="原文没有写，请选择")
        self._put("原告的代理人", self.agent, "agent", (1, 0))
        self._put("代理人所在律所", self.firm, "firm", (1, 1))
        self._put("第三人", self.third, "third", (2, 0))
        self._put("共同被告", self.second_defendant, "second_defendant", (2, 1))
        self._put("其他共同被告（用顿号分开）", self.further, "further", (3, 0), wide=True)
        self._section("案件")
        self._put("收到副本日期", self.received_on, "received_on", (0, 0), missing=ask)
        self._put("立案日期", self.filed_on, "filed_on", (0, 1))
        self._put("案号", self.number, "number", (1, 0))
        self._put("受理法院", self.court, "court", (1, 1))
        self._put("另选法院的理由", self.court_reason, "court_reason", (2, 0), wide=True)
        self._put("审级", self.procedure, "procedure", (3, 0))
        self._put("程序", self.track, "track", (3, 1))
        self._put("案由", self.cause, "cause", (4, 0))
        self._put("文书写明的举证（答复）截止日", self.answer_due, "answer_due", (4, 1))
        self._section("开庭")
        self._put("开庭日期", self.hearing_on, "hearing_on", (0, 0))
        self._put("时间", self.hearing_time, "hearing_time", (0, 1))
        self._put("地点", self.hearing_place, "hearing_place", (1, 0), wide=True)
        self.boxes["court_reason"].hide()

    def _put(
        self,
        title: str,
        editor: QWidget,
        name: str,
        place: tuple[int, int],
        *,
        missing: str = "",
        wide: bool = False,
    ) -> None:
        is_required = name in {"plaintiff", "defendant"}
        box = QuotedBox(title, editor, name, required=is_required, missing=missing)
        self.add_field(box, place, wide=wide)
        if name != "court_reason":
            self.quoted[name] = box
        box.changed.connect(self._on_edited)
        box.changed.connect(self.mark_dirty)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self.read_again)
        for box in self.quoted.values():
            editor = box.editor
            if isinstance(editor, QLineEdit):
                editor.textEdited.connect(self._on_edited)
            elif isinstance(editor, QComboBox):
                (editor.editTextChanged if editor.isEditable() else editor.currentIndexChanged).connect(
                    self._on_edited
                )
        self.updating.changed.connect(self._on_update_changed)
        self.updating.as_new.connect(self._on_as_new)
        self.parts.changed.connect(self._read_part)
        self.submitted.connect(self._save)

    def _begin(self) -> None:
        """Begin where the clerk is needed: at what the text leaves open, else at what is doubtful."""
        if not self.text.toPlainText().strip():
            self.text.setFocus()
            return
        self.mark_dirty()
        if self.is_update():
            next((tick for tick in self.updating.ticks.values()), self.updating.cases).setFocus()
            return
        wanted: list[tuple[str, Callable[[], bool]]] = [
            ("plaintiff", lambda: not self.plaintiff.text()),
            ("defendant", lambda: not self.defendant.currentText()),
            ("received_on", lambda: not self.received_on.text()),
        ]
        name = next((name for name, is_open in wanted if is_open()), "")
        doubtful = (n for n, box in self.quoted.items() if (q := box.quote()) and q.note)
        self.boxes[name or next(doubtful, "number")].editor.setFocus()
        self._show_period()
