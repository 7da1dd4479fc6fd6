"""聘书, 年度履职档案 and 续聘名单 say what the records say."""

import subprocess
from dataclasses import replace
from datetime import date, timedelta

from db.documents.parameters import Parameters
from db.documents.pdf import render_pdf
from db.performance.papers.pool import annual_papers, certificate_papers, renewal_paper
from db.roster.acts.appointments import appoint
from db.roster.rules.appointments import AppointDraft
from db.services.acts.services import assess, save_service
from db.services.rules.services import AssessmentDraft, ServiceDraft
from db.words.service import Grade, ServiceKind
from tests.conftest import TODAY
from tests.db.store.test_acts import assign_all, enter_case, enter_lawyer

WANTED = Parameters(date(2026, 1, 1), TODAY, TODAY)


def words(documents, tmp_path):
    """Return the text of each page, without blanks."""
    pdf = render_pdf(documents)
    file = tmp_path / "纸.pdf"
    file.write_bytes(pdf.data)
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return ["".join(page.split()) for page in text.stdout.split("\f")[: pdf.pages]]


def test_a_renewed_lawyer_gets_the_certificate_of_his_new_term(office, tmp_path):
    lawyer = enter_lawyer(office)
    with office.write("续聘") as session:
        appoint(session, AppointDraft((lawyer,), to_on=date(2029, 5, 31)), TODAY)
    with office.read() as session:
        (page,) = words(certificate_papers(session, replace(WANTED, ids=(lawyer,))), tmp_path)
    for said in ("汪晓棠", "柯司聘〔2026〕1号", "2027年6月1日", "2029年5月31日", "衢州市柯城区司法局"):
        assert said in page


def test_the_yearly_sheet_counts_what_was_done_and_hides_the_numbers(office, tmp_path):
    lawyer = enter_lawyer(office, id_number="11010519491231002X")
    assign_all(office, enter_case(office), lawyer)
    with office.write("登记服务") as session:
        for day in (1, 2):
            draft = ServiceDraft(ServiceKind.CONSULTATION, TODAY - timedelta(days=day), lawyer, matter="会商")
            save_service(session, draft, TODAY)
        assess(session, AssessmentDraft(lawyer, 2026, Grade.EXCELLENT, "办案认真。", TODAY), TODAY)
    with office.read() as session:
        (page,) = words(annual_papers(session, replace(WANTED, ids=(lawyer,))), tmp_path)
    assert "110105********002X" in page
    assert "138****1111" in page
    assert "13800001111" not in page
    assert "10120000" in page  # 主办 协办 合计 会商 合法性 合同 意见 培训
    assert "（2026）浙0825行初37号" in page
    assert "■优秀" in page
    assert "办案认真。" in page


def test_the_renewal_list_names_who_ends_within_ninety_days(office, tmp_path):
    enter_lawyer(office, term_to=TODAY + timedelta(days=90))
    enter_lawyer(office, name="王砚秋", licence="13308201510123457", term_to=TODAY + timedelta(days=91))
    with office.read() as session:
        (page,) = words((renewal_paper(session, WANTED),), tmp_path)
    assert "汪晓棠" in page
    assert "本届没有履职记录" in page
    assert "王砚秋" not in page
