"""Proposing a case from pasted text: a 应诉通知书, 传票, 举证通知书, 判决书, 复议答复通知书 or a chat message.

Everything proposed carries the words it was taken from and their place in the text. Nothing is made up: what the text
does not say is not proposed, and what had to be inferred (the year of 11月12日, the side of an agency that is merely
addressed) says so in its ``note``. Nothing is saved until the clerk has confirmed it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from db.formats.recognise.agencies import AgencyRecogniser
from db.intake.rules.agents import find_agents
from db.intake.rules.case_numbers import find_numbers
from db.intake.rules.days import APPEAL, find_days, find_places
from db.intake.rules.flat import flatten
from db.intake.rules.found import Found, Intake
from db.intake.rules.parties import find_parties, find_stage
from db.intake.rules.rulings import find_appeal, find_paper, find_ruling
from db.words.case import Procedure, Track

LONGEST = 20_000  # characters read; papers that open a case have fewer

QUOTED = frozenset({"plaintiff", "defendant", "third", "agent", "court", "cause", "hearing_place"})
"""Fields whose value is what the text says, in its own signs."""

_COURT = re.compile(
    r"(?:[\u4e00-\u9fa5]{2,14}?人民法院|[\u4e00-\u9fa5]{2}(?:区|县|市)?法院(?![网官])|市中院|省高院)"
)
_BEFORE_COURT = re.compile(
    r"^(?:.*(?:收到|签收|不服|上诉|在|由|向|至|到|的|是|经|受理|维持|撤销|此致|诉至|发回|移送|指定|与|和|及|对|于))"
)
_APPEAL_TO = re.compile(r"上诉(?:于|至|到)$")
"""The court above, to which somebody may appeal."""
MISREAD = "原文案号里有字母，按识别错误改为数字，请核对"
_LETTERS = re.compile("[A-Za-z|]")
_CAUSE = re.compile(r"案由\s*:\s*(?P<cause>[^\n,。;]{2,40})")


def read_text(text: str, today: date, known: AgencyRecogniser | None = None) -> Intake:
    """Propose what ``text`` says of a case. ``known`` knows the agencies on record."""
    flat = flatten(text[:LONGEST])
    found = list(_found(flat.text, today, known or AgencyRecogniser(())))
    kept: dict[tuple[str, str, str], Found] = {}
    for f in found:  # give back the words as they stand in the text
        start, end = flat.place(f.start, f.end)
        words = text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        is_quoted = f.field in QUOTED and f.value == flat.text[f.start : f.end]
        value = _as_written(f.value, text, flat.text, flat.at) if is_quoted else f.value
        firm = _as_written(f.firm, text, flat.text, flat.at) if f.firm else ""
        note = f.note
        if f.field in {"number", "previous_number"} and _LETTERS.search(text[start:end]):
            note = "，".join(filter(None, (note, MISREAD)))
        shown = replace(f, note=note, value=value, text=text[start:end], start=start, end=end, firm=firm)
        kept.setdefault((f.field, f.value, f.side), shown)
    return Intake(tuple(sorted(kept.values(), key=lambda f: (f.start, f.end))))


def _found(flat: str, today: date, known: AgencyRecogniser) -> Iterator[Found]:
    numbers = list(find_numbers(flat))
    yield from numbers
    procedure = [f for f in numbers if f.field == "procedure"] or list(find_stage(flat))
    yield from procedure
    paper = list(find_paper(flat))
    yield from paper
    kind = paper[0].value if paper else ""
    previous = [f.start for f in numbers if f.field == "previous_number"]
    yield from (court for court in _courts(flat) if court.end not in previous)
    causes = list(_causes(flat))
    yield from causes
    yield from (f for f in find_parties(flat, known) if f.field != "cause" or not causes)
    yield from _tracks(flat)
    yield from find_agents(flat)
    is_second = bool(procedure) and procedure[0].value == Procedure.SECOND_INSTANCE
    yield from (_of_instance(found, is_second=is_second) for found in find_days(flat, today))
    yield from find_places(flat)
    yield from find_ruling(flat, procedure[0].value if procedure else "", kind)
    yield from find_appeal(flat, kind, today)


def _of_instance(found: Found, *, is_second: bool) -> Found:
    """Return a day as these proceedings call it: the copy of an appeal opens the second instance, not the first."""
    if found.field != APPEAL:
        return found
    if is_second:
        return replace(found, field="received_on")
    note = "这是收到上诉状的日期，提起上诉日期请核对"
    return replace(found, field="appealed_on", note="，".join(filter(None, (found.note, note))))


def _as_written(words: str, text: str, flat: str, at: tuple[int, ...]) -> str:
    """Return words as the text has them, in its own brackets, without the line breaks inside."""
    place = flat.find(words)
    return "".join(text[at[n]] for n in range(place, place + len(words))) if place >= 0 else words


def _courts(flat: str) -> Iterator[Found]:
    for match in _COURT.finditer(flat):
        if flat.rfind("《", 0, match.start()) > flat.rfind("》", 0, match.start()):
            continue  # the maker of a rule that is cited
        name = _BEFORE_COURT.sub("", match[0])
        start = match.end() - len(name)
        if name in {"法院", "人民法院"} or _APPEAL_TO.search(flat[:start]):
            continue
        yield Found("court", name, name, start, match.end())


def _causes(flat: str) -> Iterator[Found]:
    for match in _CAUSE.finditer(flat):
        yield Found("cause", match["cause"].strip(), match["cause"], *match.span("cause"))


def _tracks(flat: str) -> Iterator[Found]:
    for match in re.finditer(r"(?<!不)适用(简易|普通)程序", flat):
        track = Track.SIMPLIFIED if match[1] == "简易" else Track.ORDINARY
        yield Found("track", track, match[0], *match.span())
