"""单位与覆盖 as a clerk uses it: figures that open what they count, gaps that lead to the next step, any day at once."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from sqlalchemy import select

from db.agencies.acts.changes import end_agency
from db.agencies.rules.agencies import AgencyEnd, EndDraft
from db.bench.coverage import make_district
from db.coverage.queries.urging import unanswered_urging
from db.coverage.rules.coverage import Count, RemedyKind
from db.formats.figures import Figure
from db.models.agency import Agency
from db.models.derived import Engagement
from db.models.public_lawyer import Certificate, Posting, PublicLawyer, Sharing
from db.services.acts.services import record_services, remove_services
from db.services.rules.services import ServiceDraft
from db.words.service import ServiceKind
from gui.forms.exporting import ExportDialog
from gui.forms.urging import UrgingDialog
from gui.pages.agencies.coverage.all_figures import COUNTS, RATES, AllFigures
from gui.pages.agencies.coverage.gap_list import action_rect
from gui.pages.agencies.coverage.matrix import COLUMNS
from gui.pages.agencies.registry.paper_forms import ContractForm, InternalAdviserForm, SharingForm
from gui.pages.agencies.registry.person_editor import PublicLawyerEditor
from gui.pages.agencies.registry.roll import PublicLawyerRoll
from gui.pages.agencies.services.grid import ServiceGrid
from gui.pages.agencies.services.log import ServiceLog
from gui.pages.agencies.unit.change_forms import EndForm, RenameForm
from gui.pages.agencies.unit.editor import AgencyEditor
from gui.pages.agencies.unit.records import RecordsDialog
from gui.pages.agencies.urging.acts import UrgingAnswerForm
from gui.printing.preview import PaperPreview
from gui.tables.cells import plain
from tests.conftest import TODAY
from tests.typed import type_in

AT = {column.key: place for place, column in enumerate(COLUMNS)}


@pytest.fixture
def page(qtbot, demo_desk):
    """Return the page over the demo bureau."""
    return show(qtbot, demo_desk)


def show(qtbot, desk):
    """Go to the page and wait until the district is read."""
    desk.window.go("agencies")
    page = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: page.view is not None)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    page.table.setFocus()
    return page


def read_again(qtbot, page):
    """Wait until what was just changed has been read."""
    before = page.snapshot
    qtbot.waitUntil(lambda: page.snapshot is not before)


def words(page, key, column):
    """Return what the matrix shows of an agency in a column."""
    return plain(COLUMNS[AT[column]].cell(page.fetch([key])[key]))


def agency_named(database, short_name):
    with database.read() as session:
        return session.scalars(select(Agency.id).where(Agency.short_name == short_name)).one()


def give_lawyer(database, agency, name, ends=date(2028, 12, 31)):
    """Let an invented public lawyer work in an agency, with a certificate until ``ends``."""
    with database.write(f"登记公职律师 {name}") as session:
        lawyer = PublicLawyer(name=name, sort_key=name)
        session.add(lawyer)
        session.flush()
        session.add(Posting(public_lawyer_id=lawyer.id, agency_id=agency, from_on=date(2024, 1, 1)))
        session.add(Certificate(public_lawyer_id=lawyer.id, from_on=date(2024, 1, 1), to_on=ends))
        return lawyer.id


def serve(database, agency, times, day=TODAY):
    """Log services for an agency."""
    draft = ServiceDraft(
        kind=ServiceKind.LEGALITY_REVIEW, on_date=day, agency_id=agency, matter="示例审查", person="示例"
    )
    with database.write(f"登记履职 {times} 次") as session:
        return record_services(session, [draft] * times, TODAY)


def dialog_of(qtbot, kind):
    """Wait for a dialog and return it."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def press(qtbot, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key in a control."""
    widget.setFocus()
    qtbot.keyClick(widget, key, modifier)


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(12, widget.height() - 6))


# -- figures ---------------------------------------------------------------------------------


@pytest.mark.parametrize("card", ["formal", "effective", "persons", "services"])
def test_a_figure_narrows_the_matrix_to_what_it_counts_and_opens_those_records(qtbot, page, card):
    whole = page.view.district.figures.whole
    figure = {
        "formal": whole.formal,
        "effective": whole.effective,
        "persons": whole.persons,
        "services": whole.services,
    }[card]
    counted = figure.counted if isinstance(figure, Figure) else figure.agencies
    everything = list(page.model.keys)
    click(qtbot, page.headline.cards[card])
    assert set(page.model.keys) == set(counted)
    assert f"{len(counted)} 个" in page.filters.drop.text()
    if isinstance(figure, Figure):
        assert page.headline.cards[card].share.text() == f"{len(page.model.keys)} / {len(figure.base)}"
    page.headline.cards[card].records.click()
    dialog = dialog_of(qtbot, RecordsDialog)
    rows = [dialog.model.row(at) for at in range(dialog.model.rowCount())]
    assert None not in rows
    assert {row.agency_key for row in rows} == set(counted)
    if isinstance(figure, Count):
        assert len(rows) == figure.number
    dialog.accept()
    page.filters.drop.click()
    assert page.model.keys == everything


def test_all_figures_of_every_group_open_exactly_the_agencies_they_count(qtbot, page):
    for of in page.view.district.figures.sets:
        for title in (*(key.value for key in RATES), *COUNTS):
            page.all_figures.click()
            dialog = dialog_of(qtbot, AllFigures)
            dialog.choose(of.scope, title)
            figure = dialog.chosen().figure
            counted = figure.counted if isinstance(figure, Figure) else figure.agencies
            assert dialog.definition.text() == figure.definition
            dialog.counted.click()
            assert set(page.model.keys) == set(counted), (of.scope, title)
            assert set(counted) <= set(of.agencies)
    page.all_figures.click()
    dialog = dialog_of(qtbot, AllFigures)
    dialog.choose("全部", "有效覆盖率")
    dialog.missing.click()
    assert set(page.model.keys) == {gap.agency_key for gap in page.view.gaps}


def test_a_service_record_leads_to_its_agency_and_a_case_to_the_case(qtbot, demo_desk, page):
    page.headline.cards["services"].records.click()
    dialog = dialog_of(qtbot, RecordsDialog)
    rows = [dialog.model.row(at) for at in range(dialog.model.rowCount())]
    of_case = next(at for at, row in enumerate(rows) if row.page == "cases")
    dialog.table.selectRow(of_case)
    press(qtbot, dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: demo_desk.window.stack.currentWidget().objectName() == "cases_page")
    cases = demo_desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: cases.table.current_key() == rows[of_case].record)


def test_the_months_before_are_told_under_the_pointer(page):
    trend = page.headline.cards["effective"].trend
    assert len(trend.points) == 25  # the ends of 24 months, and the day itself
    last = page.view.district.figures.whole.effective
    assert (
        trend.words_at(trend.width()) == f"2026-11 {last.rate:.1%}（{last.numerator} / {last.denominator}）"
    )
    assert trend.words_at(0).startswith("2024-11")


# -- from 有形 to 有效 ------------------------------------------------------------------------


def test_one_service_more_turns_an_agency_and_taking_it_away_turns_it_back(qtbot, desk):
    agency = agency_named(desk.database, "区统计局")
    give_lawyer(desk.database, agency, "示例甲")
    page = show(qtbot, desk)
    assert words(page, agency, "covered") == "有"
    assert words(page, agency, "effective") == "履职不足"
    serve(desk.database, agency, 5)
    read_again(qtbot, page)
    assert page.view.gap_of(agency).badge == "还差 1 次"
    (last,) = serve(desk.database, agency, 1)
    read_again(qtbot, page)
    assert words(page, agency, "effective") == "达标"
    assert words(page, agency, "counted") == "6"
    assert page.headline.cards["effective"].share.text() == "1 / 49"
    assert agency not in [item.key for item in page.gaps.list.gaps.items]
    with desk.database.write("删除一次履职") as session:
        remove_services(session, [last])
    read_again(qtbot, page)
    assert words(page, agency, "effective") == "履职不足"
    desk.window.undo()
    read_again(qtbot, page)
    assert words(page, agency, "effective") == "达标"


def test_the_day_moves_with_the_slider_and_an_expired_certificate_no_longer_counts(qtbot, desk):
    agency = agency_named(desk.database, "区审计局")
    give_lawyer(desk.database, agency, "示例乙", ends=date(2026, 9, 15))
    page = show(qtbot, desk)
    assert words(page, agency, "covered") == "未配备"
    gap = page.view.gap_of(agency)
    assert gap.badge == "已到期"
    assert "2026-09-15 到期" in gap.reason
    assert not page.as_of.mark.isVisible()
    for _ in range(3):
        press(qtbot, page.as_of.slider, Qt.Key.Key_Left)
    assert page.day == date(2026, 8, 31)
    assert page.as_of.field.text() == "2026-08-31"
    assert page.as_of.mark.isVisible()
    assert words(page, agency, "covered") == "有"
    assert page.headline.cards["formal"].share.text() == "1 / 49"
    page.as_of.field.selectAll()
    type_in(qtbot, page.as_of.field, "2026.9.16")
    press(qtbot, page.as_of.field, Qt.Key.Key_Return)
    assert page.day == date(2026, 9, 16)
    assert words(page, agency, "covered") == "未配备"
    page.as_of.to_today.click()
    assert page.day == TODAY
    assert not page.as_of.mark.isVisible()


def test_a_day_that_is_not_understood_is_answered_at_the_field_and_kept(qtbot, page):
    page.as_of.field.selectAll()
    type_in(qtbot, page.as_of.field, "上个月底")
    press(qtbot, page.as_of.field, Qt.Key.Key_Return)
    assert page.as_of.field.text() == "上个月底"
    assert "看不懂这个日期" in page.as_of.trouble.text()
    assert page.day == TODAY
    press(qtbot, page.as_of.field, Qt.Key.Key_Escape)
    assert page.as_of.field.text() == TODAY.isoformat()


def test_of_a_past_day_nothing_is_done_from_the_gaps(qtbot, demo_desk, page):
    page.as_of.choose(TODAY - timedelta(days=400))
    page.gaps.list.follow(page.gaps.list.gaps.items[0].key)
    press(qtbot, page.gaps.list, Qt.Key.Key_Return)
    assert "回到今天" in demo_desk.window.notice.text()
    assert not isinstance(QApplication.activeModalWidget(), QDialog)


# -- matrix and gaps -------------------------------------------------------------------------


def test_segments_filters_and_sums(qtbot, page):
    rows = page.view.district.rows
    page.filters.segments.buttons["towns"].click()
    assert len(page.model.keys) == sum(r.kind.value in {"街道", "乡镇"} for r in rows)
    assert page.filters.segments.buttons["towns"].text().endswith(f" {len(page.model.keys)}")
    page.filters.segments.buttons["gaps"].click()
    assert set(page.model.keys) == {gap.agency_key for gap in page.view.gaps}
    page.filters.enforcement.click()
    shown = [r for r in rows if r.key in set(page.model.keys)]
    assert shown
    assert all(r.has_enforcement and not r.is_effective for r in shown)
    assert page.sums.text().startswith(f"显示 {len(shown)} / {len(rows)} 个")
    assert page.sums.text().endswith(f"履职 {sum(r.counted for r in shown)} 次")
    page.filters.segments.buttons["all"].click()
    page.filters.enforcement.click()
    type_in(qtbot, page.find_field, "slz")
    assert [words(page, key, "name") for key in page.model.keys] == ["石梁镇"]


def test_the_matrix_sorts_by_services(qtbot, page):
    page.table.horizontalHeader().sortIndicatorChanged.emit(AT["counted"], Qt.SortOrder.DescendingOrder)
    counts = [page.fetch([key])[key].cover.counted for key in page.model.keys]
    assert counts == sorted(counts, reverse=True)


def test_a_gap_selects_its_row_and_a_row_its_gap(qtbot, page):
    items = page.gaps.list.gaps.items
    assert len(items) == len(page.view.gaps)
    assert page.gaps.count.text() == f"{len(items)} 个"
    page.gaps.list.setFocus()
    page.gaps.list.follow(items[0].key)
    press(qtbot, page.gaps.list, Qt.Key.Key_Down)
    assert page.gaps.list.current_key() == items[1].key
    assert page.table.current_key() == items[1].key
    page.table.show_key(items[3].key)
    qtbot.waitUntil(lambda: page.gaps.list.current_key() == items[3].key)
    without = next(r.key for r in page.view.district.rows if r.is_effective)
    page.table.show_key(without)
    qtbot.waitUntil(lambda: page.gaps.list.current_key() is None)


def test_F6_moves_between_the_panes(qtbot, demo_desk, page):
    press(qtbot, page.table, Qt.Key.Key_F6)
    qtbot.waitUntil(page.gaps.list.hasFocus)
    press(qtbot, page.gaps.list, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(page.table.hasFocus)


# -- one agency ------------------------------------------------------------------------------


def test_enter_opens_an_agency_and_escape_returns_to_the_gaps(qtbot, page):
    key = page.model.keys[4]
    page.table.show_key(key)
    press(qtbot, page.table, Qt.Key.Key_Return)
    assert page.side.shows_agency
    assert page.details.key == key
    assert page.details.name.text() == words(page, key, "name")
    other = page.model.keys[6]
    page.table.show_key(other)
    qtbot.waitUntil(lambda: page.details.key == other)
    press(qtbot, page.table, Qt.Key.Key_Escape)
    assert not page.side.shows_agency
    assert page.panel.widget() is page.gaps


def test_the_search_opens_an_agency(qtbot, demo_desk):
    window = demo_desk.window
    window.go("roster")
    type_in(qtbot, window.search, "区教育局")
    qtbot.waitUntil(lambda: window.search.popup.isVisible() and window.search.hits.currentItem() is not None)
    while window.search.hits.currentItem().data(Qt.ItemDataRole.UserRole)[0] != "agency":
        press(qtbot, window.search, Qt.Key.Key_Down)
    press(qtbot, window.search, Qt.Key.Key_Return)
    page = window.stack.currentWidget()
    assert page.name == "agencies"
    qtbot.waitUntil(lambda: page.side.shows_agency)
    assert page.details.name.text() == "区教育局"
    assert page.table.current_key() == page.details.key


def test_the_services_of_one_agency_open_all_of_them(qtbot, page):
    busiest = max(page.view.district.rows, key=lambda r: r.total)
    page.select(busiest.key)
    assert sum(count for _, count in page.details.file.months) == busiest.total
    page.drill.show_services(page.view, busiest.key)
    dialog = dialog_of(qtbot, RecordsDialog)
    assert len(dialog.model.keys) == busiest.total
    with page.context.database.read() as session:
        days = session.scalars(
            select(Engagement.on_date).where(Engagement.agency_id == busiest.key, Engagement.on_date <= TODAY)
        ).all()
    first = page.view.district.figures.first
    shown = sorted(dialog.model.row(at).when for at in range(dialog.model.rowCount()))
    assert shown == sorted(day.isoformat() for day in days if day >= first)
    dialog.accept()


def test_the_workbench_leads_to_the_gaps(qtbot, demo_desk):
    window = demo_desk.window
    window.go("workbench")
    bench = window.stack.currentWidget()
    qtbot.waitUntil(lambda: bench.side.coverage.isVisible())
    number = bench.side.coverage.effective.number.text()
    bench.side.coverage.link.click()
    page = window.stack.currentWidget()
    qtbot.waitUntil(lambda: page.view is not None)
    assert page.filters.segments.current() == "gaps"
    assert set(page.model.keys) == {gap.agency_key for gap in page.view.gaps}
    assert str(page.view.district.figures.whole.effective.numerator) == number


def test_the_first_run_list_is_verified_from_the_workbench(qtbot, desk):
    desk.window.go("workbench")
    bench = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: bench.side.verify.isVisible())
    bench.side.verify.click()
    page = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: page.view is not None)
    assert len(page.model.keys) == 49
    page.edit_current()
    editor = QApplication.activeModalWidget()
    editor.try_save()
    qtbot.waitUntil(lambda: len(page.model.keys) == 48)  # the next one is at hand
    assert page.table.current_key() in page.model.keys


@pytest.mark.parametrize("width", [1440, 1920])
def test_no_name_of_an_agency_is_cut_off(qtbot, demo_desk, page, width):
    demo_desk.window.resize(width, 868)
    qtbot.waitUntil(lambda: page.width() > width - 200)
    metrics = page.table.fontMetrics()
    room = page.table.columnWidth(AT["name"]) - 24 - 8
    assert all(metrics.horizontalAdvance(r.short_name) <= room for r in page.view.district.rows)


# -- the next step ---------------------------------------------------------------------------


def gap_with(page, remedy):
    """Return the first gap for which this is the next step."""
    return next(gap for gap in page.view.gaps if gap.remedy.kind is remedy)


def take(qtbot, page, gap):
    """Choose a gap by the keyboard and press Enter."""
    page.gaps.list.follow(gap.agency_key)
    press(qtbot, page.gaps.list, Qt.Key.Key_Return)


def test_a_suggested_sharing_opens_filled_in_and_is_one_act_that_undo_takes_back(qtbot, demo_desk, page):
    gap = gap_with(page, RemedyKind.LEND)
    before = page.headline.cards["formal"].share.text()
    take(qtbot, page, gap)
    form = dialog_of(qtbot, SharingForm)
    assert form.draft().agency_id == gap.agency_key
    assert form.draft().public_lawyer_id == gap.remedy.person_key
    with demo_desk.database.read() as session:
        assert session.scalars(select(Sharing).where(Sharing.agency_id == gap.agency_key)).first() is None
    form.try_save()
    read_again(qtbot, page)
    assert words(page, gap.agency_key, "covered") == "有"
    assert words(page, gap.agency_key, "shared").startswith("由 ")
    assert page.headline.cards["formal"].share.text() != before
    with demo_desk.database.read() as session:
        paper = session.scalars(select(Sharing).where(Sharing.agency_id == gap.agency_key)).one()
        assert paper.public_lawyer_id == gap.remedy.person_key
        assert paper.paper
    demo_desk.window.undo()
    read_again(qtbot, page)
    assert words(page, gap.agency_key, "covered") == "未配备"
    assert page.headline.cards["formal"].share.text() == before


def test_nothing_is_written_when_the_form_is_given_up(qtbot, demo_desk, page):
    with demo_desk.database.read() as session:
        papers = session.scalars(select(Sharing.id)).all()
    take(qtbot, page, gap_with(page, RemedyKind.LEND))
    dialog_of(qtbot, SharingForm).reject()
    with demo_desk.database.read() as session:
        assert session.scalars(select(Sharing.id)).all() == papers


def test_services_to_arrange_open_the_grid_with_a_line_for_each(qtbot, page):
    gap = gap_with(page, RemedyKind.SCHEDULE)
    take(qtbot, page, gap)
    grid = dialog_of(qtbot, ServiceGrid)
    name = page.fetch([gap.agency_key])[gap.agency_key].cover.short_name
    for at in range(gap.remedy.times):
        cells = [grid.grid.item(at, place).text() for place in range(4)]
        assert cells[1:3] == [name, gap.remedy.service_kind.value]
    assert grid.drafts() == []  # what is only suggested is no service yet
    grid.reject()


def test_a_reminder_is_written_to_this_agency_alone(qtbot, page):
    gap = gap_with(page, RemedyKind.LETTER)
    take(qtbot, page, gap)
    dialog = dialog_of(qtbot, UrgingDialog)
    assert dialog.ticked() == [gap.agency_key]
    dialog.reject()


def test_letters_go_to_all_gaps_in_one_go_and_an_answer_is_logged_beside_the_agency(qtbot, demo_desk, page):
    page.gaps.urge.click()
    dialog = dialog_of(qtbot, UrgingDialog)
    with demo_desk.database.read() as session:
        letters = unanswered_urging(session, TODAY, overdue_only=False)
        waiting = {letter.agency_id for letter in letters if not letter.is_overdue}
    assert waiting  # has a letter in time already
    assert set(dialog.ticked()) == {gap.agency_key for gap in page.view.gaps} - waiting
    dialog.try_save()
    preview = dialog_of(qtbot, PaperPreview)
    preview.reject()
    page.open_key(page.view.gaps[0].agency_key)
    qtbot.waitUntil(lambda: bool(page.details.file.letters))
    page.details.findChild(QPushButton, "agency_answer_letter").click()
    form = dialog_of(qtbot, UrgingAnswerForm)
    form.answer.setPlainText("已与区民政局商定统筹，十二月底前到位（示例）。")
    form.try_save()
    qtbot.waitUntil(lambda: page.details.file.letters[0].answered_on == TODAY)


def test_what_is_beside_an_agency_opens_its_forms(qtbot, page):
    own = next(r for r in page.view.district.rows if r.own and r.external)
    page.select(own.key)
    for act, kind in (
        ("agency_rename", RenameForm),
        ("agency_end", EndForm),
        ("agency_edit", AgencyEditor),
        ("agency_enter_public_lawyer", PublicLawyerEditor),
        ("agency_open_public_lawyer", PublicLawyerEditor),
        ("agency_enter_sharing", SharingForm),
        ("agency_enter_contract", ContractForm),
        ("agency_open_contract", ContractForm),
        ("agency_enter_adviser", InternalAdviserForm),
        ("agency_log_services", ServiceGrid),
    ):
        page.details.findChild(QPushButton, act).click()
        dialog_of(qtbot, kind).reject()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_the_menu_opens_lists_and_forms(qtbot, page):
    for act, kind in (
        ("enter_agency", AgencyEditor),
        ("show_roll", PublicLawyerRoll),
        ("enter_sharing", SharingForm),
        ("show_log", ServiceLog),
        ("print_gaps", PaperPreview),
    ):
        page.more.action(act).trigger()
        dialog_of(qtbot, kind).reject()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    page.print_button.click()
    dialog_of(qtbot, PaperPreview).reject()


def test_what_is_shown_is_exported_as_of_the_day_shown(qtbot, demo_desk, page, tmp_path):
    page.filters.segments.buttons["gaps"].click()
    demo_desk.files.path = tmp_path / "覆盖.xlsx"
    page.export_button.click()
    dialog_of(qtbot, ExportDialog).go.click()
    qtbot.waitUntil(lambda: f"已导出 {len(page.model.keys)} 行" in demo_desk.window.notice.text())
    assert demo_desk.files.path.exists()


def test_a_big_district_is_reckoned_beside_the_window_and_shows_the_last_day_asked_for(qtbot, desk):
    make_district(desk.database, (450, 200, 3000), TODAY)
    page = show(qtbot, desk)
    assert page.snapshot.is_big
    for month in (3, 5, 8):
        page.as_of.choose(date(2026, month, 28))
    assert page.view.district.day != page.day  # the window did not wait
    qtbot.waitUntil(lambda: page.view.district.day == date(2026, 8, 28))
    figure = page.snapshot.coverage.on(page.day).figures.whole.effective
    card = page.headline.cards["effective"]
    assert card.share.text() == f"{figure.numerator} / {figure.denominator}"
    assert len(page.gaps.list.gaps.items) == len(figure.missing)
    page.as_of.to_today.click()
    qtbot.waitUntil(lambda: page.view.district.day == TODAY)


def test_before_a_merger_the_agency_that_ended_is_found_by_what_is_typed(qtbot, desk):
    ended, into = agency_named(desk.database, "区水利局"), agency_named(desk.database, "区农业农村局")
    with desk.database.write("撤并") as session:
        version = session.get(Agency, ended).version
        draft = EndDraft(AgencyEnd.MERGED, date(2026, 7, 1), into, "示例机改〔2026〕1号", "", version=version)
        end_agency(session, ended, draft, TODAY)
    page = show(qtbot, desk)
    page.as_of.choose(date(2026, 6, 30))
    page.find_field.setFocus()
    type_in(qtbot, page.find_field, "水利局")
    qtbot.waitUntil(lambda: page.model.keys == [ended])
    page.as_of.back_to_today()
    assert page.model.keys == []


def test_a_new_office_is_told_to_enter_its_people_before_it_writes_to_everybody(qtbot, desk):
    page = show(qtbot, desk)
    assert page.gaps.count.text() == "49 个"
    assert page.gaps.none.isVisible()
    assert page.gaps.none.text().startswith("还没有登记公职律师")
    give_lawyer(desk.database, agency_named(desk.database, "区审计局"), "示例甲")
    read_again(qtbot, page)
    assert not page.gaps.none.isVisible()
    page.find_field.setFocus()
    type_in(qtbot, page.find_field, "没有这个单位")
    qtbot.waitUntil(lambda: page.model.keys == [])
    assert page.gaps.none.text() == "筛选出的单位没有缺口。"


def test_no_letter_goes_out_about_a_day_that_has_not_come(qtbot, demo_desk, page):
    page.as_of.choose(TODAY + timedelta(days=200))
    assert page.as_of.mark.text() == "尚未到来"
    page.urge()
    assert "还没有到" in demo_desk.window.notice.text()
    gap = next(one for one in page.view.gaps if one.remedy.kind is RemedyKind.LETTER)
    page.gaps.list.follow(gap.agency_key)
    press(qtbot, page.gaps.list, Qt.Key.Key_Return)
    assert not isinstance(QApplication.activeModalWidget(), QDialog)
    page.as_of.back_to_today()
    page.urge()
    dialog_of(qtbot, UrgingDialog).reject()


@pytest.mark.parametrize("typed", ["0001-01-01", "0206-6-30", "9999-12-31"])
def test_a_slip_of_the_year_is_answered_at_the_field(qtbot, page, typed):
    page.as_of.field.selectAll()
    type_in(qtbot, page.as_of.field, typed)
    press(qtbot, page.as_of.field, Qt.Key.Key_Return)
    assert page.day == TODAY
    assert page.as_of.trouble.text()


def test_a_double_click_on_the_link_acts_once_and_elsewhere_opens_the_agency(qtbot, page):
    acted, opened = [], []
    page.gaps.list.acted.disconnect()
    page.gaps.list.acted.connect(acted.append)
    page.gaps.list.opened.connect(opened.append)
    index = page.gaps.list.gaps.index(0)
    rect = page.gaps.list.visualRect(index)
    link = action_rect(rect, page.gaps.list.gaps.items[0].action).center()
    twice(qtbot, page.gaps.list.viewport(), link)
    assert (len(acted), opened) == (1, [])
    twice(qtbot, page.gaps.list.viewport(), rect.bottomLeft() + QPoint(30, -12))
    assert (len(acted), opened) == (1, acted)


def twice(qtbot, widget, at):
    """Click twice as fast as a mouse does: press, release, double click, release."""
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=at)
