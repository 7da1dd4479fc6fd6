"""An agency's rating of a served assignment, entered from the panel of the lawyer or of the case."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from db.assignment.queries.ratings import RatingLine
from db.errors import Problem
from db.services.rules.services import BEST, WORST, RatingDraft, rating_problems
from gui.forms.short_form import ShortForm
from gui.widgets.basics import row
from gui.widgets.fields import DateField, FieldBox

WORDS = {1: "1 很不满意", 2: "2 不满意", 3: "3 一般", 4: "4 满意", 5: "5 很满意"}


class ScoreField(QWidget):
    """One to five; typing the digit chooses it, and so do the arrows."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[int, QToolButton] = {}
        for score in range(WORST, BEST + 1):
            made = QToolButton()
            made.setText(WORDS[score])
            made.setCheckable(True)
            made.setObjectName(f"score_{score}")
            made.setAccessibleName(f"{WORDS[score]} 分")
            made.setProperty("seg", {WORST: "first", BEST: "last"}.get(score, "mid"))
            self._group.addButton(made, score)
            self.buttons[score] = made
        self.setFocusProxy(self.buttons[BEST])
        self.setLayout(row(*self.buttons.values(), None, spacing=0))
        self._group.idToggled.connect(self._on_toggled)

    def score(self) -> int | None:
        """Return the score, if one is chosen."""
        return self._group.checkedId() if self._group.checkedButton() else None

    def set_score(self, score: int | None) -> None:
        """Show a score."""
        if score:
            self.buttons[score].setChecked(True)
            self.setFocusProxy(self.buttons[score])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = int(event.text()) if event.text() in {"1", "2", "3", "4", "5"} else 0
        if typed:
            self.buttons[typed].setFocus()
            self.buttons[typed].setChecked(True)
        else:
            super().keyPressEvent(event)

    def _on_toggled(self, score: int, on: bool) -> None:
        if on:
            self.setFocusProxy(self.buttons[score])
            self.edited.emit()


class RatingDialog(ShortForm):
    """Enters an agency's rating of one served assignment."""

    def __init__(self, line: RatingLine, name: str, today: date, parent: QWidget) -> None:
        intro = f"{line.agency} 对 {name} 承办 {line.number} 的评价。按数字键 1 至 5 打分。"
        super().__init__(f"评价 {name}", "登记评价", parent, intro=intro)
        self.setObjectName("rating_dialog")
        self.assignment_id, self._version, self._today = line.assignment_id, line.version, today
        self.score, self.rated_on = ScoreField(), DateField()
        self.by, self.comment = QLineEdit(), QPlainTextEdit()
        self.comment.setFixedHeight(72)
        self.comment.setTabChangesFocus(True)
        self.add_field(FieldBox("评分", self.score, "score", required=True), (0, 0), wide=True)
        self.add_field(FieldBox("评价日期", self.rated_on, "rated_on", required=True), (1, 0))
        self.add_field(FieldBox("评价人", self.by, "by", optional=True, hint="单位的联系人或科室。"), (1, 1))
        self.add_field(FieldBox("评语", self.comment, "comment", optional=True), (2, 0), wide=True)
        self.score.set_score(line.score)
        self.rated_on.set_date(line.rated_on or today)
        self.by.setText(line.by)
        self.comment.setPlainText(line.comment)
        self.watch_fields()

    def draft(self) -> RatingDraft:
        """Return what the fields say now."""
        return RatingDraft(
            self.score.score(),
            self.rated_on.day(),
            self.by.text(),
            self.comment.toPlainText(),
            self._version,
        )

    def problems(self) -> Sequence[Problem]:
        return rating_problems(self.draft(), self._today)
