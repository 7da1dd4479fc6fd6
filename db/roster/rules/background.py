"""What a lawyer brings along, as the editor holds it: former posts, relatives, offices, contracts, discipline.

Facts are recorded as they are, also those that bar somebody: what follows from them is for ``db.assignment.rules.conflicts``.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date

from db.errors import Problem, Severity
from db.formats.recognise.people import FirmSpell
from db.words.lawyer import CheckResult, DisciplineKind, Leaving, OfficeKind, Rank, Relation, UnitKind

FIRST_CHECK = 1980  # the year in which lawyers began to practise again
LONGEST_TEXT = 200  # signs in one field of a line


@dataclass(frozen=True, slots=True)
class PostDraft:
    """A post held before practising."""

    unit: str = ""
    unit_kind: UnitKind = UnitKind.COURT
    post: str = ""
    rank: Rank | None = None
    from_on: date | None = None
    to_on: date | None = None
    leaving: Leaving | None = None
    area: str = ""


@dataclass(frozen=True, slots=True)
class RelativeDraft:
    """A close relative and where he works."""

    relation: Relation = Relation.SPOUSE
    name: str = ""
    unit: str = ""
    unit_kind: UnitKind = UnitKind.COURT
    post: str = ""


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """A public office held beside the practice."""

    kind: OfficeKind = OfficeKind.DEPUTY
    body: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """A client whom the lawyer, or his firm if ``by_firm``, advises for a term."""

    client: str = ""
    by_firm: bool = False
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class DisciplineDraft:
    """A penalty or disciplinary measure; ``until_on`` is the last day of a 停止执业."""

    kind: DisciplineKind = DisciplineKind.ASSOCIATION
    on_date: date | None = None
    by: str = ""
    content: str = ""
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """The result of one year's 律师年度考核."""

    year: int | None = None
    result: CheckResult = CheckResult.COMPETENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """All that a lawyer brings along; a draft inherits it."""

    former_firms: tuple[FirmSpell, ...] = ()
    posts: tuple[PostDraft, ...] = ()
    relatives: tuple[RelativeDraft, ...] = ()
    offices: tuple[OfficeDraft, ...] = ()
    contracts: tuple[ContractDraft, ...] = ()
    disciplines: tuple[DisciplineDraft, ...] = ()
    checks: tuple[CheckDraft, ...] = ()


def unit_kind_of(name: str) -> UnitKind | None:
    """Return what a unit's full name says of its kind, or ``None`` if it says nothing."""
    name = name.strip()
    if "人民法院" in name or name.endswith(("法院", "法庭")):  # its 执行局 too
        return UnitKind.COURT
    if "人民检察院" in name or name.endswith("检察院"):
        return UnitKind.PROCURATORATE
    if name.endswith(("政府", "局", "厅", "街道办事处")):
        return UnitKind.AGENCY
    return None


def background_problems(draft: Background) -> list[Problem]:
    """Say what is wrong with each line; a problem's field is ``posts.0.unit``: list, line, field."""
    return [
        *_spells(draft.former_firms),
        *_posts(draft.posts),
        *_relatives(draft.relatives),
        *_offices(draft.offices),
        *_contracts(draft.contracts),
        *_disciplines(draft.disciplines),
        *_checks(draft.checks),
        *_lengths(draft),
    ]


def _spells(spells: Sequence[FirmSpell]) -> Iterator[Problem]:
    for at, spell in enumerate(spells):
        if not spell.firm.strip():
            yield Problem(f"former_firms.{at}.firm", "请填写原执业律所的全称，或删去这一行。")
        if spell.to_on is None:
            yield Problem(f"former_firms.{at}.to_on", "请填写离开该所的日期。")
        yield from _order(f"former_firms.{at}", spell.from_on, spell.to_on)


def _posts(posts: Sequence[PostDraft]) -> Iterator[Problem]:
    for at, post in enumerate(posts):
        if not post.unit.strip():
            yield Problem(f"posts.{at}.unit", "请填写原任职单位，或删去这一行。")
        if post.to_on is None and post.unit_kind in {UnitKind.COURT, UnitKind.PROCURATORATE}:
            text = "没有填写离任日期，分派时无法核对离任两年的限制（律师法第四十一条）。"
            yield Problem(f"posts.{at}.to_on", text, Severity.WARNING)
        if post.leaving is Leaving.EXPELLED and post.unit_kind in {UnitKind.COURT, UnitKind.PROCURATORATE}:
            text = "被开除的法官、检察官不得担任诉讼代理人（法官法第三十六条、检察官法第三十七条），分派时将回避。"
            yield Problem(f"posts.{at}.leaving", text, Severity.WARNING)
        yield from _order(f"posts.{at}", post.from_on, post.to_on)


def _relatives(relatives: Sequence[RelativeDraft]) -> Iterator[Problem]:
    for at, relative in enumerate(relatives):
        if not relative.unit.strip() and not relative.name.strip():
            yield Problem(f"relatives.{at}.unit", "请填写近亲属的姓名或任职单位，或删去这一行。")


def _offices(offices: Sequence[OfficeDraft]) -> Iterator[Problem]:
    for at, office in enumerate(offices):
        if office.kind is OfficeKind.OFFICIAL and office.to_on is None:
            text = "公务员不得兼任执业律师（律师法第十一条），分派时将回避。请核对，已离任的请填写止期。"
            yield Problem(f"offices.{at}.kind", text, Severity.WARNING)
        if office.kind is OfficeKind.STANDING_COMMITTEE and office.to_on is None:
            text = "人大常委会组成人员任职期间不得从事诉讼代理（律师法第十一条），分派时将回避。"
            yield Problem(f"offices.{at}.kind", text, Severity.WARNING)
        yield from _order(f"offices.{at}", office.from_on, office.to_on)


def _contracts(contracts: Sequence[ContractDraft]) -> Iterator[Problem]:
    for at, contract in enumerate(contracts):
        if not contract.client.strip():
            yield Problem(f"contracts.{at}.client", "请填写顾问单位的全称，或删去这一行。")
        yield from _order(f"contracts.{at}", contract.from_on, contract.to_on)


def _disciplines(disciplines: Sequence[DisciplineDraft]) -> Iterator[Problem]:
    for at, discipline in enumerate(disciplines):
        if not discipline.content.strip():
            yield Problem(f"disciplines.{at}.content", "请写明处罚或处分的内容，或删去这一行。")
        if discipline.on_date is None:
            yield Problem(f"disciplines.{at}.on_date", "没有填写日期，请补上。", Severity.WARNING)


def _checks(checks: Sequence[CheckDraft]) -> Iterator[Problem]:
    years = Counter(check.year for check in checks)
    for at, check in enumerate(checks):
        if check.year is None or not FIRST_CHECK <= check.year <= date.max.year:
            yield Problem(f"checks.{at}.year", "考核年度应为四位年份，如 2025。")
        elif years[check.year] > 1:
            yield Problem(
                f"checks.{at}.year", f"{check.year} 年度填写了 {years[check.year]} 次，请只留一行。"
            )


def _lengths(draft: Background) -> Iterator[Problem]:
    for held in fields(Background):
        for at, line in enumerate(getattr(draft, held.name)):
            for part in fields(line):
                length = len(text) if isinstance(text := getattr(line, part.name), str) else 0
                if length > LONGEST_TEXT:
                    yield Problem(
                        f"{held.name}.{at}.{part.name}", f"最多 {LONGEST_TEXT} 个字，现为 {length} 个。"
                    )


def _order(line: str, from_on: date | None, to_on: date | None) -> Iterator[Problem]:
    if from_on and to_on and to_on < from_on:
        yield Problem(f"{line}.to_on", f"应不早于起始日期 {from_on}，现为 {to_on}。")
