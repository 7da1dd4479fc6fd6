"""What an agency is called besides its two names, made by rule: 区人社局, 柯城区住建局, 资规分局, 花园街道办.

The rules know how the words of such names are shortened and how place and body are put together, not any one
district: a name is taken apart into its place and its body, and each is said in every usual way.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

WORDS: dict[str, tuple[str, ...]] = {
    "人力资源": ("人力资源", "人力", "人"),
    "社会保障": ("社会保障", "社保", "社"),
    "住房": ("住房", "住"),
    "城乡建设": ("城乡建设", "城建", "建设", "建"),
    "城市建设": ("城市建设", "城建", "建"),
    "发展": ("发展", "发"),
    "改革": ("改革", "改"),
    "经济": ("经济", "经"),
    "信息化": ("信息化", "信"),
    "商务": ("商务", "商"),
    "科学": ("科学", "科"),
    "技术": ("技术", "技"),
    "教育": ("教育", "教"),
    "体育": ("体育", "体"),
    "文化": ("文化", "文"),
    "广播电视": ("广播电视", "广电", "广"),
    "广电": ("广电", "广"),
    "新闻出版": ("新闻出版", "新"),
    "旅游": ("旅游", "旅"),
    "卫生": ("卫生", "卫"),
    "健康": ("健康", "健"),
    "计划生育": ("计划生育", "计生", "计"),
    "医疗": ("医疗", "医"),
    "保障": ("保障", "保"),
    "市场": ("市场", "市"),
    "监督管理": ("监督管理", "监管", "监"),
    "综合": ("综合", "综"),
    "行政执法": ("行政执法", "执法", "执"),
    "城市管理": ("城市管理", "城管"),
    "自然资源": ("自然资源", "资源", "资", "自"),
    "国土资源": ("国土资源", "国土"),
    "规划": ("规划", "规"),
    "林业": ("林业", "林"),
    "水利": ("水利", "水"),
    "生态环境": ("生态环境", "环境", "生态"),
    "环境保护": ("环境保护", "环保"),
    "农业": ("农业", "农"),
    "农村": ("农村", "农"),
    "畜牧": ("畜牧", "牧"),
    "交通": ("交通", "交"),
    "运输": ("运输", "运", ""),
    "应急": ("应急",),
    "安全生产": ("安全生产", "安"),
    "管理": ("管理", ""),
    "事务": ("事务", ""),
    "退役军人": ("退役军人", "退役"),
    "民族": ("民族", "民"),
    "宗教": ("宗教", "宗"),
    "消防": ("消防",),
    "救援": ("救援", ""),
    "粮食": ("粮食", "粮"),
    "物资": ("物资",),
    "储备": ("储备", "储"),
    "国有资产": ("国有资产", "国资"),
    "人民防空": ("人民防空", "人防"),
    "机关": ("机关",),
    "政务": ("政务",),
    "数据": ("数据", "数"),
    "服务": ("服务", ""),
    "纪律检查": ("纪律检查", "纪"),
    "残疾人": ("残疾人", "残"),
    "妇女": ("妇女", "妇"),
    "工商业": ("工商业", "工商"),
    "质量技术": ("质量技术", "质"),
    "食品药品": ("食品药品", "食药"),
    "税务": ("税务", "税"),
    "经营": ("经营",),
    "投资": ("投资", "投"),
    "促进": ("促进", "促"),
}
"""How the words of agencies' names are shortened; an empty form may be left out without changing who is meant."""

BODIES: dict[str, tuple[str, ...]] = {
    "管理委员会": ("管理委员会", "管委会"),
    "委员会": ("委员会", "委"),
    "联合会": ("联合会", "联"),
    "办公室": ("办公室", "办"),
    "局": ("局",),
    "大队": ("大队",),
    "支队": ("支队",),
    "中心": ("中心",),
    "厅": ("厅",),
    "部": ("部",),
    "处": ("处",),
    "院": ("院",),
    "委": ("委", "委员会"),
    "办": ("办", "办公室"),
}
"""The last words of agencies' names and how they are shortened."""

FORMER: dict[str, tuple[str, ...]] = {
    "综合行政执法": ("城市管理", "城管"),
    "生态环境": ("环境保护", "环保"),
    "自然资源": ("国土资源", "国土"),
    "市场监督管理": ("工商行政管理", "工商", "食品药品监督管理", "食药监", "质量技术监督", "质监"),
    "卫生健康": ("卫生和计划生育", "卫计", "卫生计生"),
    "人力资源和社会保障": ("劳动和社会保障", "劳动", "人事劳动社会保障"),
    "住房和城乡建设": ("规划建设", "住房保障"),
    "发展和改革": ("发展计划", "物价"),
}
"""What went before (机构改革), as people go on saying: never certain, since the work was not taken over alike everywhere."""

_REMARK = re.compile(r"[((](?:示例|盖章|公章|印章)[))]$")
_PLATE = re.compile(r"(?<=.)\([^()]*\)$")
_LEAD = re.compile(r"^(?:中国共产党|中共|国家税务总局|中华人民共和国)")
_PROVINCE = re.compile(r"^\w{2,3}省|^(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区")
_NO_PLACE = r"(?<!城市)(?<!社区)(?<!园区)(?<!景区)(?<!市区)(?<!小区)(?<!辖区)(?<!发区)(?<!新城区)"
_PLACE = re.compile(
    rf"(?P<city>[^区县局委部办]{{1,7}}?(?:市|自治州|地区|盟){_NO_PLACE})?"
    rf"(?P<county>[^局委部院厅办府队]{{1,9}}?(?:自治县|[区县旗市]){_NO_PLACE})?(?P<rest>\w{{2,}})"
)
_BRANCH = re.compile(
    r"(?P<city>\w{1,7}?(?:市|自治州|地区|盟))(?P<core>\w{2,}?)局(?P<stem>\w{1,6}?)(?P<rank>[区县旗市]?)分局"
)
_STREET = re.compile(r"(?:人民政府)?(?P<own>\w{1,8}?街道)办事处")
_TOWN = re.compile(r"(?P<own>\w{1,10}?[镇乡])人民政府")
_BODY = re.compile(rf"(?P<core>\w+?)(?P<body>{'|'.join(BODIES)})$")
_SHORTER = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
_JOINING = re.compile("[和与及、]")
_GOVERNMENT = "人民政府"
LONGEST_SHORT = 8  # characters of what clerks cut a name to
SHORTEST = 2  # characters of a core; one means anybody


@dataclass(frozen=True, slots=True)
class District:
    """What the names of a record tell of its places: what its counties are (柯城: 区), and how the usual one is said."""

    ranks: Mapping[str, str]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a name is made of: the ways to say its place, its core in full, the ways to say its last word.

    A 街道, 乡镇 or government has no shape: it is called by its own names only.
    """

    places: tuple[str, ...]
    core: str
    bodies: tuple[str, ...]


def bare(name: str) -> str:
    """Return a name without blanks and without （示例） or （盖章） behind it, in half width."""
    return _REMARK.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", name)))


def without_province(name: str) -> str:
    """Return a name without the province before it."""
    return _PROVINCE.sub("", name, count=1)


def district_of(names: Iterable[str]) -> District:
    """Return what the full names of a record tell of its places."""
    found: Counter[tuple[str, str]] = Counter()
    for name in names:
        match = _PLACE.fullmatch(_headless(name))
        if match and (match["city"] or match["county"]):
            found[match["city"] or "", match["county"] or ""] += 1
    ranks = {county[:-1]: county[-1] for _, county in found if county}
    return District(ranks, _places(*found.most_common(1)[0][0]) if found else ())


def called(name: str, short_name: str, district: District) -> dict[str, bool]:
    """Return by what else than its two names an agency is called, and whether that says which one is meant.

    A name without its place (教育局, 资规分局) does not; the name of a 街道, 镇 or 乡 is a place itself.
    """
    head = _headless(name)
    if match := _BRANCH.fullmatch(head):
        return _branch(match, district.ranks)
    places, rest = _taken_apart(head, district)
    found: dict[str, bool] = {}
    bodies, is_own = _bodies(rest, _short_body(short_name, places))
    for body in bodies:
        found |= {place + body: True for place in places}
        if not rest.startswith(_GOVERNMENT) or is_own:
            found.setdefault(body, is_own)
    return {word: sure for word, sure in found.items() if len(word) > 2}  # noqa: PLR2004 - 区府 is no name


def short_words(name: str, short_name: str) -> tuple[str, ...]:
    """Return what clerks cut an agency's name to, as they type it in a picker: 区人社局, 区人力社保局; the full forms aside."""
    district = district_of([name])
    longer = [place for place in district.places if len(place) > 1]
    found = (word for word, is_sure in called(name, short_name, district).items() if is_sure)
    return tuple(word for word in found if len(word) <= LONGEST_SHORT and not word.startswith(tuple(longer)))


def shape(name: str, district: District) -> Shape | None:
    """Return what a name is made of, to compare with what leaves out more of it than the rules foresee."""
    head = _headless(name)
    if match := _BRANCH.fullmatch(head):
        rank = match["rank"] or district.ranks.get(match["stem"], "区")
        return Shape(_places("", match["stem"] + rank), match["core"], ("分局", "局"))
    places, rest = _taken_apart(head, district)
    body = _BODY.fullmatch(rest)
    if body is None or rest.startswith(_GOVERNMENT) or _STREET.fullmatch(rest) or _TOWN.fullmatch(rest):
        return None
    return Shape(places, body["core"], BODIES[body["body"]])


def fits(word: str, made: Shape) -> bool:
    """Say whether a word leaves out parts of a name and nothing else, or names what went before it.

    区文旅局 fits 区文化和广电旅游体育局, 区环保局 fits 区生态环境局.
    """
    rest = word.removeprefix(next((place for place in made.places if word.startswith(place)), ""))
    body = next((body for body in made.bodies if rest.endswith(body)), "")
    core = rest.removesuffix(body)
    if not body or len(core) < SHORTEST:
        return False
    if any(now in made.core and core in before for now, before in FORMER.items()):
        return True
    left = iter(made.core)
    return core in made.core or (core[0] == made.core[0] and all(sign in left for sign in core))


def shortened(core: str) -> tuple[str, ...]:
    """Return the usual ways to say the core of a name: 人力资源和社会保障 is 人社, 人力社保 and so on."""
    words = [word for part in _JOINING.split(core) for word in _words(part)]
    whole = [core, "".join(words)]
    short = ["".join(forms) for forms in product(*(WORDS.get(word, (word,)) for word in words))]
    return tuple(dict.fromkeys(form for form in (*whole, *short) if form))


def _headless(name: str) -> str:
    return without_province(_LEAD.sub("", _PLATE.sub("", bare(name)), count=1))


def _taken_apart(head: str, district: District) -> tuple[tuple[str, ...], str]:
    """Return the ways to say a name's place, and what follows it; a name without a place is of the usual one."""
    match = _PLACE.fullmatch(head)
    if match and (match["city"] or match["county"]):
        return _places(match["city"] or "", match["county"] or ""), match["rest"]
    place = next((p for p in district.places if head.startswith(p) and len(head) > len(p) + 1), "")
    return district.places, head.removeprefix(place)


def _words(part: str) -> Iterator[str]:
    place = 0
    for match in _SHORTER.finditer(part):
        if match.start() > place:
            yield part[place : match.start()]
        yield match[0]
        place = match.end()
    if place < len(part):
        yield part[place:]


def _places(city: str, county: str) -> tuple[str, ...]:
    """Return the ways to say a place, the longest first: 衢州市柯城区, 衢州柯城区, 柯城区, 柯城, 区."""
    lowest = county or city
    stem, rank = lowest[:-1], lowest[-1]
    found = [lowest, rank]
    if len(stem) > 1:
        found.append(stem)
    if city and county:
        found += [city + county, city[:-1] + county, *([city + stem] if len(stem) > 1 else [])]
    return tuple(sorted(set(found), key=len, reverse=True))


def _short_body(short_name: str, places: Iterable[str]) -> str:
    """Return the office's short name without its place: 区人力社保局 gives 人力社保局."""
    word = bare(short_name)
    place = next((place for place in places if word.startswith(place) and len(word) > len(place) + 2), "")
    return word.removeprefix(place) if place and _BODY.fullmatch(word.removeprefix(place)) else ""


def _bodies(rest: str, short: str) -> tuple[list[str], bool]:
    """Return the ways to say what follows the place, and whether that is the name of a place itself."""
    if rest == _GOVERNMENT:
        return [rest, "政府"], False
    if rest in {"人民政府办公室", "政府办公室"}:
        return [a + b for a in (_GOVERNMENT, "政府", "府") for b in ("办公室", "办")], False
    if match := _STREET.fullmatch(rest):
        own = [match["own"] + end for end in ("办事处", "办", "")]
        own.append(match["own"].removesuffix("街道") + "街办")
        return [over + word for over in ("", _GOVERNMENT, "政府") for word in own], True
    if match := _TOWN.fullmatch(rest):
        return [match["own"] + end for end in (_GOVERNMENT, "政府", "")], True
    body = _BODY.fullmatch(rest)
    if body is None:
        return [rest], False
    made = [
        core + end
        for core in shortened(body["core"])
        for end in BODIES[body["body"]]
        if len(core) > 1 or end in {"委", "联"}  # 纪委, 残联; but nobody says 教局
    ]
    return [*made, *([short] if short else [])], False


def _branch(match: "re.Match[str]", ranks: Mapping[str, str]) -> dict[str, bool]:
    """Return what a branch of a bureau of the city is called: 公安柯城分局, 柯城公安分局, 市公安局柯城分局."""
    city, stem = match["city"], match["stem"]
    rank = match["rank"] or ranks.get(stem, "")
    here = [stem, *([stem + rank] if rank else [])]
    found: dict[str, bool] = {}
    for core in shortened(match["core"]):
        for place in here:
            for above in (city, city[:-1], city[-1], ""):
                found |= {f"{above}{core}局{place}分局": True, f"{above}{core}{place}分局": True}
            for above in (city, city[:-1], ""):
                found[f"{above}{place}{core}分局"] = True
            found[f"{place}{core}局"] = False
        if rank:
            found |= {f"{rank}{core}分局": True, f"{rank}{core}局": False}
        found[f"{core}分局"] = False
    return found
