"""What goes to the printer is the PDF that was looked at: the pages asked for, as large as paper is, in a worker."""

import threading
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF, QSize
from PySide6.QtGui import QPageLayout, QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter

from db.documents.pdf import render_pdf
from db.errors import UserError
from gui.errors import ErrorDesk
from gui.printing import painting
from gui.printing.painting import paint_pdf, place_on, sheets
from gui.printing.printer import PrintProgress, QtPrinters
from tests.db.catalogue.test_papers import a_report

A4, A3, A5, LETTER = (
    QPageSize.PageSizeId.A4,
    QPageSize.PageSizeId.A3,
    QPageSize.PageSizeId.A5,
    QPageSize.PageSizeId.Letter,
)
LANDSCAPE, PORTRAIT = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait


@pytest.fixture(scope="module")
def report():
    """Return a report of eight pages; each says its number at the foot."""
    pdf = render_pdf(a_report(220))
    assert pdf.pages == 8
    return pdf


def a_printer(file, ranges="", paper=A4, orientation=LANDSCAPE, resolution=72):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setPageLayout(QPageLayout(QPageSize(paper), orientation, QMarginsF()))
    printer.setFullPage(True)
    printer.setResolution(resolution)
    if ranges:
        printer.setPageRanges(QPageRanges.fromString(ranges))
    return printer


def printed_on(printer, report):
    """Print, and return the pages as pictures with their size in points."""
    paint_pdf(report, printer, lambda _at, _of: None, threading.Event())
    with pypdfium2.PdfDocument(printer.outputFileName()) as made:
        return [(page.get_size(), page.render(scale=1).to_numpy().copy()) for page in made]


def looks_like(picture, report, page):
    """Whether a printed picture is that page of the report, and no other."""
    with pypdfium2.PdfDocument(report.data) as document:
        pages = [document[at].render(scale=1).to_numpy().astype(int) for at in range(report.pages)]
    height, width = picture.shape[:2]
    apart = [abs(picture.astype(int)[:height, :width] - other[:height, :width]).mean() for other in pages]
    return apart.index(min(apart)) == page


@pytest.mark.parametrize(
    ("ranges", "is_reversed", "copies", "is_collated", "wanted"),
    [
        ("", False, 1, True, [0, 1, 2, 3, 4, 5, 6, 7]),
        ("1,3,5-6", False, 1, True, [0, 2, 4, 5]),
        ("1,3,5-6", True, 1, True, [5, 4, 2, 0]),
        ("2-3", False, 2, True, [1, 2, 1, 2]),
        ("2-3", False, 2, False, [1, 1, 2, 2]),
        ("2-3", True, 2, False, [2, 2, 1, 1]),
        ("7-99", False, 1, True, [6, 7]),
        ("9-12", False, 1, True, []),
    ],
)
def test_just_the_pages_asked_for_are_printed(
    qapp, tmp_path, ranges, is_reversed, copies, is_collated, wanted
):
    printer = a_printer(tmp_path / "out.pdf", ranges)
    order = QPrinter.PageOrder
    printer.setPageOrder(order.LastPageFirst if is_reversed else order.FirstPageFirst)
    printer.setCopyCount(copies)
    printer.setCollateCopies(is_collated)
    assert sheets(printer, 8) == wanted


def test_what_the_dialog_was_told_reaches_the_paper(qapp, tmp_path, report):
    printer = a_printer(tmp_path / "out.pdf", "1,3,5-6")
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    pages = printed_on(printer, report)
    assert len(pages) == 4
    assert all(looks_like(p, report, at) for (_, p), at in zip(pages, (5, 4, 2, 0), strict=True))


def test_copies_are_made_where_the_printer_makes_none(qapp, tmp_path, report):
    printer = a_printer(tmp_path / "out.pdf", "2-3")
    printer.setCopyCount(2)
    assert not printer.supportsMultipleCopies()
    assert len(printed_on(printer, report)) == 4


@pytest.mark.parametrize("paper", [A4, A3, A5, LETTER])
@pytest.mark.parametrize("orientation", [LANDSCAPE, PORTRAIT])
def test_other_paper_is_honoured_and_nothing_is_stretched(qapp, tmp_path, report, paper, orientation):
    printer = a_printer(tmp_path / "out.pdf", "1", paper, orientation)
    (((width, height), picture),) = printed_on(printer, report)
    asked = QPageSize(paper).sizePoints()
    long, short = max(asked.width(), asked.height()), min(asked.width(), asked.height())
    assert abs(max(width, height) - long) <= 1
    assert abs(min(width, height) - short) <= 1
    dark = (picture[:, :, :3].mean(axis=2) < 128).nonzero()
    box = sorted((dark[0].max() - dark[0].min(), dark[1].max() - dark[1].min()))
    with pypdfium2.PdfDocument(report.data) as document:
        true = (document[0].render(scale=2).to_numpy()[:, :, :3].mean(axis=2) < 128).nonzero()
    wanted = sorted((true[0].max() - true[0].min(), true[1].max() - true[1].min()))
    assert box[1] / box[0] == pytest.approx(wanted[1] / wanted[0], rel=0.02)


def test_a_page_stands_in_the_middle_of_its_paper():
    place, is_turned = place_on(QSize(1000, 1000), 200, 100)
    assert (place.left(), place.top(), place.width(), place.height(), is_turned) == (250, 0, 500, 1000, True)
    place, is_turned = place_on(QSize(2000, 1500), 200, 100)
    assert (place.left(), place.top(), place.width(), place.height(), is_turned) == (
        0,
        250,
        2000,
        1000,
        False,
    )


@pytest.mark.parametrize("resolution", [300, 600])
def test_a_page_is_drawn_at_the_resolution_of_the_printer(qapp, tmp_path, monkeypatch, report, resolution):
    monkeypatch.setattr(painting, "BAND", 4_000_000)
    paint_pdf(
        report,
        a_printer(tmp_path / "out.pdf", "1", resolution=resolution),
        lambda _at, _of: None,
        threading.Event(),
    )
    page = PdfReader(BytesIO((tmp_path / "out.pdf").read_bytes())).pages[0]
    bands = [one.get_object() for one in page["/Resources"]["/XObject"].values()]
    assert len(bands) > 1
    wide, high = (points / 72 * resolution for points in report.sizes[0])
    assert all(band["/Width"] == pytest.approx(wide, rel=0.001) for band in bands)
    assert sum(band["/Height"] for band in bands) == pytest.approx(high, rel=0.001)
    assert {band["/Filter"] for band in bands} == {"/FlateDecode"}, "letters are no photographs"


@pytest.mark.qt_log_ignore("Returned false")  # Qt says so too
def test_a_printer_that_does_not_answer_is_said_in_a_sentence(qapp, tmp_path, report):
    with pytest.raises(UserError, match="打印机没有响应"):
        paint_pdf(
            report,
            a_printer(tmp_path / "没有这个文件夹" / "out.pdf"),
            lambda _at, _of: None,
            threading.Event(),
        )


def test_printing_leaves_the_window_alone_and_can_be_stopped(qtbot, desk, tmp_path, report):
    printers = QtPrinters(desk.tasks, ErrorDesk(parent=desk.window))
    told = []
    printer = a_printer(tmp_path / "all.pdf")
    printers.print_on(printer, desk.window, report, "报表")
    progress = desk.window.findChild(PrintProgress)
    progress.told.connect(lambda at, of: told.append((at, of)))
    qtbot.waitUntil(lambda: desk.window.findChild(PrintProgress) is None)
    assert told[-1] == (7, 8)
    assert len(PdfReader(BytesIO((tmp_path / "all.pdf").read_bytes())).pages) == 8

    printers.print_on(a_printer(tmp_path / "some.pdf", resolution=600), desk.window, report, "报表")
    progress = desk.window.findChild(PrintProgress)
    progress.cancel.click()
    assert progress.text.text() == "正在停止…"
    qtbot.waitUntil(lambda: desk.window.findChild(PrintProgress) is None)
    made = tmp_path / "some.pdf"
    assert not made.exists() or made.stat().st_size < (tmp_path / "all.pdf").stat().st_size
