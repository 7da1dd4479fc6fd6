"""As of which day: a slider over the months, a field for the exact day, and the way back to today."""

from calendar import monthrange
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSlider, QWidget

from gui.widgets.basics import badge, button, label, row, set_property
from gui.widgets.fields import DateField

MONTHS = 36


def month_end(day: date, back: int) -> date:
    """Return the last day of the month that lies ``back`` months before the month of ``day``."""
    months = day.year * 12 + day.month - 1 - back
    year, month = divmod(months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


class MonthBar(QWidget):
    """Chooses the day; the slider stands on today at its right end and on the last day of a month elsewhere."""

    changed = Signal()

    def __init__(self, name: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._today = today
        self._day = today
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName(f"{name}_slider")
        self.slider.setAccessibleName("截至哪个月，左右方向键移动")
        self.slider.setRange(0, MONTHS)
        self.slider.setValue(MONTHS)
        self.slider.setPageStep(12)
        self.slider.setFixedWidth(148)
        self.field = DateField()
        self.field.setObjectName(f"{name}_day")
        self.field.setAccessibleName("截至日期")
        self.field.setProperty("filter", True)
        self.field.setFixedWidth(120)
        self.field.set_date(today)
        self.trouble = label("", "caption")
        set_property(self.trouble, "message", "error")
        self.trouble.hide()
        first = month_end(today, MONTHS)
        self.slider.setToolTip(f"{first:%Y-%m} 至今天，每格一个月")
        self.mark = badge("不是今天", "wn")
        self.to_today = button("回到今天", f"{name}_to_today", "link")
        self.mark.hide()
        self.to_today.hide()
        self.setLayout(
            row(
                label("截至", "second"),
                self.field,
                self.slider,
                self.mark,
                self.to_today,
                self.trouble,
                spacing=6,
            )
        )
        self.slider.valueChanged.connect(self._on_slider)
        self.field.editingFinished.connect(self._on_field)
        self.field.edited.connect(self._on_picked)
        self.field.installEventFilter(self)
        self.to_today.clicked.connect(self.back_to_today)

    @property
    def day(self) -> date:
        """The day chosen."""
        return self._day

    @property
    def is_today(self) -> bool:
        """Whether that is today."""
        return self._day == self._today

    def choose(self, day: date) -> None:
        """Choose a day and tell, if it is another."""
        if day != self._day:
            self._day = day
            self.show_day()
            self.changed.emit()

    def back_to_today(self) -> None:
        """Choose today again."""
        self.choose(self._today)

    def set_today(self, today: date) -> None:
        """Follow the calendar when a new day begins; who looks at today goes on looking at today."""
        was_today = self.is_today
        self._today = today
        if was_today:
            self._day = today
        self.show_day()

    def show_day(self) -> None:
        """Show the day in slider and field, without telling."""
        back = (self._today.year - self._day.year) * 12 + self._today.month - self._day.month
        self.slider.blockSignals(True)
        self.slider.setValue(min(max(MONTHS - back, 0), MONTHS))
        self.slider.blockSignals(False)
        self.field.set_date(self._day)
        self.mark.setText("不是今天" if self._day < self._today else "尚未到来")
        self.mark.setVisible(not self.is_today)
        self.to_today.setVisible(not self.is_today)
        self._say("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.show_day()
            return True
        return super().eventFilter(watched, event)

    def _on_slider(self, value: int) -> None:
        back = MONTHS - value
        self.choose(self._today if back == 0 else month_end(self._today, back))

    def _on_picked(self) -> None:
        """Take a day picked from the calendar at once; one that is typed waits until the field is left."""
        if not self.field.isModified() and self.field.day() is not None:
            self._on_field()

    def _on_field(self) -> None:
        day = self.field.day()
        if day is None:
            self._say(self.field.trouble() or "请填写日期，如 2026-06-30。")
        else:
            self._say("")
            self.choose(day)

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        set_property(self.field, "invalid", bool(text))
