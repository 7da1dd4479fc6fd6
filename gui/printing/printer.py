"""Sends a PDF to a printer, page by page, at the printer's own resolution."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from db.errors import UserError
from gui.errors import ErrorDesk

DPI = 300  # enough for text on office printers, and a page stays under 35 MB


class QtPrinters(QObject):
    """The system's printers, asked for with Qt's dialog."""

    def __init__(self, errors: ErrorDesk) -> None:
        super().__init__()
        self._errors = errors
        self._pdf = b""
        self._printer: QPrinter | None = None

    def print_pdf(self, parent: QWidget, pdf: bytes, title: str, landscape: bool) -> None:
        """Ask for the printer and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        orientation = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setPageOrientation(orientation)
        printer.setFullPage(True)
        self._pdf = pdf
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(f"打印 {title}")
        # it would ask with a plain file dialog of Qt's, which opens what it lists; the window has 存 PDF of its own
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._printer = printer
        dialog.accepted.connect(self._print)
        QDialog.open(dialog)

    def _print(self) -> None:
        try:
            if self._printer is not None:
                paint_pdf(self._pdf, self._printer)
        except UserError as error:
            self._errors.show(error)


def paint_pdf(pdf: bytes, printer: QPrinter) -> int:
    """Paint every page of ``pdf`` on ``printer``; return how many it has. Raises ``UserError`` if it does not answer."""
    data = QByteArray(pdf)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("打印机没有响应，没有打印。请检查打印机是否开机、是否脱机，再试一次。")
    pages = document.pageCount()
    first = max(printer.fromPage(), 1) - 1
    last = min(printer.toPage() or pages, pages) - 1
    try:
        for at, page in enumerate(range(first, last + 1)):
            if at:
                printer.newPage()
            points: QSizeF = document.pagePointSize(page)
            size = QSize(round(points.width() * DPI / 72), round(points.height() * DPI / 72))
            image = document.render(page, size)
            paper = printer.pageLayout().fullRectPixels(printer.resolution())
            painter.drawImage(QRectF(QPointF(0, 0), QSizeF(paper.size())), image)
    finally:
        painter.end()
        document.close()
    return pages
