"""A dark box beside something, which says at length what that says in short."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QWidget

from gui.widgets.basics import column, label

WIDTH = 320
GAP = 14
MARGIN = 8  # pixels kept free at the window's edges


class Tip(QFrame):
    """Stands inside the window, at the left of what it explains where there is room, else below."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tip")
        self.setProperty("tip", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title, self.text, self.why = (
            label("", "heading", wraps=True),
            label(wraps=True),
            label(wraps=True),
        )
        self.why.setProperty("tip", "second")
        self.setLayout(column(self.title, self.text, 2, self.why, spacing=4, margins=(14, 12, 14, 12)))
        self.setFixedWidth(WIDTH)
        self.hide()

    def say(self, title: str, text: str, why: str) -> None:
        """Change the words."""
        for made, words in ((self.title, title), (self.text, text), (self.why, why)):
            made.setText(words)
            made.setVisible(bool(words))

    def words(self) -> str:
        """Return everything it says."""
        return "\n".join(made.text() for made in (self.title, self.text, self.why) if made.text())

    def stand_beside(self, what: QRect) -> None:
        """Show beside ``what``, given in the window's coordinates."""
        layout = self.layout()
        needed = layout.heightForWidth(WIDTH) if layout is not None else 0
        self.resize(WIDTH, needed)
        around = self.parentWidget()
        area = around.rect() if around is not None else what
        x, y = what.left() - GAP - WIDTH, what.center().y() - needed // 3
        if x < MARGIN:
            x, y = min(what.left(), area.right() - WIDTH - MARGIN), what.bottom() + GAP
        self.move(max(x, MARGIN), min(max(y, MARGIN), max(area.bottom() - needed - MARGIN, MARGIN)))
        self.show()
        self.raise_()
