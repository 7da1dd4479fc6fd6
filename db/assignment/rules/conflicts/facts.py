"""What the rules look at: a lawyer and a case as plain values, as of the day of the assignment."""

from dataclasses import dataclass, field
from datetime import date

from db.formats.recognise.match import Match
from db.formats.recognise.people import Known
from db.formats.text import fold
from db.roster.rules.background import Background, ContractDraft
from db.roster.rules.lawyers import Standing
from db.words.assignment import DisputeRole, Severity
from db.words.lawyer import LicenceState, Relation, UnitKind


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks against a lawyer in a case; ``sentence`` names the fact."""

    rule: str
    severity: Severity
    article: str
    sentence: str


@dataclass(frozen=True, slots=True)
class OpposingParty:
    """A plaintiff or third person; ``identity`` is his id number or 信用代码, ``representative`` its 法定代表人.

    ``firm`` is the present name of one that may be a law firm.
    """

    name: str
    side: str = "原告"
    identity: str = ""
    representative: str = ""
    is_person: bool = True
    firm: str = ""


@dataclass(frozen=True, slots=True)
class OpposingAgent:
    """Somebody who acts for the other side; in an earlier instance of the same dispute if ``earlier`` names it.

    ``firm`` is the present name of a firm on record; ``on`` is when that instance began, if that is known.
    ``namesakes`` are the firms of those of the pool who bear his name, where his own firm was not entered.
    """

    name: str
    firm: str
    party: str
    side: str
    licence: str = ""
    earlier: str = ""
    on: date | None = None
    namesakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suit:
    """A case in which the lawyer, or a colleague of his firm, acts against an agency of the district.

    Not ``is_certain`` where only the agent's name speaks for its being the lawyer.
    """

    number: str
    agency: str
    agent: str
    firm: str = ""
    licence: str = ""
    on: date | None = None
    is_certain: bool = True


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
    ``firm_contracts`` are his firm's adviser contracts, whoever declared them. ``check_due`` is the last year whose
    律师年度考核 should be on record, ``known`` he as a record may name him.
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
    check_due: int | None = None
    known: Known = field(init=False)

    def __post_init__(self) -> None:
        known = Known.of(self.name, self.licence, self.firm, self.background.former_firms)
        object.__setattr__(self, "known", known)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case seen from the agency that is to be served.

    ``court`` are the names of the hearing court (full, short); ``agency`` those of the agency itself,
    now and before and as they were written, ``perhaps`` what was written and probably means it;
    ``prosecutors`` of the procuratorates that are parties of the dispute (公益诉讼起诉人, 抗诉机关). ``acting`` counts
    the party's agents at work, ``lawyers`` those of them who are lawyers, ``staff`` its own people.
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
    perhaps: tuple[str, ...] = ()


NEAREST = frozenset({Relation.SPOUSE, Relation.PARENT, Relation.CHILD})
BENCH = frozenset({UnitKind.COURT, UnitKind.PROCURATORATE})


def same(one: str, other: str) -> bool:
    """Say whether two names are written alike; empty names never are."""
    return bool(fold(one)) and fold(one) == fold(other)


def any_same(one: str, others: tuple[str, ...]) -> bool:
    """Say whether a name is one of several."""
    return any(same(one, other) for other in others)


def is_agency(written: str, case: CaseFacts) -> Match:
    """Say whether a unit or client, as it was written, is the agency that is served."""
    if any_same(written, case.agency):
        return Match.CERTAIN
    return Match.LIKELY if any_same(written, case.perhaps) else Match.NO
