"""The dialog in which a record is written down: sections at the left, fields, problems, and the foot."""

from PySide6.QtCore import QPoint, QSize, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from gui.forms.draft_dialog import DraftDialog, field_grid
from gui.widgets.basics import column, label, line, pane, row
from gui.widgets.fields import FieldBox
from gui.widgets.scrolling import TallArea, stand
from gui.widgets.section_list import SectionList

ABOVE = 16  # pixels left free above a section that was jumped to


class EditorDialog(DraftDialog):
    """A draft's form in sections, which the list at the left scrolls to and counts the errors of."""

    def __init__(
        self, title: str, size: QSize, parent: QWidget | None = None, *, next_text: str = ""
    ) -> None:
        super().__init__(title, "保存", parent, next_text=next_text)
        self._section_of: dict[str, int] = {}
        self.sections = SectionList()
        self._form = QVBoxLayout()
        self._scroll = TallArea()
        self._page = QWidget()
        self._heads: list[QWidget] = []
        self._is_jumping = False
        self._focused: QWidget | None = None
        self._soon = QTimer(self)  # fires once the layout has given a new line its place
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_focused)
        self._build(size, has_next=bool(next_text))
        self.sections.currentRowChanged.connect(self._go_to_section)
        self._scroll.verticalScrollBar().valueChanged.connect(self._follow)
        QShortcut(QKeySequence("Ctrl+PgDown"), self).activated.connect(self._go_to_next_section)
        QShortcut(QKeySequence("Ctrl+PgUp"), self).activated.connect(self._go_to_previous_section)

    def add_section(self, title: str) -> QGridLayout:
        """Begin a section; the fields added next belong to it."""
        if self._heads:
            self._form.addWidget(line())
        head = label(title, "heading")
        self._heads.append(head)
        self._form.addWidget(head)
        self.sections.add(title)
        self._grid = field_grid()
        self._form.addLayout(self._grid)
        if len(self._heads) == 1:
            self.sections.setCurrentRow(0)
        return self._grid

    def add_field(self, box: FieldBox, place: tuple[int, int], *, wide: bool = False) -> None:
        """Put a field into the present section at (row, column)."""
        super().add_field(box, place, wide=wide)
        self._section_of[box.editor.objectName()] = len(self._heads) - 1

    def bring_into_view(self, part: QWidget) -> None:
        self._scroll.ensureWidgetVisible(part, 0, 60)

    def problems_shown(self) -> None:
        """Count the errors of each section in the list."""
        for at in range(len(self._heads)):
            count = sum(self.errors_in(name) for name in self.boxes if self._section_of[name] == at)
            self.sections.set_count(at, count)

    def focus_moved(self, name: str, widget: QWidget) -> None:
        """Mark the section that the clerk has come to, and show the widget once it has its place."""
        self.sections.show_current(self._section_of[name])
        self._focused = widget
        self._soon.start()

    def _build(self, size: QSize, *, has_next: bool) -> None:
        self._page.setProperty("scroll", True)
        self._form.setContentsMargins(24, 20, 24, 24)
        self._form.setSpacing(14)
        self._page.setLayout(column(self._form, None, spacing=0))
        self._scroll.setWidget(self._page)
        left = pane("subtle")
        left.setFixedWidth(168)
        left.setLayout(column(self.sections, margins=(8, 12, 8, 8)))
        strip_row = column(self.strip, margins=(16, 8, 16, 0))
        body = row(left, line("v"), column(strip_row, self._scroll, spacing=0), spacing=0)
        stand(self, body, self.foot(has_next=has_next, hint="Ctrl+S 保存，Esc 取消"), size)

    def _go_to_section(self, at: int) -> None:
        if 0 <= at < len(self._heads):
            self._is_jumping = True  # the last sections cannot be scrolled to the top, but stay marked
            self._scroll.verticalScrollBar().setValue(self._top_of(at) - ABOVE)
            self._is_jumping = False

    def _go_to_next_section(self) -> None:
        self._enter_section(self.sections.currentRow() + 1)

    def _go_to_previous_section(self) -> None:
        self._enter_section(self.sections.currentRow() - 1)

    def _enter_section(self, at: int) -> None:
        """Go to a section's first field."""
        first = next((box for name, box in self.boxes.items() if self._section_of[name] == at), None)
        if first is not None:
            self.sections.setCurrentRow(at)
            self.enter_field(first)

    def _follow(self, value: int) -> None:
        """Mark the section at the top of the view; at the very end, the last one."""
        if self._is_jumping or not self._heads:
            return
        is_end = value == self._scroll.verticalScrollBar().maximum()
        passed = [at for at in range(len(self._heads)) if self._top_of(at) - 2 * ABOVE <= value]
        self.sections.show_current(len(self._heads) - 1 if is_end else max(passed, default=0))

    def _show_focused(self) -> None:
        if self._focused is not None and self._focused is self.focusWidget():
            self._is_jumping = True
            self._scroll.ensureWidgetVisible(self._focused, 0, 60)
            self._is_jumping = False
            if name := self.field_of(self._focused):
                self.sections.show_current(self._section_of[name])

    def _top_of(self, at: int) -> int:
        return self._heads[at].mapTo(self._page, QPoint(0, 0)).y()
