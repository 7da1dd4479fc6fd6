"""The reckoning of a candidate's total: value times weight for each factor, its sentence, and what speaks against him."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from db.assignment.queries.candidates import Candidate
from db.assignment.rules.ranking import Factor
from gui.widgets.basics import clear, column, label, row

WIDTH = 262
MARGIN = 6


def reckoning(factor: Factor, total_weight: int) -> str:
    """Return the factor's points as a clerk can redo them: 92 × 35% = 32.2."""
    share = 100 * factor.weight / total_weight
    return f"{factor.score} × {share:.3g}% = {factor.points}"


class ScoreTip(QFrame):
    """Stands over the case at the left of the dialog while mouse or key rests on a candidate."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("score_tip")
        self.setProperty("tip", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body = column(spacing=3, margins=(14, 12, 14, 12))
        self.setLayout(self.body)
        self.setFixedWidth(WIDTH)
        self.hide()

    def words(self) -> str:
        """Return everything it says."""
        return "\n".join(part.text() for part in self.findChildren(QLabel))

    def show_candidate(self, candidate: Candidate, at: int) -> None:
        """Say how the total came about, beside the height ``at``."""
        clear(self.body)
        for part in _parts(candidate):
            self.body.addWidget(part)
        around = self.parentWidget()
        needed = self.body.totalHeightForWidth(WIDTH)
        self.resize(WIDTH, needed)
        lowest = (around.height() if around else needed) - needed - MARGIN
        self.move(QPoint(MARGIN, max(MARGIN, min(at - needed // 3, lowest))))
        self.show()
        self.raise_()


def _parts(candidate: Candidate) -> Iterable[QWidget]:
    if not candidate.is_blocked:
        factors = candidate.ranking.factors
        weight = sum(f.weight for f in factors)
        yield _pair(candidate.name, f"综合 {candidate.ranking.total}", "heading")
        for factor in factors:
            yield _pair(factor.kind.value, reckoning(factor, weight))
            yield _second(factor.sentence)
    else:
        yield label(candidate.name, "heading")
    for finding in candidate.findings:
        yield label(f"{finding.severity.value}：{finding.sentence}", wraps=True)
        yield _second(finding.article)


def _pair(left: str, right: str, role: str = "") -> QWidget:
    made = QWidget()
    made.setLayout(row(label(left, role), None, label(right, role), spacing=6, margins=(0, 4, 0, 0)))
    return made


def _second(text: str) -> QLabel:
    made = label(text, "caption", wraps=True)
    made.setProperty("tip", "second")
    return made
