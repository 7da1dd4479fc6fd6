"""机构改革: the forms in which an agency is renamed, merged into another, or ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QTableWidget, QWidget

from db.agencies.queries.in_time import TieRow
from db.agencies.rules.agencies import (
    AgencyEnd,
    EndDraft,
    Existing,
    Move,
    RenameDraft,
    Tie,
    end_problems,
    rename_problems,
)
from db.errors import Problem
from gui.forms.preview_table import fill_preview, preview_table, table_height
from gui.forms.short_form import ShortForm
from gui.widgets.fields import DateField, FieldBox
from gui.widgets.pickers import Picker

WIDE = 760


class RenameForm(ShortForm):
    """Another name from a day on; what was before that day keeps the old one."""

    def __init__(self, key: int, now: Existing, version: int, today: date, parent: QWidget) -> None:
        intro = f"{now.name}从启用之日起改用新名称，之前的案件、履职和统计仍显示原名称，按原名称也能搜到。"
        super().__init__("更名", "确认更名", parent, intro=intro)
        self.key, self._now, self._version, self._today = key, now, version, today
        self.name, self.short_name, self.paper = QLineEdit(now.name), QLineEdit(now.short_name), QLineEdit()
        self.from_on = DateField()
        self.from_on.set_date(today)
        self.add_field(FieldBox("新全称", self.name, "name", required=True), (0, 0), wide=True)
        self.add_field(FieldBox("新简称", self.short_name, "short_name", hint="不填则同全称"), (1, 0))
        self.add_field(FieldBox("启用日期", self.from_on, "from_on", required=True), (1, 1))
        self.add_field(
            FieldBox("批准文件", self.paper, "paper", hint="如 柯委编〔2026〕8号"), (2, 0), wide=True
        )
        self.watch_fields()
        self.name.selectAll()

    def draft(self) -> RenameDraft:
        """Return what is asked for."""
        return RenameDraft(
            name=self.name.text(),
            short_name=self.short_name.text(),
            from_on=self.from_on.day(),
            paper=self.paper.text(),
            version=self._version,
        )

    def problems(self) -> Sequence[Problem]:
        return rename_problems(self.draft(), self._now, self._today)


@dataclass(frozen=True, slots=True)
class EndOffers:
    """What the form of an end knows: other agencies, and how to look up who is bound to this one.

    ``look`` returns the ties on a day with what hinders each from going on with a successor, and that successor.
    """

    successors: tuple[tuple[str, object, tuple[str, ...]], ...]
    look: Callable[[date, int | None], tuple[list[TieRow], Existing | None]]
    open_cases: int


class EndForm(ShortForm):
    """The end of an agency: where its work goes, and what becomes of whoever is bound to it."""

    def __init__(
        self,
        key: int,
        now: Existing,
        version: int,
        offers: EndOffers,
        today: date,
        parent: QWidget,
    ) -> None:
        intro = f"{now.name}从所填之日起不再存在。之前的案件、履职、人员和统计都保留在原单位名下。" + (
            f"在办案件 {offers.open_cases} 件的被告不改动，并注明由谁继续。" if offers.open_cases else ""
        )
        super().__init__("撤并", "确认撤并", parent, intro=intro, width=WIDE)
        self.setObjectName("end_form")
        self.key, self._now, self._version, self._offers = key, now, version, offers
        self.kind = QComboBox()
        self.kind.addItems([kind.value for kind in AgencyEnd])
        self.successor = Picker(free=False)
        self.successor.set_items(offers.successors)
        self.ended_on, self.paper, self.reason = DateField(), QLineEdit(), QLineEdit()
        self.ended_on.set_date(today)
        self.table: QTableWidget = preview_table(
            "ties", ("类别", "人员或机构", "任职、文件和期限", "之后"), (120, 150, 250, 150)
        )
        self.table.setAccessibleName("人员和合同的去向")
        self._rows: list[TieRow] = []
        self._successor: Existing | None = None
        self._ticks: dict[tuple[Tie, int], QCheckBox] = {}
        self._unticked: set[tuple[Tie, int]] = set()
        self._lay_out()
        self.watch_fields()
        self._look()

    def draft(self) -> EndDraft:
        """Return what is asked for."""
        merged = self._kind() is AgencyEnd.MERGED
        return EndDraft(
            kind=self._kind(),
            ended_on=self.ended_on.day(),
            successor_id=self._successor_id() if merged else None,
            paper=self.paper.text(),
            reason=self.reason.text(),
            moves=tuple(Move(row.tie, row.key, goes_on=merged and self._goes_on(row)) for row in self._rows),
            version=self._version,
        )

    def problems(self) -> Sequence[Problem]:
        typed = self.successor.currentText().strip()
        found = end_problems(self.draft(), self._now, self.key, self._successor)
        if typed and self._successor_id() is None and self._kind() is AgencyEnd.MERGED:
            found = [p for p in found if p.field != "successor_id"]
            found.append(Problem("successor_id", f"没有找到“{typed}”，请从列表中选择。"))
        return found

    def mark_dirty(self, *changed: object) -> None:
        super().mark_dirty(*changed)
        self._look()

    def _kind(self) -> AgencyEnd:
        return AgencyEnd(self.kind.currentText())

    def _successor_id(self) -> int | None:
        value = self.successor.value()
        return value if isinstance(value, int) else None

    def _goes_on(self, row: TieRow) -> bool:
        return not row.hindrance and (row.tie, row.key) not in self._unticked

    def _lay_out(self) -> None:
        self.add_field(FieldBox("方式", self.kind, "kind"), (0, 0))
        self.add_field(FieldBox("自哪天起不再存在", self.ended_on, "ended_on", required=True), (0, 1))
        self.successor_box = FieldBox(
            "承接单位", self.successor, "successor_id", required=True, hint="可输入拼音首字母"
        )
        self.reason_box = FieldBox("原因", self.reason, "reason", hint="如 职能划归各镇街")
        self.add_field(self.successor_box, (1, 0))
        self.add_field(self.reason_box, (1, 1))
        self.add_field(
            FieldBox("批准文件", self.paper, "paper", hint="如 柯委编〔2026〕8号"), (2, 0), wide=True
        )
        self._grid.addWidget(self.table, 3, 0, 1, 2)

    def _look(self) -> None:
        """Look up again who is bound to the agency on the day that stands there."""
        day = self.ended_on.day()
        merged = self._kind() is AgencyEnd.MERGED
        self.successor.setEnabled(merged)
        if day is not None:
            self._rows, self._successor = self._offers.look(day, self._successor_id() if merged else None)
        self._show_ties(merged=merged)

    def _show_ties(self, *, merged: bool) -> None:
        self._ticks.clear()
        fill_preview(self.table, [((r.tie.value, r.who, r.term, ""), None) for r in self._rows])
        for at, tie in enumerate(self._rows):
            tick = QCheckBox("转入承接单位" if merged and not tie.hindrance else tie.hindrance or "终止")
            tick.setChecked(merged and self._goes_on(tie))
            tick.setEnabled(merged and not tie.hindrance)
            tick.setProperty("tie", at)
            tick.setAccessibleName(f"{tie.who} 转入承接单位")
            tick.toggled.connect(self._on_tick)
            self._ticks[tie.tie, tie.key] = tick
            self.table.takeItem(at, 3)
            self.table.setCellWidget(at, 3, tick)
        self.table.setVisible(bool(self._rows))
        self.table.setFixedHeight(table_height(len(self._rows)))

    def _on_tick(self, on: bool) -> None:
        tie = self._rows[int(self.sender().property("tie"))]
        if on:
            self._unticked.discard((tie.tie, tie.key))
        else:
            self._unticked.add((tie.tie, tie.key))


def words_of(draft: EndDraft, short_name: str, successor: str) -> str:
    """Return what the act is called: 区甲局并入区乙局, 撤销区甲局."""
    if draft.kind is AgencyEnd.MERGED:
        count = sum(move.goes_on for move in draft.moves)
        return f"{short_name}并入{successor}" + (f"，转入 {count} 项" if count else "")
    return f"{draft.kind.value}{short_name}"
