"""Difficult cases deliberated: convened, members drawn and named, every opinion kept, and what came of it."""

import contextlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from db.catalogue.search import search
from db.consultations.acts.consultations import (
    adopt,
    cancel,
    change,
    convene,
    finish_follow_up,
    hold_after_all,
    remove_consultations,
    reopen_follow_up,
    restore_consultation,
)
from db.consultations.acts.members import (
    answer_invitation,
    change_member,
    draw_members,
    drop_member,
    name_members,
    sign_sheet,
)
from db.consultations.acts.records import archive, save_record
from db.consultations.queries.consultations import consultations, consultations_of_case, open_follow_ups
from db.consultations.queries.detail import consultation_detail, consultation_draft
from db.consultations.rules.consultations import (
    AdoptionDraft,
    AnswerDraft,
    CancelDraft,
    DoneDraft,
    DrawRequest,
    FollowUpDraft,
    MemberDraft,
    OpinionDraft,
    QuestionDraft,
    State,
)
from db.errors import Conflict, Invalid, UserError
from db.words.consultation import Adoption, InvitationAnswer, MemberKind, MemberOrigin, Stance
from tests.conftest import TODAY
from tests.db.consultations.stories import (
    HELD,
    a_consultation,
    a_record,
    archived,
    convened,
    do,
    enter_pool,
    see,
    stored_record,
)
from tests.db.store.test_acts import enter_case

DISSENT = "第 2 户拆除早于协议生效，存在败诉风险。建议该户单独调解，不宜与其他户一并答辩。"


def rows(database, text="", today=TODAY):
    with database.read() as session:
        return consultations(session, today, text)


def test_from_a_difficult_case_to_what_the_agency_did(database):
    pool = enter_pool(database)
    case = enter_case(database, is_difficult=True, difficult_reason="系列案，涉及 4 户")
    key = convened(database, named=(), case_ids=(case,))
    assert see(database, key).row.number == "柯司会商〔2026〕1号"
    drawn = {m.lawyer_id for m in see(database, key).members}
    free = [lawyer for lawyer in pool.values() if lawyer not in drawn][:2]
    do(database, name_members, key, [MemberDraft(lawyer_id=lawyer) for lawyer in free], TODAY)
    guest = MemberDraft(MemberKind.AGENCY, name="示例科长", unit="石梁镇人民政府", post="科长")
    do(database, name_members, key, [guest], TODAY)
    found = see(database, key)
    assert [m.origin for m in found.members] == [
        *[MemberOrigin.DRAWN] * 3,
        *[MemberOrigin.NAMED] * 2,
        MemberOrigin.GUEST,
    ]
    record = a_record(found, *[Stance.AGREES] * 3, Stance.RESERVES, Stance.DISSENTS, tasks=3)
    last = found.speakers[-1].key
    record = replace(
        record,
        opinions=tuple(replace(o, text=DISSENT) if o.member_id == last else o for o in record.opinions),
    )
    do(database, save_record, key, record, TODAY)
    do(database, archive, key, see(database, key).version, TODAY)
    found = see(database, key)
    assert found.row.state is State.DONE
    assert found.row.stances.sentence == "同意 3，保留 1，不同意 1"
    assert [o.text for o in found.speakers[-1].opinions] == [DISSENT] * 2
    with database.read() as session:
        first, *_ = tasks = open_follow_ups(session)
    assert len(tasks) == 3
    with pytest.raises(Invalid, match="办结的依据"):
        do(database, finish_follow_up, first.key, DoneDraft(TODAY), TODAY)
    do(database, finish_follow_up, first.key, DoneDraft(TODAY, "送达回证复印件"), TODAY)
    with pytest.raises(Invalid, match="单位的理由"):
        do(
            database,
            adopt,
            key,
            AdoptionDraft(Adoption.PART, TODAY, version=see(database, key).version),
            TODAY,
        )
    draft = AdoptionDraft(
        Adoption.PART, TODAY, "第 2 户已自行和解", ((last, Adoption.FULL),), see(database, key).version
    )
    do(database, adopt, key, draft, TODAY, label="登记采纳情况")
    found = see(database, key)
    assert (found.row.adoption, found.row.open_follow_ups) == (Adoption.PART, 2)
    assert found.speakers[-1].adoption is Adoption.FULL
    assert [c.key for c in found.cases] == [case]
    with database.read() as session:
        assert [r.key for r in consultations_of_case(session, case, TODAY)] == [key]
    assert database.undo() == "登记采纳情况"
    assert see(database, key).row.adoption is None


def test_numbers_have_no_gap_that_is_not_explained_and_none_is_given_twice(office):
    first = convened(office, drawn=0)
    convened(office, drawn=0, topic="示例教育局入学资格案")
    office.undo()
    third = convened(office, drawn=0, topic="示例职业索赔案")
    assert (see(office, first).row.number, see(office, third).row.number) == (
        "柯司会商〔2026〕1号",
        "柯司会商〔2026〕3号",
    )
    with pytest.raises(UserError, match="已用于会商“石梁镇土地征收补偿系列案会商”"):
        do(office, convene, a_consultation(office, topic="另一件", number="柯司会商[2026]1号"), TODAY)
    old = do(office, convene, a_consultation(office, topic="补录", number="柯司会商[2025]16号"), TODAY)
    assert see(office, old).row.number == "柯司会商〔2025〕16号"


def test_the_list_has_four_groups_and_each_finds_its_place(office):
    enter_pool(office)
    late = convened(office, drawn=0, topic="后天", held_on=TODAY + timedelta(days=2))
    soon = convened(office, drawn=0, topic="今天", held_on=TODAY)
    unset = convened(office, drawn=0, topic="未定", held_on=None)
    to_write = convened(office, drawn=0, topic="四天前")
    done = archived(office, topic="已归档")
    off = convened(office, drawn=0, topic="不开了", held_on=TODAY + timedelta(days=9))
    do(office, cancel, off, CancelDraft("单位撤回提请", TODAY, see(office, off).version), TODAY)
    assert [(r.state, r.key) for r in rows(office)] == [
        (State.COMING, soon),
        (State.COMING, late),
        (State.COMING, unset),
        (State.TO_WRITE, to_write),
        (State.DONE, done),
        (State.CANCELLED, off),
    ]
    assert {r.key: r.minutes_due_on for r in rows(office) if r.minutes_due_on} == {
        to_write: date(2026, 11, 23)
    }
    do(office, hold_after_all, off, see(office, off).version)
    assert see(office, off).row.state is State.COMING
    do(office, remove_consultations, [off, late])
    assert off not in {r.key for r in rows(office)}
    do(office, restore_consultation, off)
    assert off in {r.key for r in rows(office)}
    with pytest.raises(UserError, match="已经归档，不能移入回收站"):
        do(office, remove_consultations, [done])


def test_a_consultation_is_found_by_number_topic_agency_member_and_pinyin(database):
    pool = enter_pool(database, names=("毛文澜",))
    key = convened(database, drawn=0, named=pool.values())
    for typed in ("会商〔2026〕1号", "土地征收", "sllzf"[:2], "石梁镇", "毛文澜", "mwl"):
        assert [r.key for r in rows(database, typed)] == [key], typed
        with database.read() as session:
            assert ("consultation", key) in {(hit.table, hit.key) for hit in search(session, typed)}, typed
    assert rows(database, "不存在的题目") == []


def test_the_record_is_saved_as_often_as_one_likes_and_rows_that_stay_keep_their_keys(database):
    enter_pool(database)
    key = convened(database)
    do(database, save_record, key, a_record(see(database, key), tasks=2), TODAY)
    before = see(database, key)
    record = stored_record(database, key)
    _, two = record.follow_ups
    changed = replace(
        record,
        follow_ups=(replace(two, task="改为先调解"), FollowUpDraft("新的一项", unit="区资规分局")),
        opinions=record.opinions[:-1],
    )
    do(database, save_record, key, changed, TODAY, label="保存会商记录")
    after = see(database, key)
    assert [f.task for f in after.follow_ups] == ["改为先调解", "新的一项"]
    assert after.follow_ups[0].key == before.follow_ups[1].key
    kept = [o.key for m in before.members for o in m.opinions][:-1]
    assert [o.key for m in after.members for o in m.opinions] == kept
    with pytest.raises(Conflict):
        do(database, save_record, key, record, TODAY)
    assert database.undo() == "保存会商记录"
    assert see(database, key).follow_ups == before.follow_ups
    database.redo()
    assert see(database, key).follow_ups == after.follow_ups


def test_what_is_wrong_with_a_record_is_said_at_its_field(office):
    enter_pool(office)
    key = convened(office)
    found = see(office, key)
    record = a_record(found)
    one = found.speakers[0]
    question = found.questions[0].key
    wrong = (
        ({"until_time": "14:00"}, "until_time", "应晚于开始时间"),
        ({"until_time": "4点"}, "until_time", "14:30 的样子"),
        (
            {"opinions": (OpinionDraft(one.key, question, None, "只写了意见"),)},
            f"opinions.{one.key}.{question}",
            "请选择",
        ),
        (
            {"opinions": (OpinionDraft(one.key, question, Stance.DISSENTS),)},
            f"opinions.{one.key}.{question}",
            "应写明意见内容",
        ),
        ({"follow_ups": (FollowUpDraft(unit="石梁镇政府"),)}, "follow_ups.0.task", "请写明第 1 项"),
        (
            {"sign_ins": (replace(record.sign_ins[0], answer=InvitationAnswer.LEAVE),)},
            f"sign_ins.{one.key}.arrived_at",
            "登记为请假",
        ),
    )
    for changes, field, said in wrong:
        with pytest.raises(Invalid) as refused:
            do(office, save_record, key, replace(record, **changes), TODAY)
        assert [p.field for p in refused.value.problems] == [field]
        assert said in refused.value.problems[0].text
    with pytest.raises(Invalid, match="还没有到"):
        do(office, save_record, key, record, HELD - timedelta(days=1))


def test_a_whole_record_is_asked_for_when_it_is_archived(office):
    enter_pool(office)
    key = convened(office)
    do(office, save_record, key, replace(a_record(see(office, key)), conclusion="", risk=None), TODAY)
    with pytest.raises(Invalid) as refused:
        do(office, archive, key, see(office, key).version, TODAY)
    assert {p.field for p in refused.value.problems} == {"conclusion", "risk"}
    assert not see(office, key).is_archived


def test_a_guest_gives_no_opinion_and_one_who_spoke_is_not_dropped(office):
    enter_pool(office)
    key = convened(office, drawn=1)
    expert = MemberDraft(MemberKind.EXPERT, name="示例教授", unit="示例大学")
    judge = MemberDraft(MemberKind.COURT, name="示例法官", unit="柯城区人民法院")
    do(office, name_members, key, [expert, judge], TODAY)
    found = see(office, key)
    (guest,) = found.guests
    with pytest.raises(Invalid, match="列席人员，不登记意见"):
        do(
            office,
            save_record,
            key,
            replace(a_record(found), opinions=(OpinionDraft(guest.key, None, Stance.AGREES),)),
            TODAY,
        )
    do(office, save_record, key, a_record(found), TODAY)
    with pytest.raises(UserError, match="已经发表意见，不能移出"):
        do(office, drop_member, found.speakers[1].key)
    do(office, drop_member, guest.key, label="移出会商")
    assert see(office, key).guests == ()
    office.undo()
    do(office, change_member, guest.key, replace(judge, name="另一位法官"))
    assert see(office, key).guests[0].name == "另一位法官"
    with pytest.raises(Invalid, match="应从顾问库中选择"):
        do(office, name_members, key, [MemberDraft(name="库外律师")], TODAY)


def test_somebody_on_leave_is_not_counted_as_there_though_he_wrote_his_opinion(office):
    enter_pool(office)
    key = convened(office)
    away = see(office, key).speakers[0]
    with pytest.raises(Invalid, match="请假的原因"):
        do(office, answer_invitation, away.key, AnswerDraft(InvitationAnswer.LEAVE), TODAY)
    do(office, answer_invitation, away.key, AnswerDraft(InvitationAnswer.LEAVE, TODAY, "外地开庭"), TODAY)
    found = see(office, key)
    record = a_record(found)
    signs = tuple(replace(s, arrived_at="") if s.member_id == away.key else s for s in record.sign_ins)
    signs = tuple(replace(s, answer_reason="外地开庭") if s.member_id == away.key else s for s in signs)
    do(office, save_record, key, replace(record, sign_ins=signs), TODAY)
    found = see(office, key)
    assert (found.row.attended, found.row.stances.total) == (2, 3)
    assert [m.attended for m in found.speakers] == [False, True, True]
    ahead = tuple(replace(s, signed_on=TODAY + timedelta(days=1)) for s in signs)
    with pytest.raises(Invalid, match=f"{away.name}的意见表签署日.*还没有到"):
        do(office, save_record, key, replace(record, sign_ins=ahead, version=found.version), TODAY)
    with pytest.raises(Invalid, match="还没有到"):
        do(office, sign_sheet, away.key, TODAY + timedelta(days=1), TODAY)
    do(office, sign_sheet, away.key, None, TODAY)
    assert see(office, key).speakers[0].signed_on is None


def test_a_question_that_was_answered_cannot_be_dropped_and_one_that_is_reworded_keeps_its_answers(office):
    enter_pool(office)
    key = convened(office)
    do(office, save_record, key, a_record(see(office, key)), TODAY)
    with office.read() as session:
        draft = consultation_draft(session, key)
    one, two = draft.questions
    with pytest.raises(UserError, match="已经有人发表意见"):
        do(office, change, key, replace(draft, questions=(two,)), TODAY)
    reworded = (replace(two, text="是否合并答辩，有无先行调解的必要。"), one, QuestionDraft("证据如何补强。"))
    do(office, change, key, replace(draft, questions=reworded), TODAY)
    found = see(office, key)
    assert [q.key for q in found.questions[:2]] == [two.key, one.key]
    assert found.counts_on(two.key).agrees == 3
    assert found.counts_on(found.questions[2].key).total == 0


def test_a_follow_up_that_is_done_stays_until_it_is_reopened(office):
    enter_pool(office)
    key = convened(office)
    do(office, save_record, key, a_record(see(office, key)), TODAY)
    (task,) = see(office, key).follow_ups
    do(office, finish_follow_up, task.key, DoneDraft(TODAY, "回执"), TODAY)
    record = stored_record(office, key)
    with pytest.raises(UserError, match="已经办结，不能删去"):
        do(office, save_record, key, replace(record, follow_ups=()), TODAY)
    do(office, reopen_follow_up, task.key)
    do(office, save_record, key, replace(stored_record(office, key), follow_ups=()), TODAY)
    assert see(office, key).follow_ups == ()


def test_a_draw_stands_on_record_and_a_further_one_says_why(office):
    enter_pool(office)
    key = convened(office)
    first = [m.name for m in see(office, key).members]
    (held,) = see(office, key).draws
    assert (held.seed, held.matches, held.reason) == ("20261124-1", True, "")
    assert [d.name for d in held.drawn] == first
    with contextlib.suppress(
        UserError
    ):  # what was done before the draw cannot go either: the draw hangs on it
        office.undo()
    assert [m.name for m in see(office, key).members] == first
    with pytest.raises(Invalid, match="已抽取过 1 次。再次抽取应写明原因"):
        do(office, draw_members, key, DrawRequest(2, seed="体彩 26130 期"), TODAY)
    again = DrawRequest(2, seed="体彩 26130 期", reason="抽中的一人请假")
    do(office, draw_members, key, again, TODAY)
    found = see(office, key)
    assert len({m.lawyer_id for m in found.members}) == 5
    second = found.draws[1]
    assert second.reason == "抽中的一人请假"
    assert {e.name: e.reason for e in second.excluded} == dict.fromkeys(first, "已是本次会商成员")
    with pytest.raises(Invalid, match="可抽取的顾问有 3 人，不足 4 人"):
        do(office, draw_members, key, DrawRequest(4, reason="再抽"), TODAY)


def test_a_draw_by_speciality_takes_only_those_who_have_it(office):
    enter_pool(office, names=("毛文澜", "祝明远"), specialities=("土地征收",))
    enter_pool(office, names=("周默言",), licence="13308201510199999")
    key = convened(office, drawn=0)
    do(office, draw_members, key, DrawRequest(2, "土地征收"), TODAY)
    assert {m.name for m in see(office, key).members} == {"毛文澜", "祝明远"}


def test_nothing_happens_to_a_consultation_that_was_called_off(office):
    enter_pool(office)
    key = convened(office)
    with pytest.raises(Invalid, match="取消的原因"):
        do(office, cancel, key, CancelDraft(version=see(office, key).version), TODAY)
    do(office, cancel, key, CancelDraft("撤诉", TODAY, see(office, key).version), TODAY)
    with pytest.raises(UserError, match="已经取消"):
        do(office, draw_members, key, DrawRequest(1), TODAY)
    assert see(office, key).row.state is State.CANCELLED


def test_the_list_and_a_record_cost_the_same_number_of_queries_however_much_there_is(office):
    enter_pool(office)
    seen = []
    event.listen(office.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))

    def count(read):
        seen.clear()
        with office.read() as session:
            read(session)
        return len(seen)

    small = archived(office, drawn=2)
    few = count(lambda s: consultations(s, TODAY)), count(lambda s: consultation_detail(s, small, TODAY))
    for n in range(3):
        large = archived(office, drawn=6, tasks=5, topic=f"另一件 {n}")
    many = count(lambda s: consultations(s, TODAY)), count(lambda s: consultation_detail(s, large, TODAY))
    assert many == few
    assert max(few) < 30


def test_the_same_expert_is_not_invited_twice_and_what_is_too_long_for_a_line_is_said_at_its_field(database):
    """On a server a text longer than its column would be an error of the machine."""
    key = convened(database, drawn=0)
    expert = MemberDraft(MemberKind.EXPERT, name="王𬀩", unit="示例大学")
    do(database, name_members, key, [expert], TODAY)
    with pytest.raises(Invalid, match="王𬀩已在会商名单中"):
        do(database, name_members, key, [replace(expert, name=" 王𬀩 ")], TODAY)
    with pytest.raises(Invalid, match="已在会商名单中"):
        do(
            database,
            name_members,
            key,
            [replace(expert, unit="另一所"), replace(expert, unit="另一所")],
            TODAY,
        )
    do(database, name_members, key, [replace(expert, unit="示例研究院")], TODAY)
    long = "字" * 201
    found, member = see(database, key), see(database, key).members[0]
    with database.read() as session:
        draft = consultation_draft(session, key)
    record = replace(a_record(found), follow_ups=(FollowUpDraft("补材料", unit=long),))
    for act in (
        *((change, key, replace(draft, **{name: long}), TODAY) for name in ("venue", "host", "recorder")),
        (name_members, key, [replace(expert, name="另一人", unit=long)], TODAY),
        (answer_invitation, member.key, AnswerDraft(InvitationAnswer.LEAVE, TODAY, long), TODAY),
        (cancel, key, CancelDraft(long, TODAY, found.version), TODAY),
        (save_record, key, record, TODAY),
    ):
        with pytest.raises(Invalid, match="最多 200 个字，现为 201 个"):
            do(database, *act)
    assert see(database, key) == found
