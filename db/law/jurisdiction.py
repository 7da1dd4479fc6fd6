"""Which court hears a case: dated rules, which the office may edit, propose; another court needs a reason.

What ships is in ``resources/data/jurisdiction.csv``. 行政诉讼法第十五条、第十八条第二款; 适用解释第一百三十四条第三款.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import Problem, Severity
from db.words.case import Procedure

GOVERNMENT = "县级人民政府"
"""The area of a rule for defendants that are governments of a district or county, wherever they are."""

HOME = "柯城区"
AREAS = (HOME, "衢江区", "龙游县", "江山市", "常山县", "开化县", GOVERNMENT)
MATTERS = tuple(p.value for p in Procedure if p is not Procedure.RECONSIDERATION)


@dataclass(frozen=True, slots=True)
class CourtRule:
    """A row: from and to are both included, empty is open; an empty area or matter means any.

    ``court`` is a 法院代字, ``matter`` a ``Procedure``'s word. The first row that fits decides.
    """

    from_on: date | None
    to_on: date | None
    area: str
    matter: str
    court: str
    basis: str
    note: str = ""

    def fits(self, areas: Sequence[str], matter: str, on: date) -> bool:
        """Say whether the row speaks of this case: ``areas`` are those of the defendants that decide."""
        in_time = (self.from_on is None or self.from_on <= on) and (self.to_on is None or on <= self.to_on)
        return in_time and self.matter in {"", matter} and (not self.area or self.area in areas)


@dataclass(frozen=True, slots=True)
class Defendant:
    """Of a defendant, what jurisdiction depends on: its area; whether it is the government; whether it reviewed."""

    area: str = HOME
    is_government: bool = False
    is_reviewer: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """The court that the rules propose, and why."""

    court: str
    rule: CourtRule
    why: str


def is_county_government(name: str) -> bool:
    """Say by its name whether an agency is the government of a district or county (not of a 乡、镇 or a 街道)."""
    return name.endswith(("区人民政府", "县人民政府", "市人民政府", "区政府", "县政府"))


def propose(
    rules: Iterable[CourtRule], defendants: Sequence[Defendant], procedure: Procedure, filed_on: date
) -> Proposal | None:
    """Propose the court of a case by the rules in force on the day of filing; ``None`` where no rule speaks.

    Where the reconsideration upheld the act, the level follows the original agency (适用解释第一百三十四条第三款).
    行政诉讼法第十五条 raises the level of suits against governments, not of 非诉执行, which stays with the local court.
    """
    original = [d for d in defendants if not d.is_reviewer] or list(defendants)
    governments = [d for d in original if d.is_government]
    is_local = (
        procedure is Procedure.ENFORCEMENT
    )  # a government asks the court of its place, like anybody (强制法 54)
    areas = [GOVERNMENT] if governments and not is_local else [d.area for d in original]
    rule = next((r for r in rules if r.fits(areas, procedure.value, filed_on)), None)
    if rule is None:
        return None
    why = f"依据{rule.basis}"
    if len(original) < len(defendants) and not governments:
        why += "；复议维持的共同被告案件，级别按原行政机关确定（适用解释第一百三十四条第三款）"
    note = f"。{rule.note}" if rule.note else ""
    return Proposal(rule.court, rule, f"{why}{note}。".replace("。。", "。"))


def court_problem(proposal: Proposal | None, court: str, reason: str) -> Problem | None:
    """Ask for the reason where another court than the proposed one is chosen; ``court`` is a 法院代字."""
    if proposal is None or not court or court == proposal.court or reason.strip():
        return None
    text = f"按管辖规则应由 {proposal.court} 受理（{proposal.why}）所选法院不同，请写明理由，如原告选择另一集中管辖法院。"
    return Problem("court_reason", text.replace("。）", "）。"))


def rule_problems(rules: Sequence[CourtRule]) -> list[Problem]:
    """Say what is wrong with edited rules: ends before it begins, names no court, or never comes into play.

    Each problem's field is that of a line: ``rules.0.court``.
    """
    found = []
    for place, rule in enumerate(rules):
        where = f"rules.{place}"
        if not rule.court.strip():
            found.append(Problem(f"{where}.court", "请填写受理法院的代字，如 浙0825。"))
        if rule.from_on and rule.to_on and rule.to_on < rule.from_on:
            found.append(
                Problem(f"{where}.to_on", f"截止日期 {rule.to_on} 早于起始日期 {rule.from_on}，请核对。")
            )
        if any(_hides(earlier, rule) for earlier in rules[:place]):
            text = "排在前面的规则已包含这一条，它不会用到。请调整次序或日期。"
            found.append(Problem(f"{where}.area", text, Severity.WARNING))
    return found


def _hides(earlier: CourtRule, later: CourtRule) -> bool:
    begins = earlier.from_on is None or (later.from_on is not None and earlier.from_on <= later.from_on)
    ends = earlier.to_on is None or (later.to_on is not None and later.to_on <= earlier.to_on)
    return begins and ends and earlier.area in {"", later.area} and earlier.matter in {"", later.matter}
