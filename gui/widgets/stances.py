"""Where people stand: a bar of shares, and a field in which one of a few positions is chosen by a digit."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

from gui.look.theme import colour
from gui.widgets.basics import row

HEIGHT, GAP = 4, 2


@dataclass(frozen=True, slots=True)
class Share:
    """How many hold one position; ``token`` is its colour, which never stands without the words beside the bar."""

    word: str
    count: int
    token: str


class StanceBar(QWidget):
    """A flat bar, one stretch for each position that anybody holds."""

    def __init__(self, name: str = "stance_bar") -> None:
        super().__init__()
        self.setObjectName(name)
        self._shares: tuple[Share, ...] = ()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show how the positions are spread."""
        self._shares = tuple(share for share in shares if share.count)
        said = "，".join(f"{share.word} {share.count}" for share in self._shares)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        total = sum(share.count for share in self._shares)
        room, x = self.width() - GAP * max(len(self._shares) - 1, 0), 0.0
        if not total:
            painter.setBrush(colour("bg_sunken"))
            painter.drawRoundedRect(QRectF(0, 0, self.width(), HEIGHT), 2, 2)
        for share in self._shares:
            width = room * share.count / total
            painter.setBrush(colour(share.token))
            painter.drawRoundedRect(QRectF(x, 0, width, HEIGHT), 2, 2)
            x += width + GAP
        painter.end()


class StepsField(QWidget):
    """One of a few positions, side by side; the digits 1, 2, 3 … choose, and so do the arrows. May be left open."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[str, object]], name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._values = [value for _, value in choices]
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # the one that is chosen can be taken back by choosing it again
        self.buttons: list[QToolButton] = []
        last = len(choices) - 1
        for at, (word, _) in enumerate(choices):
            made = QToolButton()
            made.setText(f"{at + 1} {word}")
            made.setCheckable(True)
            made.setObjectName(f"{name}_{at + 1}")
            made.setAccessibleName(f"{title} {word}")
            made.setProperty("seg", {0: "first", last: "last"}.get(at, "mid"))
            self._group.addButton(made, at)
            self.buttons.append(made)
        self.setFocusProxy(self.buttons[0])
        self.setLayout(row(*self.buttons, None, spacing=0))
        self._group.idClicked.connect(self._on_clicked)

    def value(self) -> object | None:
        """Return what is chosen, if anything."""
        at = next((i for i, made in enumerate(self.buttons) if made.isChecked()), None)
        return None if at is None else self._values[at]

    def set_value(self, value: object | None) -> None:
        """Show a choice without telling."""
        for at, made in enumerate(self.buttons):
            made.setChecked(self._values[at] == value and value is not None)
        self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = int(event.text()) if event.text().isdecimal() else 0
        at = next((i for i, made in enumerate(self.buttons) if made.hasFocus()), 0)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if 1 <= typed <= len(self.buttons):
            self._choose(typed - 1)
        elif step:
            self.buttons[(at + step) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _choose(self, chosen: int) -> None:
        for at, made in enumerate(self.buttons):
            made.setChecked(at == chosen)
        self._settle()
        self.buttons[chosen].setFocus(Qt.FocusReason.TabFocusReason)
        self.edited.emit()

    def _on_clicked(self, at: int) -> None:
        for other, made in enumerate(self.buttons):
            if other != at:
                made.setChecked(False)
        self._settle()
        self.edited.emit()

    def _settle(self) -> None:
        """Let Tab stop once, at what is chosen."""
        chosen = next((i for i, made in enumerate(self.buttons) if made.isChecked()), 0)
        for at, made in enumerate(self.buttons):
            policy = Qt.FocusPolicy.StrongFocus if at == chosen else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(policy)
        self.setFocusProxy(self.buttons[chosen])
