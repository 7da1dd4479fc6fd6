"""Pinyin of names, for finding and ordering. Keys are stored when a name is written: reading needs none of this.

pypinyin is imported when first used, since it costs a quarter of a second.
"""

from functools import lru_cache

from db.formats.text import fold

SURNAMES = {
    "单": "shan4", "仇": "qiu2", "解": "xie4", "区": "ou1", "查": "zha1", "盖": "ge3", "曾": "zeng1",
    "任": "ren2", "朴": "piao2", "翟": "zhai2", "乐": "yue4", "缪": "miao4", "覃": "qin2", "华": "hua4",
    "纪": "ji3", "员": "yun4", "种": "chong2", "折": "she2", "召": "shao4", "车": "che1", "隗": "wei3",
    "祭": "zhai4", "繁": "po2", "燕": "yan1", "应": "ying1", "宁": "ning4", "葛": "ge3", "谌": "chen2",
    "牟": "mou2", "逄": "pang2", "黑": "he4", "秘": "bi4", "洗": "xian3", "那": "na1", "於": "yu1",
    "阚": "kan4", "晁": "chao2", "郗": "xi1", "冼": "xian3", "尹": "yin3", "石": "shi2", "俞": "yu2",
    "哈": "ha3", "撒": "sa4", "佴": "nai4", "郇": "xun2", "句": "gou1", "臧": "zang1", "重": "chong2",
    "都": "du1", "尉": "wei4", "行": "xing2", "柏": "bai3", "贾": "jia3", "六": "lu4", "不": "fou1",
}  # fmt: skip
"""Surnames whose reading differs from the usual one of the character, or is often misread."""

COMPOUND_SURNAMES = {
    "尉迟": ("yu4", "chi2"), "万俟": ("mo4", "qi2"), "长孙": ("zhang3", "sun1"), "令狐": ("ling2", "hu2"),
    "澹台": ("tan2", "tai2"), "单于": ("chan2", "yu2"), "欧阳": ("ou1", "yang2"), "司马": ("si1", "ma3"),
    "上官": ("shang4", "guan1"), "诸葛": ("zhu1", "ge3"), "夏侯": ("xia4", "hou2"), "皇甫": ("huang2", "fu3"),
    "慕容": ("mu4", "rong2"), "宇文": ("yu3", "wen2"), "司徒": ("si1", "tu2"), "轩辕": ("xuan1", "yuan2"),
}  # fmt: skip

ALSO = {"覃": "tan2", "牟": "mu4", "谌": "shen4", "隗": "kui2", "乐": "le4", "葛": "ge2", "尉": "yu4"}
"""Surnames that families read in two ways; both are found, the one in ``SURNAMES`` orders."""


def full(name: str, *, person: bool = False) -> str:
    """Return the whole name in letters: 汪晓棠 as wangxiaotang."""
    return "".join(s.rstrip("12345") for s in _syllables(name, person=person))


def initials(name: str, *, person: bool = False) -> str:
    """Return the first letter of each syllable: 汪晓棠 as wxt."""
    return "".join(s[0] for s in _syllables(name, person=person) if s)


def sort_key(name: str, *, person: bool = False) -> str:
    """Return a key that orders names as a Chinese dictionary does: by syllable, tone, then character."""
    return f"{' '.join(_syllables(name, person=person))} {name}"[:200]


def search_keys(name: str, *, person: bool = False) -> frozenset[str]:
    """Return every key under which a name is found: itself folded, pinyin, initials, other readings."""
    keys = {fold(name)}
    for syllables in _readings(name, person=person):
        keys.add("".join(s.rstrip("12345") for s in syllables))
        keys.add("".join(s[0] for s in syllables if s))
    return frozenset(key for key in keys if key)


def _readings(name: str, *, person: bool) -> set[tuple[str, ...]]:
    right = _syllables(name, person=person)
    readings = {right}
    if person:
        readings.add(_syllables(name, person=False))
        if name and (also := ALSO.get(name[0])):
            readings.add((also, *right[1:]))
    return readings


@lru_cache(maxsize=4096)
def _syllables(name: str, *, person: bool) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - see the module's docstring

    folded = fold(name)
    if not folded:
        return ()
    found = lazy_pinyin(folded, style=Style.TONE3, neutral_tone_with_five=True, errors=list)  # type: ignore[arg-type] # the stub knows str alone; a list keeps rare characters apart
    if person and folded[:2] in COMPOUND_SURNAMES:
        return (*COMPOUND_SURNAMES[folded[:2]], *found[2:])
    if person and folded[0] in SURNAMES:
        return (SURNAMES[folded[0]], *found[1:])
    return tuple(found)
