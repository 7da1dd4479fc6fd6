"""公职律师（法律顾问）配备情况统计表 and 覆盖缺口清单 of the 49 agencies, on paper and in the workbook."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from db.catalogue.importers import IMPORTERS
from db.catalogue.lists import export_list
from db.catalogue.reports import GAPS, STAFFING, make, write_report
from db.coverage.queries.coverage import load_coverage
from db.documents.model import Table
from db.documents.parameters import Parameters
from db.documents.pdf import render_pdf
from db.errors import UserError
from db.models.agency import Agency
from db.models.journal import Gesture
from db.models.public_lawyer import AgencyContract, PublicLawyer
from tests.conftest import TODAY
from tests.covered import cover
from tests.formulas import disagreements

WANTED = Parameters(date(2026, 1, 1), TODAY, TODAY, maker="沈青禾", reviewer="林一苇")
KINDS = ("区政府部门", "派出机构", "街道", "乡镇", "其他")


@pytest.fixture
def covered(office):
    cover(office)
    return office


def figures_of(database, day=TODAY):
    with database.read() as session:
        return load_coverage(session, TODAY).on(day).figures


def sheets_of(database, tmp_path, name=STAFFING, wanted=WANTED):
    file = tmp_path / "表.xlsx"
    write_report(database, name, wanted, file, overwrite=True)
    return load_workbook(file), load_workbook(file, data_only=True)


def pages_of(papers):
    return [
        [line.replace(" ", "") for line in page.extract_text().splitlines()]
        for page in PdfReader(BytesIO(render_pdf(papers).data)).pages
    ]


def test_the_table_of_49_agencies_repeats_its_header_and_leaves_no_subtotal_alone(covered):
    pages = pages_of(make(covered, STAFFING, WANTED))
    table, rates = pages[:-1], pages[-1]
    assert len(table) >= 3
    for lines in table:
        text = "".join(lines)
        assert text.count("受聘机构、人员") == 1  # the header, on every page
        after = text.split("覆盖覆盖覆盖")[-1] if "覆盖覆盖覆盖" in text else text
        assert "小计" not in after[:12]
    text = "".join(line for lines in table for line in lines)
    for kind in KINDS:
        assert text.count(f"{kind}小计") == 1
    assert text.count("审核人：林一苇") == 1
    assert "单位负责人" in "".join(table[-1])
    assert "覆盖情况汇总表" in "".join(rates)


def test_every_formula_comes_to_the_value_beside_it_and_the_sums_are_those_of_the_page(covered, tmp_path):
    formulas, cached = sheets_of(covered, tmp_path)
    for name in formulas.sheetnames:
        wrong, seen = disagreements(formulas[name], cached[name])
        assert wrong == []
        assert seen > 40
    figures = figures_of(covered).whole
    rows = list(cached[formulas.sheetnames[0]].iter_rows(values_only=True))
    total = next(row for row in rows if row[0] == "合计")
    assert total[6] == figures.persons.number > 0
    assert total[13:] == (
        figures.services.number,
        figures.work.numerator,
        figures.formal.numerator,
        figures.effective.numerator,
    )
    data = [row for row in rows if isinstance(row[0], int)]
    assert [row[0] for row in data] == list(range(1, 50))
    assert isinstance(data[0][4], int)  # a number as a number
    licences = {text for row in data if row[8] for text in row[8].split("\n")}
    assert all(isinstance(text, str) and "****" in text for text in licences)
    summary = list(cached["覆盖情况汇总表"].iter_rows(values_only=True))
    by_kind = next(row for row in summary if row[0] == "合计（按类型）")
    by_power = next(row for row in summary if row[0] == "合计（按行政执法权）")
    assert by_kind[1:] == by_power[1:]
    assert by_kind[5] == pytest.approx(figures.own.rate)
    assert by_kind[11] == pytest.approx(figures.effective.rate)


def test_each_rate_is_printed_with_its_numerator_denominator_and_definition(covered):
    (paper,) = make(covered, STAFFING, WANTED)
    notes = "".join(paper.tables[0].notes)
    figures = figures_of(covered)
    for figure in (figures.whole.own, figures.whole.work, figures.whole.formal, figures.whole.effective):
        assert f"{figure.title} {figure.rate:.1%}（{figure.numerator}/{figure.denominator}）" in notes
        assert figure.definition in notes
    forced = figures.enforcement.effective
    assert f"{forced.rate:.1%}（{forced.numerator}/{forced.denominator}）" in notes
    assert paper.checks
    assert not paper.failed_checks()


def test_the_table_is_that_of_its_day(covered):
    """Two certificates ran out ten days ago: a fortnight ago their agencies had a public lawyer of their own."""
    before = replace(WANTED, as_of=TODAY - timedelta(days=14))
    (now,), (then,) = make(covered, STAFFING, WANTED), make(covered, STAFFING, before)
    people = now.tables[0].place("人数")
    assert then.tables[0].totals()[people] == now.tables[0].totals()[people] + 2
    assert not then.failed_checks()


def test_numbers_of_certificates_are_masked_unless_asked_for_and_then_it_is_noted(covered, tmp_path):
    with covered.read() as session:
        licence = session.scalars(select(PublicLawyer.licence)).all()[-1]
    (masked,) = make(covered, STAFFING, WANTED)
    assert not any(licence in str(row) for row in masked.tables[0].rows)
    wanted = replace(WANTED, unmasked=True)
    (shown,) = make(covered, STAFFING, wanted)
    assert any(licence in str(row) for row in shown.tables[0].rows)
    assert "内部资料" in shown.heading
    write_report(covered, STAFFING, wanted, tmp_path / "全.xlsx")
    with covered.read() as session:
        label = session.scalars(select(Gesture.label).order_by(Gesture.id.desc())).first()
    assert label == f"打印或导出{STAFFING}（号码完整显示）"


def test_a_contract_that_ends_early_is_printed_with_the_day_on_which_it_does(covered):
    with covered.write("提前终止") as session:
        contract = session.scalars(select(AgencyContract)).first()
        contract.ended_on, contract.end_reason = TODAY + timedelta(days=7), "示例"
        name, number = session.get_one(Agency, contract.agency_id).name, contract.number
    (paper,) = make(covered, STAFFING, WANTED)
    table = next(block for block in paper.blocks if isinstance(block, Table))
    row = next(row for row in table.rows if row[1] == name)
    assert (row[10], row[12]) == (number, f"2026-01-01\n{TODAY + timedelta(days=6)}")


def test_a_cross_check_that_fails_is_said_on_paper(covered):
    """A table whose figure is not the page's would be a mistake of the program: it prints, and says so."""
    (paper,) = make(covered, STAFFING, WANTED)
    spoilt = replace(paper, checks=tuple(replace(check, is_ok=False) for check in paper.checks))
    assert any("勾稽不符：公职律师人数" in line for lines in pages_of((spoilt,)) for line in lines)


def test_the_gap_list_names_every_agency_that_falls_short_with_reason_step_and_deadline(covered, tmp_path):
    (paper,) = make(covered, GAPS, WANTED)
    rows = paper.tables[0].rows
    whole = figures_of(covered).whole
    with covered.read() as session:
        names = set(session.scalars(select(Agency.name).where(Agency.id.in_(whole.effective.missing))))
    assert {row[1] for row in rows} == names
    assert all(row[5] and row[6] and row[8] > TODAY for row in rows)
    assert any("2026-11-14 到期" in row[5] for row in rows)
    _, cached = sheets_of(covered, tmp_path, GAPS)
    assert cached.active["I4"].is_date


def test_a_district_without_agencies_prints_an_empty_table(office):
    with office.write("清空") as session:
        for agency in session.scalars(select(Agency)):
            agency.removed_at = datetime.now(UTC)
    for name in (STAFFING, GAPS):
        (paper,) = make(office, name, WANTED)
        assert render_pdf(paper).pages >= 1
        assert not paper.failed_checks()


@pytest.mark.parametrize("what", ["coverage", "public-lawyers", "services", "contracts", "consultations"])
def test_the_lists_are_workbooks_at_the_clerks_standard(demo_office, tmp_path, what):
    file = tmp_path / "清单.xlsx"
    count = export_list(demo_office, what, file, TODAY)
    formulas, cached = load_workbook(file).active, load_workbook(file, data_only=True).active
    wrong, seen = disagreements(formulas, cached)
    assert wrong == []
    assert seen  # the last row sums up
    rows = [row for row in cached.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(rows) == count > 5
    titles = [cell.value for cell in cached[3]]
    assert titles[0] == "序号"
    assert any(getattr(cell, "is_date", False) for row in cached.iter_rows(min_row=4) for cell in row)


def test_numbers_in_the_registry_are_masked_unless_asked_for_and_then_it_is_noted(demo_office, tmp_path):
    with demo_office.read() as session:
        people = session.scalars(select(PublicLawyer).where(PublicLawyer.removed_at.is_(None))).all()
        secret = {p.phone for p in people if p.phone} | {p.licence for p in people if p.licence}
    assert secret

    def texts(**options):
        export_list(demo_office, "public-lawyers", tmp_path / "册.xlsx", TODAY, overwrite=True, **options)
        sheet = load_workbook(tmp_path / "册.xlsx").active
        return {str(value) for row in sheet.iter_rows(values_only=True) for value in row}

    assert not secret & texts()
    assert secret <= texts(masked=False)
    with demo_office.read() as session:
        label = session.scalars(select(Gesture.label).order_by(Gesture.id.desc())).first()
    assert label.startswith("导出公职律师名册（号码完整显示")


def test_a_list_is_narrowed_by_what_its_columns_say_and_numbered_anew(demo_office, tmp_path):
    file = tmp_path / "缺口.xlsx"
    count = export_list(
        demo_office, "coverage", file, TODAY, where=[("有效覆盖", "否"), ("类型", "街道")], overwrite=True
    )
    whole = figures_of(demo_office).of("街道").effective
    assert count == len(whole.missing) > 0
    rows = [row for row in load_workbook(file).active.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [row[0] for row in rows] == list(range(1, count + 1))
    with pytest.raises(UserError, match="没有“缺项”这一列"):
        export_list(demo_office, "coverage", file, TODAY, where=[("缺项", "否")], overwrite=True)


def test_services_that_are_exported_are_those_that_coverage_counts(demo_office, tmp_path):
    count = export_list(demo_office, "services", tmp_path / "履职.xlsx", TODAY)
    rows = list(load_workbook(tmp_path / "履职.xlsx").active.iter_rows(min_row=4, values_only=True))
    days = [row[1].date() for row in rows if isinstance(row[0], int)]
    assert len(days) == count
    assert min(days) >= figures_of(demo_office).first
    assert max(days) <= TODAY
    for_agencies = sum(1 for row in rows if isinstance(row[0], int) and row[2])
    assert for_agencies == figures_of(demo_office).whole.services.number


def test_what_is_exported_is_known_again_when_it_comes_back(demo_office, office, tmp_path):
    """Also cases and consultations in the log, which enter by themselves and must not count twice."""
    for what in ("public-lawyers", "services", "agencies"):
        count = export_list(demo_office, what, tmp_path / f"{what}.xlsx", TODAY, masked=False)
        plan = IMPORTERS[what].examine(demo_office, tmp_path / f"{what}.xlsx", None, TODAY)
        assert (plan.counts.new, plan.counts.update, plan.counts.to_mend) == (0, 0, 0)
        assert plan.counts.skip == count > 20
    plan = IMPORTERS["public-lawyers"].examine(office, tmp_path / "public-lawyers.xlsx", None, TODAY)
    IMPORTERS["public-lawyers"].carry_out(office, plan, TODAY)
    export_list(office, "public-lawyers", tmp_path / "再.xlsx", TODAY, masked=False)
    sheets = [load_workbook(tmp_path / name).active for name in ("public-lawyers.xlsx", "再.xlsx")]
    known = [{row[10]: row[1:14] for row in sheet.iter_rows(min_row=4, values_only=True)} for sheet in sheets]
    without = {number for number, row in known[0].items() if row != known[1][number]}
    told = [
        p for p in plan.problems if p.column == "状态"
    ]  # a paper that was taken back does not come in as a valid one
    assert len(without) == len(told) > 0
    for number in without:
        assert known[1][number] == (*known[0][number][:10], None, None, *known[0][number][12:])
