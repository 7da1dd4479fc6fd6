"""公职律师（法律顾问）配备情况统计表: every agency of a day, how it is covered, summed up by kind and by 行政执法权.

The rates stand apart, each with numerator, denominator and definition, since reports count 覆盖 in several ways
(domain notes, 公职律师 如何统计) and 有效覆盖 is the office's own measure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.coverage.queries.coverage import load_coverage
from db.coverage.rules.coverage import AgencyCoverage, Counsel, District, FigureKey, FigureSet
from db.documents.model import (
    Align,
    Column,
    CrossCheck,
    Document,
    Group,
    Kind,
    Subset,
    Table,
    Value,
    day_text,
    share,
    table_report,
)
from db.documents.parameters import Parameters
from db.formats.figures import Figure
from db.formats.numbers import mask_licence
from db.formats.rates import percent
from db.models.public_lawyer import AgencyContract, PublicLawyer
from db.office.queries.settings import load_settings
from db.words.agency import Mode

STAFFING = "公职律师配备情况统计表"
_TITLE = "公职律师（法律顾问）配备情况统计表"

MODES = {
    Mode.OWN: "本单位",
    Mode.INTERNAL: "内部顾问代行",
    Mode.SHARED: "统筹共享",
    Mode.EXTERNAL: "外聘",
    None: "无",
}
"""How an agency is covered, as the statistics name it."""

HAS, HAS_NOT = "有", "无"
YES, NO = "是", "否"
_C = Align.CENTRE

_COLUMNS = (
    Column("序号", Kind.NUMBER, 2.9),
    Column("单位", weight=19.2),
    Column("类型", weight=7.2, align=_C),
    Column("行政\n执法权", weight=4.6, align=_C),
    Column("工作\n人员", Kind.NUMBER, 4, total=True),
    Column("法律\n职业\n资格", Kind.NUMBER, 3.6, total=True),
    Column("人数", Kind.NUMBER, 3.4, group="公职律师", total=True),
    Column("姓名", weight=9.2, align=_C, group="公职律师"),
    Column("证号", Kind.ID, 12, group="公职律师"),
    Column("配备方式", weight=6.6, align=_C),
    Column("合同编号", Kind.ID, 8.4, group="法律顾问"),
    Column("受聘机构、人员", weight=9.6, group="法律顾问"),
    Column("期限", weight=7.4, align=_C, group="法律顾问"),
    Column("近12月\n履职", Kind.NUMBER, 5, total=True),
    Column("工作\n覆盖", weight=3.4, align=_C, counts=YES),
    Column("有形\n覆盖", weight=3.4, align=_C, counts=YES),
    Column("有效\n覆盖", weight=3.4, align=_C, counts=YES),
)
_RATES = (
    Column("范围", weight=12),
    Column("单位", Kind.NUMBER, 5, total=True),
    Column("公职律师\n（人）", Kind.NUMBER, 6, total=True),
    Column("应配备", Kind.NUMBER, 5, group="配备", total=True),
    Column("已配备", Kind.NUMBER, 5, group="配备", total=True),
    Column("配备率", Kind.PERCENT, 6, group="配备", ratio=("已配备", "应配备")),
    *(
        column
        for name in ("工作覆盖", "有形覆盖", "有效覆盖")
        for column in (
            Column(f"{name}数", Kind.NUMBER, 6, group=name, total=True),
            Column(f"{name}率", Kind.PERCENT, 6.5, group=name, ratio=(f"{name}数", "单位")),
        )
    ),
    Column("近12月\n履职", Kind.NUMBER, 6, total=True),
)
_EMPLOYED, _SERVICES = 6, 13  # where the sums stand that must agree with the page


@dataclass(frozen=True, slots=True)
class _Papers:
    """The numbers on the papers behind the people of the day, by key."""

    licences: Mapping[int, str]
    contracts: Mapping[int, tuple[str, date]]  # number, first day


def staffing_report(session: Session, wanted: Parameters) -> Document:
    """The table of every agency of the day; 证号 are masked unless asked otherwise, and the paper then says 内部资料."""
    settings = load_settings(session)
    district = load_coverage(session, wanted.today).on(wanted.day)
    papers = _papers(session, district)
    kinds = [s.scope for s in district.figures.kinds]
    rows = [row for kind in kinds for row in district.rows if row.kind.value == kind]
    lines = [_line(number, row, papers, wanted) for number, row in enumerate(rows, start=1)]
    counts = {kind: sum(row.kind.value == kind for row in rows) for kind in kinds}
    table = Table(
        _COLUMNS,
        lines,
        notes=_notes(district),
        groups=tuple(Group(f"{kind}小计（{counts[kind]} 个）", counts[kind]) for kind in kinds),
        subsets=(
            Subset(
                f"其中：具有行政执法权（{len(district.figures.enforcement.agencies)} 个）",
                "行政\n执法权",
                HAS,
            ),
        ),
    )
    rates = _rates(district)
    return table_report(
        _TITLE,
        (
            f"填报单位：{settings.stamp()}",
            f"截至：{day_text(wanted.day)}",
            "内部资料" if wanted.unmasked else f"共 {len(rows)} 个单位",
        ),
        (table, rates),
        (
            ("单位负责人", ""),
            ("审核人", wanted.reviewer),
            ("制表人", wanted.maker),
            ("制表日期", day_text(wanted.today)),
        ),
        _checks(table, rates, district),
    )


def _papers(session: Session, district: District) -> _Papers:
    people = {person.key for row in district.rows for person in (*row.own, *row.shared)}
    contracts = {one.key for row in district.rows for one in row.external}
    licences = session.execute(
        select(PublicLawyer.id, PublicLawyer.licence).where(PublicLawyer.licence.is_not(None))
    )
    signed = session.execute(select(AgencyContract.id, AgencyContract.number, AgencyContract.from_on))
    return _Papers(
        {row.id: row.licence or "" for row in licences if row.id in people},
        {row.id: (row.number, row.from_on) for row in signed if row.id in contracts},
    )


def _line(number: int, row: AgencyCoverage, papers: _Papers, wanted: Parameters) -> tuple[Value, ...]:
    licences = [papers.licences.get(person.key, "") for person in row.own]
    signed = [(one, *papers.contracts[one.key]) for one in row.external if one.key in papers.contracts]
    return (
        number,
        row.name,
        row.kind.value,
        HAS if row.has_enforcement else HAS_NOT,
        row.staff_count,
        row.qualified_count,
        len(row.own),
        "\n".join(_people(row)),
        "\n".join(text if wanted.unmasked else mask_licence(text) for text in licences if text),
        MODES[row.main_mode],
        "\n".join(paper for _, paper, _ in signed if paper),
        "\n".join(_adviser(one) for one in row.external),
        "\n".join(f"{first}\n{one.until or '未定期限'}" for one, _, first in signed),
        row.counted,
        YES if row.is_served else NO,
        YES if row.is_covered else NO,
        YES if row.is_effective else NO,
    )


def _people(row: AgencyCoverage) -> list[str]:
    """Name its own public lawyers, then those lent to it and its own advisers with a word on that."""
    return [
        *(person.name for person in row.own),
        *(f"{person.name}（统筹）" for person in row.shared),
        *(f"{person.name}（内部顾问）" for person in row.internal),
    ]


def _adviser(one: Counsel) -> str:
    return f"{one.name}：{one.detail}" if one.detail and one.detail != one.name else one.name


def _notes(district: District) -> tuple[str, ...]:
    """Print every rate with its numerator, denominator and definition."""
    whole, enforcement = district.figures.whole, district.figures.enforcement
    said = [
        f"{at}. {_rate_text(whole.figure(key))}；其中具有行政执法权的单位 {_rate_text(enforcement.figure(key), named=False)}。"
        f"{whole.figure(key).definition}"
        for at, key in enumerate(FigureKey, start=1)
    ]
    said[0] = f"注：{said[0]}"
    last = len(said) + 1
    return (
        *said,
        f"{last}. 公职律师 {whole.persons.number} 人：{whole.persons.definition}",
        f"{last + 1}. 近12月履职 {whole.services.number} 次：{whole.services.definition}",
        f"{last + 2}. 配备方式有几种的，按本单位、内部顾问代行、统筹共享、外聘的次序填一种；工作人员、取得法律职业资格的人数以各单位报送的为准。",
    )


def _rate_text(figure: Figure, *, named: bool = True) -> str:
    rate = "—" if figure.rate is None else percent(figure.rate)
    return f"{figure.title if named else ''} {rate}（{figure.numerator}/{figure.denominator}）".strip()


def _rates(district: District) -> Table:
    """The figures of each kind of agency, then of those with and without 行政执法权; each part adds up to the whole."""
    figures = district.figures
    kinds = [_numbers(one) for one in figures.kinds]
    whole, enforcing = _numbers(figures.whole), _numbers(figures.enforcement)
    others = [all_of - own for all_of, own in zip(whole, enforcing, strict=True)]
    split = [("具有行政执法权", enforcing), ("不具有行政执法权", others)]
    lines = [
        *(_rate_line(one.scope, numbers) for one, numbers in zip(figures.kinds, kinds, strict=True)),
        *(_rate_line(name, numbers) for name, numbers in split if numbers[0]),
    ]
    return Table(
        _RATES,
        lines,
        title="覆盖情况汇总表",
        total_label="",
        groups=(Group("合计（按类型）", len(kinds)), Group("合计（按行政执法权）", len(lines) - len(kinds))),
        notes=("注：各项比率的口径见配备情况统计表下的说明。",),
    )


def _numbers(one: FigureSet) -> list[int]:
    """Return agencies, persons, 应配备, 已配备, then who is covered in each sense, and services."""
    rates: Sequence[Figure] = (one.work, one.formal, one.effective)
    return [
        len(one.agencies),
        one.persons.number,
        one.own.denominator,
        one.own.numerator,
        *(figure.numerator for figure in rates),
        one.services.number,
    ]


def _rate_line(scope: str, numbers: Sequence[int]) -> tuple[Value, ...]:
    agencies, persons, expected, own, work, formal, effective, services = numbers
    return (
        scope,
        agencies,
        persons,
        expected,
        own,
        share(own, expected),
        work,
        share(work, agencies),
        formal,
        share(formal, agencies),
        effective,
        share(effective, agencies),
        services,
    )


def _checks(table: Table, rates: Table, district: District) -> list[CrossCheck]:
    """What the rows add up to must be what the page shows (勾稽)."""
    whole, enforcement = district.figures.whole, district.figures.enforcement
    sums, forced = table.totals(), table.summed(table.chosen(table.subsets[0]))
    work, formal, effective = (len(_COLUMNS) - 3 + at for at in range(3))
    pairs: list[tuple[str, Value, int]] = [
        ("公职律师人数", sums[_EMPLOYED], whole.persons.number),
        ("近12月履职", sums[_SERVICES], whole.services.number),
        ("工作覆盖", sums[work], whole.work.numerator),
        ("有形覆盖", sums[formal], whole.formal.numerator),
        ("有效覆盖", sums[effective], whole.effective.numerator),
        ("有执法权的有效覆盖", forced[effective], enforcement.effective.numerator),
    ]
    pairs += [
        (f"{group.label[2:]}{name}", rates.summed(rows)[rates.place(name)], number)
        for group, rows in rates.parts()
        for name, number in (("单位", len(whole.agencies)), ("已配备", whole.own.numerator))
    ]
    return [
        CrossCheck(f"{what}：表内 {shown}，页面 {number}", shown == number) for what, shown, number in pairs
    ]
