"""A dispute: the chain 复议 → 一审 → 二审 → 再审 on one act, counted once, with its final result.

Each instance may change the result, uphold it (维持, 撤回上诉, 驳回再审申请), or reopen it (发回重审, an appeal not yet
decided). A retrial that is only applied for leaves the effective result standing; its judgment overwrites it.
非诉执行 is a measure of its own and changes no result.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from db.law.events import Happening
from db.law.outcomes import RULES, LostPolicy, Nature, ResultGroup
from db.words.case import Basis, DefendantRole, Denominator, EventKind, Outcome, Procedure, YearOf

_ORDER = (
    Procedure.RECONSIDERATION,
    Procedure.FIRST_INSTANCE,
    Procedure.SECOND_INSTANCE,
    Procedure.RETRIAL,
    Procedure.ENFORCEMENT,
)


APPEALS = frozenset({EventKind.APPEALED, EventKind.RECEIVED_APPEAL})
"""Steps on the record of a first instance that keep its result from being final."""

JUDGED = (EventKind.PRONOUNCED, EventKind.JUDGMENT_SERVED, EventKind.DECISION_SERVED, EventKind.RULING_SERVED)
"""Steps that tell when a result was given where its own day is not on record, the surest first."""


class Standing(StrEnum):
    """How a dispute stands for the agency; the values are the words on the screen."""

    OPEN = "未结"
    WON = "胜诉"
    LOST = "败诉"
    SETTLED = "撤诉调解"
    OTHER = "其他"
    UNKNOWN = "结果待补录"


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a dispute; ``effective_on`` where it is recorded.

    ``decided_on`` is the day of the judgment or decision, as far as it is known; ``is_appealed``: an appeal against
    it is on record.
    """

    key: int
    procedure: Procedure
    outcome: Outcome | None = None
    filed_on: date | None = None
    closed_on: date | None = None
    effective_on: date | None = None
    self_corrected: bool = False
    decided_on: date | None = None
    is_appealed: bool = False

    @property
    def result_on(self) -> date | None:
        """The day of its result: that of the judgment, else that on which the clerk closed it."""
        return self.decided_on or self.closed_on


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute with its final result. ``decided_by`` is the key of the instance that gave it, if any did.

    ``reviewer_only``: lost by the 复议机关 alone, the original act being lawful (适用解释第一百三十六条第五款).
    """

    keys: tuple[int, ...]
    standing: Standing = Standing.OPEN
    outcome: Outcome | None = None
    decided_by: int | None = None
    filed_on: date | None = None
    decided_on: date | None = None
    effective_on: date | None = None
    on_merits: bool = False
    self_corrected: bool = False
    reviewer_only: bool = False
    in_court: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nothing has decided it yet."""
        return self.standing is Standing.OPEN


@dataclass(frozen=True, slots=True)
class Statistics:
    """Lost disputes in a period; ``rate`` is ``None`` where nothing is counted. Print ``definition`` with it."""

    counted: tuple[Dispute, ...]
    lost: tuple[Dispute, ...]
    definition: str

    @property
    def rate(self) -> float | None:
        """Lost disputes by counted ones, 0 to 1."""
        return len(self.lost) / len(self.counted) if self.counted else None


def resolve(chain: Sequence[Instance], policy: LostPolicy) -> Dispute:
    """Follow a chain of instances to its final result."""
    ordered = in_order(chain)
    dates = [i.filed_on for i in ordered if i.filed_on]
    found = Dispute(keys=tuple(i.key for i in ordered), filed_on=min(dates, default=None))
    for at, instance in enumerate(ordered):
        if instance.procedure is not Procedure.ENFORCEMENT:
            found = _after(found, instance, policy)
            if _awaits_appeal(instance, ordered[at + 1 :]):
                found = _reopened(found)
    return found


def _awaits_appeal(instance: Instance, later: Sequence[Instance]) -> bool:
    """Whether an appeal is on record and the second instance is not, so that nothing is final yet."""
    if instance.procedure is not Procedure.FIRST_INSTANCE or not instance.is_appealed:
        return False
    return instance.effective_on is None and not any(
        i.procedure in {Procedure.SECOND_INSTANCE, Procedure.RETRIAL} for i in later
    )


RESULT_WORDS = (
    "裁判结果以争议的最终结果为准：二审、再审改判的以改判为准，维持的与原结果相同，上诉未审结、发回重审的列入其他；"
    "撤销复议决定而原行为合法的，只计入复议机关；中途更换的，结果计入接办人，原承办人列入其他。"
)
"""What ``result_for`` counts, as it is printed wherever its figures are."""


def result_for(dispute: Dispute, role: DefendantRole | None, *, was_replaced: bool = False) -> ResultGroup:
    """Return what an assignment's case came to, by the final result of its dispute, for the defendant served.

    The one definition of 驳回、撤诉调解、败诉、其他 of assigned cases: see ``RESULT_WORDS``.
    """
    if was_replaced:
        return ResultGroup.OTHER
    if dispute.standing is Standing.LOST and dispute.reviewer_only and role is DefendantRole.ORIGINAL:
        return ResultGroup.DISMISSED
    return _GROUPS.get(dispute.standing, ResultGroup.OTHER)


_GROUPS = {
    Standing.WON: ResultGroup.DISMISSED,
    Standing.LOST: ResultGroup.LOST,
    Standing.SETTLED: ResultGroup.SETTLED,
}


def judged_on(happened: Iterable[Happening]) -> date | None:
    """Return the day on which a result was given, as far as the steps tell; a ruling on the way gives none."""
    days = [(JUDGED.index(h.kind), h.on) for h in happened if h.kind in JUDGED and not h.goes_on]
    return min(days)[1] if days else None


def in_order(chain: Sequence[Instance]) -> list[Instance]:
    """Return the instances as they followed each other: by filing (else closing) day, then by kind.

    Where a day is missing, the kind alone decides, and the order given among equals.
    """
    days = [i.filed_on or i.closed_on for i in chain]
    if all(days):
        return sorted(chain, key=lambda i: (i.filed_on or i.closed_on or date.max, _ORDER.index(i.procedure)))
    return sorted(chain, key=lambda i: _ORDER.index(i.procedure))


def statistics(
    disputes: Iterable[Dispute], from_on: date, to_on: date, policy: LostPolicy, basis: Basis
) -> Statistics:
    """Count the disputes of a period (both days included), each once and with its final result."""
    counted = tuple(
        d
        for d in disputes
        if (d.in_court or basis.with_reconsideration)
        and _is_counted(d, basis.denominator)
        and (day := d.filed_on if basis.year_of is YearOf.FILED else _day_of(d, basis)) is not None
        and from_on <= day <= to_on
    )
    lost = tuple(d for d in counted if d.standing is Standing.LOST)
    return Statistics(counted, lost, definition(from_on, to_on, policy, basis))


def definition(from_on: date, to_on: date, policy: LostPolicy, basis: Basis) -> str:
    """Return what a rate means, as it is printed under it."""
    of = {
        Denominator.CONCLUDED: "已有最终结果的争议数",
        Denominator.ON_MERITS: "最终结果为实体判决（决定）的争议数",
        Denominator.EFFECTIVE: "最终结果已经生效的争议数",
    }[basis.denominator]
    year_of = basis.year_of.value
    if basis.year_of is YearOf.DECIDED and basis.denominator is Denominator.EFFECTIVE:
        year_of = "最终结果生效之日"
    scope = "包括只经复议、未经诉讼的争议" if basis.with_reconsideration else "不包括只经复议、未经诉讼的争议"
    if year_of == YearOf.DECIDED.value:
        year_of += "（没有登记裁判日期的，依次取宣判、送达、结案之日）"
    return (
        f"统计期间 {from_on} 至 {to_on}，按{year_of}归入。败诉率＝败诉争议数÷{of}。"
        "同一行政行为的复议、一审、二审、再审合为一件争议，取最终结果：二审、再审改判的以改判为准，发回重审或者上诉未审结的"
        f"为未结，不计；非诉执行另计；{scope}。{policy.in_words()}"
    )


def _after(found: Dispute, instance: Instance, policy: LostPolicy) -> Dispute:
    """Return the dispute as it stands after one more instance."""
    in_court = found.in_court or instance.procedure is not Procedure.RECONSIDERATION
    found = replace(found, in_court=in_court, self_corrected=found.self_corrected or instance.self_corrected)
    outcome = instance.outcome
    is_retrial = instance.procedure is Procedure.RETRIAL
    if outcome is None or outcome is Outcome.SUSPENDED:
        return found if is_retrial else _reopened(found)
    rule = RULES[outcome]
    if rule.nature is Nature.OPEN:
        return _reopened(found)
    if rule.nature is Nature.MEASURE or outcome is Outcome.RETRIAL_REFUSED:
        return found
    effective_on = instance.effective_on or (
        None if instance.procedure is Procedure.FIRST_INSTANCE else instance.result_on
    )
    if rule.nature is Nature.UPHOLDS:
        return _upheld(found, instance, effective_on)
    return replace(
        found,
        standing=_standing(outcome, policy),
        outcome=outcome,
        decided_by=instance.key,
        decided_on=instance.result_on,
        effective_on=effective_on,
        on_merits=rule.on_merits,
        self_corrected=found.self_corrected or rule.self_corrected,
        reviewer_only=rule.reviewer_only,
    )


def _upheld(found: Dispute, instance: Instance, effective_on: date | None) -> Dispute:
    """Keep the result with a later day; where the result before was never recorded, it has yet to be entered."""
    if found.outcome is None:
        return replace(
            found, standing=Standing.UNKNOWN, decided_by=instance.key, decided_on=instance.result_on
        )
    return replace(found, decided_by=instance.key, decided_on=instance.result_on, effective_on=effective_on)


def _reopened(found: Dispute) -> Dispute:
    return replace(
        found,
        standing=Standing.OPEN,
        outcome=None,
        decided_by=None,
        decided_on=None,
        effective_on=None,
        on_merits=False,
        reviewer_only=False,
    )


def _standing(outcome: Outcome, policy: LostPolicy) -> Standing:
    rule = RULES[outcome]
    if rule.nature is Nature.UNKNOWN:
        return Standing.UNKNOWN
    if policy.counts(outcome):
        return Standing.LOST
    if rule.group is ResultGroup.DISMISSED:
        return Standing.WON
    return Standing.SETTLED if rule.group is ResultGroup.SETTLED else Standing.OTHER


def _is_counted(dispute: Dispute, denominator: Denominator) -> bool:
    if dispute.standing in {Standing.OPEN, Standing.UNKNOWN}:
        return False
    if denominator is Denominator.ON_MERITS:
        return dispute.on_merits
    return denominator is Denominator.CONCLUDED or dispute.effective_on is not None


def _day_of(dispute: Dispute, basis: Basis) -> date | None:
    return dispute.effective_on if basis.denominator is Denominator.EFFECTIVE else dispute.decided_on
