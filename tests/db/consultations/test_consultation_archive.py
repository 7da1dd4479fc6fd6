"""After archiving nothing is altered without a new version, by no act, no undo and no other window."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from db.consultations.acts.consultations import (
    adopt,
    cancel,
    change,
    finish_follow_up,
    remove_consultations,
    reopen_follow_up,
)
from db.consultations.acts.members import (
    answer_invitation,
    change_member,
    draw_members,
    drop_member,
    name_members,
    sign_sheet,
)
from db.consultations.acts.records import archive, correct, save_record
from db.consultations.queries.changes import consultation_changes
from db.consultations.queries.detail import consultation_draft
from db.consultations.rules.consultations import (
    AdoptionDraft,
    AnswerDraft,
    CancelDraft,
    CorrectionDraft,
    DoneDraft,
    DrawRequest,
    MemberDraft,
)
from db.errors import Conflict, Invalid, UserError
from db.models.case import Case
from db.models.consultation import Consultation, ConsultationVersion, Member, Opinion
from db.office.queries.history import acts_on, undo_state
from db.setup.check import check_all
from db.words.consultation import Adoption, InvitationAnswer, MemberKind, Stance
from tests.conftest import TODAY
from tests.db.consultations.stories import a_record, archived, convened, do, enter_pool, see, stored_record
from tests.db.store.test_acts import enter_case, enter_lawyer


def test_every_act_on_an_archived_record_is_refused_and_says_how_to_go_on(office):
    pool = enter_pool(office)
    key = archived(office, Stance.AGREES, Stance.RESERVES, Stance.DISSENTS)
    before = see(office, key)
    one = before.members[0].key
    with office.read() as session:
        draft = consultation_draft(session, key)
    free = [k for k in pool.values() if k not in {m.lawyer_id for m in before.members}]
    acts = (
        (change, key, replace(draft, topic="改题"), TODAY),
        (save_record, key, replace(stored_record(office, key), conclusion="改结论"), TODAY),
        (draw_members, key, DrawRequest(1), TODAY),
        (name_members, key, [MemberDraft(lawyer_id=free[0])], TODAY),
        (change_member, one, MemberDraft(unit="改单位")),
        (drop_member, one),
        (answer_invitation, one, AnswerDraft(InvitationAnswer.ATTENDS), TODAY),
        (sign_sheet, one, None, TODAY),
        (cancel, key, CancelDraft("改取消", TODAY, before.version), TODAY),
        (archive, key, before.version, TODAY),
        (remove_consultations, [key]),
    )
    for act in acts:
        with pytest.raises(UserError, match="已经归档"):
            do(office, *act)
    assert see(office, key) == before


def test_even_a_change_past_the_acts_is_refused_and_nothing_of_it_is_kept(database):
    enter_pool(database)
    key = archived(database)
    before = see(database, key)

    def alter(session):
        session.get(Consultation, key).conclusion = "悄悄改写"

    def reopen(session):
        session.get(Consultation, key).archived_on = None

    def silence(session):
        session.delete(session.get(Opinion, before.members[0].opinions[0].key))

    def rename(session):
        session.get(Member, before.members[0].key).name = "张冠李戴"

    for way in (alter, reopen, silence, rename):
        with pytest.raises(UserError, match="没有执行.*“更正”"):
            do(database, way, label="直接改写")
    for way in (
        lambda s: s.delete(s.query(ConsultationVersion).one()),
        lambda s: setattr(s.query(ConsultationVersion).one(), "content", {}),
    ):
        with pytest.raises(UserError, match="归档版本不能撤销"):
            do(database, way, label="改写版本")
    assert see(database, key) == before


def test_a_corrected_phone_is_told_masked(office):
    enter_pool(office)
    key = archived(office)
    found = see(office, key)
    member = found.members[0]
    for phone in ("13900007788", "13911117788"):
        said = MemberDraft(MemberKind.ADVISER, unit=member.unit, phone=phone, lawyer_id=member.lawyer_id)
        draft = CorrectionDraft("电话有误", members=((member.key, said),))
        do(office, correct, key, draft, see(office, key).version, TODAY, label="更正会商记录")
    versions = see(office, key).versions
    told = [change.sentence for version in versions for change in version.changes]
    assert len(told) == 2
    assert all("139****7788" in text for text in told)
    assert not any("13900007788" in text or "13911117788" in text for text in told)


def test_undo_passes_over_what_led_to_the_archive_to_what_was_done_elsewhere(office):
    enter_pool(office)
    key = convened(office)
    do(office, save_record, key, a_record(see(office, key)), TODAY, label="保存会商记录")
    other = enter_lawyer(office, name="另一位", licence="13308201510155555")
    do(office, archive, key, see(office, key).version, TODAY, label="归档会商")
    with office.read() as session:
        assert undo_state(session, office.hand).undo == "新增顾问 另一位"
    office.undo()
    assert see(office, key).is_archived
    assert other
    with office.read() as session:
        assert undo_state(session, office.hand).undo != "保存会商记录"


def test_what_was_taken_back_before_archiving_is_not_offered_to_be_done_again(office):
    enter_pool(office)
    key = convened(office)
    do(office, save_record, key, a_record(see(office, key)), TODAY, label="保存会商记录")
    with office.read() as session:
        draft = consultation_draft(session, key)
    do(office, change, key, replace(draft, venue="二楼会议室"), TODAY, label="修改会商")
    office.undo()
    with office.read() as session:
        assert undo_state(session, office.hand).redo == "修改会商"
    do(office, archive, key, see(office, key).version, TODAY, label="归档会商")
    with office.read() as session:
        assert undo_state(session, office.hand).redo == ""
    with pytest.raises(UserError, match="没有可以重做的操作"):
        office.redo()
    assert see(office, key).row.venue == "区司法局三楼会议室"


def test_entering_a_case_that_the_archive_names_is_no_longer_taken_back(database):
    enter_pool(database)
    other = enter_case(database, number="（2026）浙0825行初88号")
    case = enter_case(database)
    archived(database, case_ids=(case,))
    with database.read() as session:
        label = undo_state(session, database.hand).undo
    assert label
    database.undo()
    with database.read() as session:
        assert session.get(Case, other) is None, "undo passes over the case of the archive to the one before"
        assert session.get(Case, case) is not None


def test_what_somebody_else_already_uses_is_not_taken_back_and_it_is_said_why(database):
    enter_pool(database)
    case = enter_case(database)
    database.clerk = "林一苇"
    key = convened(database, drawn=0, case_ids=(case,))
    database.clerk = "沈青禾"
    with pytest.raises(UserError, match="已被后来登记的内容用到，不能撤销"):
        database.undo()
    assert [c.key for c in see(database, key).cases] == [case]


def test_what_comes_afterwards_stands_outside_and_is_undone_as_usual(office):
    enter_pool(office)
    key = archived(office)
    (task,) = see(office, key).follow_ups
    do(office, finish_follow_up, task.key, DoneDraft(TODAY, "回执"), TODAY, label="办结议定事项")
    draft = AdoptionDraft(Adoption.FULL, TODAY, version=see(office, key).version)
    do(office, adopt, key, draft, TODAY, label="登记采纳情况")
    assert [office.undo(), office.undo()] == ["登记采纳情况", "办结议定事项"]
    assert [office.redo(), office.redo()] == ["办结议定事项", "登记采纳情况"]
    do(office, reopen_follow_up, task.key)
    assert len(see(office, key).versions) == 1
    assert all(line.is_ok for line in check_all(office))


def test_a_correction_makes_a_version_that_shows_who_when_why_and_what(office):
    enter_pool(office)
    key = archived(office, Stance.AGREES, Stance.AGREES, Stance.DISSENTS)
    found = see(office, key)
    last = found.speakers[2]
    record = stored_record(office, key)
    opinions = tuple(
        replace(o, stance=Stance.RESERVES) if o.member_id == last.key else o for o in record.opinions
    )
    corrected = replace(record, conclusion="第 2 户另行应诉。", opinions=opinions)
    for draft, said in (
        (CorrectionDraft("", record=corrected), "请写明更正的理由"),
        (CorrectionDraft("笔误", record=record), "没有需要更正的地方"),
        (CorrectionDraft("笔误", record=replace(corrected, conclusion="")), "请填写会商结论"),
    ):
        with pytest.raises(Invalid, match=said):
            do(office, correct, key, draft, found.version, TODAY)
    office.clerk = "林一苇"
    unit = MemberDraft(name=last.name, unit="示例新所", post="", phone=last.phone, lawyer_id=last.lawyer_id)
    draft = CorrectionDraft("核对录音后更正", record=corrected, members=((last.key, unit),))
    assert do(office, correct, key, draft, found.version, TODAY, label="更正会商记录") == 2
    with pytest.raises(Conflict):
        do(office, correct, key, draft, found.version, TODAY)
    first, second = see(office, key).versions
    assert (first.serial, first.changes, first.reason) == (1, (), "归档")
    assert (second.serial, second.clerk, second.reason) == (2, "林一苇", "核对录音后更正")
    said, rest = [c.sentence for c in second.changes], f"{last.name}：示例意见。，风险 中"
    assert said == [
        "结论：主体适格，第 1、3、4 户合并答辩；第 2 户先行调解。 → 第 2 户另行应诉。",
        said[1],
        f"{last.name}对议题1的意见：不同意，{rest} → 保留，{rest}",
        f"{last.name}对议题2的意见：不同意，{rest} → 保留，{rest}",
    ]
    assert said[1].startswith(f"参会人员：{last.name}，示例")
    assert "→" in said[1]
    assert "示例新所" in said[1]
    with pytest.raises(UserError, match="没有可以撤销的操作"):
        office.undo()
    assert all(line.is_ok for line in check_all(office))


def test_a_correction_of_what_was_convened_keeps_number_day_and_order_in_hand(office):
    enter_pool(office)
    key = archived(office, tasks=2)
    with office.read() as session:
        convening = consultation_draft(session, key)

    def corrected(**changes):
        draft = CorrectionDraft("编号登记有误", convening=replace(convening, **changes))
        return do(office, correct, key, draft, see(office, key).version, TODAY)

    for day, said in ((None, "请先确定会商日期"), (TODAY + timedelta(days=9), "还没有到")):
        with pytest.raises(Invalid, match=said):
            corrected(held_on=day)
    assert corrected(number="柯司会商〔2026〕77号") == 2
    record = stored_record(office, key)
    draft = CorrectionDraft("次序登记有误", record=replace(record, follow_ups=record.follow_ups[::-1]))
    do(office, correct, key, draft, see(office, key).version, TODAY)
    found = see(office, key)
    assert found.row.number == "柯司会商〔2026〕77号"
    assert [change.sentence for version in found.versions for change in version.changes] == [
        "编号：柯司会商〔2026〕1号 → 柯司会商〔2026〕77号",
        "议定事项的次序：补评估报告送达回证 1；补评估报告送达回证 2 → 补评估报告送达回证 2；补评估报告送达回证 1",
    ]
    assert all(line.is_ok for line in check_all(office))


def test_an_agency_or_case_that_is_called_otherwise_later_does_not_alter_the_archive(office):
    enter_pool(office)
    case = enter_case(office)
    key = archived(office, case_ids=(case,))
    found = see(office, key)
    from db.models.agency import Agency

    def rename(session):
        session.get(Agency, found.row.agency_id).name = "示例新名镇人民政府"
        session.get(Case, case).number = "（2026）浙0825行初99号"

    do(office, rename, label="更名")
    with office.read() as session:
        kept = session.query(ConsultationVersion).one().content
    assert kept["agency"]["name"].endswith("石梁镇人民政府")
    assert kept["cases"][0]["number"] == "（2026）浙0825行初37号"
    assert all(line.is_ok for line in check_all(office))


def test_check_finds_a_file_that_was_tampered_with(office):
    enter_pool(office)
    key = archived(office)
    with office.engine.begin() as connection:
        connection.execute(text("UPDATE consultation_opinion SET text = '改过的意见'"))
        connection.execute(text("UPDATE consultation_draw SET drawn = '[1, 2, 3]', seed = 'x'"))
    bad = {line.what: line.found for line in check_all(office) if not line.is_ok}
    assert "会商意见 1 的 text 与操作记录不符" in bad.pop("记录与操作记录")
    assert bad == {
        "会商归档与版本": "会商“柯司会商〔2026〕1号”与归档的最新版本不一致",
        "会商抽取复核": f"会商 {key} 的抽取（种子 x）复核结果不一致",
    }


def test_the_history_says_what_each_act_changed_before_and_after(office):
    enter_pool(office, names=("毛文澜",))
    key = convened(office, drawn=1)
    with office.read() as session:
        draft = consultation_draft(session, key)
    do(office, change, key, replace(draft, venue="二楼会议室"), TODAY, label="修改会商")
    do(office, name_members, key, [MemberDraft(MemberKind.EXPERT, name="示例教授")], TODAY, label="指定成员")
    do(office, save_record, key, a_record(see(office, key), Stance.AGREES), TODAY, label="保存会商记录")
    with office.read() as session:
        acts = acts_on(session, "consultation", key)
        said = consultation_changes(session, key, [act.gesture for act in acts])
    by_label = {act.label: said.get(act.gesture, ()) for act in acts}
    assert by_label["发起会商"] == ()
    assert by_label["修改会商"] == ("地点：区司法局三楼会议室 → 二楼会议室",)
    assert by_label["指定成员"] == ("参会人员：无 → 示例教授，外部专家，指定",)
    assert "风险等级：无 → 中" in by_label["保存会商记录"]
    assert (
        "意见：无 → 毛文澜，对镇政府作为补偿协议签订主体是否适格；，同意，毛文澜：示例意见。，风险 中"
        in by_label["保存会商记录"]
    )
    assert all("1380000" not in line for lines in by_label.values() for line in lines)
