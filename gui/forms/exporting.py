"""Exporting a list: where to, ids masked unless the clerk says otherwise, and what was written."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from gui.context import Context
from gui.widgets.basics import button, column, label, row

Writer = Callable[[Path, bool], int]
"""(where to, whether ids are masked) -> number of rows; called in a worker."""

KINDS = "Excel 工作簿 (*.xlsx)"


class ExportDialog(QDialog):
    """Says how many rows go out and whether ids are shown in full."""

    def __init__(
        self,
        context: Context,
        page: QWidget,
        write: Writer,
        title: str,
        keys: Sequence[int] | None,
        day: date,
    ) -> None:
        super().__init__(page.window())
        self.setObjectName("export_dialog")
        self.setWindowTitle(f"导出{title}")
        self._context, self._page, self._writer, self._title = context, page, write, title
        self._day = day
        count = "全部记录" if keys is None else f"当前筛选的 {len(keys)} 行"
        self.unmasked = QCheckBox("身份证号、手机号显示完整号码（记入操作记录）")
        self.unmasked.setObjectName("export_unmasked")
        self.cancel = button("取消", "export_cancel")
        self.go = button("选择位置…", "export_go", "primary")
        self.go.setDefault(True)
        self.setLayout(
            column(
                label(f"导出{count}", "heading"),
                label("表头冻结并重复打印，证号、案号按文本保存，日期为真正的日期。", "second", wraps=True),
                self.unmasked,
                8,
                row(None, self.cancel, self.go),
                spacing=10,
                margins=(24, 20, 24, 20),
            )
        )
        self.setMinimumWidth(440)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._ask)

    def _ask(self) -> None:
        name = f"{self._title}{self._day:%Y%m%d}.xlsx"
        self._context.files.save_file(self._page, f"导出{self._title}", name, KINDS, self._write)
        self.hide()

    def _write(self, path: Path) -> None:
        context, masked = self._context, not self.unmasked.isChecked()
        work = partial(self._writer, path, masked)
        context.tasks.run(
            self._page, work, partial(self._written, path), context.errors.show, act=f"导出 {path.name}"
        )

    def _written(self, path: Path, count: int) -> None:
        self._context.desk.say(f"已导出 {count} 行到 {path}")
        if self._context.preferences.value("open_exports", False, bool):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.deleteLater()


def ask_export(
    context: Context,
    page: QWidget,
    what: str,
    title: str,
    keys: Sequence[int] | None,
    day: date | None = None,
) -> ExportDialog:
    """Open the export dialog for the rows that are shown, as of ``day`` (today if not given)."""
    on = day or context.today()
    wanted = None if keys is None else list(keys)

    def write(path: Path, masked: bool) -> int:
        from db.catalogue.lists import export_list  # noqa: PLC0415 - brings the workbook writer

        return export_list(context.database, what, path, on, keys=wanted, masked=masked, overwrite=True)

    dialog = ExportDialog(context, page, write, title, keys, on)
    dialog.open()
    return dialog
