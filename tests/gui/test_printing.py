"""What goes to the printer is the PDF that was looked at, page by page."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter

from db.documents.pdf import render_pdf
from db.errors import UserError
from gui.printing.printer import paint_pdf
from tests.db.test_papers import a_report


def a_printer(file):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF())
    )
    printer.setFullPage(True)
    return printer


def test_every_page_is_printed_on_landscape_a4(qapp, tmp_path):
    pdf = render_pdf(a_report(60))
    assert paint_pdf(pdf.data, a_printer(tmp_path / "out.pdf")) == pdf.pages
    printed = PdfReader(BytesIO((tmp_path / "out.pdf").read_bytes())).pages
    assert len(printed) == pdf.pages
    assert round(printed[0].mediabox.width) in range(840, 844)


@pytest.mark.qt_log_ignore("Returned false")  # Qt says so too
def test_a_printer_that_does_not_answer_is_said_in_a_sentence(qapp, tmp_path):
    with pytest.raises(UserError, match="打印机没有响应"):
        paint_pdf(render_pdf(a_report(1)).data, a_printer(tmp_path / "没有这个文件夹" / "out.pdf"))
