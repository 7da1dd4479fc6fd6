"""Entering many services at once: a grid to type into, or to paste into from Excel or WPS; one act, one undo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from db.errors import Severity
from db.services.rules.entry import EntryFacts
from db.services.rules.services import ServiceDraft
from db.services.sheets.lines import JudgedLine, judge_line
from db.words.service import ServiceKind
from gui.forms.asking import ask_discard
from gui.forms.draft_dialog import WAITING
from gui.widgets.basics import button, column, label, line, pane, row
from gui.widgets.scrolling import stand
from gui.widgets.sheet_grid import GridColumn, Offer, Said, SheetGrid

COLUMNS = (
    GridColumn("on_date", "日期", 104),
    GridColumn("agency", "单位", 148),
    GridColumn("kind", "种类", 104),
    GridColumn("person", "服务人员", 148),
    GridColumn("matter", "服务事项", 240, flex=True),
    GridColumn("result", "结果", 172),
    GridColumn("hours", "时长", 64),
)
SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning"}
SOON = 120  # milliseconds after the last change until the lines are judged


@dataclass(frozen=True, slots=True)
class GridOffers:
    """What the cells offer: (text, id, search keys), and what the rules must know."""

    facts: EntryFacts
    agencies: tuple[Offer, ...]
    people: tuple[Offer, ...]


class ServiceGrid(QDialog):
    """Gathers services line by line; ``submitted`` is told when all lines are right."""

    submitted = Signal()

    def __init__(self, offers: GridOffers, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("service_grid")
        self.setWindowTitle("登记履职")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self._facts, self._today = offers.facts, today
        self._judged: dict[tuple[str, ...], JudgedLine] = {}
        self._lines: list[tuple[int, JudgedLine]] = []
        self.grid = SheetGrid(COLUMNS, "service_lines", "逐行登记的服务")
        self.grid.set_offers("agency", offers.agencies)
        self.grid.set_offers("person", offers.people)
        self.grid.set_offers("kind", [(kind.value, kind, ()) for kind in ServiceKind])
        self.said = label("", "second", wraps=True)
        self.count = label("", "caption")
        self.trouble = button("", "first_problem", "trouble", "circle-alert")
        self.cancel = button("取消", "cancel")
        self.save = button("登记", "save", "primary")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._build()
        self._connect()
        self._judge()

    def drafts(self) -> list[ServiceDraft]:
        """Return the services of all lines."""
        return [judged.draft for _, judged in self._lines]

    def set_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Begin with these lines."""
        self.grid.set_lines(lines)
        self._judge()

    def try_save(self) -> None:
        """Enter all lines, or go to the first cell that is wrong."""
        self.grid.finish_editing()
        self._judge()
        if self._errors():
            self.go_to_first()
        elif self._lines and self.save.isEnabled():
            self.set_busy(True)
            self.submitted.emit()

    def begin_with(self, agency: str, wanted: Sequence[tuple[str, str]]) -> None:
        """Begin with today and an agency, a line for each kind and person; that alone is no service yet."""
        today = self._today.isoformat()
        self.grid.begin_with([(today, agency, kind, person) for kind, person in wanted or [("", "")]])

    def set_busy(self, busy: bool) -> None:
        """Keep the clerk from entering everything twice."""
        self.save.setEnabled(not busy)

    def go_to_first(self) -> None:
        """Go to the first cell with an error."""
        for at, judged in self._lines:
            for problem in judged.problems:
                if problem.severity is Severity.ERROR:
                    self.grid.go_to(at, problem.field)
                    return

    def reject(self) -> None:
        if not self.save.isEnabled():
            self.said.setText(WAITING)
            return
        if not self.grid.lines():
            super().reject()
            return
        ask_discard(self, "填写的内容还没有登记，要放弃吗？", self._leave)

    # -- judging ---------------------------------------------------------------------------

    def _judge(self) -> None:
        """Judge the lines; those that did not change are not judged again."""
        self._soon.stop()
        known, self._judged, self._lines = self._judged, {}, []
        said: dict[tuple[int, str], Said] = {}
        for at, texts in self.grid.lines():
            judged = (
                known.get(texts) or self._judged.get(texts) or judge_line(texts, self._facts, self._today)
            )
            self._judged[texts] = judged
            self._lines.append((at, judged))
            for problem in judged.problems:
                key = (at, problem.field)
                severity = SEVERITIES.get(problem.severity, "")
                if severity and (key not in said or severity == "error"):
                    said[key] = Said(severity, problem.text)
        self.grid.mark(said)
        self._show()

    def _errors(self) -> int:
        return sum(
            problem.severity is Severity.ERROR for _, judged in self._lines for problem in judged.problems
        )

    def _show(self) -> None:
        errors, count = self._errors(), len(self._lines)
        warned = sum(
            any(p.severity is Severity.WARNING for p in judged.problems) for _, judged in self._lines
        )
        self.trouble.setText(f" 还有 {errors} 处需要修改，转到第一处")
        self.trouble.setVisible(bool(errors))
        parts = [f"共 {count} 条" if count else "", f"{warned} 条有提示" if warned else ""]
        self.count.setText("，".join(part for part in parts if part))
        self.save.setText(f"登记 {count} 条" if count else "登记")
        self._show_said()

    def _show_said(self, *_: int) -> None:
        """Say below the grid what stands at the current cell, or else what its line says."""
        at, place = self.grid.currentRow(), self.grid.currentColumn()
        judged = next((one for line_at, one in self._lines if line_at == at), None)
        key = COLUMNS[place].key if 0 <= place < len(COLUMNS) else ""
        problems = judged.problems if judged else ()
        own = [p for p in problems if p.field == key] or list(problems)
        titles = {one.key: one.title for one in COLUMNS}
        words = [f"{p.severity.value}　{titles.get(p.field, '')}：{p.text}" for p in own[:2]]
        self.said.setText("\n".join(words) or HINT)

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        intro = label(
            "逐行填写，或从 Excel、WPS 复制后按 Ctrl+V 粘贴（列的次序同下）。单位和人员可输入拼音首字母。",
            "second",
            wraps=True,
        )
        self.said.setMinimumHeight(40)
        head = column(intro, spacing=8, margins=(24, 14, 24, 10))
        below = column(self.said, margins=(24, 8, 24, 8))
        foot = pane("subtle", "foot")
        foot.setLayout(row(self.trouble, self.count, None, self.cancel, self.save, margins=(20, 11, 20, 11)))
        body = column(head, line(), self.grid, line(), below, spacing=0)
        body.setStretch(2, 1)
        stand(self, body, foot, QSize(1120, 640))
        self.grid.setFocus()

    def _connect(self) -> None:
        self.grid.changed.connect(self._soon.start)
        self.grid.currentCellChanged.connect(self._show_said)
        self._soon.timeout.connect(self._judge)
        self.trouble.clicked.connect(self.go_to_first)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.try_save)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.try_save)

    def _leave(self) -> None:
        super().reject()


HINT = "回车 下一格，Ctrl+D 同上一行，Ctrl+Delete 删去所选行，Ctrl+S 登记"
