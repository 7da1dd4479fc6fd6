"""Asks for a printer and has a PDF printed in a worker, with its progress and a way to stop it."""

from functools import partial
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from db.documents.pdf import Pdf
from gui.errors import ErrorDesk
from gui.printing.painting import paint_pdf
from gui.tasks import TaskRunner
from gui.widgets.basics import button, column, label, row


class PrintProgress(QDialog):
    """Says which page is being printed; ``stopped`` is set when the clerk stops it."""

    told = Signal(int, int)  # from the worker: pages that are done, and all

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("print_progress")
        self.setWindowTitle(f"正在打印 {title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.stopped = Event()
        self.bar, self.text = QProgressBar(), label("正在准备…", "second")
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.cancel = button("停止打印", "print_stop")
        foot = row(None, self.cancel)
        self.setLayout(column(self.text, self.bar, foot, spacing=12, margins=(20, 18, 20, 16)))
        self.setFixedWidth(360)
        self.cancel.clicked.connect(self.reject)
        self.told.connect(self._show)

    def reject(self) -> None:
        """Stop printing; the dialog stays until the printer has let go."""
        self.stopped.set()
        self.cancel.setEnabled(False)
        self.text.setText("正在停止…")

    def close_for_good(self) -> None:
        """Go away: the printer has it all, or has let go."""
        super().reject()

    def _show(self, done: int, pages: int) -> None:
        if not self.stopped.is_set():
            self.bar.setRange(0, pages)
            self.bar.setValue(done)
            self.text.setText(f"第 {done + 1} 页，共 {pages} 页")


class QtPrinters(QObject):
    """The system's printers, asked for with Qt's dialog."""

    def __init__(self, tasks: TaskRunner, errors: ErrorDesk) -> None:
        super().__init__()
        self._tasks, self._errors = tasks, errors

    def print_pdf(self, parent: QWidget, pdf: Pdf, title: str) -> None:
        """Ask for the printer and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        width, height = pdf.sizes[0]
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
        )
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(f"打印 {title}")
        # it would ask with a plain file dialog of Qt's, which opens what it lists; the window has 存 PDF of its own
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        dialog.setMinMax(1, pdf.pages)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self.print_on, printer, parent, pdf, title))
        QDialog.open(dialog)

    def print_on(self, printer: QPrinter, parent: QWidget, pdf: Pdf, title: str) -> None:
        """Print on a printer that was set up, over ``parent``."""
        progress = PrintProgress(title, parent)
        progress.open()
        self._tasks.run(
            progress,
            partial(paint_pdf, pdf, printer, progress.told.emit, progress.stopped),
            lambda _: progress.close_for_good(),
            partial(self._failed, progress),
            act=f"打印 {title}",
        )

    def _failed(self, progress: PrintProgress, error: Exception) -> None:
        progress.close_for_good()
        self._errors.show(error)
