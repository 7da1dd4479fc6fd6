"""Controls for choosing and typing: segments, filters, labelled fields, dates."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCalendarWidget,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.formats.written_dates import WrongYear, nearest, read_day, read_month_day
from gui.look.icons import icon, pixmap
from gui.widgets.basics import align_top, label, row, set_property, stretch


class Segments(QWidget):
    """Saved views or small filters: one of a few is chosen; left and right arrows move.

    Where there is no room for all of them they fold into one button with a menu that says which is chosen.
    """

    chosen = Signal(str)

    def __init__(self, pairs: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        self._titles = dict(pairs)
        layout = row(spacing=0)
        last = len(pairs) - 1
        for at, (key, title) in enumerate(pairs):
            made = QToolButton()
            made.setText(title)
            made.setCheckable(True)
            made.setObjectName(f"{name}_{key}")
            made.setAccessibleName(title)
            made.setProperty(
                "seg", "only" if last == 0 else "first" if at == 0 else "last" if at == last else "mid"
            )
            made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self._group.addButton(made, at)
            self.buttons[key] = made
            layout.addWidget(made)
        self.folded = self._folded(name)
        layout.addWidget(self.folded)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        next(iter(self.buttons.values())).setChecked(True)
        self._group.idClicked.connect(self._tell)

    def current(self) -> str:
        """Return the key of the chosen segment."""
        return list(self.buttons)[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Choose a segment without telling."""
        self.buttons[key].setChecked(True)
        self._name_folded()

    def set_count(self, key: str, count: int | None) -> None:
        """Show how many there are behind a segment's name."""
        self.buttons[key].setText(self._titles[key] if count is None else f"{self._titles[key]}  {count}")
        self._name_folded()

    def sizeHint(self) -> QSize:
        sizes = [made.sizeHint() for made in self.buttons.values()]
        return QSize(sum(size.width() for size in sizes), max(size.height() for size in sizes))

    def minimumSizeHint(self) -> QSize:
        whole, folded = self.sizeHint(), self.folded.sizeHint()
        return QSize(min(whole.width(), folded.width()), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _folded(self, name: str) -> QPushButton:
        made = QPushButton()
        made.setObjectName(f"{name}_folded")
        made.setProperty("small", True)
        made.setProperty("hasMenu", True)
        made.setAutoDefault(False)
        menu = QMenu(made)
        menu.aboutToShow.connect(self._offer)
        made.setMenu(menu)
        made.hide()
        return made

    def _offer(self) -> None:
        """Offer in the menu what the segments say now."""
        menu = self.folded.menu()
        menu.clear()
        for made in self.buttons.values():
            action = menu.addAction(made.text())
            action.setCheckable(True)
            action.setChecked(made.isChecked())
            action.triggered.connect(made.click)

    def _name_folded(self) -> None:
        shown = self.buttons[self.current()].text()
        self.folded.setText(shown)
        self.folded.setAccessibleName(shown)
        self.updateGeometry()

    def _fold(self) -> None:
        is_narrow = self.width() < self.sizeHint().width()
        for made in self.buttons.values():
            made.setHidden(is_narrow)
        self.folded.setVisible(is_narrow)

    def _tell(self, at: int) -> None:
        self._name_folded()
        self.chosen.emit(list(self.buttons)[at])


class FilterButton(QPushButton):
    """A filter of a toolbar that reads “名称 值”; one value, or several, may be chosen."""

    changed = Signal()

    def __init__(self, title: str, name: str, *, many: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self.is_many = title, many
        self.setObjectName(name)
        self.setProperty("small", True)
        self.setProperty("hasMenu", True)
        self.setAutoDefault(False)
        self._menu = QMenu(self)
        self._menu.setObjectName(f"{name}_menu")
        self.setMenu(self._menu)
        self._menu.triggered.connect(self._on_triggered)
        self.set_options([])

    def set_options(self, options: Iterable[tuple[str, object]]) -> None:
        """Offer these (text, value) pairs below 全部; values chosen before stay chosen if still offered."""
        kept = self.values()
        self._menu.clear()
        self._all = self._menu.addAction("全部")
        self._all.setCheckable(True)
        self._menu.addSeparator()
        for text, value in options:
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.setData(value)
            action.setChecked(value in kept)
        self._show()

    def offered(self) -> list[object]:
        """Return all values that may be chosen."""
        return [a.data() for a in self._menu.actions() if a.data() is not None]

    def values(self) -> list[object]:
        """Return the chosen values; empty means all."""
        return [a.data() for a in self._menu.actions() if a.isChecked() and a.data() is not None]

    def value(self) -> object | None:
        """Return the one chosen value, or ``None`` for all."""
        return next(iter(self.values()), None)

    def choose(self, *values: object) -> None:
        """Choose values without telling."""
        for action in self._menu.actions():
            action.setChecked(action.data() is not None and action.data() in values)
        self._show()

    def _on_triggered(self, chosen: QAction) -> None:
        for action in self._menu.actions():
            is_other = action is not chosen and action is not self._all
            if chosen is self._all or (is_other and not self.is_many):
                action.setChecked(False)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        texts = [a.text() for a in self._menu.actions() if a.isChecked() and a.data() is not None]
        self._all.setChecked(not texts)
        shown = "全部" if not texts else "、".join(texts) if len(texts) <= 2 else f"{len(texts)} 项"  # noqa: PLR2004
        self.setText(f"  {self._title} {shown}")
        self.setAccessibleName(f"{self._title} {shown}")


class FilterField(QLineEdit):
    """The field that narrows a list while one types."""

    def __init__(self, hint: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(hint)
        self.setPlaceholderText(hint)
        self.setProperty("filter", True)
        self.setClearButtonEnabled(True)
        self.addAction(icon("list-filter", "tx2", 16), QLineEdit.ActionPosition.LeadingPosition)


class FieldBox(QWidget):
    """A field with its label above and a message below; the message says what is expected and what was found."""

    def __init__(
        self,
        title: str,
        editor: QWidget,
        name: str,
        *,
        required: bool = False,
        optional: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName(f"{name}_box")
        self.title, self.editor, self._hint, self._hint_kind = title, editor, hint, "hint"
        editor.setObjectName(name)
        editor.setAccessibleName(title)
        self._caption = label(title, "second")
        parts: list[QWidget | None] = [self._caption]
        if required:
            parts.append(label("*", "required"))
        if optional:
            parts.append(label("选填", "hint"))
        self._icon = QLabel()
        self.message = label(wraps=True)
        self.message.setObjectName(f"{name}_message")
        self._message_row = QWidget()
        self._message_row.setLayout(row(self._icon, self.message, spacing=5))
        stretch(self._message_row, 1, 1)
        align_top(self._message_row, self._icon)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._head = row(*parts, None, spacing=4)
        layout.addLayout(self._head)
        layout.addWidget(editor)
        layout.addWidget(self._message_row)
        layout.addStretch(1)
        self.severity = ""
        self.clear()

    def say(self, text: str, severity: str) -> None:
        """Show a message below the field; ``severity`` is error, warning or hint."""
        self.severity = severity if text else ""
        self.message.setText(text)
        set_property(self.message, "message", severity)
        name, token = {"error": ("circle-alert", "dg"), "warning": ("triangle-alert", "wn")}.get(
            severity, ("", "")
        )
        self._icon.setVisible(bool(name))
        if name:
            self._icon.setPixmap(pixmap(name, token, 13, 2.0))
        self._message_row.setVisible(bool(text))
        set_property(self.editor, "invalid", severity == "error")

    def clear(self) -> None:
        """Show the hint again, if there is one."""
        self.say(self._hint, self._hint_kind)
        self.severity = ""

    def set_title(self, title: str) -> None:
        """Change what the field is called."""
        self.title = title
        self._caption.setText(title)
        self.editor.setAccessibleName(title)

    def let_grow(self) -> None:
        """Let the field itself take the height that is left."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretchFactor(self.editor, 1)
            layout.setStretch(layout.count() - 1, 0)

    def add_beside_title(self, part: QWidget) -> None:
        """Put something at the right end of the label's line."""
        self._head.addWidget(part)

    def add_below(self, part: QWidget) -> None:
        """Put something below the message."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, part)

    def set_hint(self, text: str, kind: str = "hint") -> None:
        """Change what stands below the field when nothing is wrong; ``kind`` is hint, ok or warning."""
        if (text, kind) != (self._hint, self._hint_kind):
            self._hint, self._hint_kind = text, kind
            if not self.severity:
                self.clear()


class DateField(QLineEdit):
    """A date as clerks type it: 2026-12-01, 20261201, 2026.12.1, 2026年12月1日; what is not understood stays."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("年-月-日")
        self._calendar: QCalendarWidget | None = None
        self.pick = self.addAction(icon("calendar", "tx2", 16), QLineEdit.ActionPosition.TrailingPosition)
        self.pick.setToolTip("从日历中选择（Alt+↓）")
        self.pick.triggered.connect(self.show_calendar)
        self.editingFinished.connect(self._tidy)
        self.textEdited.connect(self._on_edited)

    def day(self) -> date | None:
        """Return the date, or ``None`` if the field is empty or not understood."""
        return parse_date(self.text())

    def is_understood(self) -> bool:
        """Say whether the field is empty or holds a date."""
        return not self.text().strip() or self.day() is not None

    def trouble(self) -> str:
        """Say what is wrong with a text that is no date, or nothing."""
        if self.is_understood():
            return ""
        try:
            read_day(self.text(), whole=True)
        except WrongYear as slip:
            return str(slip)
        except ValueError:
            pass
        return f"看不懂这个日期，应写成 2026-12-01 的样子，现为“{self.text()}”。"

    def set_date(self, day: date | None) -> None:
        """Show a date."""
        self.setText(day.isoformat() if day else "")

    def show_calendar(self) -> None:
        """Open the calendar below the field."""
        if self._calendar is None:
            self._calendar = QCalendarWidget(self)
            self._calendar.setWindowFlag(Qt.WindowType.Popup)
            self._calendar.setGridVisible(False)
            self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
            self._calendar.clicked.connect(self._picked)
            self._calendar.activated.connect(self._picked)
        day = self.day() or date.today()  # noqa: DTZ011 - a calendar opens on the local month
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.move(self.mapToGlobal(self.rect().bottomLeft()))
        self._calendar.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_calendar()
        else:
            super().keyPressEvent(event)

    def _picked(self, day: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        self.set_date(date(day.year(), day.month(), day.day()))
        self.setFocus()
        self.edited.emit()

    def _tidy(self) -> None:
        if day := self.day():
            self.set_date(day)

    def _on_edited(self, _text: str) -> None:
        self.edited.emit()


def parse_date(text: str) -> date | None:
    """Return the date that ``text`` means, or ``None``; 12.22 and 1222 mean the nearest such day, which is then shown."""
    try:
        return read_day(text, whole=True)
    except WrongYear:
        return None
    except ValueError:
        short = read_month_day(text)
    return nearest(*short, date.today()) if short else None  # noqa: DTZ011 - a clerk types local days
