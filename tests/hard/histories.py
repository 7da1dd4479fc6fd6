"""Compares the program's periods with the clerk at the wall calendar, history by history.

``python -m tests.hard.histories 10000`` does what ``tests/db/cases/test_histories.py`` does with a tenth.
"""

import sys
from collections import Counter
from random import Random

from db.law.events import Happening
from db.law.periods import Extension, FixedDate, periods_for
from db.law.rulings import Ruling
from db.shipped import shipped_calendar
from db.words.case import EventKind, Procedure, Track, Unit
from tests.histories import History, a_history
from tests.simulator import Board, Wall

CALENDAR = shipped_calendar()
WALL = Wall(CALENDAR.off, CALENDAR.work)
UNITS = {"日": Unit.DAY, "工": Unit.WORKING_DAY, "月": Unit.MONTH}


def on_the_board(made: History) -> Counter:
    """Return (rule, first day, last day, day of its end) as the clerk at the wall calendar has them."""
    board = Board(made.where, WALL, made.simplified, made.fixed, made.longer)
    return Counter((s.line.number, s.since, s.until, s.over_on) for s in board.follow(made.facts))


def in_the_program(made: History) -> Counter:
    """Return the same as the program has it."""
    found = periods_for(
        Procedure(made.where),
        [
            Happening(EventKind(f.what), f.on, ruling=Ruling(f.ruling) if f.ruling else None)
            for f in made.facts
        ],
        CALENDAR,
        track=Track.SIMPLIFIED if made.simplified else Track.ORDINARY,
        fixed={rule: FixedDate(on, "人民法院指定") for rule, on in made.fixed.items()},
        extensions={rule: Extension(n, UNITS[unit], "批准") for rule, (n, unit) in made.longer.items()},
    )
    return Counter((p.rule.id, p.started_on, p.due, p.done_on) for p in found)


def compare_many(number: int, seed: int = 20261130) -> Counter:
    """Compare ``number`` histories; return how many periods of each rule agreed. Stops at the first that does not."""
    random, agreed = Random(seed), Counter()
    for _ in range(number):
        made = a_history(random)
        board, program = on_the_board(made), in_the_program(made)
        if board != program:
            told = "\n".join(
                f"  {f.on} {f.what} {f.ruling or ''}" for f in sorted(made.facts, key=lambda f: f.on)
            )
            raise AssertionError(
                f"{made.where} 简易={made.simplified} 改定={made.fixed} 延长={made.longer}\n{told}\n"
                f"历: {_shown(board - program)}\n程: {_shown(program - board)}"
            )
        agreed.update(rule for rule, *_ in board.elements())
        agreed["已了结"] += sum(over is not None for *_, over in board.elements())
    return agreed


def _shown(periods: Counter) -> list[tuple[str, ...]]:
    return [tuple(map(str, period)) for period in periods]


if __name__ == "__main__":
    counted = compare_many(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    print(
        f"{counted.total() - counted['已了结']} 个期限一致，其中已了结 {counted['已了结']} 个；",
        dict(counted),
    )
