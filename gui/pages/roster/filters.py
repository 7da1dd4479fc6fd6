"""The filters of the roster: what they are, how a saved view keeps them, and as of which day the roster is shown."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QWidget

from db.errors import Problem
from db.roster.queries.roster import RosterFilter
from db.roster.rules.lawyers import Standing
from gui.forms.short_form import ShortForm
from gui.widgets.fields import DateField, FieldBox, FilterButton, FilterField
from gui.widgets.flow import flow

FIRST_DAY = date(1990, 1, 1)  # 行政诉讼法 came into force in this year; no roster is older


class RosterFilters(QObject):
    """Text, standing, field, firm, 只看可承办; they combine with *and*."""

    changed = Signal()

    def __init__(self, text: FilterField, parent: QObject) -> None:
        super().__init__(parent)
        self.text = text
        self.standing = FilterButton("状态", "roster_standing", many=True)
        self.speciality = FilterButton("专业领域", "roster_speciality", many=True)
        self.firm = FilterButton("律所", "roster_firm", many=True)
        self.assignable = QCheckBox("只看可承办")
        self.assignable.setObjectName("roster_assignable")
        self.assignable.setToolTip("不显示暂停、届满、解聘和在办已满的顾问")
        self.standing.set_options((s.value, s.value) for s in Standing)
        for made in (self.standing, self.speciality, self.firm):
            made.changed.connect(self.changed)
        self.assignable.clicked.connect(self._on_assignable)

    def bar(self, *more: QWidget) -> QWidget:
        """Return the controls side by side, with ``more`` after them."""
        self.text.setFixedWidth(140)
        return flow(self.text, self.standing, self.speciality, self.firm, self.assignable, *more, spacing=6)

    def wanted(self, *, of_past: bool) -> RosterFilter:
        """Return what is asked for; ``of_past`` leaves out who was not in the pool on that day."""
        return RosterFilter(
            text=self.text.text(),
            in_pool_only=of_past,
            standings=frozenset(Standing(str(v)) for v in self.standing.values()),
            specialities=frozenset(map(str, self.speciality.values())),
            firms=frozenset(map(str, self.firm.values())),
            assignable_only=self.assignable.isChecked(),
        )

    def offer(self, firms: Iterable[str], specialities: Iterable[str]) -> None:
        """Offer these firms and fields; what was chosen stays chosen, also if nobody has it any more."""
        for made, words in ((self.firm, firms), (self.speciality, specialities)):
            kept = [str(v) for v in made.values()]
            made.set_options((word, word) for word in dict.fromkeys((*words, *kept)))

    def state(self) -> dict[str, Any]:
        """Return what is chosen, for a saved view."""
        return {
            "text": self.text.text().strip(),
            "standings": [str(v) for v in self.standing.values()],
            "specialities": sorted(str(v) for v in self.speciality.values()),
            "firms": sorted(str(v) for v in self.firm.values()),
            "assignable": self.assignable.isChecked(),
        }

    def apply(self, state: dict[str, Any]) -> None:
        """Choose what a saved view kept, without telling."""
        self.text.blockSignals(True)
        self.text.setText(str(state.get("text", "")))
        self.text.blockSignals(False)
        for made, key in (
            (self.standing, "standings"),
            (self.speciality, "specialities"),
            (self.firm, "firms"),
        ):
            wanted = [str(word) for word in state.get(key) or ()]
            if made is not self.standing:
                words = dict.fromkeys((*map(str, made.offered()), *wanted))
                made.set_options((word, word) for word in words)
            made.choose(*wanted)
        self.assignable.setChecked(bool(state.get("assignable")))

    def clear(self) -> None:
        """Show everybody again, without telling."""
        self.apply({})

    def are_set(self) -> bool:
        """Say whether anything is filtered."""
        return any(self.state().values())

    def _on_assignable(self, _checked: bool) -> None:
        self.changed.emit()


class AsOfButton(QPushButton):
    """Chooses the day as of which the roster is shown; reads 截至 今天."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setObjectName("roster_as_of")
        self.setProperty("small", True)
        self.setProperty("hasMenu", True)
        self.setAutoDefault(False)
        self.setToolTip("查看过去某一天的名册")
        self.day: date | None = None
        self._today = today
        menu = QMenu(self)
        menu.addAction("今天")
        for year in range(today.year - 1, today.year - 4, -1):
            menu.addAction(f"{year} 年底").setData(date(year, 12, 31).isoformat())
        menu.addSeparator()
        menu.addAction("其他日期…").setData("ask")
        menu.triggered.connect(self._on_chosen)
        self.setMenu(menu)
        self.show_day(None)

    def choose(self, day: date | None) -> None:
        """Show the roster of ``day``, or of today; tells."""
        self.show_day(None if day == self._today else day)
        self.changed.emit()

    def back_to_today(self) -> None:
        """Show the present roster again."""
        self.choose(None)

    def show_day(self, day: date | None) -> None:
        """Show which day is chosen."""
        self.day = day
        text = f"截至 {day or '今天'}"
        self.setText(f"  {text}")
        self.setAccessibleName(text)

    def _on_chosen(self, action: QAction) -> None:
        data = action.data()
        if data == "ask":
            form = DayForm(self.day, self._today, self.window())
            form.submitted.connect(self._on_day)
            form.open()
        else:
            self.choose(date.fromisoformat(data) if data else None)

    def _on_day(self, _another: bool) -> None:
        form = self.sender()
        if isinstance(form, DayForm):
            day = form.day.day()
            form.accept()
            self.choose(day)


class DayForm(ShortForm):
    """Asks for the day as of which the roster is to be shown."""

    def __init__(self, day: date | None, today: date, parent: QWidget) -> None:
        super().__init__(
            "查看某日的名册",
            "查看名册",
            parent,
            intro="显示当天在聘、暂停或已届满的顾问，只能查看，不能修改。",
            width=420,
        )
        self._today = today
        self.day = DateField()
        self.add_field(FieldBox("截至日期", self.day, "as_of", required=True), (0, 0))
        self.day.set_date(day)
        self.watch_fields()

    def problems(self) -> list[Problem]:
        day = self.day.day()
        if day is None:
            return [Problem("as_of", "请填写日期，如 2025-03-01。")]
        if not FIRST_DAY <= day <= self._today:
            return [Problem("as_of", f"应在 {FIRST_DAY} 至今天 {self._today} 之间，现为 {day}。")]
        return []
