"""Importing a sheet of any kind: columns at the left, problems row by row at the right; nothing is written before the end."""

from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from db.catalogue.lists import save_failing_rows
from db.errors import Severity
from db.exchange.importing import Examined, Importer
from db.exchange.sheet import Action, SheetPlan, SheetProblem
from gui.context import Context
from gui.forms.asking import ask_discard
from gui.forms.import_lines import Line, filters, first_choice, heads, lines
from gui.forms.import_sheets import SheetChoice
from gui.forms.import_source import SHEETS, Source
from gui.forms.preview_table import dress_table
from gui.look.icons import icon
from gui.look.theme import colour
from gui.widgets.basics import Figure, Strip, button, column, item_at, label, line, pane, row, stretch
from gui.widgets.fields import FieldBox, Segments
from gui.widgets.scrolling import stand

ENTERING = "正在导入…"


class SheetImport(QDialog):
    """Reads a workbook, shows what importing it would do, lets the clerk map and mend, then does it in one act."""

    imported = Signal(str)

    def __init__(self, context: Context, source: Source, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{source.importer.form.name}_import")
        self.setWindowTitle(source.title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.context, self._source = context, source
        self._importer, self._form = source.importer, source.importer.form
        self._cancel = Event()
        self._examined: Examined | None = None
        self.plan: SheetPlan | None = None
        self._lines: list[Line] = []
        self._is_new = True  # what is listed first is chosen once the sheet was examined
        self._corrections: dict[tuple[int, str], str] = {}
        self._skipped: frozenset[int] = frozenset()
        self.file = label(source.name, "second")
        self.sheets = SheetChoice()
        self.columns = QTableWidget(0, 4)
        self.problems = QTableWidget(0, 5)
        self.filter = Segments(filters(self._form), "problem_filter")
        self.rows_text = label("", "caption")
        self.hint = label("", "caption", wraps=True)
        self.mend_title = label("", "heading")
        self.mend_field = QLineEdit()
        self.mend_box = FieldBox("更正为", self.mend_field, "mend")
        self.skip_row = button("跳过此行", "skip_row")
        self.mend = button("保存更正", "mend_save", "accent")
        self.figures = {action: Figure(action.value) for action in Action}
        self.strip = Strip("dg")
        self.save_problems = button("导出待更正的行", "save_problems", "ghost", "sheet")
        self.foot_note = label("", "caption")
        self.cancel = button("取消", "cancel")
        self.go = button("确认导入", "go", "primary")
        self.pages = QStackedWidget()
        self._build()
        self._connect()
        self._read()

    # -- reading and showing ---------------------------------------------------------------

    def reject(self) -> None:
        """Give up; not while rows are being entered, and what was put right here is not thrown away unasked."""
        if self.go.text() == ENTERING:
            self.strip.say("正在导入，请等它完成；完成后可以用 Ctrl+Z 整批撤销。", "wn")
        elif self._corrections:
            ask_discard(self, "在这里更正的内容还没有导入，要放弃吗？", self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        self._cancel.set()
        super().reject()

    def _read(self) -> None:
        self.pages.setCurrentIndex(0)
        self.go.setEnabled(False)
        context, source, cancel = self.context, self._source, self._cancel
        sheet, hidden = self.sheets.name(), self.sheets.with_hidden()
        self._corrections, self._skipped = {}, frozenset()  # they speak of rows of another reading

        def work() -> Examined:
            return source.read(context.database, sheet, hidden, cancel)

        context.tasks.run(self, work, self._opened, self._unreadable)

    def _unreadable(self, error: Exception) -> None:
        self.progress.hide()
        self.reading.setText("")
        if self._cancel.is_set():
            return
        if type(error).__name__ in {"UserError", "Invalid", "Conflict"}:
            self.strip.say(str(error), "dg")
        else:
            self.context.errors.show(error, self)

    def _opened(self, examined: Examined) -> None:
        self._examined, self._is_new = examined, True
        self._mapping = dict(examined.mapping)
        self.strip.say("", "dg")
        self.sheets.show_read(examined)
        header = examined.table
        where = (
            f"第 {header.first_header} 行"
            if header.first_header == header.last_header
            else f"第 {header.first_header}–{header.last_header} 行"
        )
        if not header.last_header:
            where = "没有表头，已按内容对应，请核对"
        self.header_text.setText(
            (f"表头 {where}" if header.last_header else where)
            + ("，已套用上次的对应" if examined.remembered else "")
        )
        remembers = (
            "对应关系会记住，下次同样表头自动套用。" if header.last_header else "按内容猜的对应请核对。"
        )
        self.hint.setText(f"带 * 的为必填字段。{remembers}")
        self._show_columns()
        self.pages.setCurrentIndex(1)
        self._check()

    def _check(self) -> None:
        examined = self._examined
        if examined is None:
            return
        context, importer, mapping = self.context, self._importer, dict(self._mapping)
        corrections, skipped = dict(self._corrections), self._skipped

        def work() -> SheetPlan:
            return importer.plan_of(
                context.database, examined, mapping, context.today(), corrections, skipped
            )

        context.tasks.run(self, work, self._show_plan, partial(context.errors.show, parent=self))

    def _show_plan(self, plan: SheetPlan) -> None:
        self.plan = plan
        counts = plan.counts
        for action, count in zip(
            Action, (counts.new, counts.update, counts.skip, counts.to_mend), strict=True
        ):
            self.figures[action].number.setText(str(count))
        self.rows_text.setText("" if plan.problems else "没有发现问题")
        for key, _ in filters(self._form):
            self.filter.set_count(key, len(lines(plan, key)))
        if self._is_new:
            self.filter.choose(first_choice(plan))
            self._is_new = False
        ready = len(plan.ready)
        self.go.setText(f"确认导入 {ready} {self._form.unit}" if ready else "没有可导入的行")
        self.go.setEnabled(bool(ready))
        self.save_problems.setVisible(bool(counts.to_mend))
        self.foot_note.setText(
            f"待更正的 {counts.to_mend} 行不会导入" if counts.to_mend else "导入后可用 Ctrl+Z 整批撤销"
        )
        missing = [p.text for p in plan.sheet_problems]
        self.strip.say("；".join(missing), "dg")
        self._show_statuses(plan)
        self._show_problems()

    def _show_columns(self) -> None:
        examined = self._examined
        if examined is None:
            return
        table = examined.table
        self.columns.setRowCount(len(table.titles))
        for at, title in enumerate(table.titles):
            self.columns.setItem(at, 0, QTableWidgetItem(title or f"（第 {at + 1} 列，无列名）"))
            choice = QComboBox()
            choice.setObjectName(f"map_{at}")
            choice.setAccessibleName(f"{title} 对应的库内字段")
            choice.addItem("不导入", "")
            for field in self._form.fields:
                choice.addItem(f"{field.title} *" if field.required else field.title, field.key)
            choice.setCurrentIndex(max(choice.findData(self._mapping.get(at, "")), 0))
            choice.setProperty("column", at)
            choice.activated.connect(self._on_mapped)
            self.columns.setCellWidget(at, 1, choice)
            first = next(
                (r.values[at] for r in table.rows if at < len(r.values) and r.values[at] not in (None, "")),
                "",
            )
            self.columns.setItem(at, 2, QTableWidgetItem(str(first).replace("\n", " ")))
            self.columns.setItem(at, 3, QTableWidgetItem(""))

    def _show_statuses(self, plan: SheetPlan) -> None:
        for at in range(self.columns.rowCount()):
            item, mapped = item_at(self.columns, at, 3), at in plan.mapping
            item.setText("已对应" if mapped else "不导入")
            item.setIcon(icon("check", "ok", 14) if mapped else icon("minus", "tx3", 14))
            item.setForeground(colour("ok" if mapped else "tx3"))

    def _show_problems(self) -> None:
        wanted = self.filter.current()
        self._lines = lines(self.plan, wanted) if self.plan else []
        self.problems.setHorizontalHeaderLabels(list(heads(self._form, wanted)))
        self.problems.setRowCount(len(self._lines))
        for at, shown in enumerate(self._lines):
            for place, text in enumerate(shown.texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text if place != 2 else "")  # noqa: PLR2004 - all others may be longer than their column
                self.problems.setItem(at, place, item)
            item_at(self.problems, at, 0).setIcon(icon(shown.icon, shown.token, 14))
            item_at(self.problems, at, 0).setForeground(colour(shown.token))
        if self._lines:
            self.problems.selectRow(0)
        self._show_mending()

    def _problem(self) -> SheetProblem | None:
        at = self.problems.currentRow()
        return self._lines[at].problem if 0 <= at < len(self._lines) else None

    def _show_mending(self) -> None:
        problem = self._problem()
        can_mend = problem is not None and problem.row > 0
        self.mend_area.setVisible(can_mend)
        if problem is None or self.plan is None or not can_mend:
            return
        name = next((r.title for r in self.plan.rows if r.number == problem.row), "")
        self.mend_title.setText(f"{problem.where or f'第 {problem.row} 行'} {name}")
        has_field = problem.field in self._form.by_key
        self.mend_box.setVisible(has_field)
        self.mend.setEnabled(has_field)
        if has_field:
            self.mend_box.say(problem.text, "error" if problem.severity is Severity.ERROR else "warning")
            self.mend_field.setText(problem.found)
            self.mend_field.setAccessibleName(problem.column)

    # -- acts ------------------------------------------------------------------------------

    def _on_mapped(self, _: int) -> None:
        choice = self.sender()
        if not isinstance(choice, QComboBox):
            return
        at, key = int(choice.property("column")), str(choice.currentData())
        for other, mapped in list(self._mapping.items()):
            if mapped == key:
                del self._mapping[other]
                widget = self.columns.cellWidget(other, 1)
                if isinstance(widget, QComboBox) and other != at:
                    widget.setCurrentIndex(0)
        if key:
            self._mapping[at] = key
        else:
            self._mapping.pop(at, None)
        self._check()

    def _on_mend(self) -> None:
        if (problem := self._problem()) and problem.field:
            self._corrections[problem.row, problem.field] = self.mend_field.text().strip()
            self._check()

    def _on_skip(self) -> None:
        if problem := self._problem():
            self._skipped |= {problem.row}
            self._check()

    def _on_go(self) -> None:
        plan, context, verb = self.plan, self.context, self._source.verb
        importer = self._importer
        if plan is None or not plan.ready:
            return
        self.go.setEnabled(False)
        self.go.setText(ENTERING)

        def work() -> str:
            return importer.carry_out(context.database, plan, context.today(), verb)

        context.tasks.run(self, work, self._done, self._failed, act=verb)

    def _done(self, summary: str) -> None:
        self.imported.emit(f"{self._source.verb}：{summary}")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.context.errors.show(error, self)
        self._check()

    def _on_save_problems(self) -> None:
        name = f"{self._source.stem}-待更正.xlsx"
        self.context.files.save_file(
            self, "导出待更正的行", name, "Excel 工作簿 (*.xlsx)", self._save_problems
        )

    def _save_problems(self, path: Path) -> None:
        plan = self.plan
        if plan is None:
            return

        def work() -> int:
            return save_failing_rows(plan, path, overwrite=True)

        self.context.tasks.run(
            self,
            work,
            partial(self._saved_problems, path),
            partial(self.context.errors.show, parent=self),
            act=f"保存 {path.name}",
        )

    def _saved_problems(self, path: Path, count: int) -> None:
        self.strip.say(f"已把待更正的 {count} 行存为 {path.name}，更正后可再次导入。", "ok")

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.header_text = label("", "caption")
        head = row(self.file, None, self.header_text, 8, self.sheets, margins=(24, 10, 24, 10))
        self.sheets.setVisible(self._source.has_sheets)
        self.reading = label("正在读取…", "second")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setFixedWidth(240)
        waiting = QWidget()
        waiting.setLayout(
            column(None, row(None, self.reading, None), row(None, self.progress, None), None, spacing=12)
        )
        self.pages.addWidget(waiting)
        self.pages.addWidget(self._body())
        foot = pane("subtle")
        foot.setLayout(
            row(self.save_problems, None, self.foot_note, 4, self.cancel, self.go, margins=(24, 11, 24, 11))
        )
        self.save_problems.hide()
        strip = column(self.strip, margins=(24, 8, 24, 0))
        body = column(head, line(), strip, self.pages, spacing=0)
        body.setStretch(3, 1)
        stand(self, body, foot, QSize(1220, 760))

    def _body(self) -> QWidget:
        dress_table(self.columns, ("Excel 列", "库内字段", "首行内容", "状态"), (130, 150, 140, 90))
        dress_table(self.problems, heads(self._form, "all"), (74, 104, 92, 310, 130))
        self.columns.setObjectName("columns")
        self.problems.setObjectName("problems")
        left = column(
            row(label("列对应", "heading"), None, margins=(24, 12, 16, 12)), line(), self.columns, spacing=0
        )
        left.addLayout(
            column(
                self.hint,
                margins=(24, 8, 16, 12),
            )
        )
        self.mend_area = QWidget()
        self.mend_area.setProperty("box", True)
        self.mend_area.setLayout(
            column(
                row(self.mend_title, label("在此更正，不改动原文件", "caption"), None),
                row(self.mend_box, self.skip_row, self.mend),
                margins=(16, 12, 16, 8),
            )
        )
        self.mend_field.setFixedWidth(300)
        figures: list[Any] = []
        for figure in self.figures.values():
            figures += [line("v"), figure] if figures else [figure]
        numbers = row(*figures, spacing=0)
        for at in range(0, len(figures), 2):
            numbers.setStretch(at, 1)
        right = column(
            row(label("逐行检查", "heading"), self.rows_text, None, self.filter, margins=(20, 8, 24, 8)),
            line(),
            self.problems,
            column(self.mend_area, margins=(20, 8, 24, 8)),
            line(),
            numbers,
            spacing=0,
        )
        right.setStretch(2, 1)
        made = QWidget()
        made.setLayout(row(left, line("v"), right, spacing=0))
        stretch(made, 0, 42)
        stretch(made, 2, 58)
        return made

    def _connect(self) -> None:
        self.sheets.chosen.connect(self._read)
        self.filter.chosen.connect(self._on_filter)
        self.problems.currentCellChanged.connect(self._on_problem)
        self.mend.clicked.connect(self._on_mend)
        self.mend_field.returnPressed.connect(self._on_mend)
        self.skip_row.clicked.connect(self._on_skip)
        self.save_problems.clicked.connect(self._on_save_problems)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._on_go)

    def _on_filter(self, _: str) -> None:
        self._show_problems()

    def _on_problem(self, *_: int) -> None:
        self._show_mending()


def ask_import(context: Context, parent: QWidget, importer: Importer) -> None:
    """Ask for a workbook of a kind and examine it in the dialog; the status bar says what was imported."""
    title = f"选择{importer.form.title}"
    context.files.open_file(parent, title, SHEETS, partial(open_import, context, parent, importer))


def open_import(context: Context, parent: QWidget, importer: Importer, path: Path) -> None:
    """Examine a workbook in the dialog."""
    dialog = SheetImport(context, Source.of_file(importer, path), parent)
    dialog.imported.connect(context.desk.say)
    dialog.open()
