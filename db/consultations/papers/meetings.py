"""What all papers of a consultation say alike: when and where, which cases, who is meant, boxes to tick."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.consultations.queries.detail import ConsultationDetail, MemberLine
from db.documents.model import Place, day_text
from db.words.consultation import MemberKind

NOTICE = "会商通知"
UNIT_NOTICE = "会商通知（单位）"
SIGN_IN = "会商签到表"
OPINION_SHEET = "研判意见表"
MINUTES = "会商纪要"

NUMERALS = "一二三四五六七八九十"
NO_CASE = "暂无关联的诉讼案件"


@dataclass(frozen=True, slots=True)
class Bureau:
    """Who holds the consultation, as papers name it; ``mark`` says that a paper is a sample."""

    name: str
    contact: str = ""
    phone: str = ""
    mark: str = ""


def typed_in(detail: ConsultationDetail) -> tuple[Place, ...]:
    """Return where the facts of its papers are typed."""
    return (Place("consultation", detail.row.key, detail.row.number or "会商"),)


def numeral(number: int) -> str:
    """Return a number from 1 to 99 as headings write it: 一, 十二, 二十."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones - 1]
    return (NUMERALS[tens - 1] if tens > 1 else "") + "十" + (NUMERALS[ones - 1] if ones else "")


def matter_of(detail: ConsultationDetail) -> str:
    """Return the topic without the word that every consultation ends with: 石梁镇土地征收补偿系列案."""
    return detail.row.topic.strip().removesuffix("研判").removesuffix("会商") or detail.row.topic


def time_of(detail: ConsultationDetail) -> str:
    """Return when it is held: 2026年11月20日14:30至16:10, or nothing while the day is open."""
    row = detail.row
    if row.held_on is None:
        return ""
    times = "至".join(time for time in (row.at_time, row.until_time) if time)
    return f"{day_text(row.held_on)}{times}"


def case_lines(detail: ConsultationDetail) -> list[str]:
    """Return a line for each case: the parties, the cause and the number."""
    return [
        f"{case.parties}{f'（{case.cause}）' if case.cause else ''}"
        + (f"，{case.number}" if case.number else "")
        + (f"，{case.court}" if case.court else "")
        for case in detail.cases
    ]


def numbered(lines: Sequence[str]) -> list[str]:
    """Return lines with their numbers, a single one without."""
    given = [line.strip() for line in lines]
    return given if len(given) == 1 else [f"{at}. {line}" for at, line in enumerate(given, start=1)]


def named_by_unit(members: Iterable[MemberLine]) -> tuple[str, ...]:
    """Return units and names as pieces to be set one after another: 甲律师事务所 汪晓棠、方以宁；乙局 林一苇."""
    units: dict[str, list[str]] = {}
    for member in members:
        units.setdefault(member.unit, []).append(member.name)
    pieces: list[str] = []
    for unit, names in units.items():
        pieces += ["；"] if pieces else []
        pieces += [unit, "　"] if unit else []
        for at, name in enumerate(names):
            pieces += ["、", name] if at else [name]
    return tuple(pieces)


def addressed(member: MemberLine) -> str:
    """Return a member as letters address him: 示例双港律师事务所汪晓棠律师."""
    title = "律师" if member.kind is MemberKind.ADVISER else member.post or "同志"
    return f"{member.unit}{member.name}{title}"


def boxes(kinds: Iterable[StrEnum], ticked: StrEnum | None) -> str:
    """Return the words to choose from, the chosen one ticked: ■ 同意　□ 保留　□ 不同意."""
    return "　".join(f"{'■' if kind is ticked else '□'} {kind.value}" for kind in kinds)


def text_lines(text: str) -> list[str]:
    """Return the lines of a long text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def date_or_blank(day: date | None) -> str:
    """Return a date, or room to write one by hand."""
    return day_text(day) if day else "　　　　年　　月　　日"
