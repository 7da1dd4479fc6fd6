"""Proposing a case from pasted text: a 应诉通知书, 传票, 举证通知书, 复议答复通知书 or a chat message.

Everything proposed carries the words it was taken from and their place in the text. Nothing is made up: what the text
does not say is not proposed, and what had to be inferred (the year of 11月12日, the side of an agency that is merely
addressed) says so in its ``note``. Nothing is saved until the clerk has confirmed it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from db.rules.cases import AgentDraft, CaseDraft, PartyDraft
from db.rules.intake_parties import Found, find_agents, find_parties, find_stage, is_agency, party_kind
from db.rules.numbers import normalise_case_number, parse_case_number
from db.rules.paper_numbers import parse_paper_number
from db.rules.period_rules import Track
from db.rules.procedure import Procedure
from db.rules.vocabulary import AgentKind, Side
from db.rules.written_dates import Written, find_dates, find_time

__all__ = ["Found", "Intake", "is_agency", "party_kind", "read_text"]

NARROW = str.maketrans(
    "０１２３４５６７８９（）：，；．－／［］　", "0123456789():,;.-/[] "
)  # keeps every place
LONGEST = 20_000  # characters read; papers that open a case have fewer
NEAR = 40  # characters around a date that may say what it is
SIDES = {"plaintiff": Side.PLAINTIFF, "defendant": Side.DEFENDANT, "third": Side.THIRD}
PROCEDURES = {
    "行初": Procedure.FIRST_INSTANCE,
    "行赔初": Procedure.FIRST_INSTANCE,
    "行终": Procedure.SECOND_INSTANCE,
    "行赔终": Procedure.SECOND_INSTANCE,
    "行申": Procedure.RETRIAL,
    "行再": Procedure.RETRIAL,
    "行监": Procedure.RETRIAL,
    "行抗": Procedure.RETRIAL,
    "行赔申": Procedure.RETRIAL,
    "行赔再": Procedure.RETRIAL,
    "行审": Procedure.ENFORCEMENT,
}

_CASE = re.compile(r"[(〔\[]\s*(?:19|20)\d\d\s*[)〕\]][^,。;:\n]{2,24}?号(?:之[一二三四五六七八九十]+)?")
_PAPER = re.compile(r"[\u4e00-\u9fa5]{1,12}\s*[(〔\[]\s*20\d\d\s*[)〕\]]\s*第?\d+\s*号")
_COURT = re.compile(r"(?:[\u4e00-\u9fa5]{2,14}?人民法院|[\u4e00-\u9fa5]{2}(?:区|县|市)?法院|市中院|省高院)")
_CAUSE = re.compile(r"案由\s*:\s*(?P<cause>[^\n,。;]{2,40})")
_PLACE = re.compile(r"(?:应到处所|开庭地点|听证地点|地点)\s*:\s*(?P<place>[^\n,。;]{2,30})")
_PLACE_IN = re.compile(r"在(?P<place>[^,。;\n]{2,24}?(?:法庭|审判庭|会议室|听证室))")
_ROOM = re.compile(
    r"(?P<place>(?:本院|[\u4e00-\u9fa5]{2,8}法院)?第?[一二三四五六七八九十\d]{1,3}号?(?:审判)?(?:法庭|审判庭))"
)
_CHALLENGED = re.compile(r"\s*(?:行政|民事)?(?:赔偿)?(?:判决|裁定|调解)")
_WHEN = {
    "filed_on": (
        re.compile(r"\s*(?:依法)?(?:登记)?(?:立案|受理)"),
        re.compile(r"(?:立案|受理)(?:日期|时间|之日)?(?:为|是|于|:)?\s*$"),
    ),
    "received_on": (
        re.compile(r"[^,。;\n]{0,6}?(?:收到|签收|送达)"),
        re.compile(r"(?:收到|签收|送达)(?:日期|时间)?(?:为|是|于|:)?\s*$"),
    ),
    "answer_due": (
        re.compile(r"\s*(?:前|之前|以前|止)[^。;\n]{0,20}(?:答辩|举证|证据|答复)"),
        re.compile(r"(?:举证|答辩|答复)(?:期限|截止)?(?:届满)?(?:日期|时间|日)?(?:为|是|至|到|于|:)\s*$"),
    ),
}


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


def read_text(text: str, today: date, agencies: Iterable[str] = ()) -> Intake:
    """Propose what ``text`` says of a case. ``agencies``: names and short names that the office knows."""
    flat = text[:LONGEST].translate(NARROW)
    found = [*_numbers(flat), *_courts(flat), *find_parties(flat, tuple(agencies)), *_causes(flat)]
    found += [*_tracks(flat), *find_agents(flat), *_hearing(flat, today), *_days(flat, today)]
    if not any(f.field == "procedure" for f in found):
        found += find_stage(flat)
    kept: dict[tuple[str, str, str], Found] = {}
    for f in found:  # give back the words as they stand in the text
        words = text[f.start : f.end]
        value = words if f.value == flat[f.start : f.end] else f.value
        at = flat.find(f.firm)
        firm = text[at : at + len(f.firm)]
        kept.setdefault((f.field, f.value, f.side), replace(f, value=value, text=words, firm=firm))
    return Intake(tuple(sorted(kept.values(), key=lambda f: (f.start, f.end))))


def _numbers(flat: str) -> Iterator[Found]:
    for match in _CASE.finditer(flat):
        parsed = parse_case_number(match[0])
        if parsed is None and "字第" not in match[0]:
            continue
        number = normalise_case_number(match[0])
        if _CHALLENGED.match(flat[match.end() :]) and flat[: match.start()].rstrip().endswith("法院"):
            note = "被上诉或者申请再审的裁判，可关联为前一审级"
            yield Found("previous_number", number, match[0], match.start(), match.end(), note)
            continue
        yield Found("number", number, match[0], match.start(), match.end())
        if parsed and parsed.kind in PROCEDURES:
            yield Found("procedure", PROCEDURES[parsed.kind], match[0], match.start(), match.end())
    for match in _PAPER.finditer(flat):
        paper = parse_paper_number(match[0])
        if paper and "复" in paper.series:
            yield Found("number", str(paper), match[0], match.start(), match.end())
            yield Found("procedure", Procedure.RECONSIDERATION, match[0], match.start(), match.end())


def _courts(flat: str) -> Iterator[Found]:
    for match in _COURT.finditer(flat):
        name = re.sub(r"^(?:.*(?:收到|签收|不服|在|由|向|至|到|的|是|经|受理))", "", match[0])
        yield Found("court", name, name, match.end() - len(name), match.end())


def _causes(flat: str) -> Iterator[Found]:
    for match in _CAUSE.finditer(flat):
        yield Found("cause", match["cause"].strip(), match["cause"], *match.span("cause"))


def _tracks(flat: str) -> Iterator[Found]:
    for match in re.finditer(r"(?<!不)适用(简易|普通)程序", flat):
        track = Track.SIMPLIFIED if match[1] == "简易" else Track.ORDINARY
        yield Found("track", track, match[0], *match.span())


def _hearing(flat: str, today: date) -> Iterator[Found]:
    taken = {day.start for _, day in _said_days(flat)}
    for match in re.finditer(r"[^。;\n]+", flat):
        words, shift = match[0], match.start()
        if not any(word in words for word in ("开庭", "应到时间", "听证")):
            continue
        days = [day for day in find_dates(words) if shift + day.start not in taken]
        if not days:
            continue
        day = days[-1]
        if on := _settled(day, today, ahead=True):
            yield _dated("hearing_on", day, on, shift, words)
            if time := find_time(words[day.end :]):
                start, end = shift + day.end + time[1], shift + day.end + time[2]
                yield Found("hearing_time", time[0], flat[start:end], start, end)
        if place := _PLACE_IN.search(words, day.end) or _ROOM.search(words, day.end):
            start, end = place.span("place")
            yield Found("hearing_place", place["place"], place["place"], shift + start, shift + end)
        break
    for match in _PLACE.finditer(flat):
        yield Found("hearing_place", match["place"].strip(), match["place"], *match.span("place"))


def _said_days(flat: str) -> Iterator[tuple[str, Written]]:
    """Yield the dates of which the text says what happened on them; a verb between two dates is the first one's."""
    used = 0
    for day in find_dates(flat):
        after = flat[day.end : day.end + NEAR]
        before = flat[max(used, day.start - NEAR) : day.start]
        for field, (follows, leads) in _WHEN.items():
            if match := follows.match(after):
                used = day.end + match.end()
                yield field, day
                break
            if leads.search(before):
                yield field, day
                break


def _days(flat: str, today: date) -> Iterator[Found]:
    for field, day in _said_days(flat):
        if on := _settled(day, today, ahead=field == "answer_due"):
            yield _dated(field, day, on, 0, flat)


def _settled(day: Written, today: date, *, ahead: bool) -> date | None:
    """Return the day; where no year is written, the next one ahead of today, or the last one behind."""
    if day.year is not None:
        return day.on(day.year)
    found = [on for on in (day.on(today.year + n) for n in (-1, 0, 1)) if on]
    fits = [on for on in found if (on >= today if ahead else on <= today)]
    return (min(fits) if ahead else max(fits)) if fits else None


def _dated(field: str, day: Written, on: date, shift: int, flat: str) -> Found:
    note = "" if day.year else "原文没有写年份，请核对"
    return Found(field, on.isoformat(), flat[day.start : day.end], shift + day.start, shift + day.end, note)
