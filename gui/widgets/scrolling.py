"""Scroll areas that ask for what stands in them, so that nothing is cut where the screen is small."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QScrollArea, QWidget

from gui.widgets.basics import column, line, stretch

BAR = 12  # what a scroll bar takes
FRAME = QSize(16, 40)  # what the frame of a dialog takes of the screen
LEAST = QSize(0, 240)  # a few lines of what a dialog lists


class TallArea(QScrollArea):
    """Scrolls up and down; is as wide as its content must be, and ``least``, while its surroundings have the room."""

    def __init__(self, content: QWidget | None = None, least: int = 0) -> None:
        super().__init__()
        self._least = least
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if content is not None:
            self.setWidget(content)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # the content may ask for another width now
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        content = self.widget()
        width = content.minimumSizeHint().width() + BAR if content else 0
        return QSize(max(width, self._least), super().minimumSizeHint().height())


class Room(QScrollArea):
    """Shows a page or a dialog's body as it is, and scrolls both ways where the screen is smaller than it can be."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.setProperty("scroll", True)
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        content = self.widget()
        return content.sizeHint() if content else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 80)


class _Body(QWidget):
    """What a dialog shows above its foot; its tables and lists keep ``least`` to be of use."""

    def __init__(self, layout: QLayout, least: QSize) -> None:
        super().__init__()
        self._least = least
        self.setLayout(layout)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(self._least)


def stand(
    dialog: QDialog, body: QLayout, foot: QWidget | QLayout, wanted: QSize, least: QSize = LEAST
) -> None:
    """Lay a dialog out: ``body`` scrolls where the screen is smaller than it can be, the buttons in ``foot`` stay.

    The dialog comes up as large as ``wanted``, as far as the screen has the room.
    """
    dialog.setLayout(column(Room(_Body(body, least)), line(), foot, spacing=0))
    stretch(dialog, 0, 1)
    fit(dialog, wanted)


def fit(dialog: QDialog, wanted: QSize) -> None:
    """Make a dialog as large as ``wanted``, as far as its screen has the room."""
    dialog.resize(wanted.boundedTo(dialog.screen().availableSize() - FRAME))


def grow_to_fit(dialog: QDialog, area: TallArea) -> None:
    """Make a dialog as high as what stands in its area, as far as the screen goes; the rest is scrolled to."""
    content, layout = area.widget(), dialog.layout()
    inner = content.layout() if content else None
    if layout is None or inner is None:
        return
    inner.activate()
    width = max(dialog.width(), area.minimumSizeHint().width())
    needed = inner.heightForWidth(width) if inner.hasHeightForWidth() else 0
    needed = max(needed, inner.minimumSize().height())
    around = layout.minimumSize().height() - area.minimumSizeHint().height()
    fit(dialog, QSize(width, max(needed + around, dialog.height())))
