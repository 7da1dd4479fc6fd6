"""The tabs 在办案件, 会商, 评价 and 变更记录 of a lawyer's panel."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from db.assignment.queries.ratings import RatingLine
from db.consultations.queries.consulted import Consulted
from db.formats import numbers
from db.office.queries.history import ActLine
from db.performance.queries.lines import RecordLine
from db.roster.queries.lawyers import CaseLine
from db.services.rules.services import BEST
from gui.pages.roster.panel.overview import case_line
from gui.tables.cell_label import CellLabel
from gui.tables.cells import Badge
from gui.widgets.basics import button, chip, clear, column, label, line, row
from gui.widgets.panels import ElidedLabel, facts_of, section


class RecordTab(QWidget):
    """A column of sections that is filled anew for each lawyer."""

    case_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.body = QVBoxLayout()
        self.setLayout(column(self.body, None, spacing=0, margins=(0, 0, 0, 16)))

    def show_sections(self, sections: Sequence[QLayout]) -> None:
        """Show these sections with a line between them."""
        clear(self.body)
        self.body.setSpacing(0)
        for at, part in enumerate(sections):
            if at:
                self.body.addWidget(line())
            self.body.addLayout(part)

    def _case_link(self, case_id: int, number: str) -> QWidget:
        link = button(numbers.short_case_number(number), "record_case", "link", tip=f"打开案件 {number}")
        link.setAccessibleName(f"打开案件 {number}")
        link.setProperty("case", case_id)
        link.clicked.connect(self._on_case)
        return link

    def _on_case(self) -> None:
        self.case_asked.emit(int(self.sender().property("case")))


class CasesTab(RecordTab):
    """The running cases, each with its nearest day."""

    def show_cases(self, cases: Sequence[CaseLine], today: date) -> None:
        """Show all running cases."""
        if not cases:
            self.show_sections([section("", "", [label("现在没有在办案件", "second")])])
            return
        lines = [
            column(
                case_line(case, today, self._on_case),
                row(chip(case.role), label(case.number, "caption", selectable=True), None, spacing=6),
                spacing=2,
            )
            for case in cases
        ]
        self.show_sections([section("在办案件", f"{len(cases)} 件", lines)])


class ServicesTab(RecordTab):
    """Consultations, then all other services, by year; entered, changed and removed from here."""

    enter_asked = Signal()
    edit_asked = Signal(int)
    remove_asked = Signal(int, str)
    consultation_asked = Signal(int)

    def show_services(
        self, consultations: Sequence[RecordLine], others: Sequence[RecordLine], share: Consulted
    ) -> None:
        """Show what was done, the latest first, under what came of all consultations so far."""
        enter = button("登记服务…", "service_enter", "link", tip="登记会商、审查、培训等服务")
        enter.clicked.connect(self.enter_asked)
        self.show_sections(
            [
                self._list("会商", enter, consultations, "还没有会商记录。", _share_words(share)),
                self._list("其他服务", "", others, "还没有合法性审查、合同审查、培训等记录。"),
            ]
        )

    def _list(
        self,
        title: str,
        fact: str | QWidget,
        lines: Sequence[RecordLine],
        none: str,
        figures: Sequence[tuple[str, str]] = (),
    ) -> QLayout:
        parts: list[QWidget | QLayout] = [] if lines else [label(none, "second", wraps=True)]
        parts += facts_of(figures)
        for year, of_year in groupby(lines, lambda one: one.on.year):
            own = list(of_year)
            parts.append(label(f"{year} 年　{len(own)} 次", "caption"))
            parts += [self._line(one) for one in own]
        return section(title, fact, parts)

    def _line(self, one: RecordLine) -> QWidget:
        tools = [self._way_to(one)] if one.consultation_id is not None else self._tools(one)
        words = column(
            label(one.title, wraps=True),
            label(f"{one.on:%m-%d}　{one.caption}", "caption", wraps=True),
            spacing=1,
        )
        made = QWidget()
        layout = row(words, *tools, spacing=0)
        layout.setStretch(0, 1)
        made.setLayout(layout)
        return made

    def _way_to(self, one: RecordLine) -> QWidget:
        """A consultation held here is changed on its own page only."""
        go = button("", "consultation_open", "ghost", "arrow-right", "打开会商")
        go.setProperty("small", True)
        go.setProperty("key", one.consultation_id)
        go.setAccessibleName(f"打开会商 {one.on} {one.title}")
        go.clicked.connect(self._on_consultation)
        return go

    def _tools(self, one: RecordLine) -> list[QWidget]:
        edit = button("", "service_edit", "ghost", "pencil", "修改")
        remove = button("", "service_remove", "ghost", "trash-2", "移入回收站")
        for tool, word in ((edit, "修改"), (remove, "移入回收站")):
            tool.setProperty("small", True)
            tool.setProperty("key", one.key)
            tool.setProperty("matter", one.title)
            tool.setAccessibleName(f"{word} {one.on} {one.title}")
        edit.clicked.connect(self._on_edit)
        remove.clicked.connect(self._on_remove)
        return [edit, remove]

    def _on_consultation(self) -> None:
        self.consultation_asked.emit(int(self.sender().property("key")))

    def _on_edit(self) -> None:
        self.edit_asked.emit(int(self.sender().property("key")))

    def _on_remove(self) -> None:
        sender = self.sender()
        self.remove_asked.emit(int(sender.property("key")), str(sender.property("matter")))


def _share_words(share: Consulted) -> list[tuple[str, str]]:
    """Return what a lawyer said in consultations and what came of it, in the terms of his year's sheet."""
    if not share.attended:
        return []
    adopted = "，".join(f"{adoption.value} {len(keys)}" for adoption, keys in share.adopted.items() if keys)
    agreed, disagreed = len(share.agreed), len(share.disagreed)
    result = f"相符 {agreed}，不符 {disagreed}" if agreed + disagreed else "所议案件尚未审结"
    return [
        ("参加会商", f"{len(share.attended)} 次，发表意见 {len(share.opinions)} 条"),
        ("单位采纳", adopted or "单位尚未反馈"),
        ("与裁判结果", result),
    ]


class RatingsTab(RecordTab):
    """Served cases that wait for the agency's rating, then the ratings with their mean."""

    rate_asked = Signal(int)  # assignment

    def show_ratings(self, lines: Sequence[RatingLine]) -> None:
        """Show what waits and what was rated."""
        waiting = [one for one in lines if one.score is None]
        rated = [one for one in lines if one.score is not None]
        sections = []
        if waiting:
            parts = [self._line(one) for one in waiting]
            sections.append(section("待评价", f"已办结 {len(waiting)} 件", parts))
        scores = [one.score for one in rated if one.score is not None]
        mean = f"{len(scores)} 次，平均 {sum(scores) / len(scores):.1f} 分" if scores else ""
        none = "案件办结后，请单位评价顾问的工作，在这里登记。"
        parts = [self._line(one) for one in rated]
        sections.append(section("单位评价", mean, parts or [label(none, "second", wraps=True)]))
        self.show_sections(sections)

    def _line(self, one: RatingLine) -> QWidget:
        word = "评价…" if one.score is None else "改评"
        act = button(word, "rate", "link", tip="按单位的反馈登记 1 至 5 分")
        act.setAccessibleName(f"{word.rstrip('…')} {one.number} {one.agency}")
        act.setProperty("assignment", one.assignment_id)
        act.clicked.connect(self._on_rate)
        head: list[QWidget | None] = [self._case_link(one.case_id, one.number), ElidedLabel(one.agency)]
        below = []
        if one.score is not None:
            head.append(label(f"{one.score} / {BEST}", "heading"))
            said = "　".join(w for w in (f"{one.rated_on}", one.by) if w)
            below = [label(said, "caption", wraps=True)]
            if one.comment:
                below.append(label(one.comment, "second", wraps=True, selectable=True))
        first = row(*head, act, spacing=6)
        first.setStretch(1, 1)
        made = QWidget()
        made.setLayout(column(first, *below, spacing=1))
        return made

    def _on_rate(self) -> None:
        self.rate_asked.emit(int(self.sender().property("assignment")))


class HistoryTab(RecordTab):
    """Who changed the lawyer's records, when, and what."""

    def show_acts(self, acts: Sequence[ActLine], changes: Mapping[int, Sequence[str]]) -> None:
        """Show the acts, the newest first, each with what it changed."""
        if not acts:
            self.show_sections([section("", "", [label("还没有变更记录", "second")])])
            return
        parts: list[QLayout] = []
        for act in acts:
            when = f"{act.at.astimezone():%Y-%m-%d %H:%M}"
            undone = [CellLabel(Badge("chip", "已撤销"))] if act.undone else []
            head = row(label(act.label, wraps=True), *undone, spacing=6)
            head.setStretch(0, 1)
            said = [
                label(text, "second", wraps=True, selectable=True) for text in changes.get(act.gesture, ())
            ]
            parts.append(column(head, label(f"{when}　{act.clerk}", "caption"), *said, spacing=1))
        made = section("变更记录", f"{len(acts)} 条", parts)
        made.setSpacing(12)
        self.show_sections([made])
