"""Small parts that every page is made of: lines, labels, buttons, badges, strips."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.look.icons import icon, pixmap

HINT_GAP = 16  # between two key hints


def restyle(widget: QWidget) -> None:
    """Make a widget look at the style sheet again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and show it if it is new."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it looks when it is shown
            restyle(widget)


def label(text: str = "", role: str = "", *, wraps: bool = False, selectable: bool = False) -> QLabel:
    """Return a label; ``role`` is one of the style sheet's (page, heading, caption, hint, second …)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if role in {"keycap", "chip"}:
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setWordWrap(wraps)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setCursor(Qt.CursorShape.IBeamCursor)
    return made


def badge(text: str, kind: str) -> QLabel:
    """Return a bordered word for a state; ``kind`` is ok, wn, dg or ac."""
    made = QLabel(text)
    made.setProperty("badge", kind)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def chip(text: str) -> QLabel:
    """Return a neutral word for what something is."""
    return label(text, "chip")


def button(text: str, name: str, kind: str = "", icon_name: str = "", tip: str = "") -> QPushButton:
    """Return a button; ``kind`` is primary, accent, ghost, link, trouble (a link in red) or nothing (plain)."""
    made = QPushButton(f" {text}" if icon_name and text else text)  # a blank between icon and word
    made.setObjectName(name)
    made.setAccessibleName(text or tip)
    made.setToolTip(tip)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    if icon_name:
        made.setProperty("icon_name", icon_name)
        made.setIconSize(QSize(16, 16))
        recolour(made)
    if kind in {"link", "trouble"}:
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def recolour(made: QPushButton) -> None:
    """Give a button's icon the colour of its text in the theme in force."""
    if name := made.property("icon_name"):
        token = {"primary": "on_ac", "accent": "ac_tx", "link": "ac_tx", "trouble": "dg"}.get(
            str(made.property("kind")), "tx2"
        )
        made.setIcon(icon(str(name), token))


def line(direction: str = "h") -> QFrame:
    """Return a line of one pixel: ``h`` or ``v``."""
    made = QFrame()
    made.setProperty("line", direction)
    return made


def row(
    *parts: QWidget | QLayout | int | None,
    spacing: int = 8,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> QHBoxLayout:
    """Return parts side by side; ``None`` is a stretch, a number is a gap."""
    made = QHBoxLayout()
    _fill(made, parts, spacing, margins)
    return made


def column(
    *parts: QWidget | QLayout | int | None,
    spacing: int = 8,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> QVBoxLayout:
    """Return parts one below the other; ``None`` is a stretch, a number is a gap."""
    made = QVBoxLayout()
    _fill(made, parts, spacing, margins)
    return made


def _fill(
    layout: QHBoxLayout | QVBoxLayout,
    parts: Sequence[QWidget | QLayout | int | None],
    spacing: int,
    margins: tuple[int, int, int, int],
) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def stretch(widget: QWidget, at: int, by: int = 1) -> None:
    """Let the part at this place of a widget's layout take the room that is left."""
    layout = widget.layout()
    if isinstance(layout, QBoxLayout):
        layout.setStretch(at, by)


def align_top(widget: QWidget, part: QWidget) -> None:
    """Keep a part of a widget's layout at the top, when its neighbours are higher."""
    if layout := widget.layout():
        layout.setAlignment(part, Qt.AlignmentFlag.AlignTop)


def pane(kind: str, name: str = "") -> QWidget:
    """Return a plain area: ``kind`` is surface, subtle or sunken."""
    made = QWidget()
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setProperty("pane", kind)
    if name:
        made.setObjectName(name)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()  # one that is still waiting to be shown would come up as a window of its own
            widget.setParent(None)
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)
            inner.deleteLater()


class KeyHints(QWidget):
    """Key caps with what they do; the last ones go where there is no room, for F1 lists them all."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        super().__init__()
        self._groups: list[QWidget] = []
        caps: list[QWidget] = []
        for key, does in pairs:  # ↑ and ↓ share what they do
            caps.append(label(key, "keycap"))
            if does:
                group = QWidget(self)
                group.setLayout(row(*caps, label(does, "caption"), spacing=6))
                self._groups.append(group)
                caps = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        sizes = [group.sizeHint() for group in self._groups]
        gaps = HINT_GAP * max(len(sizes) - 1, 0)
        return QSize(sum(s.width() for s in sizes) + gaps, max((s.height() for s in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # the letters have changed
            self._place()
        return super().event(event)

    def _place(self) -> None:
        at = 0
        for group in self._groups:
            size = group.sizeHint()
            group.setGeometry(at, (self.height() - size.height()) // 2, size.width(), size.height())
            at += size.width()
            group.setVisible(at <= self.width())
            at += HINT_GAP


def key_hints(*pairs: tuple[str, str]) -> KeyHints:
    """Return the foot line's key caps with what they do."""
    return KeyHints(*pairs)


class Strip(QFrame):
    """A coloured strip inside a panel for what blocks or accompanies this task."""

    def __init__(self, kind: str = "wn", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = label(wraps=True)
        self._icon = QLabel()
        self.setLayout(row(self._icon, self.text, spacing=8, margins=(10, 8, 10, 8)))
        align_top(self, self._icon)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.say("", kind)

    def say(self, text: str, kind: str = "wn") -> None:
        """Show ``text``; an empty one hides the strip. ``kind`` is wn, dg or ok."""
        name = {"dg": "circle-alert", "wn": "triangle-alert", "ok": "circle-check"}[kind]
        self._icon.setPixmap(pixmap(name, kind, 14, self.devicePixelRatioF()))
        self.text.setText(text)
        if self.property("strip") != kind:
            set_property(self, "strip", kind)
            restyle(self.text)  # its colour is that of the strip
        self.setVisible(bool(text))


class ChoiceRow(QFrame):
    """One way to go on, wholly clickable."""

    chosen = Signal()

    def __init__(
        self, icon_name: str, title: str, explanation: str, action: str, name: str, *, first: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(f"{title}：{explanation}")
        self.setProperty("choice", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        picture = QLabel()
        picture.setProperty("role", "choiceicon")
        picture.setFixedSize(40, 40)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setPixmap(pixmap(icon_name, "ac_tx", 20, 2.0))
        words = column(label(title, "heading"), label(explanation, "second", wraps=True), spacing=2)
        self.button = button(action, f"{name}_button", "primary" if first else "")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.chosen)
        self.setLayout(row(picture, 8, words, self.button, spacing=8, margins=(20, 16, 20, 16)))
        stretch(self, 2, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class Figure(QWidget):
    """A number with what it counts above it."""

    def __init__(self, title: str, role: str = "number") -> None:
        super().__init__()
        self.number = label("—", role)
        self.setLayout(column(label(title, "caption"), self.number, spacing=2, margins=(12, 8, 12, 8)))


class FigureStrip(QFrame):
    """Figures side by side in one box."""

    def __init__(self, *titles: str) -> None:
        super().__init__()
        self.setProperty("box", True)
        self.figures = {title: Figure(title) for title in titles}
        parts: list[QWidget] = []
        for figure in self.figures.values():
            parts += [line("v"), figure] if parts else [figure]
        self.setLayout(row(*parts, spacing=0))
        for at in range(0, len(parts), 2):
            stretch(self, at, 1)

    def set_figure(self, title: str, text: str) -> None:
        """Show a figure."""
        self.figures[title].number.setText(text)


def item_at(table: QTableWidget, row_at: int, column_at: int) -> QTableWidgetItem:
    """Return a table's item, made if it is not there yet."""
    item = table.item(row_at, column_at)
    if item is None:
        item = QTableWidgetItem()
        table.setItem(row_at, column_at, item)
    return item
