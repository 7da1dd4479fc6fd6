"""The dialog in which a record is written down: sections at the left, fields, problems, and the foot."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.forms.draft_dialog import DraftDialog, field_grid
from gui.widgets.basics import column, label, line, pane, row
from gui.widgets.fields import FieldBox


class EditorDialog(DraftDialog):
    """A draft's form in sections, which the list at the left scrolls to and counts the errors of."""

    def __init__(
        self, title: str, size: QSize, parent: QWidget | None = None, *, next_text: str = ""
    ) -> None:
        super().__init__(title, "保存", parent, next_text=next_text)
        self._section_of: dict[str, int] = {}
        self.sections = QListWidget()
        self._form = QVBoxLayout()
        self._scroll = QScrollArea()
        self._heads: list[QWidget] = []
        self._titles: list[str] = []
        self._build(size, has_next=bool(next_text))
        self.sections.currentRowChanged.connect(self._go_to_section)

    def add_section(self, title: str) -> QGridLayout:
        """Begin a section; the fields added next belong to it."""
        if self._heads:
            self._form.addWidget(line())
        head = label(title, "heading")
        self._heads.append(head)
        self._titles.append(title)
        self._form.addWidget(head)
        self.sections.addItem(QListWidgetItem(title))
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
        for at, title in enumerate(self._titles):
            count = sum(self.errors_in(name) for name in self.boxes if self._section_of[name] == at)
            self.sections.item(at).setText(f"{title}　{count} 处" if count else title)

    def _build(self, size: QSize, *, has_next: bool) -> None:
        self.sections.setObjectName("sections")
        self.sections.setAccessibleName("分节")
        self.sections.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sections.setProperty("nav", True)
        body = QWidget()
        body.setProperty("scroll", True)
        self._form.setContentsMargins(24, 20, 24, 24)
        self._form.setSpacing(14)
        outer = column(self._form, None, spacing=0)
        body.setLayout(outer)
        self._scroll.setWidget(body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = pane("subtle")
        left.setFixedWidth(168)
        left.setLayout(column(self.sections, margins=(8, 12, 8, 8)))
        strip_row = column(self.strip, margins=(16, 8, 16, 0))
        layout = column(
            row(left, line("v"), column(strip_row, self._scroll, spacing=0), spacing=0),
            line(),
            self.foot(has_next=has_next, hint="Ctrl+S 保存，Esc 取消"),
            spacing=0,
        )
        layout.setStretch(0, 1)
        self.setLayout(layout)
        screen = QApplication.primaryScreen().availableSize()
        self.resize(min(size.width(), screen.width() - 40), min(size.height(), screen.height() - 80))

    def _go_to_section(self, at: int) -> None:
        if 0 <= at < len(self._heads):
            bar = self._scroll.verticalScrollBar()
            bar.setValue(self._heads[at].y() - 16)
