"""The papers of an assignment say what the case's record says, and list what nobody has entered."""

from dataclasses import replace
from datetime import date

from docx import Document as WordFile

from db.agencies.acts.agencies import save_agency
from db.agencies.queries.agencies import AgencyFilter, agency_draft, agency_keys
from db.assignment.acts.assignments import assign
from db.assignment.papers.letters import LETTER
from db.assignment.rules.assignments import AssignmentDraft, Choice
from db.catalogue.reports import REPORTS, make
from db.documents.docx import write_docx
from db.documents.parameters import Parameters
from db.office.acts.settings import save_settings
from db.office.queries.settings import load_settings
from db.words.assignment import Mandate, Role
from tests.conftest import TODAY
from tests.db.store.test_acts import defendant, detail, enter_case, enter_lawyer
from tests.papers import texts_of

SECOND = {"name": "王砚秋", "licence": "13308201510123457", "firm": "示例九华律师事务所"}


def a_letter_sent(office, mandate=Mandate.GENERAL):
    """Return a case for which two lawyers were recommended by letter, and the first assigned."""
    lead, other, case_id = enter_lawyer(office), enter_lawyer(office, **SECOND), enter_case(office)
    with office.read() as session:
        settings = load_settings(session)
        agency = agency_keys(session, AgencyFilter(text="综合执法"), TODAY)[0]
        draft = agency_draft(session, agency)
    with office.write("补全资料") as session:
        save_settings(session, replace(settings, contact="沈青禾", contact_phone="0570-3010939"))
        save_agency(session, replace(draft, head="示例甲 局长", address="示例路 1 号"), TODAY, agency)
    found = detail(office, case_id)
    with office.write("分派") as session:
        choice = AssignmentDraft(
            case_id,
            defendant(found).key,
            (Choice(lead, Role.LEAD),),
            (other,),
            mandate,
            TODAY,
            with_letter=True,
            version=found.version,
        )
        assign(session, choice, TODAY)
    return case_id


def papers(office, name, case_id):
    return make(office, name, Parameters(date(2026, 1, 1), TODAY, TODAY, ids=(case_id,)))


def test_the_letter_is_one_page_with_two_candidates_and_a_slip_of_its_own(office):
    case_id = a_letter_sent(office)
    made = papers(office, LETTER, case_id)
    page, slip = texts_of(made)
    for said in (
        "柯司顾荐〔2026〕1号",
        "衢州市柯城区综合行政执法局：",
        "周建国诉衢州市柯城区综合行政执法局违法建设处罚一案",
        "一、汪晓棠，执业证号13308201510123456",
        "二、王砚秋，执业证号13308201510123457",
        "经2026年11月24日核对，未发现上述人员应当回避的情形",
        "由你单位自主决定",
        "2026年11月30日前",
        "（联系人：沈青禾，联系电话：0570-3010939）",
    ):
        assert said in page, said
    assert "□汪晓棠□王砚秋□均不选" in slip
    assert made[0].missing == ("法院",)  # the case has no court yet: said before printing


def test_word_says_the_same_as_the_page(office, tmp_path):
    made = papers(office, LETTER, a_letter_sent(office))
    write_docx(made, tmp_path / "函.docx")
    words = "".join("".join(p.text.split()) for p in WordFile(tmp_path / "函.docx").paragraphs)
    for block in made[0].blocks[:5]:
        assert "".join(f"{block.lead}{block.text}".split()) in words


def test_a_special_mandate_names_each_power(office):
    made = papers(office, "授权委托书", a_letter_sent(office, Mandate.SPECIAL))
    (page,) = texts_of(made, layout=False)
    for said in (
        "□一般授权■特别授权",
        "■调解、和解",
        "■提起上诉、撤回上诉",
        "汪晓棠",
        "示例甲",
        "一审诉讼代理人",
    ):
        assert said in page, said
    assert "反诉" not in page  # 行政诉讼 knows none


def test_the_mandate_hides_phones_unless_asked(office):
    case_id = a_letter_sent(office)
    (page,) = texts_of(papers(office, "授权委托书", case_id))
    assert "138****1111" in page
    assert "13800001111" not in page
    shown = Parameters(date(2026, 1, 1), TODAY, TODAY, ids=(case_id,), unmasked=True)
    (page,) = texts_of(make(office, "授权委托书", shown))
    assert "13800001111" in page


def test_who_the_head_is_comes_from_the_agency(office):
    (page,) = texts_of(papers(office, "法定代表人身份证明书", a_letter_sent(office)))
    assert "示例甲在我单位任局长职务，是我单位的法定代表人" in page


def test_every_paper_of_a_case_has_its_wording_for_the_bureau_to_edit():
    named = {report.wording for report in REPORTS.values() if report.group == "案件函件"}
    assert named == {"委托代理人推荐函", "授权委托书", "法定代表人身份证明书", "负责人不能出庭情况说明"}
