"""分派均衡: assignments count, not starts; a cancelled one leaves the count; whose turn it is, and why."""

from db.assignment.acts.assignments import assign, end_assignment, replace_agent
from db.assignment.queries.fairness import fairness
from db.assignment.rules.assignments import EndDraft, ReplaceDraft
from db.catalogue.reports import FAIRNESS, Parameters, make
from db.roster.acts.appointments import suspend
from db.roster.rules.appointments import SuspendDraft
from db.words.assignment import EndKind
from tests.conftest import TODAY
from tests.db.assignment.test_recommending import SECOND, do, draft_of
from tests.db.store.test_acts import enter_case, enter_lawyer


def spread(database, year=TODAY.year):
    with database.read() as session:
        return fairness(session, year, TODAY)


def numbered(database, nth, **changes):
    return enter_case(database, number=f"（2026）浙0825行初{nth}号", **changes)


def test_assignments_count_also_those_that_ended_midway_but_never_the_cancelled(office):
    first, second = enter_lawyer(office), enter_lawyer(office, **SECOND)
    cases = [numbered(office, nth, is_difficult=nth == 3, difficult_reason="群体性") for nth in (1, 2, 3)]
    made = [do(office, assign, draft_of(office, key, first), TODAY)[0] for key in cases]
    do(office, end_assignment, made[0], EndDraft(EndKind.CANCELLED, TODAY, "登记错误"))
    do(office, replace_agent, made[1], ReplaceDraft(second, TODAY, "住院", "案卷一册"), TODAY)
    found = spread(office)
    by_name = {line.name: line for line in found.lines}
    assert (by_name["汪晓棠"].count, by_name["汪晓棠"].weighted, by_name["汪晓棠"].load) == (2, 2.5, 1.5)
    assert (by_name["王砚秋"].count, by_name["王砚秋"].load) == (1, 1)
    assert (found.gap, round(found.gini, 2)) == (1, 0.17)
    assert found.words == "最多 2 件，最少 1 件，相差 1 件，基尼系数 0.17（0 为完全均衡）。"
    assert [line.name for line in found.on_offer] == ["王砚秋", "汪晓棠"]
    assert found.on_offer[0].why == "本年分派 1 件，距上次分派 0 天"
    assert spread(office, TODAY.year - 1).gap == 0


def test_who_never_had_a_case_is_next_and_who_pauses_takes_no_turn(office):
    first, second = enter_lawyer(office), enter_lawyer(office, **SECOND)
    third = enter_lawyer(office, name="叶知秋", licence="13308201510123458")
    for nth, lawyer in enumerate((first, second), start=1):
        do(office, assign, draft_of(office, numbered(office, nth), lawyer), TODAY)
    assert next((line.name, line.why) for line in spread(office).on_offer) == (
        "叶知秋",
        "本年分派 0 件，尚未分派过",
    )
    do(office, suspend, SuspendDraft((third, second), from_on=TODAY, reason="外出进修"), TODAY)
    found = spread(office)
    assert [line.name for line in found.on_offer] == ["汪晓棠"]
    assert [line.name for line in found.lines] == ["汪晓棠", "王砚秋"]  # who served stays in the table


def test_the_table_agrees_with_itself_and_says_whose_turn_it_is(office):
    first = enter_lawyer(office)
    enter_lawyer(office, **SECOND)
    do(office, assign, draft_of(office, numbered(office, 1), first), TODAY)
    (paper,) = make(office, FAIRNESS, Parameters(TODAY.replace(month=1, day=1), TODAY, TODAY))
    assert paper.failed_checks() == ()
    table = paper.blocks[1]
    assert [row[1:6] for row in table.rows] == [
        ("王砚秋", "示例九华律所", 0, 0, 0),
        ("汪晓棠", "示例双港律所", 1, 0, 1),
    ]
    assert "现轮到 王砚秋（本年分派 0 件，尚未分派过）" in table.notes[1]
    assert paper.title.endswith(FAIRNESS)
