"""The papers of a consultation from its record in the office's file, as the page and the command line print them."""

from dataclasses import replace
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from db.catalogue.reports import (
    MINUTES,
    NOTICE,
    OPINION_SHEET,
    REPORTS,
    SIGN_IN,
    UNIT_NOTICE,
    Asks,
    Parameters,
    make,
    write_report,
)
from db.consultations.acts.consultations import cancel
from db.consultations.acts.members import answer_invitation, name_members
from db.consultations.acts.records import correct
from db.consultations.rules.consultations import AnswerDraft, CancelDraft, CorrectionDraft, MemberDraft
from db.errors import UserError
from db.office.acts.attachments import attach_files
from db.office.acts.settings import save_settings
from db.office.acts.wording import keep_wording
from db.office.queries.settings import load_settings
from db.office.queries.wording import default_wording
from db.words.consultation import InvitationAnswer, MemberKind, MemberOrigin, Secrecy, Stance
from tests.conftest import TODAY
from tests.db.consultations.stories import archived, convened, do, enter_pool, see, stored_record
from tests.db.setup.test_command_line import run
from tests.db.store.test_acts import enter_case
from tests.papers import texts_of

PAPERS = (NOTICE, UNIT_NOTICE, SIGN_IN, OPINION_SHEET, MINUTES)
GUEST = MemberDraft(
    kind=MemberKind.AGENCY, origin=MemberOrigin.GUEST, name="余知行", unit="石梁镇人民政府", post="副镇长"
)


def wanted(key, **changes):
    return Parameters(date(2026, 1, 1), TODAY, TODAY, ids=(key,), **changes)


def printed(database, name, key, **changes):
    return "".join(texts_of(make(database, name, wanted(key, **changes)), layout=False))


@pytest.fixture
def pool(office):
    return enter_pool(office)


def test_a_clerk_prints_all_papers_of_a_consultation(office, pool, tmp_path):
    key = archived(office, Stance.AGREES, Stance.RESERVES, Stance.DISSENTS)
    for name in PAPERS:
        for suffix in (".pdf", ".docx"):
            write_report(office, name, wanted(key), tmp_path / f"{name}{suffix}")
        assert PdfReader(tmp_path / f"{name}.pdf").pages
        assert docx.Document(str(tmp_path / f"{name}.docx")).element.body is not None
    minutes = printed(office, MINUTES, key)
    for member in see(office, key).speakers:
        assert f"{member.name}：示例意见。" in minutes
    assert "（不同意，风险中）：" in minutes
    assert "补评估报告送达回证1" in minutes


def test_papers_are_made_for_a_consultation_and_say_when_none_is_chosen(office, pool):
    for name in PAPERS:
        assert Asks.CONSULTATIONS in REPORTS[name].asks
        with pytest.raises(UserError, match="请先选定一次会商"):
            make(office, name, replace(wanted(1), ids=()))
        with pytest.raises(UserError, match="回收站"):
            make(office, name, wanted(99))


def test_a_cancelled_consultation_has_no_papers(office, pool):
    key = convened(office)
    do(office, cancel, key, CancelDraft("原告撤诉", TODAY, see(office, key).version), TODAY)
    with pytest.raises(UserError, match="已于 2026-11-24 取消"):
        make(office, NOTICE, wanted(key))


def test_minutes_are_a_draft_until_archived_and_then_of_the_latest_version(office, pool):
    before = convened(office)
    (draft,) = make(office, MINUTES, wanted(before))
    assert draft.watermark == "草稿"
    assert {"会商结论", "风险等级", "签发人"} <= set(draft.missing)
    key = archived(office)
    (first,) = make(office, MINUTES, wanted(key))
    assert (first.watermark, first.edition) == ("", "")
    changed = replace(stored_record(office, key), conclusion="第 2 户单独调解，其余三户合并答辩。")
    draft_of = CorrectionDraft("结论笔误", record=changed)
    do(office, correct, key, draft_of, see(office, key).version, TODAY, label="更正会商记录")
    text = printed(office, MINUTES, key)
    assert "（第2版，" in text
    assert "更正说明（第2版）：结论笔误。本版代替第1版。" in text
    assert "第2户单独调解，其余三户合并答辩。" in text
    assert "第1、3、4户合并答辩" not in text


def test_sheets_can_be_printed_for_one_member_alone(office, pool):
    key = convened(office, drawn=3)
    members = see(office, key).speakers
    assert len(make(office, OPINION_SHEET, wanted(key))) == 3
    (sheet,) = make(office, OPINION_SHEET, wanted(key, members=(members[1].key,)))
    text = "".join(texts_of(sheet))
    assert members[1].name in text
    assert members[0].name not in text


def test_the_same_papers_are_made_without_a_window(office, pool, tmp_path, file):
    key = archived(office)
    member = see(office, key).speakers[0]
    out = tmp_path / "意见表.docx"
    done = run("report", OPINION_SHEET, out, "--id", key, "--member", member.key, "--db", file)
    assert (done.returncode, done.stderr) == (0, "")
    text = "".join(
        node.text or "" for node in docx.Document(str(out)).element.body.iter() if node.tag.endswith("}t")
    )
    assert f"{member.name}：示例意见。" in text
    done = run("report", MINUTES, tmp_path / "纪要.pdf", "--id", key, "--db", file)
    assert done.returncode == 0
    assert "没有填写：签发人" in done.stderr


def test_without_members_there_is_no_opinion_sheet(office):
    key = convened(office, drawn=0)
    with pytest.raises(UserError, match="还没有邀请"):
        make(office, OPINION_SHEET, wanted(key))


def test_the_bureau_words_its_notices_itself(office, pool):
    key = convened(office)
    own = default_wording(NOTICE).replace("请准时参加", "敬请拨冗出席")
    with office.write("修改会商通知用语") as session:
        keep_wording(session, NOTICE, own)
    assert "敬请拨冗出席" in printed(office, NOTICE, key)
    office.undo()
    assert "请准时参加" in printed(office, NOTICE, key)


def test_the_notice_asks_for_an_answer_by_the_last_working_day_before(office, pool):
    # 2026-11-20 is a Friday, 2026-11-30 a Monday
    assert "请于2026年11月19日前答复" in printed(office, NOTICE, convened(office))
    monday = convened(office, held_on=date(2026, 11, 30))
    assert "请于2026年11月27日前答复" in printed(office, NOTICE, monday)


def test_cases_are_named_in_full(office, pool):
    case = enter_case(office)
    key = convened(office, case_ids=(case,))
    for name in (NOTICE, UNIT_NOTICE, OPINION_SHEET, MINUTES):
        text = printed(office, name, key)
        assert "周建国诉衢州市柯城区" in text


def test_materials_are_named_but_not_what_comes_out_of_the_consultation(office, pool, tmp_path):
    key = convened(office)
    files = []
    for name in ("起诉状（4份）.pdf", "评估报告.pdf", "会商纪要（盖章）.pdf", "毛文澜意见表.jpg"):
        (tmp_path / name).write_bytes(name.encode())
        files.append(tmp_path / name)
    attach_files(office, "consultation", key, files, TODAY)
    (tmp_path / "签收单.png").write_bytes(b"EMS")
    attach_files(office, "consultation", key, [tmp_path / "签收单.png"], TODAY, "办结凭据")
    assert "会商材料：起诉状（4份）、评估报告。" in printed(office, NOTICE, key)


def test_the_agency_is_told_whom_it_sends_and_members_are_not(office, pool):
    key = convened(office)
    with office.write("添加列席人员") as session:
        name_members(session, key, [GUEST], TODAY)
    (paper, *_) = make(office, UNIT_NOTICE, wanted(key))
    assert "石梁镇" in "".join(texts_of(paper))
    assert "余知行（副镇长）" in printed(office, UNIT_NOTICE, key)
    assert "余知行" not in printed(office, NOTICE, key)


def test_who_asked_for_leave_is_on_the_sign_in_sheet_as_such(office, pool):
    key = convened(office)
    first = see(office, key).speakers[0]
    leave = AnswerDraft(InvitationAnswer.LEAVE, date(2026, 11, 18), "当日另有庭审")
    do(office, answer_invitation, first.key, leave, TODAY)
    sheet = printed(office, SIGN_IN, key)
    assert f"请假：{first.name}" in sheet
    assert sheet.count(first.name) == 1


def test_the_secrecy_mark_of_the_record_is_printed(office, pool):
    key = convened(office, secrecy=Secrecy.WORK_SECRET)
    for name in PAPERS:
        assert all(paper.secrecy == "工作秘密" for paper in make(office, name, wanted(key)))


def test_papers_of_the_demo_say_that_they_are_invented(office, pool):
    key = convened(office)
    with office.write("示例") as session:
        save_settings(session, replace(load_settings(session), is_demo=True))
    for name in PAPERS:
        assert all("示例" in paper.mark for paper in make(office, name, wanted(key)))
