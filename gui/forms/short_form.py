"""A small dialog for one decision: a few fields, what they mean, and one verb."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gui.forms.draft_dialog import DraftDialog
from gui.widgets.basics import column, label, line
from gui.widgets.scrolling import TallArea, grow_to_fit


class ShortForm(DraftDialog):
    """Asks for a few fields in two columns and is as high as these need; Enter does what it is for.

    A subclass calls ``add_field`` for each field, sets what they begin with, calls ``watch_fields`` last, and
    says what is wrong with ``problems``. ``action`` is the verb on the button, with its object (确认续聘);
    ``intro`` says before anything is asked what will happen. Connect ``submitted``, then ``open()``.
    """

    def __init__(
        self, title: str, action: str, parent: QWidget | None = None, *, intro: str = "", width: int = 560
    ) -> None:
        super().__init__(title, action, parent)
        self.setObjectName("short_form")
        self.intro = label(intro, "second", wraps=True)
        self.intro.setVisible(bool(intro))
        self.save.setDefault(True)
        body = QWidget()
        body.setLayout(column(self.strip, self.intro, self._grid, None, spacing=14, margins=(24, 20, 24, 20)))
        body.setProperty("scroll", True)
        self._area = TallArea(body)
        layout = column(self._area, line(), self.foot(has_next=False), spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.resize(width, 0)

    def bring_into_view(self, part: QWidget) -> None:
        self._area.ensureWidgetVisible(part, 0, 40)

    def focus_moved(self, name: str, widget: QWidget) -> None:
        """Scroll to what the clerk has come to, where the screen is too low for the whole form."""
        self._area.ensureWidgetVisible(widget, 0, 40)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.problems_shown()  # the width is known now, and with it the height of what wraps
        if self.field_of(self.focusWidget()) is None and self.boxes:
            next(iter(self.boxes.values())).editor.setFocus()

    def problems_shown(self) -> None:
        """Grow by the messages as far as the screen goes; what does not fit is scrolled to."""
        # a message that has just changed is not reckoned with before the layouts around it have been asked
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        grow_to_fit(self, self._area)
