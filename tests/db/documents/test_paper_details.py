"""Small things on paper: full names, dates in words, many plaintiffs, long runs of letters, marks that turn text round."""

import docx
import pypdfium2
import pytest
from openpyxl import load_workbook

from db.assignment.papers.letters import MANDATE, NamedStub
from db.catalogue.reports import LETTER, REPORTS, Asks, Parameters, make
from db.documents.docx import write_docx
from db.documents.model import Column, Paragraph, Table, prose, table_report
from db.documents.pdf import render_pdf
from db.documents.xlsx import write_xlsx
from db.errors import UserError
from db.formats.text import in_order, together
from db.workbench.papers.weekly import WEEKLY
from gui.printing.preview_text import missing_text
from tests.conftest import TODAY
from tests.db.cases.test_case_papers import a_letter_sent, papers
from tests.db.store.test_acts import assign_all, enter_case, enter_lawyer
from tests.papers import a_letter, black_of, extent, picture_of, texts_of

RUN = "A1b2-C3d4_" * 30
TURNED = "甲\u202e乙丙\u2067丁"


def test_a_letter_names_the_firm_in_full(office):
    case_id = a_letter_sent(office)
    (letter,) = papers(office, LETTER, case_id)
    said = "".join(block.text for block in letter.blocks if isinstance(block, Paragraph))
    assert "示例双港律师事务所" in said
    assert "示例九华律师事务所" in said
    assert "律所，" not in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2016-05-12 受行业处分（训诫）", "2016年5月12日受行业处分（训诫）"),
        ("自2026-01-01至2026-12-31", "自2026年1月1日至2026年12月31日"),
        ("公职律师证 2026-11-14 到期", "公职律师证2026年11月14日到期"),
        ("电话0570-2016-05-12", "电话0570-2016-05-12"),
        ("编号2016-05-123", "编号2016-05-123"),
        ("柯司〔2026〕1号", "柯司〔2026〕1号"),
    ],
)
def test_dates_in_running_text_are_written_in_words(given, said):
    assert prose(given) == said
    assert NamedStub("汪晓棠", "", "", None, (), "", given).checked == given


def test_many_plaintiffs_are_counted_and_few_are_named(office):
    names = [f"示例原告{at}" for at in range(30)]
    assert together(names) == "示例原告0等30人"
    assert together(names[:3]) == "示例原告0、示例原告1、示例原告2"
    assert together(names[:1]) == "示例原告0"


@pytest.mark.parametrize("text", [RUN, f"中文{RUN}中文", "https://example.cn/" + "a" * 280])
def test_a_run_of_letters_without_a_break_stays_on_the_page(tmp_path, text):
    black = black_of(picture_of(a_letter(text), 1, tmp_path))
    left, right = extent(black, 100, 250)
    assert left > 27
    assert right < 185
    said = "".join(texts_of(a_letter(text))).replace("\u200b", "")
    assert text.replace("-", "") in said.replace("-", "")


def test_marks_that_turn_text_round_reach_no_paper(tmp_path):
    assert in_order(TURNED) == "甲乙丙丁"
    letter = a_letter(TURNED)
    assert "甲乙丙丁" in "".join(texts_of(letter))
    write_docx(letter, tmp_path / "函.docx")
    assert any(p.text == "甲乙丙丁" for p in docx.Document(tmp_path / "函.docx").paragraphs)
    table = Table((Column("事项"),), [[TURNED]])
    write_xlsx(table_report("清单", ("单位",), (table,)), tmp_path / "清单.xlsx")
    assert load_workbook(tmp_path / "清单.xlsx").active["A4"].value == "甲乙丙丁"


def number_at(words, number):
    text = words.get_text_range()
    start = text.index(number)
    return range(start, start + len(number))


def test_eighteen_digits_stand_on_a_line_of_the_mandate(office):
    lawyer, case_id = enter_lawyer(office), enter_case(office)
    assign_all(office, case_id, lawyer)
    (paper,) = papers(office, MANDATE, case_id)
    with pypdfium2.PdfDocument(render_pdf(paper).data) as pdf:
        words = pdf[0].get_textpage()
        boxes = [words.get_charbox(at) for at in number_at(words, "13308201510123456")]
    assert boxes[-1][2] < boxes[0][0] + 49 / 25.4 * 72, "within its box"


def test_the_weekly_sheet_names_the_plaintiff(demo_office):
    (sheet,) = make(demo_office, WEEKLY, Parameters(TODAY, TODAY, TODAY))
    (table,) = sheet.tables
    at = table.place("原告")
    assert all(row[at] for row in table.rows)
    assert table.rows


@pytest.mark.parametrize("name", [n for n, r in REPORTS.items() if r.asks & {Asks.CASES, Asks.CONSULTATIONS}])
def test_a_paper_without_its_case_asks_for_it_and_for_nothing_else(office, name):
    with pytest.raises(UserError) as said:
        make(office, name, Parameters(TODAY, TODAY, TODAY))
    assert "选定" in str(said.value)
    assert "日期" not in str(said.value)


def test_what_many_papers_lack_that_are_nobodys_is_counted():
    assert missing_text(["联系人"] * 7).split("\n")[1] == "联系人：7 处"
