"""The dialog in which a record is written down: sections at the left, fields, problems, and the foot."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.errors import Invalid, Problem, Severity
from gui.widgets.basics import Strip, button, column, label, line, pane, row
from gui.widgets.fields import DateField, FieldBox

SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "hint"}


class EditorDialog(QDialog):
    """Edits a draft. Knows the rules that judge it; knows neither the database nor what becomes of it.

    A subclass adds sections and fields, and says what is wrong with ``problems``. ``submitted`` is told with
    whether the clerk wants to enter another one next.
    """

    submitted = Signal(bool)

    def __init__(
        self, title: str, size: QSize, parent: QWidget | None = None, *, next_text: str = ""
    ) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.boxes: dict[str, FieldBox] = {}
        self._section_of: dict[str, int] = {}
        self._visited: set[str] = set()
        self._is_dirty = False
        self.sections = QListWidget()
        self.strip = Strip("dg")
        self.trouble = button("", "first_problem", "link")
        self.cancel = button("取消", "cancel")
        self.save_next = button(next_text, "save_next")
        self.save = button("保存", "save", "primary")
        self._form = QVBoxLayout()
        self._scroll = QScrollArea()
        self._heads: list[QWidget] = []
        self._grid = QGridLayout()
        self._build(size, has_next=bool(next_text))
        self._connect()

    def problems(self) -> Sequence[Problem]:
        """Return what is wrong with the draft as it stands; a subclass says it."""
        raise NotImplementedError

    def add_section(self, title: str) -> QGridLayout:
        """Begin a section; the fields added next belong to it."""
        if self._heads:
            self._form.addWidget(line())
        head = label(title, "heading")
        self._heads.append(head)
        self._form.addWidget(head)
        self.sections.addItem(QListWidgetItem(title))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._form.addLayout(self._grid)
        if len(self._heads) == 1:
            self.sections.setCurrentRow(0)
        return self._grid

    def add_field(self, box: FieldBox, place: tuple[int, int], *, wide: bool = False) -> None:
        """Put a field into the present section at (row, column)."""
        name = box.editor.objectName()
        self.boxes[name] = box
        self._section_of[name] = len(self._heads) - 1
        self._grid.addWidget(box, place[0], place[1], 1, 2 if wide else 1)
        box.editor.installEventFilter(self)

    def mark_dirty(self, *_: object) -> None:
        """Remember that something was typed, and take away an error that is mended."""
        self._is_dirty = True
        if any(box.severity for box in self.boxes.values()):
            self._show({p.field: p for p in reversed(self._all_problems())}, only=self._visited)

    def show_refusal(self, error: Exception) -> bool:
        """Show why the draft was refused; return whether the dialog could say it by itself."""
        self.set_busy(False)
        if isinstance(error, Invalid):
            self._visited |= {p.field for p in error.problems}
            self._show({p.field: p for p in error.problems}, only=set(self.boxes))
            rest = [p.text for p in error.problems if p.field not in self.boxes]
            self.strip.say("；".join(rest), "dg")
            return True
        return False

    def set_busy(self, busy: bool) -> None:
        """Keep the clerk from pressing save twice."""
        self.save.setEnabled(not busy)
        self.save_next.setEnabled(not busy)

    def try_save(self) -> None:
        """Save if nothing forbids it, else go to the first problem."""
        self._submit(another=False)

    def try_save_next(self) -> None:
        """The same, and open an empty form next."""
        self._submit(another=True)

    def go_to_first(self) -> None:
        """Move to the first field with an error."""
        for box in self.boxes.values():
            if box.severity == "error":
                self._scroll.ensureWidgetVisible(box, 0, 60)
                box.editor.setFocus()
                return

    def reject(self) -> None:
        if not self._is_dirty:
            super().reject()
            return
        ask = QMessageBox(
            QMessageBox.Icon.Question, self.windowTitle(), "填写的内容还没有保存，要放弃吗？", parent=self
        )
        ask.setObjectName("discard_box")
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        stay = ask.addButton("继续填写", QMessageBox.ButtonRole.RejectRole)
        leave = ask.addButton("放弃", QMessageBox.ButtonRole.DestructiveRole)
        ask.setDefaultButton(stay)
        leave.clicked.connect(self._leave)
        ask.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_dirty and self.isVisible():
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def accept(self) -> None:
        self._is_dirty = False
        super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut and watched.objectName() in self.boxes:
            self._visited.add(watched.objectName())
            if self._is_dirty:
                self._show({p.field: p for p in reversed(self._all_problems())}, only=self._visited)
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        self._is_dirty = False
        super().reject()

    def _submit(self, *, another: bool) -> None:
        found = {p.field: p for p in reversed(self._all_problems())}
        self._visited = set(self.boxes)
        self._show(found, only=self._visited)
        errors = [p for p in found.values() if p.severity is Severity.ERROR]
        self.strip.say("；".join(p.text for p in errors if p.field not in self.boxes), "dg")
        if errors:
            self.go_to_first()
            return
        self.set_busy(True)
        self.submitted.emit(another)

    def _all_problems(self) -> list[Problem]:
        """Dates that are not understood come before what the rules say."""
        found = [
            Problem(name, f"看不懂这个日期，应写成 2026-12-01 的样子，现为“{box.editor.text()}”。")
            for name, box in self.boxes.items()
            if isinstance(box.editor, DateField) and not box.editor.is_understood()
        ]
        unread = {p.field for p in found}
        return [*found, *(p for p in self.problems() if p.field not in unread)]

    def _show(self, found: dict[str, Problem], *, only: set[str]) -> None:
        for name, box in self.boxes.items():
            problem = found.get(name)
            if problem and name in only:
                box.say(problem.text, SEVERITIES[problem.severity])
            else:
                box.clear()
        errors = [name for name, box in self.boxes.items() if box.severity == "error"]
        self.trouble.setText(f"还有 {len(errors)} 处需要修改，转到第一处" if errors else "")
        self.trouble.setVisible(bool(errors))
        for at, head in enumerate(self._heads):
            count = sum(self._section_of[name] == at for name in errors)
            item = self.sections.item(at)
            title = head.text() if hasattr(head, "text") else ""
            item.setText(f"{title}　{count} 处" if count else title)

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
        foot = pane("subtle", "foot")
        self.trouble.hide()
        self.save_next.setVisible(has_next)
        hint = label("Ctrl+S 保存，Esc 取消", "hint")
        foot.setLayout(
            row(self.trouble, None, hint, 4, self.cancel, self.save_next, self.save, margins=(20, 11, 20, 11))
        )
        strip_row = column(self.strip, margins=(16, 8, 16, 0))
        layout = column(
            row(left, line("v"), column(strip_row, self._scroll, spacing=0), spacing=0),
            line(),
            foot,
            spacing=0,
        )
        layout.setStretch(0, 1)
        self.setLayout(layout)
        screen = QApplication.primaryScreen().availableSize()
        self.resize(min(size.width(), screen.width() - 40), min(size.height(), screen.height() - 80))

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.try_save)
        self.save_next.clicked.connect(self.try_save_next)
        self.trouble.clicked.connect(self.go_to_first)
        self.sections.currentRowChanged.connect(self._go_to_section)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.try_save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            act = self.try_save_next if self.save_next.text() else self.try_save
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _go_to_section(self, at: int) -> None:
        if 0 <= at < len(self._heads):
            bar = self._scroll.verticalScrollBar()
            bar.setValue(self._heads[at].y() - 16)
