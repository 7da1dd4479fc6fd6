"""What the rules look at: a lawyer and a case as plain values, as of the day of the assignment."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from db.rules.background import Background, ContractDraft
from db.rules.lawyers import Standing
from db.rules.pool import LicenceState, Relation, UnitKind
from db.rules.text import fold


class Severity(StrEnum):
    """What a finding means: cannot be recommended, needs a paper, or needs a reason."""

    BLOCK = "回避"
    CONSENT = "须同意"
    WARN = "提示"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks against a lawyer in a case; ``sentence`` names the fact."""

    rule: str
    severity: Severity
    article: str
    sentence: str


class DisputeRole(StrEnum):
    """What a lawyer had to do with the dispute before, other than as an agent."""

    OFFICIAL = "作为行政机关工作人员经办"
    JUDGE = "作为审判人员承办"
    PROSECUTOR = "作为检察人员承办"
    ARBITRATOR = "作为仲裁员处理"
    WITNESS = "作为证人"
    EXPERT = "作为鉴定人"
    RECONSIDERATION = "为复议机关提出意见"
    COMMITTEE = "作为行政复议委员会委员提出意见"
    CONSULTED = "在会商中为其他共同被告提出意见"
    CONSULTED_OTHER = "在会商中为其他单位提出意见"
    CODEFENDANT = "代理其他共同被告"


@dataclass(frozen=True, slots=True)
class OpposingParty:
    """A plaintiff or third person; ``identity`` is his id number or 信用代码, ``representative`` its 法定代表人."""

    name: str
    side: str = "原告"
    identity: str = ""
    representative: str = ""
    is_person: bool = True


@dataclass(frozen=True, slots=True)
class OpposingAgent:
    """Somebody who acts for the other side; in an earlier instance of the same dispute if ``earlier`` names it."""

    name: str
    firm: str
    party: str
    side: str
    licence: str = ""
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Suit:
    """A case in which the lawyer, or a colleague of his firm, acts against an agency of the district."""

    number: str
    agency: str
    agent: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Another lawyer of the same firm, with what he declared."""

    name: str
    background: Background


NOTHING = Background()


@dataclass(frozen=True, slots=True)
class LawyerFacts:
    """A lawyer as of the day of the assignment; ``acts_already`` if he acts for this party now.

    ``roles`` are what he had to do with this dispute before, with a note; ``other_defendant`` is the co-defendant
    for whom he acts in this case; ``hearings`` are his other hearings on the day of this one, ``absences`` why he will not serve on
    such a day (on leave, his term over). ``interest`` is what
    he declared for this case. ``unit_area`` of a former post and ``firm_area`` are places as the office writes them.
    ``public_office`` is the agency whose public lawyer he is, ``public_namesake`` that of one of the same name and phone;
    ``firm_contracts`` are his firm's contracts with agencies by the registry.
    """

    name: str
    firm: str
    standing: Standing
    term_text: str
    running: float
    capacity: int
    acts_already: bool = False
    licence: str = ""
    identity: str = ""
    licence_state: LicenceState = LicenceState.VALID
    is_public_lawyer: bool = False
    public_office: str = ""
    public_namesake: str = ""
    firm_contracts: tuple[ContractDraft, ...] = ()
    background: Background = NOTHING
    colleagues: tuple[Colleague, ...] = ()
    suits: tuple[Suit, ...] = ()
    roles: tuple[tuple[DisputeRole, str], ...] = ()
    other_defendant: str = ""
    hearings: tuple[str, ...] = ()
    absences: tuple[str, ...] = ()
    interest: str = ""
    firm_area: str = ""
    post_areas: tuple[str, ...] = ()  # beside background.posts, place by place


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case seen from the agency that is to be served.

    ``court`` are the names of the hearing court (full, short); ``agency`` those of the agency itself;
    ``prosecutors`` of the procuratorate that supervises the case, if one does. ``acting`` counts the party's
    agents at work, ``lawyers`` those of them who are lawyers, ``staff`` its own people.
    """

    opposing_parties: tuple[OpposingParty, ...] = ()
    opposing_agents: tuple[OpposingAgent, ...] = ()
    day: date = date.min
    court: tuple[str, ...] = ()
    prosecutors: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    act_on: date | None = None
    head_absent: bool = False
    acting: int = 0
    lawyers: int = 0
    staff: int = 0


NEAREST = frozenset({Relation.SPOUSE, Relation.PARENT, Relation.CHILD})
BENCH = frozenset({UnitKind.COURT, UnitKind.PROCURATORATE})


def same(one: str, other: str) -> bool:
    """Say whether two names are written alike; empty names never are."""
    return bool(fold(one)) and fold(one) == fold(other)


def any_same(one: str, others: tuple[str, ...]) -> bool:
    """Say whether a name is one of several."""
    return any(same(one, other) for other in others)


def same_firm(one: str, other: str) -> bool:
    """Say whether two ways of writing a firm's name mean the same firm; empty names never do."""
    return bool(one.strip()) and bool(other.strip()) and firm_key(one) == firm_key(other)


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@lru_cache(maxsize=4096)
def firm_key(name: str) -> str:
    """Return what all ways of writing a firm's name have in common."""
    return fold(name).replace("律师事务所", "").replace("律所", "")
