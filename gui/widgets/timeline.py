"""What happened in a case and what is to come, one below the other along a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.look.theme import colour
from gui.widgets.basics import badge, clear, column, label, row, stretch


@dataclass(frozen=True, slots=True)
class Node:
    """One point: ``state`` is done, current or future; ``badge`` is (kind, text); ``law`` is shown with ``why``."""

    title: str
    when: str
    caption: str = ""
    state: str = "future"
    badge: tuple[str, str] | None = None
    law: str = ""
    why: str = ""


class Timeline(QWidget):
    """Shows nodes; a law reference explains itself on hover and on keyboard focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show these nodes in this order."""
        clear(self._layout)
        for at, node in enumerate(nodes):
            self._layout.addWidget(_NodeRow(node, is_last=at == len(nodes) - 1))


class _NodeRow(QWidget):
    def __init__(self, node: Node, *, is_last: bool) -> None:
        super().__init__()
        self._node, self._is_last = node, is_last
        title = label(node.title, "heading" if node.state == "current" else "")
        when = label(node.when, "" if node.state != "future" else "second")
        below: list[QWidget | None] = []
        if node.badge:
            below.append(badge(node.badge[1], node.badge[0]))
        if node.law:
            below.append(_law(node))
        parts: list[QWidget] = []
        if node.caption:
            parts.append(label(node.caption, "caption", wraps=True))
        body = column(row(title, None, when, spacing=6), *parts, spacing=2)
        if below:
            body.addLayout(row(*below, None, spacing=8))
        body.setContentsMargins(0, 0, 0, 12)
        self.setLayout(row(28, body, spacing=0))
        stretch(self, 1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, top = 8.0, 4.0
        if not self._is_last:
            painter.setPen(QPen(colour("ac" if self._node.state == "done" else "line_strong"), 2))
            painter.drawLine(int(middle), int(top + 13), int(middle), self.height() + 3)
        kind = self._node.badge[0] if self._node.badge else "ac"
        ring = {"done": "ac", "current": f"{kind}_solid" if kind in {"wn", "dg", "ok"} else "ac"}
        token = ring.get(self._node.state, "line_strong")
        width = 3 if self._node.state == "current" else 2
        painter.setPen(QPen(colour(token), width))
        painter.setBrush(colour("ac") if self._node.state == "done" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(middle - 5, top, 10, 10))


def _law(node: Node) -> QWidget:
    made = label(node.law, "caption")
    made.setStyleSheet(
        f"color: {colour('ac_tx').name()}; border-bottom: 1px dotted {colour('ac_tx').name()};"
    )
    made.setToolTip(f"<p style='white-space:pre-wrap'>{node.why}</p>")
    made.setAccessibleDescription(node.why)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
