"""Who is named in a pasted paper or message: the parties by their labels or in a sentence, their agents and firms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from db.rules.vocabulary import PartyKind

LONGEST_SENTENCE = 400
"""No sentence that names the parties is longer; what is longer is not looked at word by word."""

_BODY = r"(?:局|政府|街道办事处|办事处|委员会|管委会|大队|支队|派出所|厅|海关|街道办|执法局)"
_AGENCY = re.compile(rf"[\u4e00-\u9fa5]*{_BODY}$")
_NO_AGENCY = re.compile(r"(?:村民|居民|业主)委员会$|公司$|事务所$")
_ACTS = (
    r"(?:行政|治安|不履行|履行|政府信息公开|信息公开|工伤|强制|房屋|土地|征收|拆迁|拆除|违法|违建|入学|竣工|城建|环保|食品|市场监督|"
    r"交通|劳动|社会保障|社保|养老|医疗|婚姻|户籍|公安|税务|规划|撤销|确认|赔偿|补偿|复议)"
)
_ROLE = r"(?:原审)?(?:原告|被告|上诉人|被上诉人|再审申请人|申请人|被申请人)"
_END = r"(?:纠纷)?(?:一案|案件|案)"
_SUIT = re.compile(
    rf"(?:(?P<lead>{_ROLE}):?)?(?P<plaintiff>[^,。;:\n]{{2,60}}?)(?:因)?(?:不服|诉|与)"
    rf"(?P<against>{_ROLE})?(?P<defendant>[^,。;:\n]{{1,60}}?)(?:、?(?:原审)?第三人(?P<third>[^,。;:\n]{{2,40}}?))?"
    rf"(?P<cause>(?<=[局府处会队所位办关厅司)]){_ACTS}[^,。;:\n]{{0,24}}?){_END}"
)
_ANY_SUIT = re.compile(
    rf"(?:(?P<lead>{_ROLE}):?)?(?P<plaintiff>[^,。;:\n]{{2,60}}?)(?:因)?(?:不服|诉|与)"
    rf"(?P<against>{_ROLE})?(?P<defendant>[^,。;:\n]{{0,60}}{_BODY})(?P<third>(?!))?(?P<cause>[^,。;:\n]{{2,24}}?){_END}"
)
"""Where the act has no usual name: the defendant ends with the last word for an agency."""

_PLAINTIFF = re.compile(r"原告(?:是|为)?(?P<plaintiff>[\u4e00-\u9fa5()]{2,30}?)(?=[,。;\s]|诉|与|不服|$)")
_CHANGING = {"上诉人": "二审", "被上诉人": "二审", "再审申请人": "再审"}
"""Roles that either side may have, and the proceedings in which it does."""

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


@dataclass(frozen=True, slots=True)
class Found:
    """One thing proposed: its field, value, the words it was taken from, and where they stand (start, end).

    Fields: number, previous_number, procedure, track, court, plaintiff, defendant, third, agent, cause, filed_on,
    received_on, answer_due, hearing_on, hearing_time, hearing_place. Dates are ISO. An agent has ``firm`` and ``side``.
    """

    field: str
    value: str
    text: str
    start: int
    end: int
    note: str = ""
    firm: str = ""
    side: str = ""


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


def find_parties(flat: str, agencies: tuple[str, ...]) -> Iterator[Found]:
    """Yield the parties; an agency that is merely addressed or mentioned only where no defendant is named."""
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
    """Yield what the first sentence of the form 甲诉乙某某一案 says; else who is called 原告 in passing."""
    for sentence in re.finditer(r"[^。;\n]+", flat):
        words, start = sentence[0], sentence.start()
        if len(words) > LONGEST_SENTENCE or "案" not in words:
            continue
        if match := _SUIT.search(words) or _ANY_SUIT.search(words):
            yield from _suit(match, start)
            return
    if match := _PLAINTIFF.search(flat):
        yield from _named(match["plaintiff"], match.start("plaintiff"), "原告")


def _suit(match: "re.Match[str]", start: int) -> Iterator[Found]:
    plaintiff, place = match["plaintiff"], match.start("plaintiff")
    lead = match["lead"] or ""
    if not lead and (roles := list(re.finditer(_ROLE, plaintiff))):  # 本院受理原告某某诉…
        lead, place = roles[-1][0], place + roles[-1].end()
        plaintiff = plaintiff[roles[-1].end() :]
    changing = lead.removeprefix("原审") in _CHANGING
    yield from _named(plaintiff, start + place, lead if changing else "原告")
    if not re.match(r"你(?:单位|局|府|办|街道|机关)", match["defendant"]):
        against = (match["against"] or "对方当事人") if changing else "被告"
        yield from _named(match["defendant"], start + match.start("defendant"), against, is_changing=changing)
    if match["third"]:
        yield from _named(match["third"], start + match.start("third"), "第三人")
    cause = match["cause"].strip()
    at = start + match.start("cause")
    yield Found("cause", cause, cause, at, at + len(cause))


def _named(text: str, start: int, label: str, *, is_changing: bool = False) -> Iterator[Found]:
    """Yield the names of a list; an appellant is whoever he is: the agency defends, the other sues."""
    side = "" if is_changing else _SIDE_OF.get(label.removeprefix("原审"), "")
    place = start
    for part in re.split(r"(、|等\d*人?|以及|及|和(?=[\u4e00-\u9fa5]{2,}))", text):
        name = re.sub(r"\((?:[^)]*(?:审|人|告|称)[^)]*)\)", "", part).strip()
        if len(name) > 1 and not re.fullmatch(r"、|等\d*人?|以及|及|和|你单位", name):
            at = place + part.find(name[:2])
            where = side or ("defendant" if is_agency(name) else "plaintiff")
            note = "" if side else f"原文称谓为{label}，请核对"
            yield Found(where, name, name, at, at + len(name), note)
        place += len(part)


def find_agents(flat: str) -> Iterator[Found]:
    """Yield the agents with their firms, and the side they act for."""
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


def find_stage(flat: str) -> Iterator[Found]:
    """Yield the kind of proceedings that the parties' roles tell, where the number does not."""
    for match in re.finditer("被上诉人|上诉人|再审申请人", flat):
        yield Found("procedure", _CHANGING[match[0]], match[0], match.start(), match.end())
        return
