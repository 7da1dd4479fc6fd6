"""The rail at the left: the pages, below them import and settings; folds to icons in a narrow window."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.look.icons import pixmap
from gui.look.theme import colour, font
from gui.widgets.basics import column, line
from gui.widgets.scrolling import BAR, TallArea

WIDE, NARROW = 168, 56
LOWEST = 30  # an entry where the screen is low
COMMANDS = (("roster.import_sheet", "导入名册", "file-input"), ("show_settings", "设置", "settings"))


class RailButton(QAbstractButton):
    """One entry of the rail, with a counter when something waits."""

    come_to = Signal()  # the focus has come here

    def __init__(self, key: str, title: str, icon_name: str, *, checkable: bool) -> None:
        super().__init__()
        self.key, self._icon, self._count, self._folded = key, icon_name, 0, False
        self.setObjectName(f"rail_{key.replace('.', '_')}")
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(checkable)
        self.setAutoExclusive(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_count(self, count: int) -> None:
        """Show how much waits here."""
        self._count = count
        self.setAccessibleName(f"{self.text()}，{count} 件待办" if count else self.text())
        self.update()

    def set_folded(self, folded: bool) -> None:
        """Show the icon alone; the title becomes the tooltip."""
        self._folded = folded
        self.setToolTip(self.text() if folded else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW - 16 if self._folded else WIDE - 16, 38)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROW - 16 - BAR, LOWEST)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.come_to.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("ac_tint" if self.isChecked() else "bg_hover"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(colour("ac_tx"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)
        token = "tx_dis" if not self.isEnabled() else "ac_tx" if self.isChecked() else "tx2"
        left = (self.width() - 18) // 2 if self._folded else 10
        painter.drawPixmap(
            left, self.height() // 2 - 9, pixmap(self._icon, token, 18, self.devicePixelRatioF())
        )
        if not self._folded:
            painter.setFont(font(13, bold=self.isChecked()))
            painter.setPen(
                colour("tx_dis" if not self.isEnabled() else "ac_tx" if self.isChecked() else "tx")
            )
            painter.drawText(
                QRect(38, 0, self.width() - 38, self.height()),
                int(Qt.AlignmentFlag.AlignVCenter),
                self.text(),
            )
        if self._count:
            self._paint_count(painter)

    def _paint_count(self, painter: QPainter) -> None:
        text = str(self._count)
        painter.setFont(font(12, bold=self._folded))
        width = max(painter.fontMetrics().horizontalAdvance(text) + 10, 20)
        right = self.width() - (0 if self._folded else 8)
        top = 2 if self._folded else self.height() // 2 - 10
        shape = QRect(right - width, top, width, 18 if self._folded else 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("ac" if self._folded else "bg_surface" if self.isChecked() else "bg_sunken"))
        painter.drawRoundedRect(shape, 9, 9)
        painter.setPen(colour("on_ac" if self._folded else "tx2"))
        painter.drawText(shape, int(Qt.AlignmentFlag.AlignCenter), text)


class Rail(TallArea):
    """The pages, and below them two commands; up and down arrows move. Scrolls where the window is too low for all."""

    chosen = Signal(str)
    commanded = Signal(str)

    def __init__(self, pages: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons = {key: RailButton(key, title, name, checkable=True) for key, title, name in pages}
        self.commands = {key: RailButton(key, title, name, checkable=False) for key, title, name in COMMANDS}
        inner = QWidget()
        inner.setProperty("scroll", True)
        inner.setLayout(
            column(
                *self.buttons.values(),
                None,
                line(),
                *self.commands.values(),
                spacing=2,
                margins=(8, 10, 8, 10),
            )
        )
        self.setWidget(inner)
        self.setFixedWidth(WIDE)
        for made in (*self.buttons.values(), *self.commands.values()):
            made.come_to.connect(partial(self.ensureWidgetVisible, made, 0, 10))
        for made in self.buttons.values():
            made.clicked.connect(self._on_page)
        for made in self.commands.values():
            made.clicked.connect(self._on_command)
        self.setFocusProxy(next(iter(self.buttons.values())))

    def choose(self, key: str) -> None:
        """Show which page is on."""
        self.buttons[key].setChecked(True)
        self.setFocusProxy(self.buttons[key])

    def set_count(self, key: str, count: int) -> None:
        """Show how much waits on a page."""
        self.buttons[key].set_count(count)

    def set_folded(self, folded: bool) -> None:
        """Fold to icons or unfold."""
        self.setFixedWidth(NARROW if folded else WIDE)
        for made in (*self.buttons.values(), *self.commands.values()):
            made.set_folded(folded)

    def recolour(self) -> None:
        """Paint again in the colours in force."""
        for made in (*self.buttons.values(), *self.commands.values()):
            made.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        order = [*self.buttons.values(), *self.commands.values()]
        at = next((i for i, made in enumerate(order) if made.hasFocus()), -1)
        if step and at >= 0:
            order[(at + step) % len(order)].setFocus()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and at >= 0:
            order[at].click()
        else:
            super().keyPressEvent(event)

    def _on_page(self) -> None:
        sender = self.sender()
        if isinstance(sender, RailButton):
            self.chosen.emit(sender.key)

    def _on_command(self) -> None:
        sender = self.sender()
        if isinstance(sender, RailButton):
            self.commanded.emit(sender.key)
