"""The parameters of a report: only those that it takes are shown."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QWidget,
)

from db.catalogue.reports import BY, Asks, Parameters
from gui.context import Context
from gui.widgets.basics import column, label, row
from gui.widgets.fields import DateField, FieldBox, Segments

SPANS = (("month", "本月"), ("quarter", "本季"), ("year", "本年"), ("own", "自定"))
EVERYBODY = "不勾选为全部"


class ParameterPanel(QWidget):
    """Asks for what a report takes; ``changed`` is told after every change."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._asks: frozenset[Asks] = frozenset()
        self.span = Segments(SPANS, "report_span")
        self.from_on, self.to_on = DateField(), DateField()
        self.as_of, self.issued_on = DateField(), DateField()
        self.year = QSpinBox()
        self.by, self.firm, self.agency = QComboBox(), QComboBox(), QComboBox()
        self.people = QListWidget()
        self.with_agencies, self.with_cases = QCheckBox("按被告单位汇总"), QCheckBox("逐案明细")
        self.unmasked = QCheckBox("显示完整号码（记入操作记录）")
        self.maker, self.reviewer = QLineEdit(), QLineEdit()
        self._parts: dict[Asks, QWidget] = {}
        self._build()
        self._connect()

    def ask_for(self, asks: frozenset[Asks]) -> None:
        """Show the controls for these parameters."""
        self._asks = asks
        for key, part in self._parts.items():
            part.setVisible(key in asks)

    def parameters(self) -> Parameters | None:
        """Return what is asked for, or ``None`` if a date is not understood."""
        today = self.context.today()
        from_on, to_on = self.from_on.day(), self.to_on.day()
        as_of, issued_on = self.as_of.day(), self.issued_on.day()
        days = {Asks.PERIOD: (from_on, to_on), Asks.AS_OF: (as_of,)}
        is_unclear = (
            issued_on is None and bool(self.issued_on.text().strip()) and Asks.ISSUED_ON in self._asks
        )
        if is_unclear or any(None in given for key, given in days.items() if key in self._asks):
            return None
        return Parameters(
            from_on=from_on or date(today.year, 1, 1),
            to_on=to_on or today,
            today=today,
            by=str(self.by.currentData()),
            firm=str(self.firm.currentData() or "") if Asks.FIRM in self._asks else "",
            agency=str(self.agency.currentData() or "") if Asks.AGENCY in self._asks else "",
            with_agencies=self.with_agencies.isChecked(),
            with_cases=self.with_cases.isChecked(),
            maker=self.maker.text().strip(),
            reviewer=self.reviewer.text().strip(),
            as_of=as_of if Asks.AS_OF in self._asks else None,
            year=self.year.value(),
            issued_on=issued_on,
            ids=self.chosen() if Asks.IDS in self._asks else (),
            unmasked=self.unmasked.isChecked(),
        )

    def chosen(self) -> tuple[int, ...]:
        """Return the keys of the people ticked."""
        items = (self.people.item(at) for at in range(self.people.count()))
        return tuple(
            int(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def choose(self, keys: Sequence[int]) -> None:
        """Tick these people and nobody else, without telling."""
        self.people.blockSignals(True)
        for at in range(self.people.count()):
            item = self.people.item(at)
            is_chosen = item.data(Qt.ItemDataRole.UserRole) in keys
            item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        self.people.blockSignals(False)

    def offer(self, firms: Sequence[str], agencies: Sequence[str], people: Sequence[tuple[int, str]]) -> None:
        """Offer these firms, agencies and people; what was chosen stays chosen."""
        for choice, everything, words in (
            (self.firm, f"全部 {len(firms)} 家", firms),
            (self.agency, f"全部 {len(agencies)} 个", agencies),
        ):
            kept = choice.currentData()
            choice.blockSignals(True)
            choice.clear()
            choice.addItem(everything, "")
            for word in words:
                choice.addItem(word, word)
            choice.setCurrentIndex(max(choice.findData(kept), 0))
            choice.blockSignals(False)
        ticked = self.chosen()
        self.people.blockSignals(True)
        self.people.clear()
        for key, name in people:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.people.addItem(item)
        self.people.blockSignals(False)
        self.choose(ticked)

    def reset(self) -> None:
        """Go back to what the page begins with."""
        for choice in (self.by, self.firm, self.agency):
            choice.setCurrentIndex(0)
        self.with_agencies.setChecked(True)
        self.with_cases.setChecked(True)
        self.unmasked.setChecked(False)
        self.choose(())
        today = self.context.today()
        self.as_of.set_date(today)
        self.issued_on.set_date(None)
        self.year.setValue(today.year)
        self.span.choose("year")
        self._on_span("year")

    def remember(self) -> None:
        """Keep who made and who reviewed for the next start."""
        self.context.preferences.setValue("reports/maker", self.maker.text())
        self.context.preferences.setValue("reports/reviewer", self.reviewer.text())

    def _build(self) -> None:
        for key, title in BY.items():
            self.by.addItem(title, key)
        today = self.context.today()
        self.span.choose("year")
        self.from_on.set_date(date(today.year, 1, 1))
        for field, day, name in (
            (self.from_on, date(today.year, 1, 1), "统计期间起"),
            (self.to_on, today, "统计期间止"),
        ):
            field.set_date(day)
            field.setFixedWidth(112)
            field.setAccessibleName(name)
        for field in (self.as_of, self.issued_on):
            field.setMaximumWidth(140)
        self.as_of.set_date(today)
        self.year.setRange(2000, today.year + 1)
        self.year.setValue(today.year)
        self.year.setSuffix(" 年")
        self.year.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.year.setMaximumWidth(140)
        self.people.setProperty("checks", True)
        self.people.setMinimumHeight(160)
        self.with_agencies.setChecked(True)
        self.with_cases.setChecked(True)
        self.unmasked.setObjectName("report_unmasked")
        preferences = self.context.preferences
        self.maker.setText(str(preferences.value("reports/maker", "")) or self.context.database.clerk)
        self.reviewer.setText(str(preferences.value("reports/reviewer", "")))
        dates = row(self.from_on, label("至", "second"), self.to_on, None, spacing=6)
        signers = row(
            FieldBox("制表人", self.maker, "report_maker"),
            FieldBox("审核人", self.reviewer, "report_reviewer"),
        )
        self._parts = {
            Asks.PERIOD: _part(column(label("统计期间", "second"), self.span, dates, spacing=10)),
            Asks.AS_OF: FieldBox("截至日期", self.as_of, "report_as_of"),
            Asks.ISSUED_ON: FieldBox(
                "签发日期", self.issued_on, "report_issued_on", hint="不填则用编号当天的日期，重印不变。"
            ),
            Asks.YEAR: FieldBox("年度", self.year, "report_year"),
            Asks.BY: FieldBox("统计口径", self.by, "report_by"),
            Asks.FIRM: FieldBox("律师事务所", self.firm, "report_firm"),
            Asks.AGENCY: FieldBox("被告单位", self.agency, "report_agency"),
            Asks.IDS: FieldBox("顾问", self.people, "report_people", hint=EVERYBODY),
            Asks.ANNEXES: _part(
                column(label("附表", "second"), self.with_agencies, self.with_cases, spacing=10)
            ),
            Asks.UNMASKED: self.unmasked,
            Asks.SIGNERS: _part(signers),
        }
        self.setLayout(column(*self._parts.values(), spacing=10))

    def _connect(self) -> None:
        self.span.chosen.connect(self._on_span)
        for field in (self.from_on, self.to_on):
            field.edited.connect(self._on_date)
        for field in (self.as_of, self.issued_on):
            field.edited.connect(self.changed)
        self.year.valueChanged.connect(self.changed)
        for choice in (self.by, self.firm, self.agency):
            choice.currentIndexChanged.connect(self.changed)
        for box in (self.with_agencies, self.with_cases, self.unmasked):
            box.toggled.connect(self.changed)
        self.people.itemChanged.connect(self.changed)
        for text in (self.maker, self.reviewer):
            text.textEdited.connect(self.changed)

    def _on_span(self, key: str) -> None:
        today = self.context.today()
        starts = {
            "month": date(today.year, today.month, 1),
            "quarter": date(today.year, (today.month - 1) // 3 * 3 + 1, 1),
            "year": date(today.year, 1, 1),
        }
        if key in starts:
            self.from_on.set_date(starts[key])
            self.to_on.set_date(today)
            self.changed.emit()
        else:
            self.from_on.setFocus()

    def _on_date(self) -> None:
        self.span.choose("own")
        self.changed.emit()


def _part(layout: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)

    return made
