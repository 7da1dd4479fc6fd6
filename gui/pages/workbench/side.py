"""The right side of the workbench: the pool's load, the office's figures, what was done last."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from db.assignment.queries.fairness import Fairness
from db.office.queries.history import ActLine
from db.roster.queries.roster import RosterRow
from db.roster.rules.lawyers import Standing
from db.workbench.todos import Overview
from gui.pages.workbench.coverage import CoverageBox
from gui.tables.due import WEEKDAYS
from gui.widgets.basics import button, clear, column, label, line, pane, row
from gui.widgets.charts import Load, LoadChart
from gui.widgets.scrolling import TallArea

WIDTH = 352
SLIM_BELOW = 960  # pixels of the page
FIGURES = {"OPEN": "在办案件", "WEEK": "本周到期", "UNASSIGNED": "待分派", "FORGOTTEN": "被遗忘"}


class FigureButton(QWidget):
    """A figure with its name; the name leads to the cases that it counts."""

    chosen = Signal(str)

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self._key = key
        self.number = label("—", "figure")
        self.link = button(title, f"figure_{key.lower()}", "link", tip=f"查看{title}")
        self.link.clicked.connect(self._tell)
        self.setLayout(column(row(self.link, None), row(self.number, label("件", "second"), None), spacing=0))

    def show_count(self, count: int) -> None:
        """Show how many there are."""
        self.number.setText(str(count))
        self.link.setAccessibleName(f"{self.link.text()} {count} 件")

    def _tell(self) -> None:
        self.chosen.emit(self._key)


class WorkbenchSide(TallArea):
    """Shows what the overview says beside the things to do."""

    view_asked = Signal(str)  # the name of a saved view of the cases

    def __init__(self) -> None:
        super().__init__()
        self.load = LoadChart()
        self.cap = label("", "caption")
        self.spread = label("", "second", wraps=True)
        self.turn = label("", "second", wraps=True)
        self.show_spread = button("均衡情况", "show_spread", "link", tip="打开分派均衡情况表")
        self.figures = {key: FigureButton(key, title) for key, title in FIGURES.items()}
        self.coverage = CoverageBox()
        self.agencies = label("", "second", wraps=True)
        self.verify = button("去核对", "verify_agencies", "link")
        self.calendar = label("", "second", wraps=True)
        self.enter_notice = button("录入通知", "enter_notice", "link")
        self.all_acts = button("全部记录", "all_acts", "link")
        self.all_cases = button("查看案件", "all_cases", "link")
        self._acts = column(spacing=8)
        self._reminders = QWidget()
        self._build()
        for figure in self.figures.values():
            figure.chosen.connect(self.view_asked)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def fit(self, width: int) -> None:
        """Give what room there is to the things to do, where the page is only so wide."""
        least = self.minimumSizeHint().width()
        self.setMaximumWidth(WIDTH if width >= SLIM_BELOW else min(least, WIDTH))

    def show_overview(self, found: Overview) -> None:
        """Show load and figures."""
        self._show_load(found.load)
        self._show_spread(found.fairness)
        counts = {
            "OPEN": found.open_cases,
            "WEEK": found.due_this_week,
            "UNASSIGNED": found.unassigned,
            "FORGOTTEN": found.forgotten,
        }
        for key, count in counts.items():
            self.figures[key].show_count(count)
        doubt = found.unverified_agencies
        self.agencies.setText(f"{found.agencies} 个单位中 {doubt} 个的名称待核对")
        years = "、".join(str(year) for year in found.uncovered_years)
        self.calendar.setText(f"{years} 年的放假通知尚未录入，落在该年的期限待核对")
        for part, is_shown in (
            (self.agencies, doubt),
            (self.verify, doubt),
            (self.calendar, years),
            (self.enter_notice, years),
        ):
            part.setVisible(bool(is_shown))
        self._reminders.setVisible(bool(doubt or years))

    def show_acts(self, acts: Sequence[ActLine], today: date) -> None:
        """Show what was done last, with who and when in the tooltip."""
        clear(self._acts)
        for act in acts:
            at = act.at.astimezone()
            days = (today - at.date()).days
            when = f"{at:%H:%M}" if days == 0 else "昨天" if days == 1 else f"{at:%m-%d}"
            text = label(f"{act.label}（已撤销）" if act.undone else act.label)
            text.setToolTip(f"{act.clerk}　{at:%Y-%m-%d} 周{WEEKDAYS[at.weekday()]} {at:%H:%M}　{act.label}")
            text.setMinimumWidth(40)
            time = label(when, "second")
            time.setFixedWidth(42)
            line_of = row(time, text, spacing=8)
            line_of.setStretch(1, 1)
            self._acts.addLayout(line_of)

    def _show_load(self, lawyers: Sequence[RosterRow]) -> None:
        serving = [r for r in lawyers if r.standing is Standing.SERVING]
        others = [r for r in lawyers if r.standing is not Standing.SERVING]
        self.load.show_loads(
            [Load(r.key, r.name, r.running, r.capacity, _word(r)) for r in serving]
            + [Load(r.key, r.name, 0, 0, r.standing.value) for r in others]
        )
        caps = {r.capacity for r in serving}
        self.cap.setText(
            f"每人上限 {caps.pop()} 件" if len(caps) == 1 else "上限各有不同" if caps else "还没有顾问"
        )

    def _show_spread(self, found: Fairness | None) -> None:
        """Say how even the year's assignments are, and whose turn it is, with why."""
        is_known = found is not None and bool(found.on_offer)
        for part in (self.spread, self.turn, self.show_spread):
            part.setVisible(is_known)
        if found is not None and is_known:
            first = found.on_offer[0]
            self.spread.setText(f"本年分派{found.words}")
            self.turn.setText(f"轮到 {first.name}：{first.why}。")

    def _build(self) -> None:
        grid = column(
            row(self.figures["OPEN"], self.figures["WEEK"], spacing=16),
            row(self.figures["UNASSIGNED"], self.figures["FORGOTTEN"], spacing=16),
            spacing=10,
        )
        for at in (0, 1):
            for place in (0, 1):
                grid.itemAt(at).layout().setStretch(place, 1)  # type: ignore[union-attr,attr-defined,unused-ignore] # rows with two figures
        parts = column(
            row(label("待核对", "heading"), None),
            self._pair(self.calendar, self.enter_notice),
            self._pair(self.agencies, self.verify),
            spacing=8,
            margins=(20, 14, 20, 14),
        )
        self._reminders.setLayout(column(line(), parts, spacing=0))
        inner = pane("subtle")
        inner.setLayout(
            column(
                column(
                    row(label("顾问在办负荷", "heading"), None, self.cap),
                    self.load,
                    row(label("轮候与均衡", "heading"), None, self.show_spread),
                    self.turn,
                    self.spread,
                    spacing=10,
                    margins=(20, 16, 20, 16),
                ),
                line(),
                column(
                    row(label("案件", "heading"), None, self.all_cases),
                    grid,
                    spacing=8,
                    margins=(20, 14, 20, 14),
                ),
                self.coverage,
                self._reminders,
                line(),
                column(
                    row(label("最近动态", "heading"), None, self.all_acts),
                    self._acts,
                    spacing=8,
                    margins=(20, 14, 20, 14),
                ),
                None,
                spacing=0,
            )
        )
        self.setWidgetResizable(True)
        self.setMaximumWidth(WIDTH)
        self.setWidget(inner)

    @staticmethod
    def _pair(words: QWidget, link: QWidget) -> "QWidget":
        made = QWidget()
        layout = row(words, link, spacing=8)
        layout.setStretch(0, 1)
        layout.setAlignment(link, Qt.AlignmentFlag.AlignTop)
        made.setLayout(layout)
        return made


def _word(lawyer: RosterRow) -> str:
    if lawyer.is_full:
        return "已满"
    return "偏满" if lawyer.running == lawyer.capacity - 1 else ""
