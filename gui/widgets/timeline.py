"""What happened and what is to come, one below the other along a line, as one control for mouse and keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from gui.look.icons import pixmap
from gui.look.theme import colour, font
from gui.widgets.timeline_parts import (
    BELOW,
    EDGE,
    GUTTER,
    LINE,
    WRAP,
    Badge,
    Node,
    Placed,
    paint_badge,
    paint_law,
    paint_ring,
    place,
    sizes,
)
from gui.widgets.tip import Tip

__all__ = ["EDGE", "Badge", "Node", "Timeline"]


class Timeline(QWidget):
    """Shows nodes. ↑ and ↓ move, Enter pins the explanation of a node, Space opens what can be done about it."""

    acted = Signal(str, str)  # node's key, act's id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName("进程与法定期间")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.nodes: tuple[Node, ...] = ()
        self.current = 0
        self.is_pinned = False
        self._placed: list[Placed] = []
        self._hovered: int | None = None
        self._tip: Tip | None = None

    # -- values ----------------------------------------------------------------------------

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show these nodes in this order; who was current stays so if still there, else the urgent one."""
        if tuple(nodes) != self.nodes:  # else what is explained stays so
            kept = self.nodes[self.current].key if self.nodes else ""
            self.nodes = tuple(nodes)
            keys = [node.key for node in self.nodes]
            self.current = keys.index(kept) if kept in keys else self.urgent()
            self.hide_tip()
        self._place()
        self._describe()
        self.updateGeometry()
        self.update()

    def urgent(self) -> int:
        """Return the place of the first node that is overdue or current, else the last that is done."""
        for at, node in enumerate(self.nodes):
            if node.state in {"current", "overdue"}:
                return at
        return max(sum(node.state == "done" for node in self.nodes) - 1, 0)

    def tip_text(self) -> str:
        """Return what the explanation says now; empty while none is shown."""
        return self._tip.words() if self._tip is not None and not self._tip.isHidden() else ""

    def hide_tip(self) -> None:
        """Take the explanation away."""
        self.is_pinned = False
        if self._tip is not None:
            self._tip.hide()

    def acts_menu(self) -> QMenu:
        """Return the menu of what can be done about the current node."""
        menu = QMenu(self)
        menu.setObjectName("timeline_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, words in self.nodes[self.current].acts:
            menu.addAction(words).setData(name)
        menu.triggered.connect(self._on_act)
        return menu

    # -- keyboard and mouse ----------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.nodes) - 1
        steps = {
            Qt.Key.Key_Down: self.current + 1,
            Qt.Key.Key_Up: self.current - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self.nodes:
            super().keyPressEvent(event)
        elif key in steps:
            self._go(min(max(steps[key], 0), last))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._pin(self.current)
        elif key == Qt.Key.Key_Escape and self.tip_text():
            self.hide_tip()
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Menu}:
            self._open_acts(self._placed[self.current].dots.bottomLeft())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and self.nodes:
            self._show_tip(self.current)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.hide_tip()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position().toPoint())
        over_law = at is not None and self._placed[at].law.contains(event.position().toPoint())
        over_dots = at is not None and self._placed[at].dots.contains(event.position().toPoint())
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if over_law or over_dots else Qt.CursorShape.ArrowCursor
        )
        if at != self._hovered:
            self._hovered = at
            self.update()
        if over_law and at is not None:
            self._show_tip(at)
        elif not self.is_pinned and not self.hasFocus():
            self.hide_tip()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        if not self.is_pinned:
            self.hide_tip()
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position().toPoint())
        if at is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._go(at, show=False)
        if self._placed[at].law.contains(event.position().toPoint()):
            self._pin(at)
        elif self._placed[at].dots.contains(event.position().toPoint()):
            self._open_acts(self._placed[at].dots.bottomLeft())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if (at := self._at(event.pos())) is not None:
            self._go(at, show=False)
            self._open_acts(event.pos())

    def hideEvent(self, event: QHideEvent) -> None:
        self.hide_tip()
        super().hideEvent(event)

    # -- size and paint --------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        placed = self._placed_in(width)
        return placed[-1].area.bottom() + 1 if placed else 0

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(self.width() or 300))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        if self.height() != self.heightForWidth(self.width()):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, placed in enumerate(self._placed):
            self._paint(painter, at, placed)
        painter.end()

    # -- inside ----------------------------------------------------------------------------

    def _go(self, at: int, *, show: bool = True) -> None:
        self.current = at
        self.hide_tip()
        self._describe()
        if show:
            self._show_tip(at)
        self.update()

    def _describe(self) -> None:
        if not self.nodes:
            self.setAccessibleDescription("")
            return
        node = self.nodes[self.current]
        more = "，空格键选择操作" if node.acts else ""
        self.setAccessibleDescription(
            f"第 {self.current + 1} 项，共 {len(self.nodes)} 项：{node.spoken()}{more}"
        )

    def _pin(self, at: int) -> None:
        """Keep the explanation until Enter or Esc is pressed again."""
        if self.is_pinned and at == self.current:
            self.hide_tip()
            return
        self._show_tip(at)
        self.is_pinned = bool(self.tip_text())

    def _show_tip(self, at: int) -> None:
        node = self.nodes[at]
        if not (node.text or node.why):
            self.hide_tip()
            return
        if self._tip is None or self._tip.parent() is not self.window():
            self._tip = Tip(self.window())
        self._tip.say(node.law, node.text, f"推算：{node.why}" if node.why else "")
        placed = self._placed[at]
        corner = self.mapTo(self.window(), QPoint(0, (placed.law or placed.title).top()))
        self._tip.stand_beside(QRect(corner, QSize(self.width(), LINE)))

    def _open_acts(self, at: QPoint) -> None:
        if self.nodes[self.current].acts:
            self.acts_menu().popup(self.mapToGlobal(at))

    def _on_act(self, action: QAction) -> None:
        self.acted.emit(self.nodes[self.current].key, str(action.data()))

    def _at(self, point: QPoint) -> int | None:
        return next((at for at, placed in enumerate(self._placed) if placed.area.contains(point)), None)

    def _place(self) -> None:
        self._placed = self._placed_in(self.width())

    def _placed_in(self, width: int) -> list[Placed]:
        top, placed = 0, []
        for node in self.nodes:
            made = place(node, width, top)
            placed.append(made)
            top = made.area.bottom() + 1
        return placed

    def _paint(self, painter: QPainter, at: int, placed: Placed) -> None:
        node, is_last = placed.node, at == len(self._placed) - 1
        body, caption = sizes()
        paint_ring(painter, placed, is_last=is_last)
        is_urgent = node.state in {"current", "overdue"}
        painter.setFont(font(body, bold=is_urgent))
        painter.setPen(colour("tx"))
        painter.drawText(
            placed.title, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), node.title
        )
        painter.setFont(font(body))
        painter.setPen(colour("tx2" if node.state == "future" else "tx"))
        painter.drawText(
            placed.when, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), node.when
        )
        painter.setFont(font(caption))
        painter.setPen(colour("tx2"))
        painter.drawText(placed.caption, int(Qt.AlignmentFlag.AlignLeft) | WRAP, node.caption)
        for badge, rect in zip(node.badges, placed.badges, strict=True):
            paint_badge(painter, badge, rect, self.devicePixelRatioF())
        if node.law:
            paint_law(painter, node.law, placed.law)
        if node.acts:
            token = "ac_tx" if at in {self._hovered, self.current if self.hasFocus() else None} else "tx3"
            where = placed.dots.center() - QPoint(8, 8)
            painter.drawPixmap(where, pixmap("ellipsis", token, 16, self.devicePixelRatioF()))
        if self.hasFocus() and at == self.current:
            painter.setPen(QPen(colour("ac_tx"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(placed.area).adjusted(GUTTER - 7, -1 if at else 1, -1, 5 - BELOW)
            painter.drawRoundedRect(ring, 4, 4)
