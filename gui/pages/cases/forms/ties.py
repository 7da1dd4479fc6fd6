"""The form in which a case is tied to others: the proceedings before it, and its series."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.cases.queries.detail import CaseDetail, InstanceLine
from db.errors import Problem
from gui.forms.short_form import ShortForm
from gui.widgets.entries import NameEntry
from gui.widgets.fields import FieldBox
from gui.widgets.lookup import Lookup

Find = Callable[[QObject, str, Callable[[Sequence[InstanceLine]], None]], None]
"""Finds cases for a form, in a worker, and calls back with them."""

PREVIOUS_HINT = "复议、一审、二审、再审依次关联，合并计为一件争议，统计取最终结果。"
SERIES_HINT = "不同原告对同一行为或者同类行为起诉的，填写同一个系列名称。"


def line_words(line: InstanceLine) -> str:
    """Return a case as pickers show it."""
    return f"{line.number}　{line.procedure.value}　{line.parties}"


class TiesForm(ShortForm):
    """Asks which proceedings came before, and for the series."""

    def __init__(self, detail: CaseDetail, find: Find, names: Sequence[str], parent: QWidget) -> None:
        super().__init__(
            "关联前一程序、系列案", "保存关联", parent,
            intro=f"{detail.row.number}　{detail.row.plaintiffs} 诉 {detail.row.defendants}", width=600,
        )  # fmt: skip
        self.case_id, self.version, self._find = detail.row.key, detail.version, find
        self.had_series = detail.row.series
        self.previous = Lookup("输入案号、当事人或者拼音首字母")
        self.series = NameEntry()
        self.series.set_items((name, name, ()) for name in names)
        before = next((i for i in detail.chain if i.key == detail.previous_id), None)
        if before is not None:
            self.previous.set_chosen(line_words(before), before.key)
        self.series.set_value(detail.row.series)
        self.add_field(
            FieldBox("前一程序", self.previous, "previous_id", optional=True, hint=PREVIOUS_HINT),
            (0, 0),
            wide=True,
        )
        self.add_field(
            FieldBox("系列案", self.series, "series", optional=True, hint=SERIES_HINT), (1, 0), wide=True
        )
        self.previous.asked.connect(self._look_up)
        self.previous.edited.connect(self.mark_dirty)
        self.watch_fields()

    def problems(self) -> Sequence[Problem]:
        text = self.previous.trouble()
        return [Problem("previous_id", text)] if text else []

    def _look_up(self, typed: str) -> None:
        self._find(self, typed, partial(offer_lines, self.previous, typed))


def offer_lines(field: Lookup, typed: str, lines: Sequence[InstanceLine]) -> None:
    """Offer the cases that were found for ``typed``."""
    field.offer(typed, [(line_words(line), line.key) for line in lines])
