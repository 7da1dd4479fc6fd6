"""Where the parts of a timeline's nodes stand, and how they are painted."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QApplication

from gui.look.icons import pixmap
from gui.look.theme import colour, font

GUTTER = 28  # where the text begins
MIDDLE = 8  # of the line and its rings
TITLE, LINE, BELOW = 20, 22, 10  # heights of a title and of a line below it; space below a node
EDGE = 7  # room at the right for the ring of the focus
DOTS = 20  # width of the sign that opens the acts
ICONS = {"dg": "circle-alert", "wn": "clock", "ok": "clock", "ac": "info", "chip": ""}
BADGES = {
    "dg": ("dg", "dg_bg", "dg_line"),
    "wn": ("wn", "wn_bg", "wn_line"),
    "ok": ("ok", "ok_bg", "ok_line"),
    "ac": ("ac_tx", "ac_tint", "ac_line"),
    "chip": ("chip_tx", "chip", "chip"),
}
WRAP = int(Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap)
Badge = tuple[str, str]  # kind: dg, wn, ok, ac or chip; text


@dataclass(frozen=True, slots=True)
class Node:
    """One point along the line.

    ``state`` is done, current, overdue or future. ``badges`` say how near it is and what is special about it.
    ``law`` is what it rests on, shown short; ``text`` is what that says and ``why`` how the day was found. ``acts``
    are (id, words) of what can be done about it.
    """

    key: str
    title: str
    when: str
    caption: str = ""
    state: str = "future"
    badges: tuple[Badge, ...] = ()
    law: str = ""
    text: str = ""
    why: str = ""
    acts: tuple[tuple[str, str], ...] = ()

    def spoken(self) -> str:
        """Return the node as a screen reader says it."""
        words = (self.title, self.when, *(text for _, text in self.badges), self.caption, self.law, self.why)
        return "，".join(word for word in words if word)


@dataclass(slots=True)
class Placed:
    """A node with the places of its parts, in the widget's coordinates."""

    node: Node
    area: QRect
    title: QRect
    when: QRect
    caption: QRect
    badges: list[QRect]
    law: QRect
    dots: QRect


def sizes() -> tuple[int, int]:
    """Return the sizes of the text and of what is said below it."""
    body = QApplication.font().pixelSize()
    return body, max(12, body - 1)


def place(node: Node, width: int, top: int) -> Placed:
    """Return where the parts of a node stand: title and day, the caption, then badges and law in a row."""
    body, caption = sizes()
    small, when = QFontMetrics(font(caption)), QFontMetrics(font(body)).horizontalAdvance(node.when) + 2
    extra = body - 13
    right = width - EDGE
    title = QRect(GUTTER, top + 1, max(right - GUTTER - when - 6, 20), TITLE + extra)
    day = QRect(right - when, top + 1, when, TITLE + extra)
    y, room = title.bottom() + 1, right - GUTTER - (DOTS + 4 if node.acts else 0)
    words, law_width = QRect(), small.horizontalAdvance(node.law) + 2 if node.law else 0
    law = QRect()
    if node.caption:
        words = small.boundingRect(QRect(GUTTER, y + 2, room, 10_000), WRAP, node.caption)
        y = words.bottom() + 3
        if node.law and not node.badges and words.height() < LINE and words.width() + 8 + law_width <= room:
            law = QRect(words.right() + 8, words.top(), law_width, words.height())
    badges, x = [], GUTTER
    for kind, text in node.badges:
        wide = small.horizontalAdvance(text) + 13 + (18 if ICONS[kind] else 0)
        if x > GUTTER and x + wide > GUTTER + room:
            x, y = GUTTER, y + LINE + 2
        badges.append(QRect(x, y + 1, wide, LINE - 1))
        x += wide + 8
    if node.law and law.isNull():
        if x > GUTTER and x + law_width > GUTTER + room:
            x, y = GUTTER, y + LINE + 1
        law = QRect(x, y + 1, min(law_width, room), LINE - 2)
    if badges or (node.law and law.top() > words.bottom()):
        y += LINE + 2
    dots = QRect()
    if node.acts and not (node.caption or node.badges or node.law):  # beside the title, to save a line
        bold = node.state in {"current", "overdue"}
        after = GUTTER + QFontMetrics(font(body, bold=bold)).horizontalAdvance(node.title) + 6
        dots = QRect(min(after, title.right() - DOTS), title.top(), DOTS, title.height())
    elif node.acts:
        dots = QRect(right - DOTS + 2, title.bottom() + 2, DOTS, DOTS)
    bottom = max(y, dots.bottom() + 1 if node.acts else 0) + BELOW
    return Placed(node, QRect(0, top, width, bottom - top), title, day, words, badges, law, dots)


def paint_ring(painter: QPainter, placed: Placed, *, is_last: bool) -> None:
    """Paint a node's ring, and the line to the next one."""
    node = placed.node
    middle = placed.title.center().y() + 1
    if not is_last:
        painter.setPen(QPen(colour("ac" if node.state == "done" else "line_strong"), 2))
        painter.drawLine(
            MIDDLE,
            middle + 7,
            MIDDLE,
            placed.area.bottom() + placed.title.center().y() - 6 - placed.area.top(),
        )
    kind = node.badges[0][0] if node.badges else "ac"
    urgent = f"{kind}_solid" if kind in {"dg", "wn", "ok"} else "ac"
    token = {"done": "ac", "current": urgent, "overdue": "dg_solid"}.get(node.state, "line_strong")
    painter.setPen(QPen(colour(token), 3 if node.state in {"current", "overdue"} else 2))
    painter.setBrush(colour("ac") if node.state == "done" else colour("bg_subtle"))
    painter.drawEllipse(QRectF(MIDDLE - 5, middle - 5, 10, 10))


def paint_badge(painter: QPainter, badge: Badge, rect: QRect, ratio: float) -> None:
    """Paint a bordered word with its sign."""
    kind, text = badge
    words, fill, edge = BADGES[kind]
    painter.setPen(QPen(colour(edge), 1))
    painter.setBrush(colour(fill))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    x = rect.left() + 6
    if ICONS[kind]:
        painter.drawPixmap(x, rect.center().y() - 6, pixmap(ICONS[kind], words, 13, ratio))
        x += 18
    painter.setPen(colour(words))
    painter.drawText(rect.adjusted(x - rect.left(), 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), text)


def paint_law(painter: QPainter, law: str, rect: QRect) -> None:
    """Paint a reference to the law, dotted below."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(law, Qt.TextElideMode.ElideRight, rect.width())
    painter.setPen(colour("ac_tx"))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
    painter.setPen(QPen(colour("ac_tx"), 1, Qt.PenStyle.DotLine))
    y = rect.center().y() + metrics.height() // 2
    painter.drawLine(rect.left(), y, rect.left() + metrics.horizontalAdvance(shown), y)
