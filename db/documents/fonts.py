"""Fonts: tables are set in the one shipped with us; letters and certificates in 公文 fonts where the PC has them."""

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


def unprintable(text: str) -> str:
    """Return the characters of ``text`` that the shipped fonts have no glyph for, in order, each once."""
    known = _covered()
    return "".join(dict.fromkeys(c for c in text if ord(c) not in known and not c.isspace()))


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - heavy, and needed only when something is printed

    with TTFont(SHIPPED / "AdvisorSerifSC-Regular.otf", lazy=True) as font:
        return frozenset(font.getBestCmap())
