"""Controls for one value each, which all answer alike: ``value``, ``set_value``, ``is_blank``, ``trouble``, ``edited``.

``trouble`` says what cannot be understood of what was typed, or nothing; what was typed stays.
"""

import math
from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from db.formats.storable import whole_number
from gui.widgets.fields import DateField
from gui.widgets.pickers import Picker

Item = tuple[str, object, Iterable[str]]  # text, value, search keys


class Entry(Protocol):
    """What every control here can do; each is a ``QWidget`` too."""

    edited: SignalInstance

    def value(self) -> object: ...

    def set_value(self, value: object) -> None: ...

    def is_blank(self) -> bool: ...

    def trouble(self) -> str: ...


class TextEntry(QLineEdit):
    """A few words."""

    edited = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self._tell)

    def value(self) -> object:
        return self.text()

    def set_value(self, value: object) -> None:
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def is_blank(self) -> bool:
        return not self.text().strip()

    def trouble(self) -> str:
        return ""

    def _tell(self, _text: str) -> None:
        self.edited.emit()


class NumberEntry(TextEntry):
    """A whole number, or nothing."""

    def value(self) -> object:
        return self.number()

    def number(self) -> int | None:
        """Return the number, or ``None`` if the field is empty or holds something else."""
        typed = self.text().strip().removesuffix("件").strip()
        return whole_number(typed)

    def trouble(self) -> str:
        if self.is_blank() or self.number() is not None:
            return ""
        return f"应填写整数，现为“{self.text().strip()}”。"


class DayEntry(DateField):
    """A date as clerks type it."""

    def value(self) -> object:
        return self.day()

    def set_value(self, value: object) -> None:
        self.setText("" if value is None else str(value))

    def is_blank(self) -> bool:
        return not self.text().strip()


class ChoiceEntry(QComboBox):
    """One of a few; nothing is chosen until the clerk chooses, and the wheel only scrolls the form."""

    edited = Signal()

    def __init__(
        self,
        choices: Iterable[tuple[str, object]],
        title: str = "",
        *,
        nothing: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``nothing`` is what stands for no choice where one may be left out; else one must be made."""
        super().__init__(parent)
        self._title, self._may_be_blank = title, bool(nothing)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(2)
        offered = [*([(nothing, None)] if nothing else []), *choices]
        self.addItems([text for text, _ in offered])
        self._values = [value for _, value in offered]  # Qt would keep an enum's member as its bare text
        self.setPlaceholderText("请选择")
        self.setCurrentIndex(0 if nothing else -1)
        self.currentIndexChanged.connect(self._on_changed)

    def offer(self, choices: Iterable[tuple[str, object]]) -> None:
        """Offer other choices; what was chosen is chosen no more, and nobody is told."""
        self.blockSignals(True)
        lead = [(self.itemText(0), None)] if self._may_be_blank else []
        offered = [*lead, *choices]
        self.clear()
        self.addItems([text for text, _ in offered])
        self._values = [value for _, value in offered]
        self.setCurrentIndex(0 if self._may_be_blank else -1)
        self.blockSignals(False)

    def value(self) -> object:
        """Return what is chosen, or ``None``."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def set_value(self, value: object) -> None:
        values = self._values
        self.setCurrentIndex(values.index(value) if value in values else -1)
        if value is None and self._may_be_blank:
            self.setCurrentIndex(0)

    def is_blank(self) -> bool:
        return self.value() is None

    def trouble(self) -> str:
        return f"请选择{self._title}。" if self.is_blank() and not self._may_be_blank else ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
        super().showPopup()

    def _on_changed(self, _at: int) -> None:
        self.setToolTip(self.currentText())
        self.edited.emit()


class TickEntry(QCheckBox):
    """Yes or no; a no counts as blank."""

    edited = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.toggled.connect(self._tell)

    def value(self) -> object:
        return self.isChecked()

    def set_value(self, value: object) -> None:
        self.setChecked(bool(value))

    def is_blank(self) -> bool:
        return not self.isChecked()

    def trouble(self) -> str:
        return ""

    def _tell(self, _on: bool) -> None:
        self.edited.emit()


class KeyEntry(QWidget):
    """Which stored record a line is; nobody sees or changes it, and by itself it makes no record."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: object = None
        self.hide()

    def value(self) -> object:
        return self._value

    def set_value(self, value: object) -> None:
        self._value = value

    def is_blank(self) -> bool:
        return True

    def trouble(self) -> str:
        return ""


class NameEntry(Picker):
    """A name, one of those on offer or a new one; ``left`` is told when the focus has gone and the name is whole."""

    edited = Signal()
    left = Signal(QWidget)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(free=True, parent=parent)
        if entry := self.lineEdit():
            entry.setPlaceholderText(placeholder)
        self.editTextChanged.connect(self._tell)

    def value(self) -> object:
        return self.currentText()

    def text(self) -> str:
        """Return the name as it stands."""
        return self.currentText()

    def set_value(self, value: object) -> None:
        self.setEditText("" if value is None else str(value))

    def is_blank(self) -> bool:
        return not self.currentText().strip()

    def trouble(self) -> str:
        return ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit(self)

    def _tell(self, _text: str) -> None:
        self.edited.emit()


class DecimalEntry(TextEntry):
    """A number that may have decimals, or nothing."""

    def value(self) -> object:
        return self.number()

    def set_value(self, value: object) -> None:
        super().set_value(f"{value:g}" if isinstance(value, float) else value)

    def number(self) -> float | None:
        """Return the number, or ``None`` if the field is empty or holds something else."""
        typed = self.text().strip().replace(",", "").replace("，", "").replace("。", ".")
        try:
            found = float(typed)
        except ValueError:
            return None
        return found if math.isfinite(found) else None

    def trouble(self) -> str:
        if self.is_blank() or self.number() is not None:
            return ""
        return f"应填写数字，现为“{self.text().strip()}”。"


class PickEntry(Picker):
    """One record of those on offer, found by name or pinyin; its value is the record's id."""

    edited = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(free=False, parent=parent)
        if entry := self.lineEdit():
            entry.setPlaceholderText(placeholder)
        self.editTextChanged.connect(self._tell)

    def key(self) -> int | None:
        """Return the id of what stands in the field."""
        value = self.value()
        return value if isinstance(value, int) else None

    def text(self) -> str:
        """Return what stands in the field."""
        return self.currentText()

    def is_blank(self) -> bool:
        return not self.currentText().strip()

    def trouble(self) -> str:
        if self.is_blank() or self.key() is not None:
            return ""
        return f"列表中没有“{self.currentText().strip()}”，请从列表选择。"

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _tell(self, _text: str) -> None:
        self.edited.emit()
