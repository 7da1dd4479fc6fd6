"""What stands at the right of the matrix: the gaps, or one agency in their place."""

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollArea, QWidget

from db.coverage.rules.coverage import AgencyCoverage
from gui.context import Context
from gui.pages.agencies.coverage.gap_pane import GapPane
from gui.pages.agencies.coverage.snapshot import View
from gui.pages.agencies.unit.detail import AgencyPane


class AgencySide(QObject):
    """Puts one or the other into the panel; who worked in one of them goes on in the other."""

    def __init__(self, context: Context, panel: QScrollArea) -> None:
        super().__init__(panel)
        self._panel = panel
        self.gaps, self.agency = GapPane(), AgencyPane(context)
        panel.setWidget(self.gaps)
        self.agency.setParent(panel)  # it lives as long as the panel, also while it is not shown
        self.agency.hide()

    @property
    def shows_agency(self) -> bool:
        """Whether an agency stands in the place of the gaps."""
        return self._panel.widget() is self.agency

    @property
    def pane(self) -> QWidget | None:
        """What F6 moves to; nothing while the panel is hidden."""
        return self._panel.widget() if self._panel.isVisible() else None

    def open(self, cover: AgencyCoverage, view: View, day: date) -> bool:
        """Show an agency; say whether it is still there."""
        if not self.agency.show_agency(cover, view.gap_of(cover.key), day):
            return False
        self._put(self.agency)
        return True

    def close(self) -> bool:
        """Show the gaps again; say whether the focus was beside the matrix and stays there."""
        had_focus = self._has_focus(self.agency)
        self._put(self.gaps)
        return had_focus

    def _put(self, wanted: QWidget) -> None:
        present = self._panel.widget()
        if present is not wanted:
            had_focus = present is not None and self._has_focus(present)
            self._panel.takeWidget()
            if present is not None:
                present.setParent(self._panel)
                present.hide()
            self._panel.setWidget(wanted)
            wanted.show()
            if had_focus:
                wanted.setFocus()

    @staticmethod
    def _has_focus(part: QWidget) -> bool:
        focused = part.window().focusWidget()
        return focused is not None and (part is focused or part.isAncestorOf(focused))
