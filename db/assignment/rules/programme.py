"""The batch as a whole-number programme, solved by HiGHS to the proven optimum.

There is a variable for each pair of case and lawyer, and one for each place that a lawyer can fill; places are filled in
order, since each costs more than the one before, and need not be whole by themselves. Most pairs are never worth a
look: the relaxed programme is solved over the best pairs of each case, and its prices tell which others could gain
anything, until none can (column generation). The whole-number answer over these pairs is then compared with the relaxed
one: a pair whose price loses more than the difference is in no better answer, so that the proof holds for all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from db.assignment.rules.waiting import Free, GoOn, Waiting, cliques, may_take, units

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Mask = NDArray[np.bool_]
FIRST, MORE = 10, 6  # pairs of each case to begin with, and to add in each round
TINY = 1e-6


class Stopped(Exception):
    """The caller does not want to go on."""


@dataclass(frozen=True, slots=True)
class _Aim:
    """What is wanted: the gains of the pairs, what further cases of one lawyer cost, how many cases are served exactly."""

    gains: Whole
    balance: int
    served: int | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a programme came to: its value, the pairs chosen (one row each) and the prices of its rows."""

    value: float
    pairs: Whole
    prices: Real


class Programme:
    """Who takes which case; ``balance`` is what each further case of one lawyer costs more than the one before."""

    def __init__(
        self, waiting: Sequence[Waiting], lawyers: Sequence[Free], balance: int, go_on: GoOn | None
    ) -> None:
        self._go_on = go_on
        self._may = np.array([[may_take(case, x) for x in lawyers] for case in waiting], dtype=bool)
        scores = np.array([[case.scores.get(x.key, 0) for x in lawyers] for case in waiting], dtype=np.int64)
        weights = [units(case.weight) for case in waiting]
        step = gcd(*weights) or 1  # in halves, not in thousandths: what does not fill a step is no room
        self._weights = np.array(weights, dtype=np.int64) // step
        self._room = np.array([x.room for x in lawyers], dtype=np.int64) // step
        self._cliques = list(cliques(waiting))
        self._places = [self._most(at) for at in range(len(lawyers))]
        self._balance = balance
        self._scores = np.where(self._may, scores, 0)

    def best(self) -> list[tuple[int, int]]:
        """Return the pairs (place of the case, place of the lawyer) of the best answer there is; ``Stopped`` if told to.

        First how many cases can be served at all, then who serves so many best.
        """
        most = _Aim(np.where(self._may, 1, 0), 0)
        served, active = self._reach(most, self._first())
        answer, _ = self._reach(_Aim(self._scores, self._balance, len(served.pairs)), active)
        return [(int(row), int(at)) for row, at in answer.pairs]

    def _reach(self, aim: _Aim, active: Mask) -> tuple[_Answer, Mask]:
        """Return the best answer for an aim, and the pairs that were looked at."""
        relaxed = self._solve(aim, active, whole=False)
        while (new := self._worth(aim, relaxed, active, 0, MORE)).any():
            active = active | new
            relaxed = self._solve(aim, active, whole=False)
        answer = self._solve(aim, active, whole=True)
        loss = relaxed.value - answer.value
        if loss >= 1 - TINY and (new := self._worth(aim, relaxed, active, -loss)).any():
            active = active | new
            answer = self._solve(aim, active, whole=True)
        return answer, active

    def _most(self, at: int) -> int:
        """Return how many cases a lawyer could take."""
        weights = np.sort(self._weights[self._may[:, at]])
        return int((np.cumsum(weights) <= self._room[at]).sum())

    def _first(self) -> Mask:
        """Return the best pairs of each case, and some of everybody's in turn: the best may all be of the same few."""
        if self._may.shape[1] <= FIRST:
            return self._may.copy()
        best = self._of_each_case(self._scores.astype(np.float64), FIRST)
        cases, lawyers = best.shape
        turn = (np.arange(cases)[:, None] * FIRST + np.arange(FIRST)[None, :]) % lawyers
        np.put_along_axis(best, turn, values=True, axis=1)
        first: Mask = best & self._may
        return first

    def _worth(
        self, aim: _Aim, relaxed: _Answer, active: Mask, least: float, most: int | None = None
    ) -> Mask:
        """Return the other pairs that could gain more than ``least`` by the prices, the best ``most`` of each case."""
        cases, lawyers = self._may.shape
        ends = [cases, cases + lawyers, cases + 2 * lawyers]
        of_case, of_cap, of_place, _ = np.split(relaxed.prices, ends)
        gains = aim.gains - of_case[:, None] - self._weights[:, None] * of_cap[None, :] - of_place[None, :]
        if aim.served is not None:
            gains = gains - relaxed.prices[-1]
        for nth, group in enumerate(self._cliques):
            first = cases + 2 * lawyers + nth * lawyers
            gains[list(group)] -= relaxed.prices[first : first + lawyers][None, :]
        gains = np.where(self._may & ~active, gains, -np.inf)
        found: Mask = gains > least + TINY
        return found if most is None else found & self._of_each_case(gains, most)

    def _of_each_case(self, gains: Real, most: int) -> Mask:
        if gains.shape[1] <= most:
            return np.ones(gains.shape, dtype=bool)
        mask = np.zeros(gains.shape, dtype=bool)
        best = np.argsort(-gains, axis=1, kind="stable")[:, :most]
        np.put_along_axis(mask, best, values=True, axis=1)
        return mask

    def _solve(self, aim: _Aim, active: Mask, *, whole: bool) -> _Answer:
        """Solve the programme over some pairs, in whole numbers or relaxed."""
        pairs = np.argwhere(active)
        program = self._program(aim, pairs)
        if whole:
            kinds = [highspy.HighsVarType.kContinuous] * program.num_col_
            kinds[: len(pairs)] = [highspy.HighsVarType.kInteger] * len(pairs)
            program.integrality_ = kinds
        solver = self._solver()
        solver.passModel(program)
        solver.run()
        if self._go_on is not None and not self._go_on():
            raise Stopped
        status = solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS: {solver.modelStatusToString(status)}")
        found = solver.getSolution()
        taken = np.array(found.col_value)[: len(pairs)] > 0.5  # noqa: PLR2004 - 0 or 1
        value = float(solver.getInfo().objective_function_value)
        return _Answer(value, pairs[taken], np.array(found.row_dual))

    def _program(self, aim: _Aim, pairs: Whole) -> Any:
        """Return the programme over some pairs.

        Rows: each case once; each lawyer's weights within his room; his cases are his places; of hearings that meet, one;
        and, where that is fixed, how many are served.
        """
        cases, lawyers = self._may.shape
        row, at = pairs[:, 0], pairs[:, 1]
        columns = np.arange(len(pairs))
        whose = np.repeat(np.arange(lawyers), self._places)
        nth = np.array([n for count in self._places for n in range(count)], dtype=np.int64)
        places = len(pairs) + np.arange(len(whose))
        terms = [
            (row, columns, np.ones(len(pairs))),
            (cases + at, columns, self._weights[row].astype(np.float64)),
            (cases + lawyers + at, columns, np.ones(len(pairs))),
            (cases + lawyers + whose, places, -np.ones(len(whose))),
        ]
        for n, group in enumerate(self._cliques):
            inside = np.isin(row, group)
            met = cases + 2 * lawyers + n * lawyers + at[inside]
            terms.append((met, columns[inside], np.ones(len(met))))
        met_rows = len(self._cliques) * lawyers
        exact, total = (
            np.zeros(lawyers),
            np.array([aim.served] if aim.served is not None else [], dtype=np.float64),
        )
        if aim.served is not None:
            last = np.full(len(pairs), cases + 2 * lawyers + met_rows)
            terms.append((last, columns, np.ones(len(pairs))))
        rows, cols, values = (np.concatenate(parts) for parts in zip(*terms, strict=True))
        order = np.argsort(cols, kind="stable")
        program = highspy.HighsLp()
        program.num_col_ = len(pairs) + len(whose)
        program.num_row_ = cases + 2 * lawyers + met_rows + len(total)
        program.sense_ = highspy.ObjSense.kMaximize
        program.col_cost_ = np.concatenate([aim.gains[row, at], -aim.balance * nth]).astype(np.float64)
        program.col_lower_, program.col_upper_ = np.zeros(program.num_col_), np.ones(program.num_col_)
        program.row_upper_ = np.concatenate([np.ones(cases), self._room, exact, np.ones(met_rows), total])
        below = [np.full(count, -highspy.kHighsInf) for count in (cases + lawyers, met_rows)]
        program.row_lower_ = np.concatenate([below[0], exact, below[1], total])
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kColwise
        matrix.start_ = np.searchsorted(cols[order], np.arange(program.num_col_ + 1)).astype(np.int32)
        matrix.index_, matrix.value_ = rows[order].astype(np.int32), values[order]
        return program

    def _solver(self) -> Any:
        """Return a quiet solver that proves its answer: all gains are whole, so less than one is no gain."""
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call] # the library says no types here
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.999),
        ):
            solver.setOptionValue(name, value)
        if self._go_on is not None:
            solver.cbMipInterrupt.subscribe(self._ask)
            solver.cbSimplexInterrupt.subscribe(self._ask)
        return solver

    def _ask(self, event: Any) -> None:
        if self._go_on is not None and not self._go_on():
            event.interrupt()
