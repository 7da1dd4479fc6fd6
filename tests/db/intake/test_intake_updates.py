"""A pasted paper whose case is on record adds to that case; nearly its number asks; nothing becomes a twin."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.agencies.queries.in_time import agency_recogniser
from db.cases.queries.cases import CaseFilter, View, case_keys
from db.cases.queries.detail import case_detail
from db.errors import Conflict, Invalid
from db.intake.acts.registering import update
from db.intake.queries.known import court_called, key_of_number, matches
from db.intake.rules import read_text
from db.intake.rules.updating import CaseUpdate, Likeness, changes, nearly_same, update_of
from db.models.case import Case
from db.words.case import EventKind, Outcome, Procedure, Track
from main import main
from tests.conftest import TODAY
from tests.db.store.test_acts import enter_case

NUMBER = "（2026）浙0825行初37号"
SUMMONS = f"""浙江省龙游县人民法院
传　　票
案    号\t{NUMBER}
案    由\t行政处罚
被传唤人\t衢州市柯城区综合行政执法局
应到时间\t2026年12月22日9时30分
应到处所\t第十审判庭
2026年11月20日"""
JUDGMENT = f"""浙江省龙游县人民法院
行 政 判 决 书
{NUMBER}
原告：周建国（示例）。
被告：衢州市柯城区综合行政执法局。
原告周建国（示例）不服被告衢州市柯城区综合行政执法局作出的行政处罚决定，向本院提起诉讼。现已审理终结。
本院认为……依照《中华人民共和国行政诉讼法》第六十九条的规定，判决如下：
驳回原告周建国（示例）的诉讼请求。
案件受理费50元，由原告负担。
如不服本判决，可以在判决书送达之日起十五日内向本院递交上诉状，上诉于浙江省衢州市中级人民法院。
审判长　示例甲
二〇二六年十一月十八日
书记员　示例乙"""
RULING = f"""浙江省龙游县人民法院
行政裁定书
{NUMBER}
原告：周建国（示例）。
裁定如下：
准许原告周建国（示例）撤回起诉。
2026年11月19日"""
APPEAL = f"""行政上诉状
上诉人（原审原告）：周建国（示例），男
被上诉人（原审被告）：衢州市柯城区综合行政执法局
上诉人因行政处罚一案，不服龙游县人民法院{NUMBER}行政判决，现提起上诉。
此致
浙江省衢州市中级人民法院
上诉人：周建国（示例）
2026年11月22日"""


def on_record(database, **more):
    return enter_case(database, number=NUMBER, **more)


def matched(database, text, today=TODAY):
    with database.read() as session:
        read = read_text(text, today, agency_recogniser(session))
        return read, matches(session, read)


def applied(database, text, today=TODAY, **more):
    """Save everything that is chosen from the beginning; return the case."""
    read, (match,) = matched(database, text, today)
    proposed = changes(read, match.record, match.likeness, today, text)
    chosen = [(c.field, c.after) for c in proposed if c.is_chosen]
    with database.read() as session:
        more.setdefault("court_id", court_called(session, read.value("court")))
    draft = update_of(chosen, read, match.record, today, text, **more)
    with database.write("更新案件") as session:
        key = update(session, match.record.key, draft, match.record.version, today)
    with database.read() as session:
        assert len(case_keys(session, CaseFilter(View.ALL), today)) >= 1
        return proposed, case_detail(session, key, today)


def heard(case):
    return [(h.on, h.at_time, h.place) for h in case.hearings]


def steps(case):
    return [(e.kind, e.on_date) for e in case.events]


def test_a_summons_adds_the_hearing_to_its_case(database):
    key = on_record(database, hearing_on=None, hearing_time="", hearing_place="")
    proposed, case = applied(database, SUMMONS)
    assert [(c.label, c.before, c.after) for c in proposed if c.field.startswith("hearing")] == [
        ("开庭日期", "", "2026-12-22"),
        ("开庭时间", "", "09:30"),
        ("开庭地点", "", "第十审判庭"),
    ]
    assert case.row.key == key
    assert heard(case) == [(date(2026, 12, 22), "09:30", "第十审判庭")]
    with database.read() as session:
        assert len(case_keys(session, CaseFilter(View.ALL), TODAY)) == 1, "no twin"
    assert database.undo() == "更新案件"
    with database.read() as session:
        assert case_detail(session, key, TODAY).hearings == ()


def test_the_same_paper_again_changes_nothing(database):
    on_record(database, hearing_on=None, hearing_time="", hearing_place="")
    applied(database, SUMMONS)
    read, (match,) = matched(database, SUMMONS)
    assert changes(read, match.record, match.likeness, TODAY, SUMMONS) == []


def test_a_hearing_put_off_is_the_same_hearing_on_another_day(database):
    on_record(database, hearing_on=date(2026, 12, 22), hearing_time="09:30", hearing_place="第十审判庭")
    text = f"关于{NUMBER}案，原定2026年12月22日上午9:30的庭审因故取消，改期至2026年12月29日下午14:00在第二法庭开庭。"
    proposed, case = applied(database, text)
    assert [(c.before, c.after) for c in proposed] == [
        ("2026-12-22", "2026-12-29"),
        ("09:30", "14:00"),
        ("第十审判庭", "第二法庭"),
    ]
    assert heard(case) == [(date(2026, 12, 29), "14:00", "第二法庭")]


def test_another_hearing_after_one_that_is_over_is_added(database):
    on_record(database, hearing_on=date(2026, 11, 20), hearing_time="09:30", hearing_place="第一法庭")
    _, case = applied(database, SUMMONS)
    assert heard(case) == [
        (date(2026, 11, 20), "09:30", "第一法庭"),
        (date(2026, 12, 22), "09:30", "第十审判庭"),
    ]


def test_a_judgment_adds_its_result_and_its_day(database):
    on_record(database)
    proposed, case = applied(database, JUDGMENT)
    said = {c.field: c.after for c in proposed}
    assert (said["outcome"], said["judged_on"]) == ("判决驳回诉讼请求", "2026-11-18")
    assert case.row.outcome is Outcome.DISMISSED
    assert case.decided_on == date(2026, 11, 18), "the field that figures and papers read"
    assert EventKind.OTHER not in {kind for kind, _ in steps(case)}
    assert case.row.is_open, "an appeal may follow: the case is closed by the clerk"


def test_a_message_with_the_result_alone_keeps_the_day_of_the_judgment(database):
    key = on_record(database)
    with database.write("登记结果") as session:
        session.get_one(Case, key).decided_on = date(2026, 11, 18)
    with database.write("更新案件") as session:
        version = session.get_one(Case, key).version
        update(session, key, CaseUpdate(outcome=Outcome.DISMISSED), version, TODAY)
    with database.read() as session:
        case = case_detail(session, key, TODAY)
    assert (case.row.outcome, case.decided_on) == (Outcome.DISMISSED, date(2026, 11, 18))


def test_a_judgment_dated_before_today_only(database):
    on_record(database)
    with pytest.raises(Invalid, match="还没有到"):
        applied(database, JUDGMENT, today=date(2026, 11, 10))


def test_the_day_of_service_starts_the_appeal(database):
    on_record(database)
    applied(database, JUDGMENT)
    proposed, case = applied(database, f"{NUMBER}案判决书已于2026年11月20日送达")
    assert [(c.field, c.after) for c in proposed] == [("served_on", "2026-11-20")]
    assert (EventKind.JUDGMENT_SERVED, date(2026, 11, 20)) in steps(case)
    assert any(p.rule.id == "L12" for p in case.periods)


def test_a_ruling_is_served_as_a_ruling(database):
    on_record(database)
    proposed, case = applied(database, RULING + "\n送达文书：行政裁定书\n送达日期：2026年11月21日")
    assert {c.field: c.after for c in proposed}["outcome"] == "准许撤诉"
    assert (EventKind.RULING_SERVED, date(2026, 11, 21)) in steps(case)
    assert (EventKind.JUDGMENT_SERVED, date(2026, 11, 21)) not in steps(case)


def test_a_result_that_differs_from_the_recorded_one_waits_for_the_clerk(database):
    on_record(database)
    applied(database, RULING)
    read, (match,) = matched(database, JUDGMENT)
    (outcome,) = [
        c for c in changes(read, match.record, match.likeness, TODAY, JUDGMENT) if c.field == "outcome"
    ]
    assert (outcome.before, outcome.is_chosen) == ("准许撤诉", False)
    assert "与已登记的 准许撤诉 不同" in outcome.note


def test_an_appeal_is_an_event_of_the_case_appealed(database):
    on_record(database)
    _, (match,) = matched(database, APPEAL)
    assert (match.likeness, match.record.number) == (Likeness.APPEALED, NUMBER)
    proposed, case = applied(database, APPEAL)
    assert [(c.field, c.after) for c in proposed] == [("appealed_on", "2026-11-22")]
    assert (EventKind.APPEALED, date(2026, 11, 22)) in steps(case)


def test_the_number_of_the_proceedings_before_ties_the_chain(database):
    first = on_record(database)
    second = enter_case(database, number="（2026）浙08行终77号", procedure=Procedure.SECOND_INSTANCE)
    text = (
        "（2026）浙08行终77号\n上诉人周建国（示例）因诉衢州市柯城区综合行政执法局行政处罚一案，"
        f"不服龙游县人民法院{NUMBER}行政判决，向本院提起上诉，本院已于2026年11月23日立案。"
    )
    read, (match,) = matched(database, text)
    assert match.record.key == second
    with database.read() as session:
        before = key_of_number(session, read.value("previous_number"))
    assert before == first
    proposed, case = applied(database, text, previous_id=before)
    assert ("previous_number", NUMBER) in [(c.field, c.after) for c in proposed]
    assert [line.number for line in case.chain] == [NUMBER, "（2026）浙08行终77号"]


def test_a_last_day_in_a_repeated_notice_overrides_the_counted_one(database):
    on_record(database, track=Track.SIMPLIFIED)
    text = f"举证通知书\n{NUMBER}\n你局应于2026年12月10日前提交答辩状及证据。本案适用简易程序。"
    proposed, case = applied(database, text)
    assert [(c.field, c.after) for c in proposed] == [("answer_due", "2026-12-10")]
    period = next(p for p in case.periods if p.rule.id == "L05")
    assert period.due == date(2026, 12, 10)


def test_days_that_contradict_the_record_are_not_chosen(database):
    on_record(database)
    read, (match,) = matched(database, f"{NUMBER} 11月13日收到应诉通知书，11月9日立案")
    found = {c.field: c for c in changes(read, match.record, match.likeness, TODAY)}
    assert found["received_on"].before == match.record.received_on.isoformat()
    assert not found["received_on"].is_chosen


@pytest.mark.parametrize(
    ("number", "is_asked"),
    [
        ("（2026）浙0825行初73号", True),
        ("（2026）浙0825行初38号", True),
        ("（2026）浙0825行初317号", True),
        ("（2026）浙0825行初7号", True),
        ("（2025）浙0825行初37号", True),
        ("（2026）浙0802行初37号", False),
        ("（2026）浙0825行初99号", False),
        ("（2026）浙08行终37号", False),
    ],
)
def test_a_number_that_is_nearly_one_on_record_asks(database, number, is_asked):
    on_record(database)
    _, found = matched(database, f"{number} 周建国（示例）诉区综合执法局一案，12月22日9:30开庭")
    assert [m.likeness for m in found] == ([Likeness.NEAR] if is_asked else [])
    _, others = matched(database, f"{number} 叶春兰诉区综合执法局一案，12月22日9:30开庭")
    assert others == [], "another plaintiff: the next number of a series"


def test_a_second_record_gives_way_and_what_is_in_the_bin_is_no_case(database):
    from db.cases.acts.cases import remove_cases
    from db.cases.acts.chains import link_duplicate

    key, twin = on_record(database), on_record(database)
    with database.read() as session:
        version = case_detail(session, twin, TODAY).version
    with database.write("重复") as session:
        link_duplicate(session, twin, key, version)
    _, (match,) = matched(database, SUMMONS)
    assert match.record.key == key
    with database.write("移入回收站") as session:
        remove_cases(session, [key, twin])
    assert matched(database, SUMMONS)[1] == []


def test_what_was_changed_meanwhile_is_refused(database):
    key = on_record(database)
    read, (match,) = matched(database, SUMMONS)
    applied(database, SUMMONS)
    draft = update_of([("hearing_place", "第二法庭")], read, match.record, TODAY, SUMMONS)
    with pytest.raises(Conflict), database.write("更新") as session:
        update(session, key, draft, match.record.version, TODAY)


@given(st.text("0123456789行初", min_size=1, max_size=6), st.integers(0, 5), st.sampled_from("0579"))
def test_numbers_are_near_by_one_sign(number, at, sign):
    at %= len(number)
    assert not nearly_same(number, number)
    assert nearly_same(number, number[:at] + sign + number[at:]) or number == number[:at] + sign + number[at:]
    other = number[:at] + sign + number[at + 1 :]
    assert nearly_same(number, other) == (other != number)
    assert nearly_same(other, number) == nearly_same(number, other)
    assert not nearly_same(number, number + "99")


# -- without a window ---------------------------------------------------------------------------


def listed(capsys, *words):
    assert main([*map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_reads_a_file_and_names_the_case(office, file, tmp_path, capsys):
    on_record(office, hearing_on=None, hearing_time="", hearing_place="")
    path = tmp_path / "传票.txt"
    path.write_text(SUMMONS, encoding="gb18030")
    items = listed(capsys, "intake", path, "--db", file, "--today", TODAY)
    case = items[0]
    assert (case["field"], case["value"], case["match"]) == ("case", NUMBER, "same")
    found = {item["field"]: item for item in items}
    assert (found["hearing_on"]["value"], found["hearing_on"]["before"]) == ("2026-12-22", "")
    assert found["defendant"]["agency"] == "衢州市柯城区综合行政执法局"
    assert {"field", "value", "from", "note"} <= set(found["number"])


def test_the_command_works_where_there_is_no_database(tmp_path, capsys):
    path = tmp_path / "消息.txt"
    path.write_text("周建新诉区人社局工伤一案 案号2026浙0825行初99号", encoding="utf-16")
    missing = tmp_path / "没有.db"
    assert main(["intake", str(path), "--db", str(missing), "--json"]) == 0
    said = capsys.readouterr()
    assert "按随程序附带的单位名录识别" in said.err
    found = {item["field"]: item for item in json.loads(said.out)}
    assert found["defendant"]["agency"] == "衢州市柯城区人力资源和社会保障局"
    assert found["number"]["value"] == "（2026）浙0825行初99号"
    assert not missing.exists(), "reading makes no office"
    assert main(["intake", str(tmp_path / "x.txt"), "--db", str(missing)]) == 1
    assert "读不了" in capsys.readouterr().err


def test_the_command_says_which_case_of_several_each_item_is_of(tmp_path, capsys):
    path = tmp_path / "两件.txt"
    path.write_text(
        "案号\t原告\t被告\n（2026）浙0825行初37号\t周建国\t区司法局\n（2026）浙0825行初38号\t吴秀英\t区财政局",
        "utf-8",
    )
    items = listed(capsys, "intake", path, "--db", tmp_path / "没有.db", "--today", TODAY)
    assert [i["part"] for i in items if i["field"] == "plaintiff"] == [1, 2]
    assert main(["intake", str(path), "--db", str(tmp_path / "没有.db"), "--today", str(TODAY)]) == 0
    assert "第 2 件，共 2 件" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("raw", "code", "said"),
    [
        (b"", 1, "没有认出"),
        (b"\n \n", 1, "没有认出"),
        (b"%PDF-1.7\n...", 1, "PDF"),
        (b"PK\x03\x04....", 1, "Word、Excel"),
        (b"\xd0\xcf\x11\xe0....", 1, "旧版 Word"),
        (b"\xff\xd8\xff\xe0....", 1, "图片"),
    ],
)
def test_what_holds_no_text_is_said(tmp_path, capsys, raw, code, said):
    path = tmp_path / "送来的"
    path.write_bytes(raw)
    assert main(["intake", str(path), "--db", str(tmp_path / "没有.db")]) == code
    answer = capsys.readouterr()
    assert said in answer.out + answer.err


def test_a_missing_file_is_said_in_chinese(tmp_path, capsys):
    assert main(["intake", str(tmp_path / "没有.txt"), "--db", str(tmp_path / "没有.db")]) != 0
    said = capsys.readouterr().err
    assert "没有这个文件" in said
    assert "No such" not in said
