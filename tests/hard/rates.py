"""One number everywhere: the share of lost disputes in the window, its PDF, the Excel sheet, the command line, the query.

``python -m tests.hard.rates 200`` does so for 200 random data sets and each of the four settings of what counts as lost.
"""

import os
import re
import sys
import tempfile
from functools import partial
from pathlib import Path
from random import Random

import pypdfium2
from openpyxl import load_workbook
from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from db.cases.papers.disputes import DISPUTES
from db.documents.saving import save
from db.formats.rates import percent
from db.roster.acts.lawyers import save_lawyer
from db.setup.opening import open_office
from tests.conftest import TODAY, a_lawyer
from tests.db.cases.test_case_record import agency
from tests.db.performance import test_one_figure as figures
from tests.office import build_office

OF_ONE_OFFICE = 10  # data sets, each with more cases than the one before
ROW = re.compile(r"2026\s+(\d+)\s+(\d+)\s+(—|[\d.]+%)?")


def compare_rates(database, page, rounds, random):
    """Compare for some data sets what the window (its page of reports) and all others say; return how many numbers."""
    with database.write("顾问") as session:
        save_lawyer(session, a_lawyer(), TODAY)
    figures.AGENCIES[:] = [agency(database, "综合执法")]
    page.show_report(DISPUTES)
    shown(page)
    page.panel.from_on.setText("2026-01-01")
    page.panel.to_on.setText("2026-12-31")
    told, seen = [], []
    for _ in range(rounds):
        figures.recount(database, random, told, partial(_compare, database, page, seen))
    return len(seen)


def _compare(database, page, seen, lost, counted):
    rate = percent(lost / counted) if counted else None
    expected = (counted, lost, rate)
    assert figures.stated(database) == (lost, counted)
    made = shown(page)
    assert _in_paper(made.pdf.data) == expected
    assert _in_sheet(made.papers) == expected
    assert f"期间合计 {counted}" in page.check.text.text()
    seen.append(expected)


def shown(page):
    """Let the window read the report anew and return what it shows then."""
    loop, patience = QEventLoop(), QTimer()
    page.filled.connect(loop.quit)
    patience.timeout.connect(partial(loop.exit, 1))
    patience.start(120_000)
    page.refresh()  # what was asked before is dropped: the next that is shown is this
    assert loop.exec() == 0, "nothing was shown"
    page.filled.disconnect(loop.quit)
    return page.desk.current


def _in_paper(data):
    with pypdfium2.PdfDocument(data) as pdf:
        text = pdf[0].get_textpage().get_text_bounded()
    counted, lost, rate = ROW.search(text).groups()
    return int(counted), int(lost), rate if rate != "—" else None


def _in_sheet(papers):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "统计表.xlsx"
        save(papers, DISPUTES, path)
        rows = [
            row
            for row in load_workbook(path, data_only=True).worksheets[0].iter_rows()
            if row[0].value == "2026"
        ]
    _, counted, lost, rate = (cell.value for cell in rows[0][:4])
    return counted, lost, percent(rate) if isinstance(rate, int | float) else None


def main(rounds):
    """Run them, some data sets to an office."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app, random, numbers = QApplication([]), Random(20261201), 0
    for left in range(rounds, 0, -OF_ONE_OFFICE):
        with tempfile.TemporaryDirectory() as folder:
            database = open_office(Path(folder) / "比率.db", "沈青禾")
            settings = QSettings(str(Path(folder) / "个人.ini"), QSettings.Format.IniFormat)
            office = build_office(app, database, settings, TODAY)
            office.window.show()
            office.window.go("reports")
            page = office.window.stack.currentWidget()
            numbers += compare_rates(database, page, min(OF_ONE_OFFICE, left), random)
            office.window.close()
            office.tasks.stop()
            database.close()
    print(f"{rounds} 组数据、{numbers} 个败诉率在窗口、PDF、Excel、命令行和查询中一致")


if __name__ == "__main__":
    main(int((sys.argv[1:] or [200])[0]))
