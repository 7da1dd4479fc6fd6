"""管辖规则: the dated rules that propose a court, as lines that the office may edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from db.errors import Conflict, Problem
from db.law.jurisdiction import AREAS, MATTERS, CourtRule, rule_problems
from db.office.acts.jurisdiction import save_court_rules
from db.office.queries.court_rules import court_rules
from db.office.queries.reference import CourtChoice, court_choices
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.draft_dialog import DraftDialog
from gui.widgets.basics import column, label
from gui.widgets.fields import FieldBox
from gui.widgets.rows_field import Kind, LineColumn, RowsField
from gui.widgets.scrolling import TallArea, stand

DAY = 128  # pixels that a date with its calendar takes
INTRO = (
    "登记案件时，程序按被告所在区域、案件类别和立案日期，从上到下取第一条符合的规则来建议受理法院；"
    "选择别的法院须写明理由。起止日期两头都算在内，空着表示不限。管辖调整时请添加新的一行，不要改动旧的，旧案仍按旧规则。"
)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as the lines hold it."""

    area: str = ""
    matter: str = ""
    from_on: date | None = None
    to_on: date | None = None
    court: str = ""
    basis: str = ""
    note: str = ""


class JurisdictionDialog(DraftDialog):
    """Edits the rules in their order."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("管辖规则", "保存", parent)
        self.setObjectName("jurisdiction_dialog")
        self.context = context
        with context.database.read() as session:
            rules, courts = court_rules(session), court_choices(session)
        self._read = rules
        self.rules = RowsField(RuleLine, _columns(rules, courts), "规则")
        self._scroll = TallArea()
        self._build()
        self.rules.set_value(
            RuleLine(r.area, r.matter, r.from_on, r.to_on, r.court, r.basis, r.note) for r in rules
        )
        self.watch_fields()
        self.submitted.connect(self._save)

    def draft(self) -> list[CourtRule]:
        """Return the rules as they stand."""
        return [
            CourtRule(x.from_on, x.to_on, x.area, x.matter, x.court, x.basis, x.note)
            for x in self.rules.value()
        ]

    def problems(self) -> Sequence[Problem]:
        return rule_problems(self.draft())

    def bring_into_view(self, part: QWidget) -> None:
        self._scroll.ensureWidgetVisible(part, 0, 60)

    def _save(self, _another: bool) -> None:
        rules, read = self.draft(), self._read

        def act(session: Any) -> None:
            save_court_rules(session, rules, read)

        perform(self.context, self, "修改管辖规则", act, self._done, self._refused)

    def _done(self, _: object) -> None:
        self.accept()
        self.context.desk.say("管辖规则已保存，可用 Ctrl+Z 撤销")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Conflict):  # said above the rules; who saves again has read it
            with self.context.database.read() as session:
                self._read = court_rules(session)
        if not self.show_refusal(error):
            self.context.errors.show(error, self)

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("scroll", True)
        self.add_field(FieldBox("规则（从上到下，先符合的先用）", self.rules, "rules"), (0, 0), wide=True)
        inner.setLayout(
            column(
                self.strip,
                label(INTRO, "second", wraps=True),
                self._grid,
                None,
                spacing=14,
                margins=(24, 20, 24, 20),
            )
        )
        self._scroll.setWidget(inner)
        foot = self.foot(has_next=False, hint="Ctrl+S 保存，Esc 取消")
        stand(self, column(self._scroll), foot, QSize(980, 780))


def _columns(rules: Sequence[CourtRule], courts: Sequence[CourtChoice]) -> tuple[LineColumn, ...]:
    known = {c.code: f"{c.short_name}（{c.code}）" for c in courts}
    used = {r.court: known.get(r.court, r.court) for r in rules}  # a court that is not on record stays
    anything: tuple[str, object] = ("不限", "")
    return (
        LineColumn("area", "被告区域", Kind.CHOICE, 128, (anything, *((a, a) for a in AREAS))),
        LineColumn("matter", "案件类别", Kind.CHOICE, 100, (anything, *((m, m) for m in MATTERS))),
        LineColumn("from_on", "立案日期自", Kind.DAY, DAY),
        LineColumn("to_on", "至", Kind.DAY, DAY),
        LineColumn("court", "受理法院", Kind.CHOICE, 0, tuple((w, c) for c, w in (known | used).items())),
        LineColumn("basis", "依据", Kind.TEXT, 0, (), "依据：法条或公告", below=True),
        LineColumn("note", "说明", Kind.TEXT, 0, (), "说明", below=True),
    )
