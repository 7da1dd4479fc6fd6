"""Fonts: tables are set in the one shipped with us; letters and certificates in 公文 fonts where the PC has them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "resources" / "fonts"
FAMILY = "Advisor Serif SC"
MISSING = "〓"  # the customary mark for a character that could not be set

# GB/T 9704-2012 asks for these; the first name is how Word knows them, the rest are the same face elsewhere.
ROLES = {
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋_GBK"),
    "body": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti"),
    "hei": ("黑体", "SimHei", "Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei"),
}
NAMES = {"title": "小标宋", "body": "仿宋", "kai": "楷体", "hei": "黑体"}


LIKE_OURS = ("song", "sun", "宋", "serif", "ming", "明")
"""What the name of a font says whose characters look at home among ours."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file of this PC, and which of the fonts in it."""

    family: str
    path: str
    index: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The fonts for each role in order of preference, ending in the shipped one, and what to say about it.

    ``replaced`` are the roles that only the shipped font can serve; a template sets 小标宋 and 黑体 in bold then.
    """

    families: dict[str, list[str]]
    replaced: tuple[str, ...]
    note: str = ""


def choose(installed: Iterable[str], *, roles: Iterable[str] = tuple(ROLES)) -> Choice:
    """Return the fonts for 公文 among those ``installed`` on this PC."""
    known = {name.casefold(): name for name in installed}
    families, replaced = {}, []
    for role, names in ROLES.items():
        found = [known[name.casefold()] for name in names if name.casefold() in known]
        families[role] = [*found[:1], FAMILY]
        if not found and role in roles:
            replaced.append(role)
    listed = "、".join(NAMES[role] for role in replaced)
    note = f"本机未装{listed}字体，改用随程序附带的宋体。装上公文字体后版面更合规范。" if replaced else ""
    return Choice(families, tuple(replaced), note)


@lru_cache(maxsize=1)
def installed() -> tuple[str, ...]:
    """Return the names of the font families on this PC; looked up once, for it takes a while."""
    from typst import Fonts  # noqa: PLC0415 - loaded when something is printed

    return tuple(Fonts(include_embedded_fonts=False, font_paths=[str(SHIPPED)]).families())


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """Return the fonts of this PC, those that look like ours first; looked up once, for it takes a while."""
    from typst import Fonts  # noqa: PLC0415 - loaded when something is printed

    found = (
        Face(one.family, str(one.path), one.index) for one in Fonts(include_embedded_fonts=False).fonts()
    )
    return tuple(
        sorted(set(found), key=lambda face: (not _is_like_ours(face.family), face.family, face.path))
    )


def _is_like_ours(family: str) -> bool:
    return any(word in family.casefold() for word in LIKE_OURS)


def unprintable(text: str) -> str:
    """Return the characters of ``text`` that the shipped fonts have no glyph for, in order, each once.

    What is never seen, such as a zero-width space from a web page, needs none.
    """
    known = _covered()
    return "".join(dict.fromkeys(c for c in text if ord(c) not in known and not _is_unseen(c)))


def borrowed(characters: str, among: Iterable[Face]) -> dict[str, str]:
    """Return for each of these characters the family of a font on this PC that has it; others are left out.

    Characters for private use are never borrowed: every font means something else by them.
    """
    wanted = {c for c in characters if unicodedata.category(c) not in {"Co", "Cc", "Cs"}}
    found: dict[str, str] = {}
    for face in among:
        if not wanted:
            break
        if "lastresort" in face.family.casefold().replace(" ", ""):  # draws a box for everything
            continue
        here = {c for c in wanted if ord(c) in _characters(face)}
        found |= dict.fromkeys(here, face.family)
        wanted -= here
    return {c: found[c] for c in characters if c in found}


def _is_unseen(character: str) -> bool:
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return character.isspace() or is_selector or unicodedata.category(character) == "Cf"


@lru_cache(maxsize=256)
def _characters(face: Face) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - heavy, and needed only for a rare character

    try:
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError):  # a font that this PC cannot read lends nothing
        return frozenset()


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - heavy, and needed only when something is printed

    with TTFont(SHIPPED / "AdvisorSerifSC-Regular.otf", lazy=True) as font:
        return frozenset(font.getBestCmap())
