"""聘书 and 年度履职档案: one page each, whatever is written on them, and what is missing is said before."""

from dataclasses import replace
from datetime import date

import docx
import pytest
from openpyxl import load_workbook

from db.catalogue.reports import ANNUAL, CERTIFICATE, RENEWALS, REPORTS, ROSTER, make, write_report
from db.documents.certificate import certificates
from db.documents.docx import write_docx
from db.documents.parameters import Parameters
from db.documents.saving import save
from db.errors import Invalid, UserError
from db.office.acts.wording import keep_wording
from db.office.queries.history import recent_acts
from db.office.queries.wording import default_wording, wording
from db.office.rules.wording import fill, wording_problems
from db.performance.papers.annual import annual_sheets
from db.performance.papers.renewals import RenewalStub, renewal_list
from db.performance.queries.figures import year_record
from db.performance.queries.renewals import renewals
from db.roster.queries.appointments import term_lines
from db.roster.queries.roster import roster
from db.roster.rules.lawyers import Standing
from tests.conftest import TODAY
from tests.papers import OFFICE, a_certificate, a_letter, a_year, sizes_of, some_cases, texts_of

WORDING = default_wording("聘书")
HOSTILE = ["#set text(red)", "*粗* _斜_ $x$", "`a` \\ @b", "<i>&amp;</i>", "{姓名}"]


def words_of(path):
    """Return all that a Word file says, without blanks."""
    body = docx.Document(path)
    texts = [p.text for p in body.paragraphs]
    for table in body.tables:
        seen = []
        for row in table.rows:
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.append(cell._tc)
                    texts += [p.text for p in cell.paragraphs]
    for section in body.sections:
        texts += [p.text for p in (*section.first_page_header.paragraphs, *section.header.paragraphs)]
    return "".join("".join(texts).split())


def test_each_lawyer_has_a_certificate_on_a_page_of_its_own():
    papers = certificates(
        [a_certificate(), a_certificate(name="方以宁", number="柯司聘〔2026〕2号")], WORDING
    )
    pages = texts_of(papers)
    assert sizes_of(papers) == [(297, 210)] * 2
    assert "聘书" in pages[0]
    assert "汪晓棠律师：" in pages[0]
    assert "聘期自2026年6月1日至2028年5月31日" in pages[0]
    assert "编号：柯司聘〔2026〕2号" in pages[1]
    assert "方以宁" in pages[1]
    assert not any(paper.missing for paper in papers)


def test_long_names_stay_on_one_page():
    long = a_certificate(
        name="阿卜杜热西提·买买提吐尔逊江" * 3, post="行政诉讼法律顾问" * 12, body=OFFICE * 5
    )
    assert len(sizes_of(certificates([long], WORDING))) == 1


def test_what_a_certificate_lacks_is_named_and_left_to_write():
    (paper,) = certificates([a_certificate(to_on=None, number="", issued_on=None)], WORDING)
    assert paper.missing == ("汪晓棠：聘期止", "汪晓棠：聘书编号", "汪晓棠：签发日期")
    assert "年月日" in texts_of(paper)[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_clerk_types_prints_as_typed_on_every_paper(text, tmp_path):
    plain = "".join(text.split())
    for papers in (
        certificates([a_certificate(name=text)], WORDING),
        annual_sheets([a_year(name=text, bureau_opinion=text)]),
        (a_letter(text, title=text),),
    ):
        assert plain in "".join(texts_of(papers, layout=False))
        write_docx(papers, tmp_path / "x.docx", overwrite=True)
        assert plain in words_of(tmp_path / "x.docx")


def test_a_year_is_one_sheet_whatever_stands_on_it():
    full = a_year(
        name="阿卜杜热西提·买买提吐尔逊江",
        firm="示例" * 30 + "律师事务所",
        specialities=("市场监管", "卫生健康", "自然资源", "综合执法", "劳动保障"),
        cases=some_cases(40, "衢州启禾商贸有限公司、示例第二商贸有限公司 诉 区市场监督管理局、区人民政府"),
        self_review="本年度认真履职。" * 40,
        bureau_opinion="按时提交意见，同意评定为优秀。" * 20,
    )
    papers = annual_sheets([full, a_year(cases=())])
    assert sizes_of(papers) == [(210, 297)] * 2
    first = texts_of(papers)[0]
    assert "承办案件（40件，列出前8件，详见清单）" in first
    assert "浙0825行初8号" in first
    assert "浙0825行初9号" not in first


def test_the_year_says_what_was_done_and_the_grade():
    (page,) = texts_of(annual_sheets([a_year()]))
    for text in (
        "4.75",
        "驳回诉讼请求4件，撤诉1件",
        "利益冲突1次，出差2次",
        "■优秀",
        "□不称职",
        "330802********1224",
    ):
        assert text in page
    (paper,) = annual_sheets([a_year(grade=None, licence="")])
    assert paper.missing == ("汪晓棠：考核等次", "汪晓棠：执业证号")


def test_word_says_the_same_as_the_pdf(tmp_path):
    for number, papers in enumerate(
        (
            certificates([a_certificate(), a_certificate(name="方以宁")], WORDING),
            annual_sheets([a_year()]),
            (a_letter("请予支持。"),),
        )
    ):
        file = tmp_path / f"{number}.docx"
        write_docx(papers, file)
        ignored = dict.fromkeys(map(ord, "＿_—23"))  # lines to sign on, and page numbers
        said = sorted(words_of(file).translate(ignored))
        assert said == sorted("".join(texts_of(papers)).translate(ignored))


def test_word_names_the_fonts_of_official_papers_for_chinese_text(tmp_path):
    write_docx(a_letter("请予支持。"), tmp_path / "函.docx")
    runs = [
        run
        for p in docx.Document(tmp_path / "函.docx").paragraphs
        for run in p.runs
        if run.text == "请予支持。"
    ]
    fonts = runs[0]._r.rPr.rFonts
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert fonts.get(f"{namespace}eastAsia") == "仿宋_GB2312"


def test_the_bureau_words_its_papers_itself(office):
    with office.write("改用语") as session:
        keep_wording(session, "聘书", "{姓名}：\n请任{聘任职务}。")
    with office.read() as session:
        own = wording(session, "聘书")
    assert "请任行政诉讼法律顾问。" in texts_of(certificates([a_certificate()], own))[0]
    with office.write("恢复默认") as session:
        keep_wording(session, "聘书", WORDING)
    with office.read() as session:
        assert wording(session, "聘书") == WORDING


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{姓名}\n兹聘{岗位}", "第 2 行没有“岗位”这个字段，可用：姓名、"),
        ("兹聘{姓名为顾问", "第 1 行的“{”没有配对"),
        ("  ", "请填写用语"),
    ],
)
def test_wording_that_cannot_be_filled_is_said_at_the_field(office, text, said):
    with pytest.raises(Invalid) as refused, office.write("改用语") as session:
        keep_wording(session, "聘书", text)
    assert said in refused.value.problems[0].text
    assert refused.value.problems[0].field == "text"


def test_shipped_wording_is_sound_and_values_are_never_read_as_fields():
    assert wording_problems("聘书", WORDING) == []
    filled = fill("{姓名}任{职务}", {"姓名": "{职务}", "职务": ""})
    assert filled.text == "{职务}任＿＿＿＿＿＿"
    assert filled.missing == ("职务",)


def test_the_roster_prints_masked_as_of_any_day(demo_office, tmp_path):
    office = demo_office
    wanted = Parameters(date(2026, 1, 1), TODAY, TODAY, maker="沈青禾")
    (now,) = make(office, ROSTER, wanted)
    with office.read() as session:
        people = roster(session, TODAY)
    assert [row[1] for row in now.tables[0].rows] == [row.name for row in people]
    assert all("****" in str(row[8]) for row in now.tables[0].rows)
    (then,) = make(office, ROSTER, replace(wanted, as_of=date(2000, 1, 1)))
    assert then.tables[0].rows == []
    (one,) = make(office, ROSTER, replace(wanted, ids=(people[4].key,)))
    assert [row[1] for row in one.tables[0].rows] == [people[4].name]
    assert len(sizes_of(now)) == 1
    write_report(office, ROSTER, replace(wanted, unmasked=True), tmp_path / "名册.xlsx")
    values = [c.value for row in load_workbook(tmp_path / "名册.xlsx").active.iter_rows() for c in row]
    assert people[0].phone in values
    assert "内部资料" in values
    with office.read() as session:
        assert recent_acts(session, 1)[0].label == "打印或导出顾问名册（号码完整显示）"


def test_papers_of_the_office_say_what_is_recorded(demo_office, tmp_path):
    office = demo_office
    wanted = Parameters(date(2026, 1, 1), TODAY, TODAY)
    with office.read() as session:
        people = [row for row in roster(session, TODAY) if row.standing is Standing.SERVING]
        chosen = people[0]
        terms = term_lines(session, chosen.key)
        record = year_record(session, chosen.key, 2026, TODAY)
        running_out = {row.row.name for row in renewals(session, TODAY)}
    (paper,) = make(office, CERTIFICATE, replace(wanted, ids=(chosen.key,)))
    (page,) = texts_of(paper)
    assert paper.number == terms[-1].certificate
    assert f"{chosen.name}律师：" in page
    assert "示例数据，均为虚构" in page
    assert len(sizes_of(make(office, CERTIFICATE, wanted))) >= len(people)
    (sheet,) = make(office, ANNUAL, replace(wanted, ids=(chosen.key,), year=2026))
    figures = sheet.tables[0].rows[0]
    assert figures[:3] == (record.figure("lead").count, record.figure("assist").count, sum(figures[:2]))
    assert figures[3] == record.figure("service:会商研判").count
    assert sum(figures[4:8]) + figures[3] + figures[8] == sum(
        f.count for f in record.figures if f.key.startswith("service:")
    )
    assert figures[9:] == (
        record.figure("declined").count,
        record.figure("ratings").mean,
        record.figure("ratings").count,
    )
    (renewing,) = make(office, RENEWALS, wanted)
    assert {row[1] for row in renewing.tables[0].rows} == running_out
    for name, suffix in ((CERTIFICATE, ".docx"), (ANNUAL, ".docx"), (RENEWALS, ".xlsx"), (ANNUAL, ".pdf")):
        write_report(office, name, replace(wanted, ids=(chosen.key,)), tmp_path / f"{name}{suffix}")
    with pytest.raises(UserError, match="没有可以打印的内容"):
        make(office, ANNUAL, replace(wanted, year=1990))


def test_the_renewal_list_has_the_soonest_first(tmp_path):
    stubs = [
        RenewalStub("方以宁", "示例石梁溪律师事务所", date(2027, 5, 31), cases=3),
        RenewalStub(
            "汪晓棠", "示例双港律师事务所", date(2026, 12, 31), 7, 5, 11, 4.75, 8, "2026 优秀", "建议续聘"
        ),
    ]
    wanted = Parameters(date(2026, 1, 1), TODAY, TODAY)
    paper = renewal_list(stubs, OFFICE, wanted)
    assert [row[1] for row in paper.tables[0].rows] == ["汪晓棠", "方以宁"]
    assert paper.tables[0].rows[0][4] == 37
    save((paper,), "续聘名单", tmp_path / "续聘.xlsx")
    save((paper,), "续聘名单", tmp_path / "续聘.pdf")
    assert "建议续聘" in texts_of(paper)[0]


def test_a_paper_is_saved_only_as_what_it_can_be(office, tmp_path):
    (paper,) = certificates([a_certificate(number="")], WORDING)
    with pytest.raises(UserError, match=r"可以存为 \.pdf 或 \.docx"):
        save((paper,), "聘书", tmp_path / "聘书.xlsx")
    assert "没有填写：汪晓棠：聘书编号" in save((paper,), "聘书", tmp_path / "聘书.docx")
    assert all(report.group for report in REPORTS.values())
