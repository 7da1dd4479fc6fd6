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
from db.rules.numbers import normalise_case_number, parse_case_number
from db.rules.paper_numbers import parse_paper_number
from db.rules.procedure import Procedure
from db.rules.vocabulary import AgentKind, PartyKind, Side
from db.rules.written_dates import Written, find_dates, find_time

NARROW = str.maketrans(
    "０１２３４５６７８９（）：，；．－／［］　", "0123456789():,;.-/[] "
)  # keeps every place
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
_BODY = r"(?:局|政府|街道办事处|办事处|委员会|管委会|大队|支队|派出所|厅|海关|街道办|执法局)"
_AGENCY = re.compile(rf"[\u4e00-\u9fa5]*{_BODY}$")
_NO_AGENCY = re.compile(r"(?:村民|居民|业主)委员会$|公司$|事务所$")
_ACTS = (
    r"(?:行政|治安|不履行|履行|政府信息公开|信息公开|工伤|强制|房屋|土地|征收|拆迁|拆除|违法|城建|环保|食品|市场监督|"
    r"交通|劳动|社会保障|社保|养老|医疗|婚姻|户籍|公安|税务|规划|撤销|确认|赔偿|补偿|复议)"
)
_SUIT = re.compile(
    r"(?:原告|上诉人|再审申请人|申请人)?[:]?(?P<plaintiff>[^,。;:\n]{2,60}?)(?:因)?(?:不服|诉|与)"
    r"(?P<defendant>(?:被告|被上诉人|被申请人)?[^,。;:\n]{1,60}?)(?P<third>、?(?:原审)?第三人[^,。;:\n]{2,40}?)?"
    rf"(?P<cause>(?:(?<=局)|(?<=府)|(?<=处)|(?<=会)|(?<=队)|(?<=所)|(?<=位)|(?<=办)|(?<=关)|(?<=厅)|(?<=\)))"
    rf"{_ACTS}[^,。;:\n]{{0,24}}?)(?:纠纷)?(?:一案|案件|案)"
)
_LABEL = re.compile(
    r"^\s*(?P<label>原告|上诉人|再审申请人|申请人|申请执行人|被告|被上诉人|被申请人|被执行人|第三人|原审原告|原审被告|原审第三人)"
    r"(?:\([^)]*\))?\s*[:]\s*(?P<names>[^\n]+)",
    re.MULTILINE,
)
_SIDE_OF = {
    "原告": "plaintiff",
    "申请人": "plaintiff",
    "被告": "defendant",
    "被申请人": "defendant",
    "第三人": "third",
}
_AGENT = re.compile(
    r"(?P<side>原告|被告|第三人|上诉人|被上诉人|申请人|被申请人|对方)?(?:方)?的?(?:委托)?(?:诉讼)?代理(?:人|律师)(?:是|为)?\s*[:]?\s*"
    r"(?P<body>[^。;\n]{2,60})"
)
_FIRM = re.compile(r"[\u4e00-\u9fa5]{2,16}?(?:\(示例\))?律师事务所|[\u4e00-\u9fa5]{2,12}?律所")
_NAME = re.compile(r"[\u4e00-\u9fa5]{1,3}(?:·[\u4e00-\u9fa5]{1,8})?[\u4e00-\u9fa5](?:\(示例\))?")
_ADDRESSED = re.compile(rf"^\s*(?P<name>[\u4e00-\u9fa5]{{2,28}}{_BODY})(?:\(示例\))?\s*:\s*$", re.MULTILINE)
_SUMMONED = re.compile(r"被传唤人(?:姓名|名称)?\s*:\s*(?P<name>[^\n,]+)")
_CAUSE = re.compile(r"案由\s*:\s*(?P<cause>[^\n,。;]{2,40})")
_PLACE = re.compile(r"(?:应到处所|开庭地点|听证地点|地点)\s*:\s*(?P<place>[^\n,。;]{2,30})")
_PLACE_IN = re.compile(
    r"在(?P<place>[^,。;\n]{2,24}?(?:法庭|审判庭|会议室|听证室))|(?P<room>[\u4e00-\u9fa5]{0,10}第?[\u4e00-\u9fa5\d]{1,4}(?:法庭|审判庭))"
)
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
class Found:
    """One thing proposed: its field, value, the words it was taken from, and where they stand (start, end).

    Fields: number, procedure, court, plaintiff, defendant, third, agent, cause, filed_on, received_on,
    answer_due, hearing_on, hearing_time, hearing_place. Dates are ISO. An agent has ``firm`` and ``side``.
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
    flat = text.translate(NARROW)
    found = [*_numbers(flat), *_courts(flat), *_parties(flat, tuple(agencies)), *_causes(flat)]
    found += [*_agents(flat), *_hearing(flat, today), *_days(flat, today)]
    kept: dict[tuple[str, str, str], Found] = {}
    for f in found:  # give back the words as they stand in the text
        words = text[f.start : f.end]
        value = words if f.value == flat[f.start : f.end] else f.value
        at = flat.find(f.firm)
        firm = text[at : at + len(f.firm)]
        kept.setdefault((f.field, f.value, f.side), replace(f, value=value, text=words, firm=firm))
    return Intake(tuple(sorted(kept.values(), key=lambda f: (f.start, f.end))))


def is_agency(name: str) -> bool:
    """Say by its name whether a party is an administrative agency."""
    bare = re.sub(r"[(（][^)）]*[)）]$", "", name)
    return bool(_AGENCY.match(bare)) and not _NO_AGENCY.search(bare)


def party_kind(name: str) -> PartyKind:
    """Say by its name what a party is."""
    if is_agency(name):
        return PartyKind.AGENCY
    bare = re.sub(r"[(（][^)）]*[)）]$", "", name)
    return (
        PartyKind.PERSON
        if re.fullmatch(r"[\u4e00-\u9fa5]{2,4}|[\u4e00-\u9fa5]+·[\u4e00-\u9fa5]+", bare)
        else PartyKind.ORGANISATION
    )


def _numbers(flat: str) -> Iterator[Found]:
    for match in _CASE.finditer(flat):
        parsed = parse_case_number(match[0])
        if parsed is None and "字第" not in match[0]:
            continue
        yield Found("number", normalise_case_number(match[0]), match[0], match.start(), match.end())
        if parsed and parsed.kind in PROCEDURES:
            yield Found("procedure", PROCEDURES[parsed.kind], match[0], match.start(), match.end())
    for match in _PAPER.finditer(flat):
        paper = parse_paper_number(match[0])
        if paper and "复" in paper.series:
            yield Found("number", str(paper), match[0], match.start(), match.end())
            yield Found("procedure", Procedure.RECONSIDERATION, match[0], match.start(), match.end())


def _courts(flat: str) -> Iterator[Found]:
    for match in _COURT.finditer(flat):
        name = re.sub(r"^(?:.*(?:收到|在|由|向|至|到|的|是))", "", match[0])
        yield Found("court", name, name, match.end() - len(name), match.end())


def _parties(flat: str, agencies: tuple[str, ...]) -> Iterator[Found]:
    sides = [*_labelled(flat), *_narrated(flat)]
    yield from sides
    if any(f.field == "defendant" for f in sides):
        return
    addressed = _ADDRESSED.search(flat) or _SUMMONED.search(flat)
    if addressed and is_agency(addressed["name"].strip()):
        start, end = addressed.span("name")
        note = "文书送达给该单位，按被告（被申请人）提出，请核对"
        yield Found("defendant", addressed["name"].strip(), addressed["name"], start, end, note)
        return
    known = [
        (flat.find(name), name) for name in sorted(agencies, key=len, reverse=True) if name and name in flat
    ]
    if known:
        start, name = known[0]
        note = "文中提到该单位，按被告（被申请人）提出，请核对"
        yield Found("defendant", name, name, start, start + len(name), note)


def _labelled(flat: str) -> Iterator[Found]:
    for match in _LABEL.finditer(flat):
        text = re.split(r"[,。;]|\s(?=委托|法定)", match["names"], maxsplit=1)[0]
        yield from _named(text, match.start("names"), match["label"])


def _narrated(flat: str) -> Iterator[Found]:
    match = _SUIT.search(flat)
    if match is None:
        match = re.search(r"原告(?:是|为)?(?P<plaintiff>[\u4e00-\u9fa5()]{2,30}?)(?=[,。;\s]|诉)", flat)
        if match:
            yield from _named(match["plaintiff"], match.start("plaintiff"), "原告")
        return
    start = match.start("plaintiff") + len(re.match(r"(?:.*(?:原告|上诉人|申请人))?", match["plaintiff"])[0])  # type: ignore[index]
    yield from _named(flat[start : match.end("plaintiff")], start, "原告")
    lead = re.match(r"(?:被告|被上诉人|被申请人)?", match["defendant"])
    shift = lead.end() if lead else 0
    defendant = match["defendant"][shift:]
    if not re.match(r"你(?:单位|局|府|办|街道|机关)", defendant):
        yield from _named(defendant, match.start("defendant") + shift, "被告")
    if match["third"]:
        lead = re.match(r"、?(?:原审)?第三人", match["third"])
        shift = lead.end() if lead else 0
        yield from _named(match["third"][shift:], match.start("third") + shift, "第三人")
    cause = match["cause"]
    yield Found("cause", cause, cause, match.start("cause"), match.end("cause"))


def _named(text: str, start: int, label: str) -> Iterator[Found]:
    """Yield the names of a list; an appellant is whoever he is: the agency defends, the other sues."""
    side = _SIDE_OF.get(label.removeprefix("原审"), "")
    place = start
    for part in re.split(r"(、|等\d*人?|以及|及|和(?=[\u4e00-\u9fa5]{2,}))", text):
        name = re.sub(r"\((?:[^)]*(?:审|人|告|称)[^)]*)\)", "", part).strip()
        if len(name) > 1 and not re.fullmatch(r"、|等\d*人?|以及|及|和|你单位", name):
            at = place + part.find(name[:2])
            where = side or ("defendant" if is_agency(name) else "plaintiff")
            note = "" if side else f"原文称谓为{label}，请核对"
            yield Found(where, name, name, at, at + len(name), note)
        place += len(part)


def _causes(flat: str) -> Iterator[Found]:
    for match in _CAUSE.finditer(flat):
        yield Found("cause", match["cause"].strip(), match["cause"], *match.span("cause"))


def _agents(flat: str) -> Iterator[Found]:
    for match in _AGENT.finditer(flat):
        said = match["side"] or ""
        side = _SIDE_OF.get(said) or ("plaintiff" if said == "对方" else _side_before(flat, match.start()))
        firm, names = _firm_and_names(match["body"])
        for name in names if side else ():
            start = flat.find(name, match.start("body"))
            yield Found("agent", name, name, start, start + len(name), firm=firm, side=side)


def _firm_and_names(body: str) -> tuple[str, list[str]]:
    """Take 张三、李四，均为某律师事务所律师 or 某律师事务所张三律师 apart; a name stands next to its firm."""
    firm = _FIRM.search(body)
    if firm is None:
        near, name = re.split(r"[,;]", body, maxsplit=1)[0], ""
    else:
        name = re.sub(r"^(?:均|分别)?(?:为|系|是|来自)?", "", firm[0])
        near = f"{body[: firm.start()]}、{re.split(r'[,;]', body[firm.end() :], maxsplit=1)[0]}"
    near = near.replace("(示例)", "〔〕")
    parts = re.split(r"(?:均|分别)(?:为|系|是)|实习律师|律师|工作人员|[、,()\s]", near)
    names = [part.strip().replace("〔〕", "(示例)") for part in parts]
    return name, [n for n in names if _NAME.fullmatch(n)]


def _side_before(flat: str, place: int) -> str:
    """Return the side of the party that stands last before a place."""
    labels = [m for m in _LABEL.finditer(flat) if m.start() < place]
    if not labels:
        return ""
    name = re.split(r"[,。;\n]", labels[-1]["names"], maxsplit=1)[0]
    label = labels[-1]["label"].removeprefix("原审")
    return _SIDE_OF.get(label) or ("defendant" if is_agency(name.strip()) else "plaintiff")


def _hearing(flat: str, today: date) -> Iterator[Found]:
    for match in re.finditer(r"[^。;\n]*(?:开庭|应到时间|听证)[^。;\n]*", flat):
        words, start = match[0], match.start()
        written = [w for w in find_dates(words) if not _is_other(words, w)]
        if not written:
            continue
        day = written[-1]
        if on := _settled(day, today, ahead=True):
            yield _dated("hearing_on", day, on, start, words)
            if time := find_time(words[day.end :]):
                at = start + day.end
                yield Found(
                    "hearing_time",
                    time[0],
                    words[day.end + time[1] : day.end + time[2]],
                    at + time[1],
                    at + time[2],
                )
        place = _PLACE_IN.search(words[day.end :])
        if place:
            group = "place" if place["place"] else "room"
            at = start + day.end
            yield Found(
                "hearing_place", place[group], place[group], at + place.start(group), at + place.end(group)
            )
        break
    for match in _PLACE.finditer(flat):
        yield Found("hearing_place", match["place"].strip(), match["place"], *match.span("place"))


def _is_other(words: str, day: Written) -> bool:
    """Say whether a date in a sentence on a hearing is said to be that of something else."""
    return any(
        after.match(words[day.end :]) or before.search(words[: day.start]) for after, before in _WHEN.values()
    )


def _days(flat: str, today: date) -> Iterator[Found]:
    for day in find_dates(flat):
        for field, (after, before) in _WHEN.items():
            if not (after.match(flat[day.end :]) or before.search(flat[max(0, day.start - 20) : day.start])):
                continue
            if on := _settled(day, today, ahead=field == "answer_due"):
                yield _dated(field, day, on, 0, flat)
            break


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
