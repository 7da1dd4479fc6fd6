"""Which fonts a paper is set in: those offices use where this PC has them, else the ones shipped with us."""

import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "resources" / "fonts"
SHIPPED_FAMILY = "Advisor Serif SC"
MISSING = "〓"  # the customary mark for a character that could not be set


@dataclass(frozen=True, slots=True)
class Faces:
    """Font families in order of preference, and the files that typst is to search beside the shipped ones."""

    families: tuple[str, ...]
    folders: tuple[Path, ...]
    note: str


def table_faces() -> Faces:
    """Return the fonts of a report of tables: 宋体 where the PC has it, else the shipped serif."""
    has_song = any((folder / "simsun.ttc").is_file() for folder in system_folders())
    if has_song:
        return Faces(("SimSun", SHIPPED_FAMILY), system_folders(), "")
    return Faces((SHIPPED_FAMILY,), (), "本机未装宋体，报表用随程序附带的宋体类字体排印。")


def system_folders() -> tuple[Path, ...]:
    """Return where this system keeps the office fonts that matter to us."""
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",)
    return tuple(p for p in (Path("/usr/share/fonts/zh_CN"), Path("/usr/share/fonts/win")) if p.is_dir())


def unprintable(text: str) -> str:
    """Return the characters of ``text`` that the shipped fonts have no glyph for, in order, each once."""
    known = _covered()
    return "".join(dict.fromkeys(c for c in text if ord(c) not in known and not c.isspace()))


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - heavy, and needed only when something is printed

    with TTFont(SHIPPED / "AdvisorSerifSC-Regular.otf", lazy=True) as font:
        return frozenset(font.getBestCmap())
