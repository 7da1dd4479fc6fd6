"""Controls that offer words while one types: a list found by pinyin, and words as chips."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from gui.look.icons import icon
from gui.widgets.basics import button, clear, row, set_property

KEYS_ROLE = Qt.ItemDataRole.UserRole + 7
LONG = 3  # letters from which on a pinyin is looked for inside a name too, as in the search


class PinyinFilter(QSortFilterProxyModel):
    """Keeps the items whose text contains, or whose keys begin with, what was typed.

    Where ``inside`` is true, three letters or more are found inside a key too: zhzf in 区综合执法局. Not where new names
    may be typed: LIU would become a 王柳.
    """

    def __init__(self, *, inside: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typed, self._inside = "", inside

    def set_typed(self, typed: str) -> None:
        """Keep the items that this finds."""
        self.beginResetModel()
        self._typed = typed.strip().casefold()
        self.endResetModel()

    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex) -> bool:  # type: ignore[override] # the stub also allows persistent indexes
        index = self.sourceModel().index(source_row, 0, source_parent)
        keys = index.data(KEYS_ROLE) or ()
        return self._typed in str(index.data()).casefold() or any(self._fits(key) for key in keys)

    def _fits(self, key: str) -> bool:
        is_long = len(self._typed) >= LONG or not self._typed.isascii()
        return key.startswith(self._typed) or (self._inside and is_long and self._typed in key)


class Picker(QComboBox):
    """An editable list that narrows while one types 汉字 or the beginning of a pinyin."""

    def __init__(self, *, free: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._free = free
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self._filter = PinyinFilter(inside=not free, parent=self)
        self._filter.setSourceModel(self._items)
        completer = self._completer = QCompleter(self._filter, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._take)
        self.setCompleter(completer)
        self._list().installEventFilter(self)
        if entry := self.lineEdit():
            entry.textEdited.connect(self._filter.set_typed)

    def set_items(self, items: Iterable[tuple[str, object, Iterable[str]]]) -> None:
        """Offer (text, value, search keys); what is typed stays."""
        typed = self.currentText()
        self._items.clear()
        for text, value, keys in items:
            item = QStandardItem(text)
            item.setData(value, Qt.ItemDataRole.UserRole)
            item.setData(tuple(keys), KEYS_ROLE)
            self._items.appendRow(item)
        self.setCurrentIndex(self.findText(typed) if typed else -1)
        self.setEditText(typed)

    def value(self) -> object | None:
        """Return the value of the item whose text stands in the field."""
        at = self.findText(
            self.currentText().strip(), Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive
        )
        return self.itemData(at) if at >= 0 else None

    def set_value(self, value: object | None) -> None:
        """Show the item with this value, or nothing."""
        at = (
            next((i for i in range(self.count()) if self.itemData(i) == value), -1)
            if value is not None
            else -1
        )
        self.setCurrentIndex(at)
        if at < 0:
            self.setEditText("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        typed = self.currentText().strip()
        is_key = not self._free or typed.isascii()  # letters alone are the pinyin of a name
        if typed and is_key and self.findText(typed) < 0 and not self._list().isVisible():
            self._filter.set_typed(self.currentText())
            if self._filter.rowCount() == 1:
                self._take(str(self._filter.index(0, 0).data()))
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        popup = self._list()
        if watched is popup and (forward := _tab_of(event)) is not None:
            chosen = popup.currentIndex()
            popup.hide()
            if chosen.isValid():
                self._take(str(chosen.data()))
            self.focusNextPrevChild(forward)
            return True
        return super().eventFilter(watched, event)

    def _list(self) -> QAbstractItemView:
        """Return the list of what is found, which Qt makes when it is first asked for."""
        return cast("QAbstractItemView", self._completer.popup())  # type: ignore[redundant-cast,unused-ignore]

    def _take(self, text: str) -> None:
        self.setCurrentIndex(self.findText(text))
        self.setEditText(text)
        self.activated.emit(self.currentIndex())


def _tab_of(event: QEvent) -> bool | None:
    """Say whether an event is Tab (forward) or Shift+Tab, or neither: a list of offers must not swallow them."""
    if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
        return {Qt.Key.Key_Tab: True, Qt.Key.Key_Backtab: False}.get(Qt.Key(event.key()))
    return None


class TagField(QFrame):
    """A few words as chips, with a field to add more; Enter or 、 adds, Backspace takes the last away."""

    edited = Signal()

    def __init__(self, limit: int = 5, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        self._tags: list[str] = []
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self.entry = QLineEdit()
        self.entry.setPlaceholderText("输入后按回车添加")
        self.entry.setAccessibleName("添加")
        self.entry.installEventFilter(self)
        self.entry.textEdited.connect(self._on_typed)
        self.setFocusProxy(self.entry)
        self.setProperty("field", True)
        self._list = self.entry.addAction(
            icon("chevron-down", "tx2", 14), QLineEdit.ActionPosition.TrailingPosition
        )
        self._list.setToolTip("从列表中选择（↓）")
        self._list.triggered.connect(self.show_suggestions)
        layout = row(self._chips, self.entry, spacing=6, margins=(7, 0, 3, 0))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def set_suggestions(self, words: Iterable[str]) -> None:
        """Offer these words while one types."""
        completer = QCompleter(list(words), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._add, Qt.ConnectionType.QueuedConnection)
        self.entry.setCompleter(completer)
        cast("QAbstractItemView", completer.popup()).installEventFilter(self)  # type: ignore[redundant-cast,unused-ignore]

    def show_suggestions(self) -> None:
        """Show all the words on offer."""
        if completer := self.entry.completer():
            completer.setCompletionPrefix(self.entry.text())
            completer.complete()

    def tags(self) -> tuple[str, ...]:
        """Return the words, also the one that is being typed."""
        typed = self.entry.text().strip()
        return (*self._tags, typed) if typed and typed not in self._tags else tuple(self._tags)

    def set_tags(self, tags: Iterable[str]) -> None:
        """Show these words."""
        self._tags = list(tags)
        self.entry.clear()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        completer = self.entry.completer()
        if completer is not None and isinstance(watched, QAbstractItemView):
            return self._on_popup(watched, event) or super().eventFilter(watched, event)
        if watched is self.entry and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            set_property(self, "focused", event.type() is QEvent.Type.FocusIn)
        if watched is self.entry and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.show_suggestions()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.entry.text().strip():
                if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self._add(self.entry.text())
                    return True
            elif event.key() == Qt.Key.Key_Backspace and not self.entry.text() and self._tags:
                self._tags.pop()
                self._show()
                self.edited.emit()
                return True
        return super().eventFilter(watched, event)

    def _on_popup(self, popup: QAbstractItemView, event: QEvent) -> bool:
        """Let Enter add what was typed if nothing on offer is chosen, and Tab go on in any case."""
        chosen = popup.currentIndex()
        if (forward := _tab_of(event)) is not None:
            popup.hide()
            if chosen.isValid():
                self._add(str(chosen.data()))
            self.entry.focusNextPrevChild(forward)
            return True
        is_enter = (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        )
        if is_enter and not chosen.isValid():
            popup.hide()
            self._add(self.entry.text())
            return True
        return False

    def _on_typed(self, text: str) -> None:
        if text and text[-1] in "、，,；; ":
            self._add(text[:-1])
        self.edited.emit()

    def _add(self, text: str) -> None:
        word = text.strip()
        self.entry.clear()
        if word and word not in self._tags and len(self._tags) < self._limit:
            self._tags.append(word)
        self._show()
        self.edited.emit()

    def _remove(self) -> None:
        sender = self.sender()
        self._tags.remove(str(sender.property("tag")))
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        clear(self._chips)
        for tag in self._tags:
            made = button(f"{tag}  ×", "tag", "tag", tip=f"去掉 {tag}")
            made.setProperty("tag", tag)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keyboard, Backspace takes the last away
            made.clicked.connect(self._remove)
            self._chips.addWidget(made)
        self.entry.setVisible(len(self._tags) < self._limit)
