"""顾问名册 and 续聘名单: who is in the pool, and whose term is about to end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.documents.model import Align, Column, Document, Kind, Table, Value, day_text, table_report
from db.documents.parameters import Parameters
from db.formats.numbers import mask_phone
from db.office.queries.settings import load_settings
from db.roster.queries.roster import RosterFilter, RosterRow, roster, roster_rows
from db.roster.rules.lawyers import Standing

ROSTER = "顾问名册"
RENEWALS = "续聘名单"

_ROSTER_COLUMNS = (
    Column("序号", Kind.NUMBER, 3.2),
    Column("姓名", weight=5, align=Align.CENTRE),
    Column("性别", weight=3.2, align=Align.CENTRE),
    Column("律师事务所", weight=12.5),
    Column("执业证号", Kind.ID, 11),
    Column("专业领域", weight=12),
    Column("聘期起", Kind.DATE, 7.2),
    Column("聘期止", Kind.DATE, 7.2),
    Column("联系电话", Kind.ID, 8),
    Column("在办", Kind.NUMBER, 3.6, group="案件（件）", total=True),
    Column("本年", Kind.NUMBER, 3.6, group="案件（件）", total=True),
    Column("累计", Kind.NUMBER, 3.6, group="案件（件）", total=True),
    Column("本年\n会商", Kind.NUMBER, 3.6, total=True),
    Column("单位\n评价", Kind.NUMBER, 3.6),
    Column("状态", weight=5.6, align=Align.CENTRE),
)


def roster_report(session: Session, wanted: Parameters) -> Document:
    """顾问名册 as of a day; phones are masked unless asked otherwise, and the paper then says 内部资料."""
    settings = load_settings(session)
    rows = [row for row in _chosen(session, wanted) if wanted.firm in ("", row.firm)]
    serving = sum(row.standing is Standing.SERVING for row in rows)
    notes = (
        f"注：1. 在聘 {serving} 人，共 {len(rows)} 人。2. 案件数按人次计，一案由两名顾问代理的分别计入，撤销的分派不计。3. 单位评价为平均分，满分 5 分。",
    )
    return table_report(
        f"{settings.pool_name}名册",
        (
            f"填报单位：{settings.stamp()}",
            f"截至：{day_text(wanted.day)}",
            "内部资料" if wanted.unmasked else f"共 {len(rows)} 人",
        ),
        (Table(_ROSTER_COLUMNS, [_line(n, row, wanted) for n, row in enumerate(rows, 1)], notes=notes),),
        (
            ("单位负责人", ""),
            ("审核人", wanted.reviewer),
            ("制表人", wanted.maker),
            ("制表日期", day_text(wanted.today)),
        ),
    )


def _chosen(session: Session, wanted: Parameters) -> list[RosterRow]:
    if not wanted.ids:
        return roster(session, wanted.day, RosterFilter(in_pool_only=wanted.day < wanted.today))
    rows = roster_rows(session, wanted.ids, wanted.day)
    return [rows[key] for key in wanted.ids if key in rows]


def _line(number: int, row: RosterRow, wanted: Parameters) -> tuple[Value, ...]:
    return (
        number,
        row.name,
        row.sex,
        row.firm,
        row.licence,
        "、".join(row.specialities),
        row.term_from,
        row.term_to,
        row.phone if wanted.unmasked else mask_phone(row.phone),
        row.running,
        row.this_year,
        row.total,
        row.consultations,
        row.rating,
        row.standing.value,
    )


@dataclass(frozen=True, slots=True)
class RenewalStub:
    """A lawyer whose term is about to end, and what speaks for or against another one.

    ``served`` counts what was done in this term; ``advice`` is 建议续聘, 建议不再续聘 or as the bureau words it.
    """

    name: str
    firm: str
    term_to: date
    cases: int = 0
    consultations: int = 0
    services: int = 0  # 合法性审查, 合同审查, 法律意见
    rating: float | None = None
    rated: int = 0
    grade: str = ""  # of the latest year, 2026 优秀
    advice: str = ""


_RENEWAL_COLUMNS = (
    Column("序号", Kind.NUMBER, 4),
    Column("姓名", weight=6, align=Align.CENTRE),
    Column("律师事务所", weight=14),
    Column("聘期止", Kind.DATE, 8),
    Column("剩余\n天数", Kind.NUMBER, 5),
    Column("案件", Kind.NUMBER, 4, group="本届任务量", total=True),
    Column("会商", Kind.NUMBER, 4, group="本届任务量", total=True),
    Column("审查", Kind.NUMBER, 4, group="本届任务量", total=True),
    Column("均分", Kind.NUMBER, 5, group="单位评价"),
    Column("次数", Kind.NUMBER, 5, group="单位评价", total=True),
    Column("年度考核", weight=6.5, align=Align.CENTRE),
    Column("建议", weight=11),
)


def renewal_list(
    stubs: Sequence[RenewalStub], office: str, wanted: Parameters, until: date | None = None
) -> Document:
    """续聘名单: ``stubs`` whose terms end, the soonest first; ``until`` is the last end of term that counts."""
    rows = [
        (
            number,
            s.name,
            s.firm,
            s.term_to,
            (s.term_to - wanted.day).days,
            s.cases,
            s.consultations,
            s.services,
            s.rating,
            s.rated,
            s.grade,
            s.advice or "　",
        )
        for number, s in enumerate(sorted(stubs, key=lambda s: s.term_to), start=1)
    ]
    notes = (
        "注：剩余天数为聘期止与截至日之差，负数表示聘期已届满的天数；审查含合法性审查、合同审查、法律意见；单位评价为平均分，满分 5 分。",
    )
    what = f"聘期在 {day_text(until)}前届满" if until else f"共 {len(rows)} 人"
    return table_report(
        f"行政诉讼法律顾问{RENEWALS}",
        (f"填报单位：{office}", f"截至：{day_text(wanted.day)}", what),
        (Table(_RENEWAL_COLUMNS, rows, notes=notes),),
        (
            ("单位负责人", ""),
            ("审核人", wanted.reviewer),
            ("制表人", wanted.maker),
            ("制表日期", day_text(wanted.today)),
        ),
    )
