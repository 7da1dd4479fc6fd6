"""顾问名册 and 续聘名单: who is in the pool, and whose term is about to end."""

from sqlalchemy.orm import Session

from db.documents.model import Align, Column, Document, Kind, Table, Value, day_text, table_report
from db.documents.parameters import Parameters
from db.formats.numbers import mask_phone
from db.office.queries.settings import load_settings
from db.roster.queries.roster import RosterFilter, RosterRow, roster, roster_rows
from db.roster.rules.lawyers import Standing

ROSTER = "顾问名册"

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
