"""What every dialog that edits a draft shares: fields, their problems, and a foot that saves or gives up."""

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from db.errors import Conflict, Invalid, Problem, Severity, errors_only
from db.formats.storable import text_trouble
from db.storable import longest
from gui.forms.asking import ask_discard
from gui.widgets.basics import Strip, button, label, pane, row
from gui.widgets.entries import DecimalEntry, NumberEntry, PickEntry
from gui.widgets.fields import DateField, FieldBox
from gui.widgets.rows_field import RowsField

SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "hint"}
_WEIGHT = [Severity.ERROR, Severity.WARNING, Severity.NOTE]

WAITING = "正在保存，数据库还没有答复。请稍候，结果出来后再关闭。"


class DraftDialog(QDialog):
    """Edits a draft. Knows the rules that judge it; knows neither the database nor what becomes of it.

    A subclass adds fields, says what is wrong with ``problems``, and calls ``watch_fields`` when the fields
    hold what they begin with. A problem stands under the field of its name once the clerk has left that field
    or tried to save. ``submitted`` is told with whether the clerk wants to enter another one next.
    """

    submitted = Signal(bool)
    typed = Signal()  # something was changed; ``Keeping`` listens
    overtaken = Signal()  # somebody else has changed the record meanwhile; ``Keeping`` listens

    def __init__(
        self, title: str, action: str = "保存", parent: QWidget | None = None, *, next_text: str = ""
    ) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.boxes: dict[str, FieldBox] = {}
        self._visited: set[str] = set()
        self._is_dirty = False
        self._is_busy = False
        self._is_watching = False
        self.strip = Strip("dg")
        self.trouble = button("", "first_problem", "trouble", "circle-alert")
        self.cancel = button("取消", "cancel")
        self.save_next = button(next_text, "save_next")
        self.save = button(action, "save", "primary")
        self._grid = field_grid()
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.try_save)
        self.save_next.clicked.connect(self.try_save_next)
        self.trouble.clicked.connect(self.go_to_first)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.try_save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            act = self.try_save_next if next_text else self.try_save
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def problems(self) -> Sequence[Problem]:
        """Return what is wrong with the draft as it stands; a subclass says it."""
        raise NotImplementedError

    def add_field(self, box: FieldBox, place: tuple[int, int], *, wide: bool = False) -> None:
        """Put a field into the grid at (row, column)."""
        self.boxes[box.editor.objectName()] = box
        self._grid.addWidget(box, place[0], place[1], 1, 2 if wide else 1)
        if isinstance(box.editor, RowsField):
            box.editor.left_cell.connect(self._on_left_cell)

    def watch_fields(self) -> None:
        """From now on take every change of a field for something that was typed."""
        for box in self.boxes.values():
            for signal in _edits_of(box.editor):
                signal.connect(self.mark_dirty)

    def mark_dirty(self, *_: object) -> None:
        """Remember that something was typed, and take away an error that is mended."""
        self._is_dirty = True
        self.typed.emit()
        if any(box.severity or self._is_marked(name) for name, box in self.boxes.items()):
            self._show(self._all_problems())

    def show_refusal(self, error: Exception) -> bool:
        """Show why the draft was refused; return whether the dialog could say it by itself."""
        self.set_busy(False)
        problems = error.problems if isinstance(error, Invalid | Conflict) else ()
        if problems:
            self._visited = set(self.boxes)
            self._show(problems)
            self._say_rest(problems)
        elif isinstance(error, Conflict):
            self.overtaken.emit()
        return bool(problems)

    def set_busy(self, busy: bool) -> None:
        """Keep the clerk from pressing save twice, and from leaving before the answer."""
        self._is_busy = busy
        if not busy and self.strip.text.text() == WAITING:
            self.strip.say("")
        self.save.setEnabled(not busy)
        self.save_next.setEnabled(not busy)

    def try_save(self) -> None:
        """Save if nothing forbids it, else go to the first problem."""
        self._submit(another=False)

    def try_save_next(self) -> None:
        """The same, and open an empty form next."""
        self._submit(another=True)

    def go_to_first(self) -> None:
        """Move to the first field, or cell of a list, with an error."""
        for name, box in self.boxes.items():
            if not self.errors_in(name):
                continue
            if isinstance(box.editor, RowsField):
                if cell := box.editor.go_to_first_error():
                    self.bring_into_view(cell)
            else:
                self.bring_into_view(box)
                box.editor.setFocus()
            return

    def enter_field(self, box: FieldBox) -> None:
        """Go to a field; of a list, to its first cell."""
        if isinstance(box.editor, RowsField):
            box.editor.enter()
        else:
            box.editor.setFocus()

    def bring_into_view(self, part: QWidget) -> None:
        """Scroll to a part of the form; a form without a scroll area shows all of it anyway."""

    def reject(self) -> None:
        """Close the form, after asking if anything was typed; not while its answer is on the way."""
        if self._is_busy:
            self.strip.say(WAITING, "wn")
            return
        if not self._is_dirty:
            super().reject()
            return
        ask_discard(self, "填写的内容还没有保存，要放弃吗？", self._leave)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_watching:
            self._is_watching = True
            _application().focusChanged.connect(self._on_focus_changed)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the application, which outlives the dialog."""
        if self._is_watching:
            self._is_watching = False
            _application().focusChanged.disconnect(self._on_focus_changed)
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if (self._is_dirty or self._is_busy) and self.isVisible():
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def accept(self) -> None:
        self._is_dirty, self._is_busy = False, False
        super().accept()

    def foot(self, *, has_next: bool, hint: str = "") -> QWidget:
        """Return the line at the bottom: what is still to mend at the left, the buttons at the right."""
        made = pane("subtle", "foot")
        self.trouble.hide()
        self.save_next.setVisible(has_next)
        keys = label(hint, "hint")
        keys.setVisible(bool(hint))
        made.setLayout(
            row(self.trouble, None, keys, 4, self.cancel, self.save_next, self.save, margins=(20, 11, 20, 11))
        )
        return made

    def problems_shown(self) -> None:
        """Called after the messages under the fields have changed."""

    def errors_in(self, name: str) -> int:
        """Return how many errors stand under a field."""
        editor = self.boxes[name].editor
        return (
            editor.error_count if isinstance(editor, RowsField) else int(self.boxes[name].severity == "error")
        )

    def field_of(self, widget: QWidget | None) -> str | None:
        """Return the name of the field that a widget belongs to."""
        if widget is None:
            return None
        inside = (n for n, b in self.boxes.items() if b is widget or b.isAncestorOf(widget))
        return next(inside, None)

    def focus_moved(self, name: str, widget: QWidget) -> None:
        """Called when the focus comes to a widget of the field ``name``."""

    def _leave(self) -> None:
        self._is_dirty = False
        super().reject()

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if not self.isVisible():
            return
        left, come = self.field_of(old), self.field_of(new)
        if left and left != come:
            self._visited.add(left)
            if self._is_dirty:
                self._show(self._all_problems())
        if come and new is not None:
            self.focus_moved(come, new)

    def _on_left_cell(self) -> None:
        if self._is_dirty and self.isVisible():
            self._show(self._all_problems())

    def _is_marked(self, name: str) -> bool:
        editor = self.boxes[name].editor
        return isinstance(editor, RowsField) and editor.is_marked()

    def is_right(self) -> bool:
        """Show all problems; go to the first error and return false, if there is one."""
        found = self._all_problems()
        self._visited = set(self.boxes)
        self._show(found)
        self._say_rest(found)
        if errors_only(found):
            self.go_to_first()
            return False
        return True

    def begin_again(self) -> None:
        """Take the messages away, as in a form that nobody has touched yet."""
        self._visited.clear()
        self._show([])
        self.strip.say("")

    def _submit(self, *, another: bool) -> None:
        if self.save.isEnabled() and self.is_right():
            self.set_busy(True)
            self.submitted.emit(another)

    def _say_rest(self, found: Iterable[Problem]) -> None:
        """Say above the form what is wrong with no field in particular."""
        rest = [p.text for p in errors_only(list(found)) if p.field.split(".")[0] not in self.boxes]
        self.strip.say("；".join(rest), "dg")

    def _all_problems(self) -> list[Problem]:
        """What is not understood comes before what the rules say of the same field."""
        found = []
        for name, box in self.boxes.items():
            editor = box.editor
            if isinstance(editor, RowsField):
                found += [Problem(f"{name}.{at}.{column}", text) for at, column, text in editor.troubles()]
                found += [
                    Problem(f"{name}.{at}.{column}", text)
                    for at, column, typed in editor.texts()
                    if (text := text_trouble(typed, longest(column)))
                ]
            elif (text := text_trouble(_text_of(editor), longest(name))) or (
                isinstance(editor, DateField | NumberEntry | DecimalEntry | PickEntry)
                and (text := editor.trouble())
            ):
                found.append(Problem(name, text))
        unread = {p.field for p in found}
        return [*found, *(p for p in self.problems() if p.field not in unread)]

    def _show(self, found: Sequence[Problem]) -> None:
        """Put under each field that was visited the gravest of its problems, the first of these."""
        for name, box in self.boxes.items():
            if isinstance(box.editor, RowsField):
                box.editor.mark(_by_cell(name, found), everywhere=name in self._visited)
                continue
            own = sorted((p for p in found if p.field == name), key=lambda p: _WEIGHT.index(p.severity))
            if own and name in self._visited:
                box.say(own[0].text, SEVERITIES[own[0].severity])
            else:
                box.clear()
        count = sum(self.errors_in(name) for name in self.boxes)
        self.trouble.setText(f" 还有 {count} 处需要修改，转到第一处" if count else "")
        self.trouble.setVisible(bool(count))
        self.problems_shown()


def _application() -> QApplication:
    return cast("QApplication", QApplication.instance())


def _text_of(editor: QWidget) -> str:
    """Return what is typed in a field of text; of others nothing."""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    typed = getattr(editor, "text", None)
    return str(typed()) if callable(typed) and not isinstance(editor, QAbstractButton) else ""


def field_grid() -> QGridLayout:
    """Return an empty grid for fields in two equal columns."""
    made = QGridLayout()
    made.setHorizontalSpacing(20)
    made.setVerticalSpacing(14)
    made.setColumnStretch(0, 1)
    made.setColumnStretch(1, 1)
    return made


def _by_cell(name: str, found: Sequence[Problem]) -> dict[tuple[int, str], list[tuple[str, str]]]:
    """Return the problems of the list ``name`` by line and column: ``posts.0.unit`` at (0, "unit")."""
    cells: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for p in found:
        match p.field.split("."):
            case [of, line, column] if of == name:
                cells.setdefault((int(line), column), []).append((p.text, SEVERITIES[p.severity]))
    return cells


def _edits_of(editor: QWidget) -> list[SignalInstance]:
    """Return the signals that a field, or the ticks and choices in it, gives when the clerk changes it."""
    if (edited := getattr(editor, "edited", None)) is not None:
        return [cast("SignalInstance", edited)]
    if isinstance(editor, QLineEdit):
        return [editor.textEdited]
    if isinstance(editor, QComboBox):
        return [editor.editTextChanged if editor.isEditable() else editor.currentIndexChanged]
    if isinstance(editor, QPlainTextEdit):
        return [editor.textChanged]
    if isinstance(editor, QAbstractButton):
        return [editor.toggled]
    return [made.toggled for made in editor.findChildren(QAbstractButton)]
