"""Pages of a PDF as pictures, drawn by PDFium; made to be called in a worker thread."""

from dataclasses import dataclass
from threading import Lock

_PDFIUM = Lock()
"""PDFium keeps state of its own for the whole process: no two threads may be inside it, whatever they draw."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels row by row, ``stride`` bytes each: blue, green, red and an unused byte for each pixel."""

    width: int
    height: int
    stride: int
    data: bytes


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and height of each page in points."""
    import pypdfium2  # noqa: PLC0415 - loaded when something is printed

    with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        return tuple(document.get_page_size(at) for at in range(len(document)))


def draw(
    pdf: bytes, page: int, width: int, height: int, *, top: int = 0, rows: int = 0, is_turned: bool = False
) -> Picture:
    """Draw a page (the first is 0) ``width`` by ``height`` pixels large on white.

    Of its rows only ``rows`` from ``top`` on are drawn (0: all), so that a page for a fine printer need not fit the
    memory whole. A turned page is a quarter turn clockwise; the size is that of the turned page.
    """
    import pypdfium2  # noqa: PLC0415 - loaded when something is printed
    from pypdfium2 import raw  # noqa: PLC0415 - the same

    rows = rows or height
    with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        bitmap = pypdfium2.PdfBitmap.new_native(width, rows, raw.FPDFBitmap_BGRx)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, rows)
        sheet = document[page]
        raw.FPDF_RenderPageBitmap(
            bitmap, sheet, 0, -top, width, height, int(is_turned), raw.FPDF_ANNOT | raw.FPDF_PRINTING
        )
        picture = Picture(width, rows, bitmap.stride, bytes(bitmap.buffer))
        sheet.close()
        bitmap.close()
        return picture
