"""What a pasted text proposes, each with the words it was taken from and their place in the text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from db.cases.rules.cases import AgentDraft, CaseDraft, PartyDraft
from db.intake.rules.names import party_kind
from db.words.case import AgentKind, Outcome, Procedure, Side, Track

SIDES = {"plaintiff": Side.PLAINTIFF, "defendant": Side.DEFENDANT, "third": Side.THIRD}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing proposed: its field, value, the words it was taken from, and where they stand (start, end).

    Fields: paper (the kind of paper), number, previous_number, procedure, track, court, plaintiff, defendant, third,
    agent, cause, filed_on, received_on, answer_due, hearing_on, hearing_time (HH:MM), hearing_place; of a judgment or
    ruling also outcome, judged_on, served_on, and appealed_on. Dates are ISO. An agent has ``firm`` and ``side``.
    ``note`` says what is not sure.
    """

    field: str
    value: str
    text: str
    start: int
    end: int
    note: str = ""
    firm: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What a pasted text proposes, in the order of the text."""

    found: tuple[Found, ...]

    def first(self, field: str) -> Found | None:
        """Return the first proposal for a field."""
        return next((f for f in self.found if f.field == field), None)

    def value(self, field: str) -> str:
        """Return the first value proposed for a field, or nothing."""
        found = self.first(field)
        return found.value if found else ""

    def values(self, field: str) -> tuple[str, ...]:
        """Return all values proposed for a field."""
        return tuple(f.value for f in self.found if f.field == field)

    def day(self, field: str) -> date | None:
        """Return the first date proposed for a field."""
        found = self.first(field)
        return date.fromisoformat(found.value) if found else None

    def outcome(self) -> Outcome | None:
        """Return the result that a judgment or ruling states."""
        return Outcome(self.value("outcome")) if self.value("outcome") else None

    def draft(self) -> CaseDraft:
        """Return the case as proposed, for the editor; court and cause are left to the pickers."""
        parties = tuple(
            PartyDraft(
                side, f.value, party_kind(f.value), agents=tuple(self._agents(f.field)) if n == 0 else ()
            )
            for field, side in SIDES.items()
            for n, f in enumerate(x for x in self.found if x.field == field)
        )
        procedure = self.value("procedure")
        return CaseDraft(
            number=self.value("number"),
            procedure=Procedure(procedure) if procedure else Procedure.FIRST_INSTANCE,
            track=Track(self.value("track") or Track.ORDINARY),
            cause_text=self.value("cause"),
            filed_on=self.day("filed_on"),
            received_on=self.day("received_on"),
            hearing_on=self.day("hearing_on"),
            hearing_time=self.value("hearing_time"),
            hearing_place=self.value("hearing_place"),
            parties=parties,
        )

    def _agents(self, side: str) -> Iterator[AgentDraft]:
        for f in self.found:
            if f.field == "agent" and f.side == side:
                yield AgentDraft(f.value, AgentKind.LAWYER if f.firm else AgentKind.OTHER, f.firm)
