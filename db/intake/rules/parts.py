"""The cases that one pasted text speaks of: several papers one after another, the rows of a table, a list in a chat.

What is of one case stays together: its notice and its summons, a complaint without a number and the notice beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from db.formats.recognise.agencies import AgencyRecogniser
from db.intake.rules.case_numbers import find_numbers
from db.intake.rules.flat import NARROW, flatten, is_head
from db.intake.rules.found import Intake
from db.intake.rules.reading import read_text
from db.intake.rules.rulings import PAPERS

MOST = 60  # cases of one text; a longer list is for the import
LONGEST = 200_000  # characters looked through

_KIND = re.compile(rf"[\u4e00-\u9fa5]{{0,24}}?(?:{'|'.join(PAPERS)}|合议庭组成人员通知书)(?:\(副本\))?")
_ISSUER = re.compile(r"[\u4e00-\u9fa5]{2,24}(?:法院|人民政府|办公室|复议局|委员会)")
_SAYS = re.compile(r"诉|开庭|收到|签收|立案|受理|答辩|判决|裁定|送达")
"""What a line of a list says of its case."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """What a text says of one case: its words, and what they propose, with the places in the whole text."""

    text: str
    read: Intake


def read_parts(text: str, today: date, known: AgencyRecogniser | None = None) -> tuple[Part, ...]:
    """Propose what ``text`` says, case by case; one part where it speaks of one case, or of none."""
    lines = list(_lines(text[:LONGEST]))
    found = _rows(text, lines) or _papers(text, lines) or _listed(text, lines)
    if len(found) < 2:  # noqa: PLR2004 - a single case is the whole text
        return (Part(text, read_text(text, today, known)),)
    return tuple(_part(text, spans, today, known) for spans in found[:MOST])


def _part(text: str, spans: list[Span], today: date, known: AgencyRecogniser | None) -> Part:
    piece = "".join(text[start:end] for start, end in spans)
    at = [place for span in spans for place in range(*span)]
    found = read_text(piece, today, known).found
    return Part(piece, Intake(tuple(replace(f, start=at[f.start], end=at[f.end - 1] + 1) for f in found)))


def _lines(text: str) -> Iterator[Span]:
    """Yield where the lines stand, their ends of line with them."""
    for match in re.finditer(r"[^\n]*\n|[^\n]+$", text):
        yield match.span()


def _said(text: str, line: Span) -> str:
    return text[slice(*line)].translate(NARROW).strip("\r\n")


def _rows(text: str, lines: list[Span]) -> list[list[Span]]:
    """Return the rows of a table, each with the head above it."""
    for at, head in enumerate(lines[:-1]):
        above = _said(text, head)
        if "\t" not in above or not is_head(above, _said(text, lines[at + 1])):
            continue
        wide = above.count("\t")
        rows = []
        for line in lines[at + 1 :]:
            row = _said(text, line)
            if row.count("\t") != wide:
                break
            if row.strip():
                rows.append([head, line])
        return rows
    return []


def _papers(text: str, lines: list[Span]) -> list[list[Span]]:
    """Return the papers of each case: a paper begins at its kind, or at who issued it above that."""
    said = [re.sub(r"\s", "", _said(text, line)) for line in lines]
    begins = []
    for at, line in enumerate(said):
        if _KIND.fullmatch(line):
            before = next((n for n in range(at - 1, max(at - 3, -1), -1) if said[n]), None)
            begins.append(before if before is not None and _ISSUER.fullmatch(said[before]) else at)
    cases: dict[str, list[Span]] = {}
    last = ""
    for span in _stretches(lines, begins):
        number = _number(text[slice(*span)]) or last
        if last == "" and "" in cases:  # what came before any number belongs to the first one
            cases[number] = cases.pop("")
        cases.setdefault(number, []).append(span)
        last = number
    return list(cases.values())


def _listed(text: str, lines: list[Span]) -> list[list[Span]]:
    """Return the cases of a list, a line or more each; the first line of each has its number."""
    starts: dict[str, int] = {}
    for at, line in enumerate(lines):
        words = text[slice(*line)]
        if number := _number(words):
            if number in starts or not _SAYS.search(words):
                return []
            starts[number] = at
    return [[span] for span in _stretches(lines, list(starts.values()))]


def _stretches(lines: list[Span], begins: list[int]) -> Iterator[Span]:
    """Yield what reaches from one of these lines to the next; what stands above the first belongs to it."""
    for at, begin in enumerate(begins):
        end = begins[at + 1] if at + 1 < len(begins) else len(lines)
        yield lines[begin][0] if at else 0, lines[end - 1][1]


def _number(words: str) -> str:
    """Return the number of the case of which some words are, not of one before it."""
    numbers = find_numbers(flatten(words).text)
    return next((f.value for f in numbers if f.field == "number"), "")
