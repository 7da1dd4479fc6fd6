"""Where a name begins and ends in running text: agencies whole, whatever stands in them; people and companies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from db.formats.numbers import ZHEJIANG
from db.formats.recognise.agencies import AgencyRecogniser
from db.words.case import PartyKind

HIDDEN = "\x01"
"""Stands for remarks and numbers that were read already and belong to no name."""
BODY = (
    r"(?:局|政府办公室|政府办|政府|街道办事处|办事处|委员会|管委会|大队|支队|派出所|厅|海关|街道办|中队|"
    r"(?<=市)委|(?<=区)委|(?<=县)委|(?<=健)委|(?<=改)委)"
)
ACTS = (
    r"(?:行政|治安|不履行|履行|不予|未履行|拒绝|政府信息公开|信息公开|工伤|强制|强拆|房屋|土地|征收|拆迁|拆除|违法|违建|入学|"
    r"竣工|城建|环保|食品|市场监督|交通|劳动|社会保障|社保|养老|医疗|婚姻|户籍|公安|税务|规划|撤销|确认|赔偿|补偿|复议|"
    r"民政|教育|卫生|农业|林业|水利|工商|质量监督|司法行政|财政|宗教|统计|消防|价格|出入境|治理|"
    r"登记|许可|处罚|作出|做出|未|不|拒|关于|因|的|一案|案|于|在|之间|等)"
)
"""What follows an agency's name where a paper says what it is sued for."""
_AGENCY = re.compile(rf"[\u4e00-\u9fa5]*{BODY}$")
_NO_AGENCY = re.compile(r"(?:村民|居民|业主|经济合作社管理)委员会$|公司$|事务所$")
SHORTEST = 3  # signs of an agency's name: 区局 is none
_NAME_ENDS = re.compile(rf"{BODY}")
_ORGANISATION = (
    r"(?:公司|厂|合作社|事务所|委员会|中心|学校|中学|小学|幼儿园|医院|门诊部|商店|经营部|商行|饭店|酒店|超市|工作室|协会|"
    r"基金会|村|社区|小组|集团|银行|分行|支行|店|社|站|场|院|所|部|馆|铺|坊)"
)
_ENDS_AS_ORGANISATION = re.compile(rf"[\u4e00-\u9fa5A-Za-z0-9()·]{{2,}}{_ORGANISATION}(?:\([^)]*\))?$")
_PERSON = re.compile(r"[\u4e00-\u9fa5]{1,8}·[\u4e00-\u9fa5·]{1,12}|[\u4e00-\u9fa5]{2,4}")
_PART = re.compile(r"[^和与及、作被]{1,8}(?:所|队|局)")
"""What makes the name of an agency on record that of a part of it: 花园派出所."""
_SHOWN = re.compile(r"\((?:示例|[\u4e00-\u9fa5]{2,6})\)$")
_SEPARATOR = re.compile(r"\s*(?:、|,|以及|及其|及|和|与|;)\s*")
_CUT = re.compile(r"(、|,|;|以及|及其|及|和|与)")
_SUES = re.compile(r"诉|不服|起诉")  # what goes before is a name to its last sign: 徐文和诉你单位
_FROM_A_CITY = re.compile(
    rf"(?:{'|'.join(ZHEJIANG.values())}).{{2,}}"
)  # 衢州示例 和 美置业有限公司: no person
_SOFT = {"及", "和", "与", "及其"}
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑罗梁宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆"
    "廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝"
    "聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲欧靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜成饶宁凌盛查单冉鲍华包屈"
    "房喻解蒲卫简时连车项闵邬吉党阳司费蒙席晏隋古强穆姬宫景米麦谈柏瞿艾沙鄢桂窦郁缪畅巩卓褚栾戚全娄甄郎池丛边岑农苟迟保商臧佘卞"
    "虞刁冷应匡栗仇练楚揭师官佟封燕桑巫敖原植邝仲荆储宗楼干苑寇盖南屠鞠荣井乐银奚明麻雍花闻冼木郜廉衣蔺和冀占公门帅利满阙杭占厉琚吾诸璩濮戎芮郦"
)


_WORDS = frozenset(
    [
        "应当",
        "申请",
        "申辩",
        "申诉",
        "方已",
        "方提",
        "方要",
        "方表",
        "方同",
        "方认",
        "诸多",
        "诸如",
        "厉害",
        "应诉",
        "应对",
        "应于",
        "应在",
        "应按",
        "应该",
        "方面",
        "方可",
        "房屋",
        "房产",
        "安排",
        "时间",
        "时限",
        "时任",
        "计划",
        "经济",
        "经营",
        "经查",
        "和解",
        "公司",
        "公开",
        "公安",
        "程序",
        "单位",
        "单方",
        "左右",
        "项目",
        "成立",
        "成功",
        "管理",
        "连同",
        "连续",
        "于是",
        "向本",
        "向法",
        "常住",
        "常年",
        "明确",
        "明知",
        "全部",
        "全体",
        "安全",
        "有关",
        "和被",
        "和第",
        "终止",
        "张贴",
        "陈述",
        "高度",
        "高于",
        "万元",
        "左侧",
        "从未",
        "平等",
        "严重",
        "习惯",
        "解除",
        "解释",
        "支付",
        "支持",
        "包括",
        "能否",
        "别墅",
        "盛大",
        "古建",
    ]
)
"""What begins like a surname and is none."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text; ``is_sure`` unless it only stands where a name would."""

    text: str
    start: int
    end: int
    is_sure: bool = True


def is_agency(name: str) -> bool:
    """Say by its name whether a party is an administrative agency."""
    bare = re.sub(r"[(（][^)）]*[)）]$", "", name)
    return bool(_AGENCY.match(bare)) and not _NO_AGENCY.search(bare)


def party_kind(name: str) -> PartyKind:
    """Say by its name what a party is."""
    if is_agency(name):
        return PartyKind.AGENCY
    bare = re.sub(r"[(（][^)）]*[)）]$", "", name)
    return PartyKind.PERSON if _PERSON.fullmatch(bare) else PartyKind.ORGANISATION


def is_plausible(name: str) -> bool:
    """Say whether a name looks like one: an agency, a company, or somebody with a usual surname."""
    bare = _SHOWN.sub("", name)
    if is_agency(name) or _ENDS_AS_ORGANISATION.search(name):
        return True
    is_word = bare[:2] in _WORDS
    return bool(_PERSON.fullmatch(bare)) and ("·" in bare or (bare[0] in SURNAMES and not is_word))


class Names:
    """Reads names off a text, knowing the agencies on record."""

    def __init__(self, text: str, known: AgencyRecogniser) -> None:
        self.text, self.known = text, known

    def agency_at(self, place: int) -> Name | None:
        """Return the agency whose name begins at a place; it ends where what it is sued for begins."""
        known = self.known.word_at(self.text, place)
        run = re.compile(r"[\u4e00-\u9fa5]{2,40}").match(self.text, place)
        stop = run.end() if run else place
        ends = [m.end() for m in _NAME_ENDS.finditer(self.text, place, stop)]
        ends = [end for end in ends if end - place >= SHORTEST]
        good = [end for end in ends if self._may_end(end)]
        if known:
            end = place + len(known)
            part = next((e for e in good if e > end and _PART.fullmatch(self.text[end:e])), end)
            return self._with_mark(place, part)
        if re.match(rf"{ACTS}|被告|第三人", self.text[place:]):
            return None
        whole = (end for end in (*good, *reversed(ends)) if not _NO_AGENCY.search(self.text[place:end]))
        found = next(whole, None)
        return None if found is None else self._with_mark(place, found)

    def _may_end(self, end: int) -> bool:
        """Say whether an agency's name may end here: a part of a longer one goes on with another word."""
        after = self.text[end : end + 8]
        return not re.match(r"[\u4e00-\u9fa5]", after) or bool(
            re.match(rf"{ACTS}|[和与及、]|第三人|被告", after)
        )

    def _with_mark(self, start: int, end: int) -> Name:
        mark = re.compile(r"\(示例\)").match(self.text, end)
        end = mark.end() if mark else end
        return Name(self.text[start:end], start, end)

    def agencies_from(self, place: int) -> tuple[list[Name], int]:
        """Return the agencies named one after another from a place, and where that ends."""
        found: list[Name] = []
        while name := self.agency_at(place):
            found.append(name)
            place = self._past_hidden(name.end)
            between = _SEPARATOR.match(self.text, place)
            if between is None:
                break
            after = re.compile(r"(?:共同)?(?:被告|被申请人)[一二三四五]?:?").match(self.text, between.end())
            following = after.end() if after else between.end()
            if self.agency_at(following) is None:
                break
            place = following
        return found, place

    def _past_hidden(self, place: int) -> int:
        while place < len(self.text) and self.text[place] == HIDDEN:
            place += 1
        return place

    def listed(self, start: int, end: int) -> Iterator[Name]:
        """Yield the names of a list between two places; 和 divides names, not the words of one."""
        pieces, place = [], start
        for piece in _CUT.split(self.text[start:end]):
            pieces.append((piece, place))
            place += len(piece)
        if len(pieces) > 2 and not pieces[-1][0] and _SUES.match(self.text, end):  # noqa: PLR2004 - 徐文 和 (end)
            (left, begin), (sign, _), _ = pieces[-3:]
            pieces[-3:] = [(left + sign if sign in _SOFT else left, begin)]
        at = 0
        while at < len(pieces):
            text, begin = pieces[at]
            while at + 2 < len(pieces) and self._belongs(text, pieces[at + 1][0], pieces[at + 2][0]):
                text += pieces[at + 1][0] + pieces[at + 2][0]
                at += 2
            at += 2
            if name := self._clean(text, begin):
                yield name

    def _belongs(self, left: str, sign: str, right: str) -> bool:
        """Say whether a sign between two pieces stands inside one name: 住房 和 城乡建设局."""
        if sign not in _SOFT:
            return False
        left, right = left.strip(), right.strip()
        if is_agency(left) or not left:
            return False
        if _FROM_A_CITY.fullmatch(left) and _ENDS_AS_ORGANISATION.search(right):
            return True
        whole = is_agency(left + sign + right)
        return whole or not (_PERSON.fullmatch(_SHOWN.sub("", left)) or _ENDS_AS_ORGANISATION.search(left))

    def _clean(self, text: str, begin: int) -> Name | None:
        """Return a name without blanks, hidden remarks and 等3人 around it."""
        lead = len(text) - len(text.lstrip(f" \t{HIDDEN}:"))
        name = re.sub(rf"[{HIDDEN}\s].*$", "", text[lead:])
        name = re.sub(r"等(?:[一二三四五六七八九十百\d]+(?:人|户|名|家|个单位)?)?$", "", name)
        if len(name) < 2 or re.search(r"[,。;:\d]{3}", name):  # noqa: PLR2004 - one sign is no name
            return None
        return Name(name, begin + lead, begin + lead + len(name), is_plausible(name))
