"""What a pasted paper adds to a case that is on record: each field as it is and as it would be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.intake.rules.found import Found, Intake
from db.law.outcomes import RULES, offered
from db.words.case import EventKind, Outcome, Procedure, Track

LABELS = {
    "filed_on": "立案日期",
    "received_on": "收到副本日期",
    "answer_due": "文书写明的举证（答复）截止日",
    "hearing_on": "开庭日期",
    "hearing_time": "开庭时间",
    "hearing_place": "开庭地点",
    "outcome": "裁判结果",
    "judged_on": "裁判文书日期",
    "served_on": "裁判文书送达日期",
    "appealed_on": "提起上诉日期",
    "previous_number": "前一程序案号",
    "track": "程序",
    "court": "受理法院",
    "cause": "案由",
}
"""The fields that a paper may add to, in the order in which they are shown."""
DATES = frozenset(
    {"filed_on", "received_on", "answer_due", "hearing_on", "judged_on", "served_on", "appealed_on"}
)
MOVED = ("改期", "延期", "变更", "推迟", "取消", "另行", "改至", "改到", "改为")
"""Words of a paper that moves a hearing instead of fixing another."""


_ANSWER = {
    Procedure.FIRST_INSTANCE: "L02",
    Procedure.SECOND_INSTANCE: "L14",
    Procedure.RETRIAL: "L17",
    Procedure.RECONSIDERATION: "R05",
}
_SIMPLIFIED = "L05"


class Likeness(StrEnum):
    """How a case on record and a text belong together."""

    SAME = "案号相同"
    APPEALED = "是被上诉（申请再审）的案件"
    NEAR = "案号只差一处，请核对是否同一案"


@dataclass(frozen=True, slots=True)
class Hearing:
    """A hearing on record."""

    on: date
    at_time: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A case on record, as far as a paper may add to it; ``title`` names the parties, dates are the recorded ones."""

    key: int
    version: int
    number: str
    title: str
    procedure: Procedure
    track: Track = Track.ORDINARY
    court: str = ""
    cause: str = ""
    filed_on: date | None = None
    received_on: date | None = None
    answer_due: date | None = None
    hearing: Hearing | None = None
    outcome: Outcome | None = None
    judged_on: date | None = None
    served_on: date | None = None
    appealed_on: date | None = None
    previous_number: str = ""

    def said(self, field: str) -> str:
        """Return a field's value as text, dates in ISO; nothing where none is recorded."""
        if field.startswith("hearing_"):
            heard = self.hearing
            parts = {"on": heard.on.isoformat(), "time": heard.at_time, "place": heard.place} if heard else {}
            return parts.get(field.removeprefix("hearing_"), "")
        value = getattr(self, field)
        return value.isoformat() if isinstance(value, date) else str(value or "")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a paper changes. ``is_chosen`` unless it contradicts what was recorded, or is in doubt."""

    field: str
    label: str
    before: str
    after: str
    words: str
    spans: tuple[tuple[int, int], ...]
    note: str = ""
    is_chosen: bool = True


@dataclass(frozen=True, slots=True)
class CaseUpdate:
    """What is to be added to a case; ``None`` leaves a field as it is.

    ``adds_hearing``: another hearing, not the recorded one moved. ``answer_source`` are the paper's words for its last
    day; ``is_ruling`` tells a ruling (裁定) from a judgment.
    """

    filed_on: date | None = None
    received_on: date | None = None
    answer_due: date | None = None
    answer_source: str = ""
    hearing_on: date | None = None
    hearing_time: str | None = None
    hearing_place: str | None = None
    adds_hearing: bool = False
    outcome: Outcome | None = None
    is_ruling: bool = False
    judged_on: date | None = None
    served_on: date | None = None
    appealed_on: date | None = None
    previous_id: int | None = None
    track: Track | None = None
    court_id: int | None = None
    cause: str | None = None


def changes(read: Intake, record: OnRecord, likeness: Likeness, today: date, text: str = "") -> list[Change]:
    """Return what a text changes in a case, in the order of ``LABELS``; what is recorded so already is left out.

    A paper of the next instance adds only the appeal to the case appealed against.
    """
    found = []
    for field, label in LABELS.items():
        proposed = read.first(field)
        if proposed is None or (likeness is Likeness.APPEALED and field != "appealed_on"):
            continue
        is_further = field.startswith("hearing_") and adds_hearing(record, today, text)
        before = "" if is_further else record.said(field)
        if _same(field, before, proposed.value) or _is_foreign(field, proposed, record, before):
            continue
        note, is_chosen = _judged(field, before, proposed, record)
        is_chosen = is_chosen and likeness is not Likeness.NEAR
        found.append(
            Change(
                field,
                label,
                before,
                proposed.value,
                proposed.text,
                ((proposed.start, proposed.end),),
                note,
                is_chosen,
            )
        )
    return found


def adds_hearing(record: OnRecord, today: date, text: str) -> bool:
    """Say whether a hearing that a text fixes is another one: the recorded one is over, and nothing is moved."""
    return record.hearing is None or (record.hearing.on < today and not any(word in text for word in MOVED))


def is_ruling(read: Intake) -> bool:
    """Say whether a text brings a ruling (裁定), not a judgment: by its name, else by what it decides."""
    if paper := read.value("paper"):
        return paper == "裁定书"
    outcome = read.outcome()
    return outcome is not None and not RULES[outcome].on_merits and outcome is not Outcome.UPHELD_ON_APPEAL


def served_as(procedure: Procedure, *, is_ruling: bool) -> EventKind:
    """Return the step that the service of a decision is in these proceedings."""
    if procedure is Procedure.RECONSIDERATION:
        return EventKind.DECISION_SERVED
    return EventKind.RULING_SERVED if is_ruling else EventKind.JUDGMENT_SERVED


def answer_rule(procedure: Procedure, track: Track) -> str | None:
    """Return the period to answer of these proceedings."""
    return _SIMPLIFIED if track is Track.SIMPLIFIED else _ANSWER.get(procedure)


def nearly_same(one: str, other: str) -> bool:
    """Say whether two numbers differ in one sign: another, one missing, or two neighbours exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        at = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        return len(at) == 1 or (
            len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]  # noqa: PLR2004
        )
    short, long = sorted((one, other), key=len)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def _same(field: str, before: str, after: str) -> bool:
    if field == "court":
        return bool(before) and (before.endswith(after) or after.endswith(before))
    return before == after


def _is_foreign(field: str, proposed: Found, record: OnRecord, before: str) -> bool:
    """Say whether a proposal is none for this case: a result of other proceedings, a court or cause once chosen."""
    if field == "outcome":
        return Outcome(proposed.value) not in offered(record.procedure)
    return field in {"court", "cause", "previous_number"} and bool(before)


def _judged(field: str, before: str, proposed: Found, record: OnRecord) -> tuple[str, bool]:
    """Return what is doubtful in a change, and whether it is chosen from the beginning."""
    notes = [proposed.note] if proposed.note else []
    if not before:
        if field == "hearing_on" and record.hearing:
            notes.append(f"{record.hearing.on} 已开过庭，另加一次开庭")
        return "，".join(notes), "请对照" not in proposed.note
    if field.startswith("hearing_") or field in {"answer_due", "track"}:
        return "，".join([*notes, f"原登记为 {before}"]), True
    return "，".join([*notes, f"与已登记的 {before} 不同，请核对后再勾选"]), False


def update_of(
    chosen: Iterator[tuple[str, str]] | list[tuple[str, str]],
    read: Intake,
    record: OnRecord,
    today: date,
    text: str,
    *,
    previous_id: int | None = None,
    court_id: int | None = None,
) -> CaseUpdate:
    """Return the update made of the chosen fields and their values. Raises ``ValueError`` for a value that is none."""
    said = dict(chosen)
    days = {field: date.fromisoformat(value) for field, value in said.items() if field in DATES and value}
    answer = read.first("answer_due")
    return CaseUpdate(
        **days,
        answer_source=answer.text if answer else "",
        hearing_time=said.get("hearing_time"),
        hearing_place=said.get("hearing_place"),
        adds_hearing="hearing_on" in said and adds_hearing(record, today, text),
        outcome=Outcome(said["outcome"]) if said.get("outcome") else None,
        is_ruling=is_ruling(read),
        previous_id=previous_id if "previous_number" in said else None,
        track=Track(said["track"]) if said.get("track") else None,
        court_id=court_id if "court" in said else None,
        cause=said.get("cause"),
    )
