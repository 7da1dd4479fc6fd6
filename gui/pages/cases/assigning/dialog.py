"""Assigning pool lawyers to a case: the case, the candidates with what speaks for and against each, the choice."""

from datetime import date

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from db.assignment.queries.assigning import AssignOffer
from db.assignment.queries.candidates import Candidate
from db.assignment.rules.assignments import AssignmentDraft, places_problem, proposed_reason
from db.cases.queries.detail import CaseDetail
from db.errors import Invalid, Problem
from db.words.assignment import Role, Severity
from gui.forms.asking import confirm
from gui.forms.draft_dialog import WAITING
from gui.pages.cases.assigning.candidate_list import CandidateList
from gui.pages.cases.assigning.candidate_paint import CandidateHead
from gui.pages.cases.assigning.choice_side import ChoiceSide
from gui.pages.cases.assigning.grounds import GroundsDialog
from gui.pages.cases.assigning.score_tip import ScoreTip
from gui.pages.cases.panel.side import CaseSide
from gui.widgets.basics import button, column, label, line, pane, row, stretch
from gui.widgets.panels import ElidedLabel
from gui.widgets.scrolling import stand

LEAST = QSize(1076, 440)  # case, candidates and choice side by side; a smaller screen scrolls over them
REST = 350  # milliseconds that mouse or key must rest on a line before its reckoning is shown


class AssignDialog(QDialog):
    """Chooses one or two lawyers for a defendant, and who else is recommended.

    ``submitted`` is told with whether the letter is to be shown for printing; ``offer_asked`` when another party
    or day wants other candidates. Call ``show_offer`` before ``open``.
    """

    submitted = Signal(bool)
    offer_asked = Signal()
    edit_asked = Signal()

    def __init__(self, detail: CaseDetail, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("assign")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.detail, self._today = detail, today
        self.offer: AssignOffer | None = None
        self.case_side = CaseSide()
        self.candidates = CandidateList()
        self.head = CandidateHead(self.candidates)
        self.left_out = ElidedLabel("", "caption")
        self.side = ChoiceSide(today)
        self.cancel = button("取消", "cancel")
        self.keep = button("只保存，不打印", "save_only")
        self.save = button("确认分派并打印推荐函", "save", "primary", "printer")
        self.tip = ScoreTip(self)
        self._resting: tuple[Candidate, int] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._build()
        self._connect()
        self.show_case(detail)

    # -- data ------------------------------------------------------------------------------

    def show_case(self, detail: CaseDetail) -> None:
        """Show a case, or the same one anew after it was changed."""
        self.detail = detail
        self.setWindowTitle(f"分派顾问　{detail.row.number}")
        self.case_side.show_case(detail, self._today)

    def show_offer(self, offer: AssignOffer) -> None:
        """Show who may act and why others may not; the choice stays as far as it still can."""
        self.offer = offer
        self.case_side.show_offer(offer)
        self.head.show_head(f"候选顾问，{len(offer.candidates)} 人", offer.weights)
        names = "、".join(f"{name}（{why}）" for name, why in offer.not_offered)
        self.left_out.setText(f"未列入：{names}" if names else "")
        self.left_out.setToolTip(self.left_out.text())
        party = self.case_side.current()
        self.side.show_offer(offer, party.name if party else "")
        if gone := self.side.chosen.keep(offer.candidates):
            self.side.strip.say(f"{'、'.join(gone)}已不可选，请看下方列出的原因，另选他人。", "dg")

    def draft(self) -> AssignmentDraft:
        """Return what the dialog says now."""
        party = self.case_side.current()
        return self.side.draft(self.detail.row.key, party.key if party else 0, self.detail.version)

    def names(self) -> str:
        """Return who was chosen, for the journal."""
        return "、".join(box.candidate.name for box in self.side.chosen.boxes)

    def show_refusal(self, error: Exception) -> bool:
        """Show why the assignment was refused; return whether the dialog could say it by itself."""
        self.set_busy(busy=False)
        if isinstance(error, Invalid):
            self.side.show_problems(error.problems)
            return True
        return False

    def set_busy(self, *, busy: bool) -> None:
        """Keep the clerk from confirming twice."""
        for made in (self.save, self.keep):
            made.setEnabled(not busy)

    # -- acts ------------------------------------------------------------------------------

    def toggle(self, key: int) -> None:
        """Tick or untick a candidate; a barred one, and one too many, are refused with the article."""
        candidate = self._candidate(key)
        if candidate is None or self.offer is None:
            return
        self.side.strip.say("")
        if key in self.side.chosen.keys():  # noqa: SIM118 - a method, not a mapping
            self.side.chosen.take(key)
        elif candidate.is_blocked:
            found = candidate.findings[0]
            self.side.strip.say(f"{candidate.name}不可选：{found.sentence}。依据：{found.article}", "dg")
        elif text := places_problem(self.offer.case, len(self.side.chosen.boxes) + 1):
            self.side.strip.say(text, "dg")
        else:
            self.side.chosen.add(candidate)

    def submit(self) -> None:
        """Confirm and go on to the letter, unless something is missing."""
        self._submit(prints=self.side.with_letter.isChecked())

    def submit_only(self) -> None:
        """Confirm without looking at the letter."""
        self._submit(prints=False)

    def show_grounds(self, key: int) -> None:
        """Open the facts and articles that speak against a candidate."""
        if (candidate := self._candidate(key)) is not None:
            GroundsDialog(candidate, self).open()

    def reject(self) -> None:
        if not self.save.isEnabled():
            self.side.strip.say(WAITING, "wn")
        elif self.side.is_typed():
            text = "填写的推荐理由或同意情况还没有保存，要放弃吗？"
            confirm(self, "放弃分派", text, "放弃", self._leave)
        else:
            self._leave()

    # -- inside ----------------------------------------------------------------------------

    def _candidate(self, key: int) -> Candidate | None:
        return next((c for c in self.offer.candidates if c.lawyer_id == key), None) if self.offer else None

    def _submit(self, *, prints: bool) -> None:
        if not self.save.isEnabled():
            return
        if found := self._problems():
            self.side.show_problems(found)
            if found[0].field == "choices":
                self.candidates.setFocus()
            return
        self.set_busy(busy=True)
        self.submitted.emit(prints)

    def _problems(self) -> list[Problem]:
        if not self.side.chosen.boxes:
            return [Problem("choices", "请先勾选一名或两名顾问（空格键勾选）。")]
        return self.side.problems()

    def _leave(self) -> None:
        super().reject()

    def _on_chosen(self) -> None:
        if self.offer is None:
            return
        chosen = self.side.chosen
        self.candidates.show_candidates(self.offer.candidates, chosen.roles())
        self.side.show_choice(self.offer, self._generated())

    def _generated(self) -> str:
        return proposed_reason(
            [
                (
                    box.candidate.name,
                    Role(box.role.currentText()),
                    box.candidate.ranking,
                    [f for f in box.candidate.findings if f.severity is not Severity.BLOCK],
                )
                for box in self.side.chosen.boxes
            ]
        )

    def _on_letter(self, is_wanted: bool) -> None:
        self.save.setText(" 确认分派并打印推荐函" if is_wanted else " 确认分派")
        self.save.setAccessibleName(self.save.text().strip())
        self.keep.setVisible(is_wanted)

    def _on_rested(self, candidate: object, by_key: bool) -> None:
        if not isinstance(candidate, Candidate):
            self._rest.stop()
            self.tip.hide()
            return
        if by_key:
            at = self.candidates.visualRect(self.candidates.currentIndex()).center()
        else:
            at = self.candidates.viewport().mapFromGlobal(self.candidates.cursor().pos())
        if self._resting is None or self._resting[0] is not candidate or self.tip.isHidden():
            height = self.candidates.viewport().mapTo(self, at).y()
            self._resting = candidate, height
            self._rest.start()

    def _show_tip(self) -> None:
        if self._resting is not None and self.isVisible():
            self.tip.show_candidate(*self._resting)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.candidates.go_to(None)
        self.candidates.setFocus()

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        middle = QWidget()
        below = pane("surface")
        below.setLayout(row(self.left_out, margins=(16, 7, 16, 7)))
        middle.setLayout(column(self.head, self.candidates, line(), below, spacing=0))
        stretch(middle, 1, 1)
        body = row(self.case_side, line("v"), middle, line("v"), self.side, spacing=0)
        body.setStretch(2, 1)
        foot = pane("subtle")
        note = ElidedLabel("评分仅供参考，由经办人确定，分派与改动均留痕。", "caption")
        keys = label("空格 勾选，回车 看依据，Ctrl+Enter 确认", "hint")
        foot.setLayout(row(note, keys, 4, self.cancel, self.keep, self.save, margins=(20, 11, 20, 11)))
        stretch(foot, 0, 1)
        stand(self, body, foot, QSize(1288, 752), LEAST)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.submit)
        self.keep.clicked.connect(self.submit_only)
        self.candidates.ticked.connect(self.toggle)
        self.candidates.grounds_asked.connect(self.show_grounds)
        self.candidates.rested.connect(self._on_rested)
        self._rest.timeout.connect(self._show_tip)
        self.case_side.party_changed.connect(self.offer_asked)
        self.case_side.edit_asked.connect(self.edit_asked)
        self.side.chosen.changed.connect(self._on_chosen)
        self.side.chosen.removed.connect(self.toggle)
        self.side.day_changed.connect(self.offer_asked)
        self.side.with_letter.toggled.connect(self._on_letter)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)
