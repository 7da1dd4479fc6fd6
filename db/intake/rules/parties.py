"""Who the parties are: by their labels, in a sentence 甲诉乙某某一案, or because the paper is addressed to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from db.formats.recognise.agencies import AgencyRecogniser
from db.intake.rules.found import Found
from db.intake.rules.names import ACTS, HIDDEN, SURNAMES, Name, Names, is_agency, is_plausible
from db.words.case import Procedure

LONGEST_SENTENCE = 400
"""No sentence that names the parties is longer; what is longer is not looked at word by word."""
CHANGING = {
    "上诉人": Procedure.SECOND_INSTANCE,
    "被上诉人": Procedure.SECOND_INSTANCE,
    "再审申请人": Procedure.RETRIAL,
}
"""Roles that either side may have, and the proceedings in which it does."""
SIDE_OF = {
    "原告": "plaintiff",
    "申请人": "plaintiff",
    "赔偿请求人": "plaintiff",
    "公益诉讼起诉人": "plaintiff",
    "被告": "defendant",
    "被申请人": "defendant",
    "赔偿义务机关": "defendant",
    "第三人": "third",
}
_ROLES = "公益诉讼起诉人|赔偿请求人|赔偿义务机关|被上诉人|上诉人|再审申请人|被申请人|申请执行人|被执行人|申请人|原告|被告|第三人"
_ROLE = rf"(?:原审|一审|二审)?(?:{_ROLES})"
_ORIGIN = re.compile(r"\((?:原审|一审|原一审|二审)(?P<role>原告|被告|第三人)[^()]*\)")
_LABEL = re.compile(
    rf"(?:^|(?<=[\s;。,(]))[ ]*(?:共同)?(?P<label>{_ROLE})(?:[一二三四五六七八九十\d]{{0,3}})"
    rf"(?P<origin>\([^()\n]*\))?(?:姓名|名称)?[ ]*:[ ]*(?=(?P<names>[^\n]+))",
    re.MULTILINE,
)
_HEADED = re.compile(
    rf"^[ ]*(?P<label>{_ROLE})(?P<origin>\([^()\n]*\))?(?P<names>[^,。:;\n]{{2,60}})"
    r"(?=,(?:男|女|住|法定|统一|[12]\d{3}年|.{0,12}住所地)|(?P<bare>。[ ]*$))",
    re.MULTILINE,
)
"""The head of a judgment: 原告张三，男，…; 被告某某局，住所地…; 第三人张四。"""
_MORE_LABELS = re.compile(rf"[\s;。,](?={_ROLE}[一二三四五六七八九十\d]{{0,3}}(?:\([^()]*\))?:)")
_FACTS = re.compile(
    r"^(?:男|女|[\u4e00-\u9fa5]{1,4}族|住.*|居民|农民|职工|工人|退休.*|无业|汉|个体.*|系.*|因.*|不服.*|诉.*)$"
)
_VERB = re.compile(
    r"因?(?:不服(?!.{0,14}法院)|(?<![起上应申自公败胜反])诉(?![讼状称求权])|起诉(?![状人讼书])|(?:因)?与)|对(?=[^。;\n]{2,90}?(?:不服|提起|申请))"
)
_LEAD = re.compile(
    r"^.*(?:受理|审理|立案|收到|关于|登记|审查|送达|转来|办理|审结|判决|接到|开庭的)(?:了|的|过)?|^.*(?:本院|本机关|我院)(?:对|就|已)?"
    r"|^(?:现|兹|有|将|就|对|请将|麻烦|各位|你单位|由|为|在|系)+"
)
_YOU = re.compile(r"(?:被告)?(?:你|贵|我)(?:们|方|单位|局|处|委|院|府|办|街道|机关|镇|乡|队|部|厅|会|中心)")
_TO_YOU = re.compile(rf"(?:诉|不服|对|与){_YOU.pattern}")
_CASE = re.compile(
    r"(?P<cause>[^,。;:\n]{0,40}?)(?:纠纷)?(?:一案|案件|(?<![立结本])案(?=[,。;\s]|$|\x01|的))"
)
_MANY = re.compile(r"等(?P<number>[一二三四五六七八九十百\d]+)(?:人|户|名)")
_PLAIN_ROLE = re.compile(
    r"(?P<role>原告|被告|赔偿请求人|赔偿义务机关|第三人(?=是|为|系))(?:名?叫|是|为|系)?(?P<name>[\u4e00-\u9fa5·()]{2,30}?)"
    r"(?=[,。;\s]|诉|与|不服|提起|向|因|补充|提交|表示|同意|要求|认为|到庭|未到|$)"
)
_JOINED = re.compile(
    r"(?:通知|追加)你(?:单位|公司|局|处|委|院|镇|乡|村|们|方)?(?:作为|为)?(?:本案|该案)?的?(?P<role>(?:共同)?被告|第三人)"
)
"""A paper by which the court makes the one it is addressed to a party."""
_ABOUT = re.compile(r"上诉人[^,。;:\n]{0,30}?因(?P<cause>[^,。;:与诉\n]{2,20}?)(?:纠纷)?一案")
_ADDRESSED = re.compile(r"^[ ]*(?P<names>[\u4e00-\u9fa5、]{4,90}(?:\(示例\))?)[ ]*:", re.MULTILINE)
_TO_PERSON = re.compile(r"^[ ]*(?P<name>[\u4e00-\u9fa5·]{2,20})[ ]*:", re.MULTILINE)
_SUMMONED = re.compile(r"(?:被传唤人|受送达人)(?:姓名|名称)?[ ]*:[ ]*(?P<names>[^\n,]+)")
_ACT_OF = re.compile(
    r"(?:作出|做出)的?(?:[^,。;]{0,30}号)?[》\x01]*(?P<cause>[\u4e00-\u9fa5]{2,12}?)(?:决定|行为|答复)"
)
_REMARK = re.compile(
    r"\((?!示例)(?!(?:原告|被告|第三人|申请人|被申请人)[一二三\d]?:)(?!原审|一审|原一审|二审)[^()\n]*(?:[:,。;\d]|代码|身份|简称|男|女|出生|系|曾用名|名单|附后|法定|未成年|住|电话|案号)[^()\n]*\)"
)
_NUMBER = re.compile(r"[(\[〔【]?20\d\d[)\]〕】]?[\u4e00-\u9fa5\d]{2,16}?\d+号(?:之[一二三四五六七八九十]+)?")


@dataclass(frozen=True, slots=True)
class _Party:
    """A party before its side is settled; ``label`` is what the text calls it."""

    name: Name
    side: str
    label: str
    note: str = ""


def find_parties(flat: str, known: AgencyRecogniser) -> Iterator[Found]:
    """Yield the parties; an agency that is merely addressed or mentioned only where no defendant is named."""
    reader = _Reader(flat, known)
    found = reader.labelled()
    sides = {p.side for p in found}
    narrated, cause = reader.narrated()
    found += [p for p in narrated if p.side not in sides]
    found += reader.joined({p.name.text for p in found})
    if not any(p.side == "defendant" for p in found):
        found += reader.addressed()
    for p in found:
        yield Found(p.side, p.name.text, p.name.text, p.name.start, p.name.end, p.note)
    yield from cause or reader.about()


def find_stage(flat: str) -> Iterator[Found]:
    """Yield the kind of proceedings that the parties' roles tell, where the number does not."""
    for match in re.finditer("被上诉人|上诉人|再审申请人", flat):
        yield Found("procedure", CHANGING[match[0]], match[0], match.start(), match.end())
        return


def side_before(flat: str, place: int) -> str:
    """Return the side of the party whose label stands last before a place."""
    labels = [m for m in _LABEL.finditer(flat) if m.start() < place]
    if not labels:
        return ""
    name = re.split(r"[,。;\n]", labels[-1]["names"], maxsplit=1)[0]
    return _side(labels[-1]["label"], labels[-1]["origin"] or "", name.strip())[0]


def _side(label: str, origin: str, name: str) -> tuple[str, str]:
    """Return the side of a role, and what is doubtful; an appellant is whoever he is: the agency defends."""
    if match := _ORIGIN.fullmatch(origin):
        return SIDE_OF[match["role"]], ""
    bare = re.sub("^(?:原审|一审|二审)", "", label)
    if side := SIDE_OF.get(bare):
        return side, ""
    return "defendant" if is_agency(name) else "plaintiff", f"原文称谓为{label}，请核对"


class _Reader:
    def __init__(self, flat: str, known: AgencyRecogniser) -> None:
        self.text = _hidden(flat)
        self.names, self.known = Names(self.text, known), known

    # -- 原告：… ----------------------------------------------------------------------------

    def labelled(self) -> list[_Party]:
        found: list[_Party] = []
        for match in _LABEL.finditer(self.text):
            start, end = match.span("names")
            if more := _MORE_LABELS.search(self.text, start, end):
                end = more.start()
            if self.text[match.start("label") - 1 : match.start("label")] == "(":
                end = next((m.start() for m in re.compile(r"\)").finditer(self.text, start, end)), end)
            if stop := re.compile(r"[。;]|\s(?=委托|法定)").search(self.text, start, end):
                end = stop.start()
            for name in self._of_label(start, end):
                side, note = _side(match["label"], match["origin"] or "", name.text)
                found.append(_Party(name, side, match["label"], note or _doubt(name)))
            found = self._complete(found, start, end)
        for match in _HEADED.finditer(self.text):
            for name in self._whole(*match.span("names")):
                if match["bare"] and not name.is_sure:
                    break  # a sentence: 原告不同意。
                side, note = _side(match["label"], match["origin"] or "", name.text)
                found.append(_Party(name, side, match["label"], note or _doubt(name)))
        return found

    def _complete(self, found: list[_Party], start: int, end: int) -> list[_Party]:
        """Say of the names between two places that 等12人 leaves some out."""
        here = [p for p in found if start <= p.name.start < end]
        many = _MANY.search(self.text, start, end)
        if many is None or not here or len(here) == _number(many["number"]):
            return found
        note = f"原文写{many[0]}，这里只列出 {len(here)} 人，请补全"
        return [replace(p, note=note) if p in here else p for p in found]

    def _of_label(self, start: int, end: int) -> Iterator[Name]:
        """Yield the names behind a label; after the first comma come facts about the last, or more names."""
        parts = re.compile(r"[^,]+").finditer(self.text, start, end)
        for number, part in enumerate(parts):
            text = part[0].strip(f" {HIDDEN}")
            if number and (_FACTS.match(text) or not is_plausible(text)):
                return
            yield from self._whole(*part.span())

    def _whole(self, start: int, end: int) -> Iterator[Name]:
        agencies, stop = self.names.agencies_from(start)
        if agencies and stop >= end:
            yield from agencies
        else:
            yield from self.names.listed(start, end)

    # -- 甲诉乙某某一案 ----------------------------------------------------------------------

    def narrated(self) -> tuple[list[_Party], list[Found]]:
        """Return the parties of the first sentence of the form 甲诉乙某某一案, and its cause; else who is called 原告."""
        for sentence in re.finditer(r"[^。;\n]+", self.text):
            if len(sentence[0]) <= LONGEST_SENTENCE:
                for verb in _VERB.finditer(self.text, *sentence.span()):
                    if found := self._suit(sentence.span(), verb):
                        return found
        called: list[_Party] = []
        for match in _PLAIN_ROLE.finditer(self.text):
            start, end = match.span("name")
            names = [n for n in self._whole(start, end) if n.is_sure]
            side = SIDE_OF[match["role"]]
            if not any(p.side == side for p in called):
                called += [_Party(name, side, match["role"]) for name in names]
        return called, []

    def _suit(
        self, sentence: tuple[int, int], verb: "re.Match[str]"
    ) -> tuple[list[_Party], list[Found]] | None:
        left = self._plaintiffs(sentence[0], verb.start()) or self._of_you(sentence[0], verb)
        if not left:
            return None
        if left[0].name.start > verb.start():  # 你单位与某某…一案
            return left, list(self._cause(left[-1].name.end, sentence[1]))
        changing = re.sub("^(?:原审|一审|二审)", "", left[0].label) in CHANGING
        right, stop, is_you = self._defendants(verb.end(), sentence[1], is_changing=changing)
        if not right and not is_you:
            return None
        right += self._further(stop, sentence[1], {p.name.start for p in right})
        return [*left, *right], list(self._cause(stop, sentence[1]))

    def _plaintiffs(self, start: int, end: int) -> list[_Party]:
        comma = max((m.end() for m in re.compile(r"[,:]").finditer(self.text, start, end)), default=start)
        begin, label, origin = comma, "", ""
        if roles := list(
            re.compile(rf"(?P<role>{_ROLE})(?P<origin>\([^()]*\))?").finditer(self.text, comma, end)
        ):
            begin, label, origin = roles[-1].end(), roles[-1]["role"], roles[-1]["origin"] or ""
        elif comma > start and (
            roles := list(
                re.compile(rf"(?P<role>{_ROLE})(?P<origin>\([^()]*\))?(?!之|的)").finditer(
                    self.text, start, end
                )
            )
        ):  # 原告某某，法定代理人某某，诉…
            begin, label, origin = roles[-1].end(), roles[-1]["role"], roles[-1]["origin"] or ""
            end = min(end, self.text.find(",", begin)) if "," in self.text[begin:end] else end
        else:
            while match := _LEAD.match(self.text[begin:end]):
                begin += match.end()
                if not match.end():
                    break
            blank = max(self.text.rfind(sign, begin, end) for sign in " 】》")
            begin = max(begin, blank + 1)
        found: list[_Party] = []
        for name in self.names.listed(begin, end):
            side, note = _side(label or "原告", origin, name.text)
            if not label and not name.is_sure:
                return []
            found.append(_Party(name, side, label, note or _doubt(name)))
        return self._complete(found, begin, end)

    def _of_you(self, start: int, verb: "re.Match[str]") -> list[_Party]:
        """Return who sues where the paper speaks to a party: 你诉某某局 to the plaintiff, 你单位与某某 to the agency."""
        before = self.text[start : verb.start()].strip()
        if before.endswith("你") and verb[0] in {"诉", "起诉"}:
            name = next((m for m in _TO_PERSON.finditer(self.text) if is_plausible(m["name"])), None)
            return [_Party(Name(name["name"], *name.span("name")), "plaintiff", "")] if name else []
        if verb[0].endswith("与") and _YOU.fullmatch(before):
            names, _ = self._others(verb.end(), len(self.text))
            return [_Party(name, "plaintiff", "", _doubt(name)) for name in names]
        return []

    def _defendants(self, place: int, end: int, *, is_changing: bool) -> tuple[list[_Party], int, bool]:
        """Return who is sued and the third persons, where that ends, and whether it is 你单位."""
        found: list[_Party] = []
        is_you, label, origin = False, "", ""
        while place < end:
            begin = place
            role = re.compile(rf"[、,及和与\s\x01]*(?P<role>{_ROLE})?(?P<origin>\([^()]*\))?").match(
                self.text, place
            )
            if role and role["role"]:
                label, origin = role["role"], role["origin"] or ""
            if role:
                place = role.end()
            if you := _YOU.match(self.text, place):
                is_you, place = True, you.end()
                continue
            names, stop = self.names.agencies_from(place)
            if not names and (place > begin or not (found or is_you)):
                names, stop = self._others(place, end)
            if not names:
                place = begin
                break
            for name in names:
                called = "对方当事人" if is_changing and label in {"", "被申请人"} else label or "被告"
                said, note = _side(called, origin, name.text)
                found.append(_Party(name, said, label, note or _doubt(name)))
            place = stop
        return found, place, is_you

    def _others(self, place: int, end: int) -> tuple[list[Name], int]:
        """Return people and companies named from a place up to what the suit is about."""
        if re.compile(rf"(?!不|未|于|在|等){ACTS}").match(self.text, place):
            return [], place
        run = re.compile(rf"[^,。;:\n]{{2,40}}?(?=、|和|及|{ACTS}|[,。;:\s\x01]|$)").match(
            self.text, place, end
        )
        if run is None:
            return [], place
        company = re.compile(
            r"[^,。;:、\n]{2,30}?(?:公司|厂|合作社|委员会|学校|医院|中心)(?!有限|股份|集团|附属|第)(?:\(示例\))?"
        ).match(self.text, place, end)
        stop = company.end() if company else run.end()
        if names := [n for n in self.names.listed(place, stop) if n.is_sure]:
            return names, stop
        if self.text[place] in SURNAMES:  # a name runs into what the suit is about; most have three signs
            return [Name(self.text[place : place + 3], place, place + 3, is_sure=False)], place + 3
        return [], place

    def _further(self, place: int, end: int, known: set[int]) -> list[_Party]:
        """Return the agencies that are called 被告 later in the sentence: 及被告某某作出的行政复议决定."""
        found = []
        for match in re.compile(r"(?:被告|被申请人)[一二三四]?").finditer(self.text, place, end):
            names, _ = self.names.agencies_from(match.end())
            found += [_Party(n, "defendant", match[0]) for n in names if n.start not in known]
        return found

    def _cause(self, place: int, end: int) -> Iterator[Found]:
        match = _CASE.match(self.text, place, end)
        said = match["cause"].strip(f" {HIDDEN}的") if match else ""
        cause = re.sub("^(?:作出|做出)的?", "", said)
        if match and len(cause) > 1:
            at = self.text.index(cause, place)
            yield Found("cause", cause, cause, at, at + len(cause))
        elif match := _ACT_OF.match(self.text, place, end):
            note = "按被诉的行政行为提出，请核对"
            yield Found("cause", match["cause"], match["cause"], *match.span("cause"), note)

    def about(self) -> Iterator[Found]:
        """Yield what an appeal is about: 上诉人因行政处罚一案."""
        for match in _ABOUT.finditer(self.text):
            yield Found("cause", match["cause"], match["cause"], *match.span("cause"))
            return

    # -- 某某局： ----------------------------------------------------------------------------

    def joined(self, named: set[str]) -> list[_Party]:
        """Return the addressee whom the paper makes a party: 追加你单位为共同被告, 通知你公司作为第三人参加诉讼."""
        made = _JOINED.search(self.text)
        if made is None:
            return []
        side = SIDE_OF[made["role"].removeprefix("共同")]
        for match in _TO_PERSON.finditer(self.text, 0, made.start()):
            names = list(self._whole(*match.span("name")))
            if names and all(name.is_sure and name.text not in named for name in names):
                return [_Party(name, side, made["role"]) for name in names]
        return []

    def addressed(self) -> list[_Party]:
        """Return the agencies to which the paper is addressed, else the first one that it mentions."""
        is_said = bool(_TO_YOU.search(self.text))
        for match in (*_SUMMONED.finditer(self.text), *_ADDRESSED.finditer(self.text)):
            start, end = match.span("names")
            names, stop = self.names.agencies_from(start)
            if names and self.text[stop:end].strip(f" {HIDDEN}") == "":
                note = (
                    "" if is_said and len(names) == 1 else "文书送达给该单位，按被告（被申请人）提出，请核对"
                )
                return [_Party(name, "defendant", "", note) for name in names]
        for mention in self.known.mentions(self.text):
            names, _ = self.names.agencies_from(mention.start)
            return [
                _Party(n, "defendant", "", "文中提到该单位，按被告（被申请人）提出，请核对") for n in names
            ]
        return []


def _number(said: str) -> int:
    """Read 12, 十二, 三 of 等十二人; what is beyond that is 0."""
    if said.isdecimal():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    digits = "零一二三四五六七八九"
    if not all(sign in digits for sign in tens + ones):
        return 0
    return (int(digits.index(tens or "一")) * 10 if ten else 0) + (digits.index(ones) if ones else 0)


def _doubt(name: Name) -> str:
    return "" if name.is_sure else "没有认准这个名称，请核对"


def _hidden(flat: str) -> str:
    """Return the text with numbers and remarks in brackets hidden; every sign keeps its place."""
    for pattern in (_NUMBER, _REMARK):
        flat = pattern.sub(lambda match: HIDDEN * len(match[0]), flat)
    return flat
