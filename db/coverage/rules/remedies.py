"""The next step for every agency that falls short: lend, share, contract, schedule a service, or remind.

A public lawyer may not take mandates outside his own unit (中办发〔2016〕30号), so he serves another agency only by a
统筹 paper; he is suggested only with a certificate valid on the day and within the number of agencies he may be lent to.
All gaps of a day are answered together: a capacity that one suggestion has used is not promised to the next.
"""

from collections.abc import Iterable
from datetime import date

from db.coverage.rules.coverage import AgencyCoverage, Counsel, Gap, GapKind, Remedy, RemedyKind
from db.coverage.rules.days import Coverage
from db.coverage.rules.lenders import Lenders
from db.coverage.rules.outside import Outside
from db.coverage.rules.standing import Standing
from db.words.agency import AgencyKind, Mode
from db.words.service import ServiceKind

SCHEDULED = (
    ServiceKind.LEGALITY_REVIEW,
    ServiceKind.CONTRACT_REVIEW,
    ServiceKind.OPINION,
    ServiceKind.TRAINING,
    ServiceKind.MEDIATION,
)
"""What can be arranged at any time; a hearing or a consultation needs a case."""
QUARTERS = 4
MODES = tuple(Mode)


def gaps(coverage: Coverage, day: date) -> tuple[Gap, ...]:
    """Return the agencies that are not effectively covered on the day, the worst first, each with its next step."""
    return _Advice(coverage, day).gaps()


class _Advice:
    """Answers the gaps of one day, one after the other, and remembers what it has promised."""

    def __init__(self, coverage: Coverage, day: date) -> None:
        self._coverage, self._day, self._on = coverage, day, day.toordinal()
        self._district = coverage.on(day)
        self._lenders = Lenders(coverage, day)
        self._outside = Outside(coverage, day)
        self._usual = self._usual_kinds()

    def gaps(self) -> tuple[Gap, ...]:
        """Return all of them: first who has nobody, then by how many services are missing, then in the office's order."""
        short = [row for row in self._district.rows if not row.is_effective]
        short.sort(key=lambda row: (row.is_covered, -row.short, row.place, row.key))
        return tuple(self._gap(row) for row in short)

    def _gap(self, row: AgencyCoverage) -> Gap:
        if row.is_covered:
            reason = f"近 12 个月履职 {row.counted} 次，不足 {row.threshold} 次，还差 {row.short} 次。"
            return Gap(row.key, row.name, GapKind.SHORT, reason, self._for_short(row), None, row.short)
        ended = self._last_ended(row.key)
        remedy = self._for_nobody(row)
        if ended is None:
            return Gap(row.key, row.name, GapKind.NONE, _nobody(row), remedy, None, row.short)
        reason = f"{self._how_ended(ended)}，此后没有人接续。"
        return Gap(row.key, row.name, GapKind.EXPIRED, reason, remedy, ended.when.last, row.short)

    def _for_nobody(self, row: AgencyCoverage) -> Remedy:
        found = self._lenders.lend(row) or self._outside.engage(row)
        return found or Remedy(
            RemedyKind.LETTER,
            "没有可统筹的公职律师，也没有合适的库内顾问，建议发函催办，请单位提出配备办法。",
        )

    def _for_short(self, row: AgencyCoverage) -> Remedy:
        who = self._who(row)
        kind = self._usual.get(row.kind)
        if row.short * 2 <= row.threshold and kind is not None:
            is_external = who.mode is Mode.EXTERNAL
            return Remedy(
                RemedyKind.SCHEDULE,
                f"请{_called(who)}补做 {row.short} 次{kind.value}即达标。",
                person_key=who.key if who.mode in {Mode.OWN, Mode.SHARED} else None,
                internal_key=who.key if who.mode is Mode.INTERNAL else None,
                lawyer_id=self._outside.lawyer_of(who.key) if is_external else None,
                contract_key=who.key if is_external else None,
                person=who.name,
                from_key=who.from_key or None,
                from_name=who.from_name,
                service_kind=kind,
                times=row.short,
            )
        if self._is_worked_out(row) and (remedy := self._outside.engage(row)):
            said = f"统筹来源{who.from_name}的{who.name}已排满。{remedy.sentence}"
            return Remedy(
                remedy.kind,
                said,
                lawyer_id=remedy.lawyer_id,
                contract_key=remedy.contract_key,
                person=remedy.person,
                from_key=remedy.from_key,
                from_name=remedy.from_name,
            )
        often = -(-row.threshold // QUARTERS)
        return Remedy(
            RemedyKind.LETTER, f"已有{_called(who)}，差得较多，建议发函提醒，并约定每季度不少于 {often} 次。"
        )

    def _who(self, row: AgencyCoverage) -> Counsel:
        """Return who should give the missing services: of the modes that count as 有形, the first."""
        modes = self._coverage.policy.formal_modes
        by_mode = zip(MODES, (row.own, row.internal, row.shared, row.external), strict=True)
        return next(people[0] for mode, people in by_mode if people and mode in modes)

    def _is_worked_out(self, row: AgencyCoverage) -> bool:
        """Say whether it lives by lent public lawyers alone, who are all lent to as many agencies as they may."""
        return not (row.own or row.external) and all(self._lenders.is_full(c.key) for c in row.shared)

    def _last_ended(self, agency_key: int) -> Standing | None:
        """Return what was the last to cover the agency before the day."""
        times = self._coverage.standings.get(agency_key)
        if times is None:
            return None
        modes = self._coverage.policy.formal_modes
        ended = [
            s
            for mode, all_of_mode in zip(MODES, times, strict=True)
            if mode in modes
            for s in all_of_mode
            if s.when.past <= self._on
        ]
        return max(ended, key=lambda s: s.when.past, default=None)

    def _how_ended(self, ended: Standing) -> str:
        counsel, last = ended.counsel, ended.when.last
        if counsel.mode is Mode.EXTERNAL:
            return f"与{counsel.name}的法律顾问合同 {last} 到期"
        if counsel.mode is Mode.INTERNAL:
            return f"内部法律顾问{counsel.name} {last} 后不再任职"
        if not self._coverage.people[counsel.key].is_valid(ended.when.past):
            return f"{counsel.name}的公职律师证 {last} 到期"
        return (
            f"统筹{counsel.name}的文件 {last} 到期" if counsel.record_key else f"{counsel.name} {last} 后调离"
        )

    def _usual_kinds(self) -> dict[AgencyKind, ServiceKind]:
        """Return for each kind of agency the service that can be arranged and that its like use most."""
        found = {}
        for group in self._district.figures.kinds:
            kind = AgencyKind(group.scope)
            counts, used = self._coverage.policy.counts(kind), group.by_kind
            possible = [s for s in SCHEDULED if s in counts]
            if possible:
                _, _, found[kind] = max((used.get(s, 0), -place, s) for place, s in enumerate(possible))
        return found


def _nobody(row: AgencyCoverage) -> str:
    if row.internal:
        return f"只有{_names(row.internal)}作为内部法律顾问，不计入有形覆盖。"
    if row.external:
        return "只有外聘法律顾问，不计入有形覆盖。"
    return "没有公职律师，也没有统筹或者外聘的法律顾问。"


def _called(who: Counsel) -> str:
    """Return how a sentence names somebody: with who lends him, or with the lawyers who work under a contract."""
    if who.mode is Mode.SHARED and who.from_name:
        return f"由{who.from_name}统筹的{who.name}"
    if who.mode is Mode.EXTERNAL and who.detail and who.detail != who.name:
        return f"{who.name}{who.detail}"
    return who.name


def _names(people: Iterable[Counsel]) -> str:
    return "、".join(person.name for person in people)
