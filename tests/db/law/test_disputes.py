"""Disputes through all instances, and what counts as lost."""

from datetime import date
from itertools import permutations

import pytest

from db.law.disputes import Instance, Standing, resolve, statistics
from db.law.outcomes import RULES, LostPolicy, Nature, ResultGroup, Switch, group_of, offered
from db.office.acts.settings import save_settings
from db.office.queries.settings import load_settings
from db.office.rules.settings import Settings
from db.words.case import Basis, Denominator, Outcome, Procedure, YearOf

USUAL = LostPolicy()
REVIEW, FIRST, SECOND, RETRIAL = (
    Procedure.RECONSIDERATION,
    Procedure.FIRST_INSTANCE,
    Procedure.SECOND_INSTANCE,
    Procedure.RETRIAL,
)


def chain(*steps):
    """Instances a quarter apart, from (procedure, outcome)."""
    return [
        Instance(
            key,
            procedure,
            outcome,
            filed_on=date(2024 + key // 4, key % 4 * 3 + 1, 5),
            closed_on=date(2024 + key // 4, key % 4 * 3 + 3, 20) if outcome else None,
        )
        for key, (procedure, outcome) in enumerate(steps)
    ]


def standing(*steps, policy=USUAL):
    return resolve(chain(*steps), policy).standing


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(FIRST, Outcome.REVOKED)], Standing.LOST),
        ([(FIRST, Outcome.REVOKED), (SECOND, None)], Standing.OPEN),
        ([(FIRST, Outcome.REVOKED), (SECOND, Outcome.WON_ON_APPEAL)], Standing.WON),
        ([(FIRST, Outcome.REVOKED), (SECOND, Outcome.DISMISSED)], Standing.WON),
        ([(FIRST, Outcome.DISMISSED), (SECOND, Outcome.LOST_ON_APPEAL)], Standing.LOST),
        ([(FIRST, Outcome.REVOKED), (SECOND, Outcome.UPHELD_ON_APPEAL)], Standing.LOST),
        ([(FIRST, Outcome.DISMISSED), (SECOND, Outcome.APPEAL_WITHDRAWN)], Standing.WON),
        ([(FIRST, Outcome.REVOKED), (SECOND, Outcome.REMANDED)], Standing.OPEN),
        ([(FIRST, Outcome.REVOKED), (SECOND, Outcome.REMANDED), (FIRST, Outcome.DISMISSED)], Standing.WON),
        ([(REVIEW, Outcome.RECONSIDERED_UPHELD), (FIRST, Outcome.REVOKED)], Standing.LOST),
        ([(REVIEW, Outcome.RECONSIDERED_REVOKED)], Standing.LOST),
        ([(FIRST, Outcome.WITHDRAWN_AFTER_CORRECTION)], Standing.SETTLED),
        ([(FIRST, Outcome.REVOKED), (RETRIAL, None)], Standing.LOST),
        ([(FIRST, Outcome.REVOKED), (RETRIAL, Outcome.RETRIAL_REFUSED)], Standing.LOST),
        ([(FIRST, Outcome.DISMISSED), (RETRIAL, Outcome.LOST_ON_RETRIAL)], Standing.LOST),
        ([(FIRST, Outcome.REVOKED), (RETRIAL, Outcome.REMANDED)], Standing.OPEN),
        ([(SECOND, Outcome.UPHELD_ON_APPEAL)], Standing.UNKNOWN),
        ([(SECOND, Outcome.CHANGED_ON_APPEAL)], Standing.UNKNOWN),
        ([(FIRST, Outcome.DISMISSED), (Procedure.ENFORCEMENT, Outcome.ENFORCEMENT_REFUSED)], Standing.WON),
        ([(FIRST, Outcome.SUSPENDED)], Standing.OPEN),
    ],
)
def test_a_dispute_has_the_result_of_its_last_instance(steps, expected):
    assert standing(*steps) is expected


def test_a_chain_is_followed_in_time_however_it_is_handed_over():
    steps = chain(
        (FIRST, Outcome.REVOKED),
        (SECOND, Outcome.REMANDED),
        (FIRST, Outcome.DISMISSED),
        (SECOND, Outcome.UPHELD_ON_APPEAL),
    )
    for order in permutations(steps):
        found = resolve(order, USUAL)
        assert (found.standing, found.outcome, found.decided_by) == (Standing.WON, Outcome.DISMISSED, 3)


def test_lost_in_first_instance_and_won_on_appeal_is_one_dispute_won_under_either_year():
    """First instance in 2025, appeal in 2026."""
    lost = Instance(1, FIRST, Outcome.REVOKED, date(2025, 3, 3), date(2025, 9, 1))
    won = Instance(2, SECOND, Outcome.WON_ON_APPEAL, date(2025, 11, 3), date(2026, 2, 2))
    dispute = resolve([lost, won], USUAL)
    for denominator in Denominator:
        by_year = {}
        for year_of in YearOf:
            for year in (2025, 2026):
                found = statistics(
                    [dispute], date(year, 1, 1), date(year, 12, 31), USUAL, Basis(denominator, year_of)
                )
                by_year[year_of, year] = (len(found.counted), len(found.lost))
                assert found.definition.startswith(f"统计期间 {year}-01-01 至 {year}-12-31")
        assert by_year == {
            (YearOf.DECIDED, 2025): (0, 0),
            (YearOf.DECIDED, 2026): (1, 0),
            (YearOf.FILED, 2025): (1, 0),
            (YearOf.FILED, 2026): (0, 0),
        }


def rate(disputes, **basis):
    return statistics(disputes, date(2024, 1, 1), date(2026, 12, 31), USUAL, Basis(**basis))


def test_the_denominator_is_a_setting_and_the_definition_says_which():
    disputes = [
        resolve(chain((FIRST, Outcome.REVOKED)), USUAL),
        resolve(chain((FIRST, Outcome.DISMISSED), (SECOND, Outcome.UPHELD_ON_APPEAL)), USUAL),
        resolve(chain((FIRST, Outcome.WITHDRAWN)), USUAL),
        resolve(chain((FIRST, None)), USUAL),
        resolve(chain((REVIEW, Outcome.RECONSIDERED_REVOKED)), USUAL),
    ]
    assert rate(disputes).rate == pytest.approx(1 / 3)
    assert rate(disputes, denominator=Denominator.ON_MERITS).rate == pytest.approx(1 / 2)
    assert rate(disputes, denominator=Denominator.EFFECTIVE).rate == 0
    assert rate(disputes, with_reconsideration=True).rate == pytest.approx(2 / 4)
    assert rate([]).rate is None
    words = rate(disputes, denominator=Denominator.ON_MERITS).definition
    assert "败诉率＝败诉争议数÷最终结果为实体判决（决定）的争议数" in words
    assert "程序轻微违法计入，判决补偿不计入" in words


def test_the_switches_and_single_outcomes_are_the_offices_choice():
    lenient = LostPolicy(minor_defect=False, indemnity=True, others={"确认违法": False})
    assert [
        USUAL.counts(o) for o in (Outcome.UNLAWFUL_MINOR, Outcome.CONTRACT_INDEMNITY, Outcome.UNLAWFUL)
    ] == [
        True,
        False,
        True,
    ]
    assert [
        lenient.counts(o) for o in (Outcome.UNLAWFUL_MINOR, Outcome.CONTRACT_INDEMNITY, Outcome.UNLAWFUL)
    ] == [
        False,
        True,
        False,
    ]
    assert "确认违法不计入" in lenient.in_words()
    assert group_of(Outcome.UNLAWFUL_MINOR, lenient) is ResultGroup.OTHER
    assert standing((FIRST, Outcome.UNLAWFUL_MINOR), policy=lenient) is Standing.OTHER


def test_the_choice_is_kept_with_the_office(office):
    with office.write("设置") as session:
        save_settings(
            session,
            Settings(
                lost_minor_defect=False,
                lost_others={"确认违法": False},
                rate_denominator=Denominator.EFFECTIVE,
            ),
        )
    with office.read() as session:
        kept = load_settings(session)
    assert kept.lost_policy() == LostPolicy(minor_defect=False, others={"确认违法": False})
    assert kept.rate_basis() == Basis(Denominator.EFFECTIVE)


def test_every_outcome_has_its_article_and_is_offered_where_it_can_happen():
    assert set(RULES) == set(Outcome)
    shown = {o for p in Procedure for o in offered(p)}
    assert {o for o in Outcome if o not in shown} == {o for o, rule in RULES.items() if rule.replaced}
    assert all(len(o.value) <= 32 for o in Outcome)
    assert {rule.switch for rule in RULES.values()} == {None, *Switch}


def test_reconsideration_counts_the_four_corrections_as_lost_衢政办发2012年74号第三条():
    lost = {o for o in offered(REVIEW) if USUAL.counts(o)}
    assert {
        Outcome.RECONSIDERED_REVOKED,
        Outcome.RECONSIDERED_CHANGED,
        Outcome.RECONSIDERED_UNLAWFUL,
        Outcome.RECONSIDERED_DUTY,
    } <= lost
    assert Outcome.RECONSIDERED_UPHELD not in lost


def test_a_revoked_reconsideration_decision_is_lost_by_the_reviewer_alone_适用解释第一百三十六条():
    found = resolve(chain((REVIEW, Outcome.RECONSIDERED_UPHELD), (FIRST, Outcome.REVIEW_REVOKED)), USUAL)
    assert (found.standing, found.reviewer_only) == (Standing.LOST, True)


def test_enforcement_is_a_measure_and_never_lost():
    for outcome in offered(Procedure.ENFORCEMENT):
        assert RULES[outcome].nature is Nature.MEASURE
        assert not USUAL.counts(outcome)
