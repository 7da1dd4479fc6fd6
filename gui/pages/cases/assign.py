"""Assigning pool lawyers to a case: the case, the candidates with what speaks against each, the choice."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QPlainTextEdit,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db.errors import Invalid
from db.queries.candidates import Candidate
from db.queries.case_detail import CaseDetail, PartyLine
from db.rules.agents import MAX_AGENTS, agent_problem
from db.rules.assignments import AssignmentDraft, Choice
from db.rules.conflicts import Severity
from db.rules.periods import answer_period
from db.rules.vocabulary import Mandate, Role, Side
from gui.look.icons import icon
from gui.look.theme import colour
from gui.tables.due import short_day
from gui.widgets.basics import Strip, button, chip, clear, column, item_at, label, line, pane, row, stretch
from gui.widgets.fields import DateField, FieldBox
from gui.widgets.panels import facts_of

LOOKS = {
    Severity.BLOCK: ("ban", "dg"),
    Severity.CONSENT: ("triangle-alert", "wn"),
    Severity.WARN: ("triangle-alert", "wn"),
}


class CandidateTable(QTableWidget):
    """The candidates; Space ticks the current one."""

    toggled = Signal(int)  # row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


class AssignDialog(QDialog):
    """Chooses one or two lawyers for a defendant, and who else was recommended; ``submitted`` when confirmed."""

    submitted = Signal()
    party_changed = Signal(int)

    def __init__(self, detail: CaseDetail, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("assign")
        self.setWindowTitle(f"分派顾问　{detail.row.number}")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.detail, self._today = detail, today
        self._candidates: tuple[Candidate, ...] = ()
        self.chosen: list[int] = []
        self.defendants = [p for p in detail.parties if p.side is Side.DEFENDANT]
        self.party = QComboBox()
        self.table = CandidateTable(0, 6)
        self.strip = Strip("dg")
        self.selection = QVBoxLayout()
        self.limit = label("", "caption")
        self.alternate = QComboBox()
        self.mandate = QComboBox()
        self.assigned_on = DateField()
        self.reason = QPlainTextEdit()
        self.cancel = button("取消", "cancel")
        self.save = button("确认分派", "save", "primary")
        self._build()
        self._connect()

    # -- data ------------------------------------------------------------------------------

    def current_party(self) -> PartyLine:
        """Return the defendant that the lawyers are to act for."""
        return self.defendants[self.party.currentIndex()]

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Show who may act, and why others may not."""
        self._candidates = tuple(candidates)
        self.chosen = [key for key in self.chosen if any(c.lawyer_id == key for c in candidates)]
        self.table.setRowCount(len(candidates))
        for at, candidate in enumerate(candidates):
            self._show_row(at, candidate)
        if candidates:
            self.table.setCurrentCell(0, 1)
        blocked = sum(c.is_blocked for c in candidates)
        self.count.setText(f"候选顾问 {len(candidates)} 人，不可选 {blocked} 人，列在最后并写明原因")
        self._show_choice()

    def draft(self) -> AssignmentDraft:
        """Return what the dialog says now."""
        roles = [Role.LEAD, Role.ASSISTANT]
        alternate = self.alternate.currentData()
        return AssignmentDraft(
            case_id=self.detail.row.key,
            party_id=self.current_party().key,
            choices=tuple(Choice(key, roles[min(at, 1)]) for at, key in enumerate(self.chosen)),
            alternates=(alternate,) if isinstance(alternate, int) else (),
            mandate=Mandate(self.mandate.currentText()),
            assigned_on=self.assigned_on.day(),
            reason=self.reason.toPlainText(),
            version=self.detail.version,
        )

    def names(self) -> str:
        """Return who was chosen, for the journal."""
        by_id = {c.lawyer_id: c.name for c in self._candidates}
        return "、".join(by_id[key] for key in self.chosen)

    def show_refusal(self, error: Exception) -> bool:
        """Show why the assignment was refused; return whether the dialog could say it by itself."""
        self.save.setEnabled(True)
        if isinstance(error, Invalid):
            self.strip.say("；".join(p.text for p in error.problems), "dg")
            return True
        return False

    # -- acts ------------------------------------------------------------------------------

    def toggle(self, at: int) -> None:
        """Tick or untick a candidate; a third agent is refused with the article."""
        if not 0 <= at < len(self._candidates):
            return
        candidate = self._candidates[at]
        self.strip.say("", "dg")
        if candidate.lawyer_id in self.chosen:
            self.chosen.remove(candidate.lawyer_id)
        elif candidate.is_blocked:
            finding = candidate.findings[0]
            self.strip.say(f"{candidate.name}不可选：{finding.sentence}。依据：{finding.article}", "dg")
        elif text := agent_problem(self._acting() + len(self.chosen), 1):
            self.strip.say(f"一案{text}", "dg")
        else:
            self.chosen.append(candidate.lawyer_id)
        self._show_choice()

    def submit(self) -> None:
        """Confirm, unless something is missing."""
        if not self.chosen:
            self.strip.say("请先勾选一名或两名顾问（空格键勾选）。", "dg")
            self.table.setFocus()
        elif not self.assigned_on.day():
            self.strip.say(f"看不懂分派日期“{self.assigned_on.text()}”，应写成 2026-12-01 的样子。", "dg")
            self.assigned_on.setFocus()
        elif self._warned() and not self.reason.toPlainText().strip():
            self.strip.say("所选顾问有提示事项，请在推荐理由中说明。", "wn")
            self.reason.setFocus()
        else:
            self.save.setEnabled(False)
            self.submitted.emit()

    # -- showing ---------------------------------------------------------------------------

    def _acting(self) -> int:
        return sum(a.ended_on is None for a in self.current_party().agents)

    def _warned(self) -> bool:
        return any(c.findings for c in self._candidates if c.lawyer_id in self.chosen)

    def _show_row(self, at: int, candidate: Candidate) -> None:
        texts = (
            candidate.name,
            candidate.firm,
            "、".join(candidate.specialities),
            f"{candidate.running}/{candidate.capacity}",
            f"{candidate.served_agency} 件",
        )
        note = "；".join(f.sentence for f in candidate.findings) or (
            "专业领域与案由相符" if candidate.matches else ""
        )
        for place, text in enumerate((*texts, note)):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if candidate.is_blocked:
                item.setForeground(colour("tx3"))
            self.table.setItem(at, place, item)
        if candidate.findings:
            finding = candidate.findings[0]
            name, token = LOOKS[finding.severity]
            item_at(self.table, at, 5).setIcon(icon(name, token, 14))
            item_at(self.table, at, 5).setForeground(colour(token))
            item_at(self.table, at, 5).setToolTip(
                "\n".join(f"{f.sentence}（{f.article}）" for f in candidate.findings)
            )

    def _show_choice(self) -> None:
        for at, candidate in enumerate(self._candidates):
            ticked = candidate.lawyer_id in self.chosen
            item = item_at(self.table, at, 0)
            item.setIcon(
                icon("circle-check", "ac_tx", 16)
                if ticked
                else icon("ban" if candidate.is_blocked else "plus", "tx3", 14)
            )
            face = item.font()
            face.setBold(ticked)
            item.setFont(face)
        clear(self.selection)
        by_id = {c.lawyer_id: c for c in self._candidates}
        for at, key in enumerate(self.chosen):
            self.selection.addWidget(self._choice(by_id[key], at))
        if not self.chosen:
            self.selection.addWidget(label("在左侧勾选一至两名，先勾选的为主办", "second", wraps=True))
        acting = self._acting()
        taken = acting + len(self.chosen)
        self.limit.setText(
            f"{taken} / {MAX_AGENTS}"
            + ("，已满" if taken >= MAX_AGENTS else "")
            + (f"（已有 {acting} 名）" if acting else "")
        )
        kept = self.alternate.currentData()
        self.alternate.clear()
        self.alternate.addItem("（不另推荐）", None)
        for candidate in self._candidates:
            if not candidate.is_blocked and candidate.lawyer_id not in self.chosen:
                self.alternate.addItem(f"{candidate.name}　{candidate.firm}", candidate.lawyer_id)
        at = self.alternate.findData(kept) if kept is not None else min(1, self.alternate.count() - 1)
        self.alternate.setCurrentIndex(max(at, 0))

    def _choice(self, candidate: Candidate, at: int) -> QWidget:
        made = QWidget()
        made.setProperty("box", True)
        role = Role.LEAD if at == 0 else Role.ASSISTANT
        remove = button("×", "unchoose", "ghost", tip=f"不选 {candidate.name}")
        remove.setProperty("lawyer", candidate.lawyer_id)
        remove.clicked.connect(self._on_unchoose)
        made.setLayout(
            row(
                label(candidate.name, "heading"),
                label(candidate.firm, "second"),
                None,
                chip(role.value),
                remove,
            )
        )
        return made

    def _on_unchoose(self) -> None:
        key = int(self.sender().property("lawyer"))
        self.toggle(next(i for i, c in enumerate(self._candidates) if c.lawyer_id == key))

    def _on_clicked(self, at: int, place: int) -> None:
        self.table.setCurrentCell(at, place)
        self.toggle(at)

    def _on_party(self, _: int) -> None:
        self.party_changed.emit(self.current_party().key)

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.party.addItems([p.name for p in self.defendants])
        self.mandate.addItems([m.value for m in Mandate])
        self.assigned_on.set_date(self._today)
        self.reason.setObjectName("reason")
        self.reason.setPlaceholderText("写明为什么推荐这几位，留存于分派记录")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(110)
        self.selection.setSpacing(6)
        body = row(self._case_side(), line("v"), self._middle(), line("v"), self._choice_side(), spacing=0)
        body.setStretch(2, 1)
        foot = pane("subtle")
        note = label("推荐供单位选择，是否委托由单位决定；分派与改动均留痕。", "caption")
        foot.setLayout(
            row(
                note,
                None,
                label("空格 勾选，Ctrl+Enter 确认", "hint"),
                4,
                self.cancel,
                self.save,
                margins=(20, 11, 20, 11),
            )
        )
        self.setLayout(column(body, line(), foot, spacing=0))
        stretch(self, 0, 1)
        screen = QApplication.primaryScreen().availableSize()
        self.resize(min(1288, screen.width() - 40), min(720, screen.height() - 80))

    def _case_side(self) -> QWidget:
        case = self.detail.row
        answer = answer_period([p for p in self.detail.periods if p.done_on is None])
        opposing = [
            (f"{p.side.value}代理人", f"{a.name}\n{a.firm or a.kind}")
            for p in self.detail.parties
            if p.side is not Side.DEFENDANT
            for a in p.agents
        ]
        facts = [
            ("受理法院", self.detail.court or "—"),
            ("收到副本", short_day(case.received_on, self._today) if case.received_on else "—"),
            ("答辩举证", f"至 {short_day(answer.due, self._today)}" if answer else "—"),
            ("第三人", "、".join(p.name for p in self.detail.parties if p.side is Side.THIRD) or "无"),
            *opposing,
            ("被诉行为", self.detail.act or "—"),
        ]
        inner = pane("subtle")
        chips = row(*(chip(word) for word in (case.cause, case.procedure.value) if word), None)
        parts: list[QWidget] = facts_of(facts)
        inner.setLayout(
            column(
                label(f"{case.plaintiffs}\n诉 {case.defendants}", "person", wraps=True),
                chips,
                4,
                *parts,
                8,
                label("已按原告、第三人的代理人核对同所回避。", "caption", wraps=True),
                None,
                spacing=8,
                margins=(20, 16, 16, 16),
            )
        )
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFixedWidth(272)
        area.setWidget(inner)
        return area

    def _middle(self) -> QWidget:
        self.count = label("", "caption")
        self.table.setObjectName("candidates")
        self.table.setAccessibleName("候选顾问")
        self.table.setHorizontalHeaderLabels(["姓名", "律所", "专业领域", "在办", "办过本单位", "说明"])
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        for at, width in enumerate((112, 128, 140, 56, 84)):
            self.table.setColumnWidth(at, width)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(40)
        self.table.setShowGrid(False)
        self.table.setProperty("plain", True)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made = QWidget()
        which = label("代理哪一方", "second")
        party = row(which, self.party, None, margins=(16, 8, 16, 0))
        for part in (which, self.party):
            part.setVisible(len(self.defendants) > 1)
        head = row(self.count, None, margins=(16, 10, 16, 10))
        made.setLayout(column(party, head, line(), self.table, spacing=0))
        stretch(made, 3, 1)
        return made

    def _choice_side(self) -> QWidget:
        made = pane("subtle")
        made.setFixedWidth(290)
        made.setLayout(
            column(
                row(label("已选顾问", "heading"), None, self.limit),
                self.selection,
                self.strip,
                FieldBox("备选推荐", self.alternate, "alternate", hint="一并推荐，供单位选择。"),
                FieldBox(
                    "授权", self.mandate, "mandate", hint="特别授权含承认、变更请求，调解、和解，上诉等。"
                ),
                FieldBox("分派日期", self.assigned_on, "assigned_on"),
                FieldBox("推荐理由", self.reason, "reason"),
                None,
                spacing=10,
                margins=(16, 14, 16, 12),
            )
        )
        return made

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.submit)
        self.table.toggled.connect(self.toggle)
        self.table.cellClicked.connect(self._on_clicked)
        self.party.currentIndexChanged.connect(self._on_party)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)
