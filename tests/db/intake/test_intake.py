"""Registering a case from pasted papers and messages; all people, numbers and firms are invented (示例)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.formats.recognise.agencies import AgencyRecogniser, KnownAgency
from db.formats.written_dates import find_dates, find_time
from db.intake.rules import is_agency, party_kind, read_text
from db.words.case import PartyKind, Procedure, Side

TODAY = date(2026, 11, 24)

NOTICE = """　　　　　　　　浙江省龙游县人民法院
　　　　　　　　行政案件应诉通知书
　　　　　　　（２０２６）浙0825行初 037号

衢州市柯城区综合行政执法局：
　　原告周建国（示例）诉你单位行政处罚一案，本院已于2026年11月10日立案。随文发送起诉状副本一份，现将有关应诉事项通知如下：
　　一、你单位应当在收到起诉状副本之日起十五日内向本院提交作出行政行为的证据和所依据的规范性文件，并提出答辩状。
　　二、你单位负责人应当出庭应诉。
　　联系人：示例书记员
　　二〇二六年十一月十日
"""

SUMMONS = """浙江省衢州市中级人民法院传票
案号：（2026）浙08行终58号
案由：行政征收
被传唤人：衢州市柯城区航埠镇人民政府
传唤事由：开庭
应到时间：2026年12月16日上午9时30分
应到处所：本院第二法庭
注意事项：被传唤人必须准时到达应到处所。
"""

EVIDENCE = """龙游县人民法院 举证通知书
（2026）浙0825行初21号
原告：陈月娥（示例），女，住衢州市柯城区示例路1号
委托诉讼代理人：张三丰（示例），浙江示例甲律师事务所律师
被告：衢州市柯城区医疗保障局
第三人：启禾商贸有限公司（示例）
委托代理人：李四光、王五岳，均为浙江示例乙律师事务所律师
案由：行政给付
本案适用简易程序，你单位应当于2026年12月4日前向本院提交证据。
"""

CHAT = """【示例】各位，柯城区医保局11月12日签收了龙游法院（2026）浙0825行初41号的材料，原告是启禾商贸有限公司，
原告代理人：浙江示例丙律师事务所赵六合律师，12月3号下午2:30在龙游法院第一法庭开庭，麻烦安排律师。"""

REVIEW = """衢州市柯城区人民政府
行政复议答复通知书
柯政复[2026]012号
衢州市公安局柯城分局：
申请人吴水根（示例）不服你局治安管理处罚一案，本机关已于2026年11月16日受理。请在收到申请书副本之日起十日内提出书面答复。
"""

NARRATIVE = (
    "（2026）浙0802行初5号 原告杭素梅（示例）、叶春兰（示例）诉被告衢州市柯城区人民政府花园街道办事处、衢州市柯城区人民政府"
    "、第三人宏运物流有限公司（示例）强制拆除房屋一案，定于2027年1月8日14时30分在本院第三法庭公开开庭审理。"
)


def proposed(text, **more):
    return read_text(text, TODAY, **more)


def test_a_notice_to_respond_proposes_the_case_应诉通知书():
    found = proposed(NOTICE)
    draft = found.draft()
    assert (draft.number, draft.procedure) == ("（2026）浙0825行初37号", Procedure.FIRST_INSTANCE)
    assert found.value("court") == "浙江省龙游县人民法院"
    assert [(p.side, p.name, p.kind) for p in draft.parties] == [
        (Side.PLAINTIFF, "周建国（示例）", PartyKind.PERSON),
        (Side.DEFENDANT, "衢州市柯城区综合行政执法局", PartyKind.AGENCY),
    ]
    assert (draft.cause_text, draft.filed_on) == ("行政处罚", date(2026, 11, 10))
    assert (draft.received_on, draft.hearing_on) == (None, None)  # the paper does not say
    assert found.first("defendant").note == ""  # 诉你单位: whom the paper is addressed to


def test_a_summons_proposes_the_hearing_传票():
    found = proposed(SUMMONS)
    draft = found.draft()
    assert (draft.number, draft.procedure) == ("（2026）浙08行终58号", Procedure.SECOND_INSTANCE)
    assert (draft.hearing_on, draft.hearing_time, draft.hearing_place) == (
        date(2026, 12, 16),
        "09:30",
        "本院第二法庭",
    )
    assert (draft.cause_text, found.values("defendant")) == ("行政征收", ("衢州市柯城区航埠镇人民政府",))
    assert found.values("plaintiff") == ()


def test_a_notice_on_evidence_proposes_parties_agents_and_the_courts_date_举证通知书():
    found = proposed(EVIDENCE)
    draft = found.draft()
    assert [(p.side, p.name, [(a.name, a.firm_name) for a in p.agents]) for p in draft.parties] == [
        (Side.PLAINTIFF, "陈月娥（示例）", [("张三丰（示例）", "浙江示例甲律师事务所")]),
        (Side.DEFENDANT, "衢州市柯城区医疗保障局", []),
        (
            Side.THIRD,
            "启禾商贸有限公司（示例）",
            [("李四光", "浙江示例乙律师事务所"), ("王五岳", "浙江示例乙律师事务所")],
        ),
    ]
    assert found.day("answer_due") == date(2026, 12, 4)


def test_a_message_from_a_chat_group_is_understood_and_its_missing_years_are_marked():
    found = proposed(CHAT, known=AgencyRecogniser([KnownAgency(1, "衢州市柯城区医疗保障局", "区医保局")]))
    draft = found.draft()
    assert draft.number == "（2026）浙0825行初41号"
    assert [(p.side, p.name) for p in draft.parties] == [
        (Side.PLAINTIFF, "启禾商贸有限公司"),
        (Side.DEFENDANT, "柯城区医保局"),
    ]
    assert [(a.name, a.firm_name) for a in draft.parties[0].agents] == [("赵六合", "浙江示例丙律师事务所")]
    assert (draft.received_on, draft.hearing_on, draft.hearing_time) == (
        date(2026, 11, 12),
        date(2026, 12, 3),
        "14:30",
    )
    assert found.first("received_on").note == found.first("hearing_on").note == "原文没有写年份，请核对"
    assert found.value("court") == "龙游法院"


def test_a_notice_of_reconsideration_is_one_复议答复通知书():
    draft = proposed(REVIEW).draft()
    assert (draft.number, draft.procedure) == ("柯政复〔2026〕12号", Procedure.RECONSIDERATION)
    assert [(p.side, p.name) for p in draft.parties] == [
        (Side.PLAINTIFF, "吴水根（示例）"),
        (Side.DEFENDANT, "衢州市公安局柯城分局"),
    ]
    assert draft.filed_on == date(2026, 11, 16)


def test_several_parties_are_told_apart():
    draft = proposed(NARRATIVE).draft()
    assert [(p.side, p.name) for p in draft.parties] == [
        (Side.PLAINTIFF, "杭素梅（示例）"),
        (Side.PLAINTIFF, "叶春兰（示例）"),
        (Side.DEFENDANT, "衢州市柯城区人民政府花园街道办事处"),
        (Side.DEFENDANT, "衢州市柯城区人民政府"),
        (Side.THIRD, "宏运物流有限公司（示例）"),
    ]
    assert (draft.cause_text, draft.hearing_on, draft.hearing_time) == (
        "强制拆除房屋",
        date(2027, 1, 8),
        "14:30",
    )


def test_an_appellant_may_be_either_side_and_the_judgment_appealed_from_is_no_number_of_this_case():
    found = proposed(
        "上诉人衢州市柯城区市场监督管理局因与被上诉人启禾商贸有限公司（示例）行政处罚一案，"
        "不服龙游县人民法院（2026）浙0825行初3号行政判决，提起上诉。"
    )
    assert found.values("defendant") == ("衢州市柯城区市场监督管理局",)
    assert found.values("plaintiff") == ("启禾商贸有限公司（示例）",)
    assert (found.values("number"), found.values("previous_number")) == ((), ("（2026）浙0825行初3号",))
    assert found.draft().procedure is Procedure.SECOND_INSTANCE
    assert found.first("defendant").note == "原文称谓为上诉人，请核对"
    retrial = proposed(
        "再审申请人周建国（示例）因与被申请人衢州市柯城区人民政府土地行政征收一案，向本院申请再审。"
    )
    assert retrial.draft().procedure is Procedure.RETRIAL
    assert retrial.values("defendant") == ("衢州市柯城区人民政府",)


def test_a_line_without_punctuation_is_understood():
    found = proposed(
        "周建国诉区综合行政执法局违法建设处罚 案号(2026)浙0825行初37号 11月12日收到 12月16日9:30开庭 第二法庭",
    )
    draft = found.draft()
    assert [p.name for p in draft.parties] == ["周建国", "区综合行政执法局"]
    assert (draft.received_on, draft.hearing_on, draft.hearing_time, draft.hearing_place) == (
        date(2026, 11, 12),
        date(2026, 12, 16),
        "09:30",
        "第二法庭",
    )


def test_a_defendant_ends_with_the_last_word_for_an_agency_where_the_act_has_no_usual_name():
    found = proposed("本院定于2026年12月30日在第一法庭审理原告叶春兰与被告柯城区荷花街道办事处小区围栏一案。")
    assert (found.values("plaintiff"), found.values("defendant"), found.value("cause")) == (
        ("叶春兰",),
        ("柯城区荷花街道办事处",),
        "小区围栏",
    )


@pytest.mark.parametrize("text", [NOTICE, SUMMONS, EVIDENCE, CHAT, REVIEW, NARRATIVE])
def test_everything_proposed_shows_where_it_was_taken_from(text):
    found = read_text(text, TODAY).found
    assert found
    for f in found:
        assert f.text == text[f.start : f.end]
        assert f.text


def test_what_is_not_said_is_not_proposed():
    assert read_text("下周一上午九点开会，请准时参加。", TODAY).found == ()


@settings(deadline=None)
@given(
    st.text(
        st.sampled_from(
            "（2026）浙0825行初37号原告诉被告区局，。：\n11月12日收到开庭代理人律师事务所、第三人一案"
        ),
        max_size=80,
    )
)
def test_whatever_is_pasted_is_answered(text):
    for f in read_text(text, TODAY).found:
        assert f.text == text[f.start : f.end]
    read_text(text, TODAY).draft()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("衢州市柯城区综合行政执法局", PartyKind.AGENCY),
        ("柯城区石梁镇人民政府", PartyKind.AGENCY),
        ("示例村村民委员会", PartyKind.ORGANISATION),
        ("启禾商贸有限公司（示例）", PartyKind.ORGANISATION),
        ("周建国（示例）", PartyKind.PERSON),
    ],
)
def test_a_party_is_known_by_its_name(name, expected):
    assert party_kind(name) is expected
    assert is_agency(name) is (expected is PartyKind.AGENCY)


def test_dates_and_times_in_all_spellings():
    text = "2026年11月12日、2026-11-12、2026/11/12、2026.11.12、11月12号、二〇二六年十一月十二日"
    assert [d.on(2026) for d in find_dates(text)] == [date(2026, 11, 12)] * 6
    assert [find_time(t)[0] for t in ("上午9时30分", "下午2:30", "14点", "9点半", "晚上7点整")] == [
        "09:30",
        "14:30",
        "14:00",
        "09:30",
        "19:00",
    ]
