"""Paints the pages of a PDF on a printer: which ones, in which order, how large; made to run in a worker."""

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from db.documents.pages import draw
from db.documents.pdf import Pdf
from db.errors import UserError
from gui.printing.page_view import image_of

BAND = 16_000_000  # pixels drawn at once, 64 MB: a page for a fine printer would take half a gigabyte
SILENT = "打印机没有响应，没有打印完。请检查打印机是否开机、是否脱机、纸够不够，再试一次。"


def place_on(paper: QSize, width: float, height: float) -> tuple[QRect, bool]:
    """Return where a page of this shape stands on ``paper``, in its pixels, and whether it is turned to lie as paper does.

    It is as large as the paper allows, never stretched, and stands in the middle.
    """
    is_turned = (width > height) != (paper.width() > paper.height())
    if is_turned:
        width, height = height, width
    scale = min(paper.width() / width, paper.height() / height)
    size = QSize(round(width * scale), round(height * scale))
    left, top = (paper.width() - size.width()) // 2, (paper.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height()), is_turned


def sheets(printer: QPrinter, pages: int) -> list[int]:
    """Return which of so many pages the print dialog asked for, in order, the first being 0.

    Copies are left to a printer that makes them itself.
    """
    ranges = printer.pageRanges()
    wanted = [page for page in range(pages) if ranges.isEmpty() or ranges.contains(page + 1)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        wanted.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    return wanted * copies if printer.collateCopies() else [page for page in wanted for _ in range(copies)]


def paint_pdf(pdf: Pdf, printer: QPrinter, tell: Callable[[int, int], object], stopped: Event) -> int:
    """Paint the pages that ``printer`` was set to; return how many. ``tell`` hears of each before it is painted.

    Once ``stopped`` is set, the job is given up. Raises ``UserError`` if the printer does not answer.
    """
    wanted = sheets(printer, pdf.pages)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(SILENT)
    # Otherwise a printer that takes PDF is sent photographs, with a grey haze around each letter.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    try:
        for at, page in enumerate(wanted):
            tell(at, len(wanted))
            if at and not printer.newPage():
                raise UserError(SILENT)
            if not _paint_page(painter, printer, pdf, page, stopped):
                printer.abort()
                return at
    finally:
        painter.end()
    return len(wanted)


def _paint_page(painter: QPainter, printer: QPrinter, pdf: Pdf, page: int, stopped: Event) -> bool:
    """Paint a page band by band at the printer's own resolution; return whether nobody stopped it."""
    paper = printer.pageLayout().fullRectPixels(printer.resolution()).size()
    place, is_turned = place_on(paper, *pdf.sizes[page])
    band = max(BAND // place.width(), 1)
    for top in range(0, place.height(), band):
        if stopped.is_set():
            return False
        rows = min(band, place.height() - top)
        picture = draw(pdf.data, page, place.width(), place.height(), top=top, rows=rows, is_turned=is_turned)
        painter.drawImage(place.left(), place.top() + top, image_of(picture))
    return True
