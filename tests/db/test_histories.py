"""Histories of cases made up at random: the program and a clerk with a wall calendar name the same last days.

``python -m tests.hard.histories 10000`` runs more of them than a suite has time for.
"""

from random import Random

import pytest

from db.rules.events import EventKind, Happening
from db.rules.period_rules import Track, Unit
from db.rules.periods import BY_ID, Extension, FixedDate, periods_for
from db.rules.procedure import Procedure
from db.rules.rulings import Ruling
from db.shipped import shipped_calendar
from tests.histories import a_history
from tests.simulator import Board, Wall

CALENDAR = shipped_calendar()
WALL = Wall(CALENDAR.off, CALENDAR.work)
UNITS = {"日": Unit.DAY, "工": Unit.WORKING_DAY, "月": Unit.MONTH, "年": Unit.YEAR}
GIVEN_BEFORE = {"R06"}  # its notice goes out before the hearing from which it is counted back


def compare(seed: int) -> None:
    """Live one history twice; say where the two differ."""
    made = a_history(Random(seed))
    board = Board(made.where, WALL, made.simplified, made.fixed, made.longer)
    slips = [
        (s.line.number, s.since, s.until, _over(s.line.number, s.over_on)) for s in board.follow(made.facts)
    ]
    found = periods_for(
        Procedure(made.where),
        [
            Happening(EventKind(f.what), f.on, ruling=Ruling(f.ruling) if f.ruling else None)
            for f in made.facts
        ],
        CALENDAR,
        track=Track.SIMPLIFIED if made.simplified else Track.ORDINARY,
        fixed={rule: FixedDate(on, "法院指定") for rule, on in made.fixed.items()},
        extensions={rule: Extension(n, UNITS[u], "批准") for rule, (n, u) in made.longer.items()},
    )
    periods = [(p.rule.id, p.started_on, p.due, _over(p.rule.id, p.done_on)) for p in found]
    assert sorted(periods, key=str) == sorted(slips, key=str), (seed, made)


def _over(rule, day):
    """Return the day on which a period was met, where anybody looks at it: what is only looked up ends by itself."""
    return day if BY_ID[rule].on_timeline and rule not in GIVEN_BEFORE else None


@pytest.mark.parametrize("block", range(10))
def test_a_thousand_histories_agree_with_a_simulator_written_apart(block):
    for seed in range(block * 100, block * 100 + 100):
        compare(seed)


def test_no_rule_is_left_out_by_the_simulator():
    from tests.simulator import LINES

    assert {line.number for line in LINES} == set(BY_ID)
