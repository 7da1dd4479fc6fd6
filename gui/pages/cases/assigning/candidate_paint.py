"""Paints the candidates of an assignment: two lines, the score bars with their numbers, and the head above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from db.assignment.queries.candidates import Candidate
from db.assignment.rules.ranking import Factor, FactorKind, Weights
from gui.look.icons import pixmap
from gui.look.theme import colour, font
from gui.tables.cells import Badge
from gui.tables.delegate import Brush

LINE = Qt.ItemDataRole.UserRole + 1
HEIGHTS = {"FREE": 50, "BARRED": 40, "GROUP": 33}
BOX, NAME = 16, 44  # where the tick and the words begin
FACTOR, NARROW = (
    87,
    66,
)  # width of a factor: its bar, its number, and room; at least so much in a narrow window
NUMBER, TOTAL, EDGE = 39, 50, 12  # widths: of a factor without its bar, of the total; room at the right
WORDS = 184  # what name and warning keep while the factors can still give way
BARRED_WORD = 232  # where the badge of a barred one stands


class LineKind(Enum):
    """What a line of the list is."""

    FREE = auto()
    BARRED = auto()
    GROUP = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``word`` is a role or a bar's badge, ``is_on`` says ticked, or for a group unfolded."""

    kind: LineKind
    title: str
    text: str
    firm: str = ""
    word: str = ""
    link: str = ""
    is_on: bool = False
    candidate: Candidate | None = None
    key: object = None

    def spoken(self) -> str:
        """Return the line in words, for screen readers."""
        if self.kind is LineKind.GROUP:
            return f"{self.title} {self.text}，{self.link}".strip()
        if self.kind is LineKind.BARRED:
            return f"{self.title}，{self.firm}，{self.word}：{self.text}"
        factors = self.candidate.ranking.factors if self.candidate else ()
        scores = "，".join(f"{f.kind.value} {f.score}" for f in factors)
        total = self.candidate.ranking.total if self.candidate else ""
        parts = (self.title, self.word, self.firm, f"综合 {total}", scores, self.text)
        return "，".join(part for part in parts if part)


def factor_width(width: int, count: int) -> int:
    """Return the width of each of ``count`` factors in a list of this width."""
    room = width - NAME - WORDS - TOTAL - EDGE
    return max(NARROW, min(FACTOR, room // max(count, 1)))


def factor_left(width: int, at: int, count: int) -> int:
    """Return where the factor at this place begins in a list of this width."""
    return width - EDGE - (count - at) * factor_width(width, count)


def link_of(rect: QRect, text: str) -> QRect:
    """Return where the link of a line stands."""
    width = QFontMetrics(font(13)).horizontalAdvance(text) + 8
    return QRect(rect.right() - EDGE - width, rect.top(), width + EDGE, rect.height())


class CandidateDelegate(QStyledItemDelegate):
    """Paints one line."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(600, HEIGHTS[index.data(LINE).kind.name])

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Line = index.data(LINE)
        rect, view = option.rect, self.parent()  # type: ignore[attr-defined,unused-ignore]
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined,unused-ignore]
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)  # type: ignore[attr-defined,unused-ignore]
        is_chosen = line.kind is LineKind.FREE and line.is_on
        painter.save()
        ground = "bg_selected" if is_chosen else "bg_hover" if is_hovered else ""
        ground = ground or ("bg_surface" if line.kind is LineKind.FREE else "bg_subtle")
        painter.fillRect(rect, colour(ground))
        painter.setPen(colour("line_soft"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        brush = Brush(painter, 13, painter.device().devicePixelRatioF(), selected=is_chosen)
        {LineKind.FREE: _free, LineKind.BARRED: _barred, LineKind.GROUP: _group}[line.kind](brush, rect, line)
        if is_current:
            focused = isinstance(view, QWidget) and view.hasFocus()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(QPen(colour("ac_tx" if focused else "line_strong"), 2 if focused else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1) if focused else rect.adjusted(0, 0, -1, -1))
        painter.restore()


def _tick(brush: Brush, rect: QRect, *, is_on: bool, enabled: bool = True) -> None:
    box = QRect(rect.left() + BOX, rect.center().y() - 8, 16, 16)
    if is_on:
        brush.box(box, "ac", "ac")
        brush.painter.drawPixmap(box.topLeft() + QPoint(2, 2), pixmap("check", "on_ac", 12, brush.ratio))
    else:
        brush.box(box, "bg_surface" if enabled else "bg_sunken", "line_input" if enabled else "line_strong")


def _free(brush: Brush, rect: QRect, line: Line) -> None:
    factors = line.candidate.ranking.factors if line.candidate else ()
    right = factor_left(rect.width(), 0, len(factors)) - TOTAL
    _tick(brush, rect, is_on=line.is_on)
    left, middle = rect.left() + NAME, rect.center().y()
    upper = QRect(left, middle - 19, right - left, 20)
    lower = QRect(left, middle + 1, right - left, 19)
    x = left + brush.text(upper, line.title, "tx", 13, bold=True) + 6
    if line.word:
        x += brush.badge(QRect(x, upper.top(), 60, upper.height()), Badge("ac", line.word)) + 6
    if line.text:
        brush.text(QRect(x, upper.top(), right - x, upper.height()), line.firm, "tx2", 12)
        inset = brush.icon(left, lower.center().y() + 1, "triangle-alert", "wn", 12)
        brush.text(lower.adjusted(inset, 0, 0, 0), line.text, "wn", 12)
    else:
        brush.text(lower, line.firm, "tx2", 12)
    total = line.candidate.ranking.total if line.candidate else ""
    brush.text(QRect(right, rect.top(), TOTAL - 12, rect.height()), total, "tx", 16, bold=True, right=True)
    for at, factor in enumerate(factors):
        left, width = factor_left(rect.width(), at, len(factors)), factor_width(rect.width(), len(factors))
        _score(brush, QRect(left, rect.top(), width, rect.height()), factor)


def _score(brush: Brush, rect: QRect, factor: Factor) -> None:
    track = QRect(rect.left(), rect.center().y() - 2, rect.width() - NUMBER, 6)
    brush.box(track, "track_sel" if brush.selected else "bg_sunken", radius=3)
    if factor.score:
        filled = QRect(track)
        filled.setWidth(max(6, round(track.width() * factor.score / 100)))
        brush.box(filled, "bar", radius=3)
    number = QRect(track.right() + 4, rect.top(), NUMBER - 13, rect.height())
    brush.text(number, str(factor.score), "tx2", 12, right=True)


def _barred(brush: Brush, rect: QRect, line: Line) -> None:
    _tick(brush, rect, is_on=False, enabled=False)
    link = link_of(rect, line.link)
    at = QRect(rect.left() + NAME, rect.top(), BARRED_WORD - NAME - 8, rect.height())
    width = brush.text(at, line.title, "tx2", 13)
    brush.text(at.adjusted(width + 8, 0, 0, 0), line.firm, "tx2", 12)
    badge = brush.badge(
        QRect(rect.left() + BARRED_WORD, rect.top(), 80, rect.height()), Badge("dg", line.word, "ban")
    )
    left = rect.left() + BARRED_WORD + badge + 8
    brush.text(QRect(left, rect.top(), link.left() - left - 8, rect.height()), line.text, "tx2", 12)
    brush.text(link, line.link, "ac_tx", 13)


def _group(brush: Brush, rect: QRect, line: Line) -> None:
    brush.icon(rect.left() + BOX, rect.center().y(), "chevron-down" if line.is_on else "chevron-right", "tx2")
    x = rect.left() + NAME - 8
    if line.title:
        x += brush.text(QRect(x, rect.top(), 100, rect.height()), line.title, "tx", 12, bold=True) + 8
    link = link_of(rect, line.link)
    brush.text(QRect(x, rect.top(), link.left() - x - 8, rect.height()), line.text, "tx2", 12)
    brush.text(link, line.link, "ac_tx", 12)


class CandidateHead(QWidget):
    """The head of the list: who is listed, the total, and each factor with its weight."""

    def __init__(self, below: QAbstractScrollArea) -> None:
        super().__init__()
        self._below = below  # whose width, without its scroll bar, the columns follow
        self.setObjectName("candidate_head")
        self.setFixedHeight(42)
        self._text = ""
        self._columns: tuple[tuple[FactorKind, int], ...] = ()

    def show_head(self, text: str, weights: Weights) -> None:
        """Show how many there are, and the factors that count, with their shares in percent."""
        self._text = text
        counted = [kind for kind in FactorKind if weights.of(kind) > 0]
        self._columns = tuple((kind, round(100 * weights.of(kind) / weights.total)) for kind in counted)
        shares = "，".join(f"{kind.value}权重 {share}%" for kind, share in self._columns)
        self.setAccessibleName(f"{text}；{shares}")
        self.update()

    def columns(self) -> Sequence[tuple[FactorKind, int]]:
        """Return the factors shown and their shares in percent."""
        return self._columns

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        brush = Brush(painter, 13, painter.device().devicePixelRatioF(), selected=False)
        painter.fillRect(self.rect(), colour("bg_surface"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), colour("line"))
        middle, count, width = self.height() // 2, len(self._columns), self._below.viewport().width()
        first, each = factor_left(width, 0, count), factor_width(width, count)
        brush.text(QRect(NAME, 0, first - TOTAL - NAME, self.height()), self._text, "tx2", 12)
        brush.text(QRect(first - TOTAL, 0, TOTAL - 12, self.height()), "综合", "tx2", 12, right=True)
        for at, (kind, share) in enumerate(self._columns):
            left = factor_left(width, at, count)
            brush.text(QRect(left, middle - 17, each, 16), kind.value, "tx2", 12)
            brush.text(QRect(left, middle, each, 16), f"权重 {share}%", "tx3", 12)
        painter.end()
