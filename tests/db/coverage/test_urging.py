"""催办函: to all that fall short in one act, with numbers without gaps, answers logged, and what is overdue."""

from datetime import UTC, datetime, timedelta

import pytest
from docx import Document as Word
from sqlalchemy import select

from db.catalogue.reports import GAPS, URGING, make, write_report
from db.coverage.acts.urging import log_urging_answer, urge
from db.coverage.papers.urging import urging_previews
from db.coverage.queries.urging import latest_urging, unanswered_urging, urging_letters
from db.coverage.queries.urging_offers import urging_offers
from db.coverage.rules.urging import LONGEST, Urged, UrgingAnswerDraft, UrgingDraft
from db.demo.demo import clear_demo
from db.documents.model import prose
from db.documents.parameters import Parameters
from db.errors import Conflict, Invalid
from db.models.agency import Agency
from db.models.assignment import Letter
from db.models.office import IssuedNumber
from db.office.acts.wording import keep_wording
from db.office.queries.settings import load_settings
from db.office.todo import TodoKind
from db.workbench.todos import overview
from tests.conftest import TODAY
from tests.covered import cover
from tests.papers import texts_of

BY = TODAY + timedelta(days=30)
LATER = BY + timedelta(days=1)


@pytest.fixture
def covered(office):
    cover(office)
    return office


def offers_of(database, day=TODAY):
    with database.read() as session:
        return urging_offers(session, day, day)


def a_draft(database, **changes):
    urged = tuple(Urged(x.agency_id, x.reason, x.asked, x.name) for x in offers_of(database).lines)
    return UrgingDraft(**({"urged": urged, "answer_by": BY} | changes))


def send(database, draft=None):
    draft = draft or a_draft(database)
    with database.write(f"发催办函 {len(draft.urged)} 份") as session:
        return urge(session, draft, TODAY)


def numbers_of(database):
    with database.read() as session:
        return session.scalars(select(Letter.number).where(Letter.kind == URGING).order_by(Letter.id)).all()


def wanted(*ids):
    return Parameters(TODAY, TODAY, TODAY, ids=ids)


def test_all_agencies_with_a_gap_get_a_letter_in_one_act_with_consecutive_numbers(covered):
    keys = send(covered)
    assert len(keys) == len(offers_of(covered).lines) > 20
    assert numbers_of(covered) == [f"柯司催办〔2026〕{n}号" for n in range(1, len(keys) + 1)]
    papers = make(covered, URGING, wanted(*keys))
    assert [paper.number for paper in papers] == numbers_of(covered)
    assert all(offer.is_waiting for offer in offers_of(covered).lines)


def test_one_undo_takes_all_letters_back_and_their_numbers_stay_void(covered):
    keys = send(covered)
    covered.undo()
    assert numbers_of(covered) == []
    with covered.read() as session:
        assert len(
            session.scalars(select(IssuedNumber).where(IssuedNumber.series == "柯司催办")).all()
        ) == len(keys)
    send(covered, a_draft(covered, urged=a_draft(covered).urged[:1]))
    assert numbers_of(covered) == [f"柯司催办〔2026〕{len(keys) + 1}号"]


def test_the_letter_says_what_is_short_what_is_asked_and_by_when(covered):
    expired = next(x for x in offers_of(covered).lines if "到期" in x.reason)
    (key,) = send(
        covered,
        a_draft(covered, urged=(Urged(expired.agency_id, expired.reason, expired.asked, expired.name),)),
    )
    (paper,) = make(covered, URGING, wanted(key))
    text = texts_of(paper)[0]
    for part in (
        expired.name,
        "关于公职律师配备和履职事项的函",
        "柯司催办〔2026〕1号",
        prose(expired.reason),
        "2026年12月24日前",
        "2026年11月24日",
    ):
        assert part.replace(" ", "") in text.replace(" ", "").replace("\n", "")
    assert paper.missing == ("联系人", "联系电话")
    assert "回执" in texts_of(paper)[-1]


def test_it_is_saved_as_pdf_and_word_and_the_wording_is_the_bureaus(covered, tmp_path):
    (key, *_) = send(covered)
    with covered.write("用语") as session:
        keep_wording(session, URGING, "{单位}：\n　　请办理：{办理要求}\n务必于{反馈期限}前答复。")
    for suffix in (".pdf", ".docx"):
        write_report(covered, URGING, wanted(key), tmp_path / f"函{suffix}")
    said = "\n".join(p.text for p in Word(tmp_path / "函.docx").paragraphs)
    assert "务必于2026年12月24日前答复。" in said
    assert "联系人" not in said


def test_before_they_go_out_they_are_shown_with_the_numbers_they_would_get(covered):
    draft = a_draft(covered)
    with covered.read() as session:
        previews = urging_previews(session, draft, TODAY)
    assert numbers_of(covered) == []
    send(covered, draft)
    assert [paper.number for paper in previews] == numbers_of(covered)


def test_an_answer_is_logged_and_what_is_overdue_stands_on_the_workbench(covered):
    first, second, *_ = send(covered)
    with covered.read() as session:
        letters = unanswered_urging(session, LATER)
        agency = letters[0].agency_id
        assert unanswered_urging(session, BY) == []  # the last day is still in time
        assert any(todo.kind is TodoKind.ANSWER for todo in overview(session, LATER).todos)
        assert not any(todo.kind is TodoKind.ANSWER for todo in overview(session, BY).todos)
    with covered.write("登记反馈") as session:
        version = session.get(Letter, first).version
        log_urging_answer(session, first, UrgingAnswerDraft(LATER, "已报送两名人选。", version), LATER)
    with covered.read() as session:
        assert second in {row.key for row in unanswered_urging(session, LATER)}
        assert first not in {row.key for row in unanswered_urging(session, LATER)}
        (letter,) = urging_letters(session, agency, LATER)
        assert (letter.answer, letter.answered_on, letter.is_overdue) == ("已报送两名人选。", LATER, False)
        todos = [t for t in overview(session, LATER).todos if t.kind is TodoKind.ANSWER]
        assert len(todos) == len(unanswered_urging(session, LATER))
        assert all(t.due_on == BY for t in todos)
    covered.undo()
    with covered.read() as session:
        assert first in {row.key for row in unanswered_urging(session, LATER)}


def test_the_gap_list_shows_the_letters_deadline_and_answer(covered):
    first, *_ = send(covered, a_draft(covered, answer_by=BY + timedelta(days=5)))
    (paper,) = make(covered, GAPS, wanted())
    row = paper.tables[0].rows[0]
    assert row[8] == BY + timedelta(days=5)
    assert row[9] == "柯司催办〔2026〕1号，待反馈"
    with covered.write("登记反馈") as session:
        log_urging_answer(session, first, UrgingAnswerDraft(TODAY, "下月办理。", 1), TODAY)
    (paper,) = make(covered, GAPS, wanted())
    assert paper.tables[0].rows[0][9] == f"柯司催办〔2026〕1号，{TODAY} 已反馈"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"urged": ()}, "请至少勾选一个单位"),
        ({"answer_by": None}, "请填写反馈期限"),
        ({"answer_by": TODAY}, "应晚于发函日期"),
        ({"issued_on": TODAY + timedelta(days=1)}, "晚于今天"),
        ({"urged": (Urged(1, " ", "请办理", "示例局"),)}, "示例局没有写明催办事由"),
        ({"urged": (Urged(1, "未配备", "", "示例局"),)}, "示例局没有写明要求办理的事项"),
        ({"urged": (Urged(1, "长" * (LONGEST + 1), "请办理"),)}, f"不超过 {LONGEST} 字"),
    ],
)
def test_a_letter_that_lacks_something_does_not_go_out(covered, changes, said):
    with pytest.raises(Invalid) as refused:
        send(covered, a_draft(covered, **changes))
    assert said in str(refused.value)
    assert numbers_of(covered) == []


def test_an_agency_in_the_recycle_bin_gets_no_letter(covered):
    draft = a_draft(covered)
    with covered.write("移除") as session:
        agency = session.get(Agency, draft.urged[0].agency_id)
        agency.removed_at = datetime.now(UTC)
    with pytest.raises(Conflict, match="回收站"):
        send(covered, draft)
    assert numbers_of(covered) == []


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (UrgingAnswerDraft(None, "好", 1), "请填写收到反馈的日期"),
        (UrgingAnswerDraft(TODAY - timedelta(days=1), "好", 1), "早于发函日期"),
        (UrgingAnswerDraft(TODAY + timedelta(days=1), "好", 1), "晚于今天"),
        (UrgingAnswerDraft(TODAY, "  ", 1), "请填写反馈内容"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(covered, draft, said):
    key, *_ = send(covered)
    with pytest.raises(Invalid) as refused, covered.write("登记反馈") as session:
        log_urging_answer(session, key, draft, TODAY)
    assert said in str(refused.value)


def test_an_answer_logged_by_somebody_else_meanwhile_is_not_overwritten(covered):
    key, *_ = send(covered)
    for text in ("先到的", "后到的"):
        with covered.read() as session:
            version = session.get(Letter, key).version
        if text == "先到的":
            stale = version
        with covered.write("登记反馈") as session:
            log_urging_answer(session, key, UrgingAnswerDraft(TODAY, text, version), TODAY)
    with pytest.raises(Conflict), covered.write("登记反馈") as session:
        log_urging_answer(session, key, UrgingAnswerDraft(TODAY, "旧的", stale), TODAY)
    with covered.read() as session:
        assert latest_urging(session, TODAY)[session.get(Letter, key).agency_id].answer == "后到的"


def test_series_and_days_are_the_offices(covered):
    from dataclasses import replace

    from db.office.acts.settings import save_settings

    with covered.write("设置") as session:
        save_settings(session, replace(load_settings(session), urging_series="示例催", urging_days=10))
    offers = offers_of(covered)
    assert (offers.series, offers.answer_by) == ("示例催", TODAY + timedelta(days=10))  # a Friday
    send(covered)
    assert numbers_of(covered)[0] == "示例催〔2026〕1号"


def test_the_demo_bureau_has_a_letter_overdue_one_answered_and_one_in_time(demo_office):
    with demo_office.read() as session:
        rows = sorted(latest_urging(session, TODAY).values(), key=lambda row: row.number)
        assert [(row.is_overdue, bool(row.answer)) for row in rows] == [
            (True, False),
            (False, True),
            (False, False),
        ]
        short = {line.agency_id for line in urging_offers(session, TODAY, TODAY).lines}
    assert {row.agency_id for row in rows} <= short  # letters go to who really falls short
    clear_demo(demo_office)
    with demo_office.read() as session:
        assert latest_urging(session, TODAY) == {}
        assert not any(todo.kind is TodoKind.ANSWER for todo in overview(session, TODAY).todos)
