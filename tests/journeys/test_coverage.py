"""From an agency without anybody to one that is served: the gap, its remedy, the work done, taken back, and looked back at."""

from datetime import date

from PySide6.QtCore import Qt

from db.coverage.rules.coverage import RemedyKind
from gui.pages.agencies.registry.paper_forms import SharingForm
from gui.pages.agencies.services.grid import ServiceGrid
from tests.conftest import TODAY
from tests.gui.agencies.test_coverage_page import dialog_of, press, read_again, show, words
from tests.typed import press as shortcut


def write_services(grid, name, person, count):
    """Fill the grid as a clerk does after the visits: today, the agency, a review each time."""
    grid.set_lines(
        [(TODAY.isoformat(), name, "合法性审查", person, f"示例审查第{at}件") for at in range(1, count + 1)]
    )


def test_a_gap_is_closed_worked_off_taken_back_and_looked_back_at(qtbot, demo_desk):
    page = show(qtbot, demo_desk)
    gap = next(gap for gap in page.view.gaps if gap.remedy.kind is RemedyKind.LEND)
    agency, lender = gap.agency_key, gap.remedy.person
    name = words(page, agency, "name")
    assert [words(page, agency, what) for what in ("covered", "effective")] == ["未配备", "未达标"]
    formal, effective = (page.headline.cards[key].share.text() for key in ("formal", "effective"))

    # the remedy is accepted as it is suggested
    page.gaps.list.follow(agency)
    press(qtbot, page.gaps.list, Qt.Key.Key_Return)
    form = dialog_of(qtbot, SharingForm)
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    read_again(qtbot, page)
    assert [words(page, agency, what) for what in ("covered", "effective")] == ["有", "履职不足"]
    assert page.headline.cards["formal"].share.text() != formal
    short = page.view.gap_of(agency).short

    # he works there: services are logged from beside the agency, many at once
    page.open_key(agency)
    page.details.act_asked.emit("log_services", 0)
    grid = dialog_of(qtbot, ServiceGrid)
    write_services(grid, name, lender, short)
    qtbot.waitUntil(lambda: len(grid.drafts()) == short)
    grid.try_save()
    read_again(qtbot, page)
    assert words(page, agency, "effective") == "达标"
    assert page.view.gap_of(agency) is None
    assert page.headline.cards["effective"].share.text() != effective
    assert [one.who for one in page.details.file.services[:short]] == [lender] * short

    # undo takes the services back as one act, and the agency falls short again; redo brings them back
    shortcut(qtbot, demo_desk.window, Qt.Key.Key_Z)
    read_again(qtbot, page)
    assert words(page, agency, "effective") == "履职不足"
    assert page.view.gap_of(agency).short == short
    shortcut(qtbot, demo_desk.window, Qt.Key.Key_Y)
    read_again(qtbot, page)
    assert words(page, agency, "effective") == "达标"

    # of a month ago nothing has changed
    page.as_of.choose(date(2026, 10, 31))
    assert words(page, agency, "covered") == "未配备"
    assert page.as_of.mark.isVisible()
    page.as_of.to_today.click()
    assert words(page, agency, "effective") == "达标"
