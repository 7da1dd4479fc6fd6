"""Histories of cases made up at random: the program and a clerk with a wall calendar name the same days.

``python -m tests.hard.histories 10000`` and ``python -m tests.hard.recorded 10000`` run more than a suite has time for.
"""

from db.law.periods import BY_ID
from tests.hard.histories import compare_many
from tests.hard.recorded import compare_recorded
from tests.simulator import LINES


def test_a_thousand_histories_agree_with_a_simulator_written_apart():
    assert compare_many(1_000)["已了结"] > 1_000


def test_histories_entered_by_the_clerks_acts_are_read_back_as_the_simulator_has_them(office):
    assert compare_recorded(office, 40) > 150


def test_no_rule_is_left_out_by_the_simulator():
    assert {line.number for line in LINES} == set(BY_ID)
