"""公职律师名册: who holds a 公职律师证 in which agency on a day, and whom else he serves."""

from datetime import date

from sqlalchemy.orm import Session

from db.documents.model import Align, Column, Document, Kind, Table, Value, day_text, table_report
from db.documents.parameters import Parameters
from db.formats.numbers import mask_licence, mask_phone
from db.office.queries.settings import load_settings
from db.registry.queries.public_lawyers import PublicLawyerRow, public_lawyer_rows, public_lawyers

PUBLIC_LAWYERS = "公职律师名册"

_COLUMNS = (
    Column("序号", Kind.NUMBER, 3.2),
    Column("姓名", weight=5, align=Align.CENTRE),
    Column("性别", weight=3.2, align=Align.CENTRE),
    Column("所在单位", weight=10),
    Column("内设机构、职务", weight=11),
    Column("公职律师证号", Kind.ID, 11),
    Column("有效期止", Kind.DATE, 7.2),
    Column("专业领域", weight=10),
    Column("联系电话", Kind.ID, 8),
    Column("统筹到", weight=12),
    Column("近12月\n履职", Kind.NUMBER, 4.2, total=True),
    Column("最近\n考核", weight=6.4, align=Align.CENTRE),
    Column("状态", weight=5.2, align=Align.CENTRE),
)


def public_lawyer_report(session: Session, wanted: Parameters) -> Document:
    """公职律师名册 as of a day; 证号 and phones are masked unless asked otherwise, and the paper then says 内部资料."""
    settings = load_settings(session)
    if wanted.ids:
        found = public_lawyer_rows(session, wanted.ids, wanted.day)
        rows = [found[key] for key in wanted.ids if key in found]
    else:
        rows = public_lawyers(session, wanted.day, sort="agency")
    in_force = [row for row in rows if row.is_in_force]
    agencies = len({row.agency_id for row in in_force})
    notes = (
        f"注：1. 持有效公职律师证 {len(in_force)} 人，分布在 {agencies} 个单位；共 {len(rows)} 人。2. 近 12 个月履职按登记的服务记录计。3. 统筹到为当日仍在统筹期内的单位。",
    )
    return table_report(
        PUBLIC_LAWYERS,
        (
            f"填报单位：{settings.stamp()}",
            f"截至：{day_text(wanted.day)}",
            "内部资料" if wanted.unmasked else f"共 {len(rows)} 人",
        ),
        (Table(_COLUMNS, [_line(n, row, wanted) for n, row in enumerate(rows, 1)], notes=notes),),
        (
            ("单位负责人", ""),
            ("审核人", wanted.reviewer),
            ("制表人", wanted.maker),
            ("制表日期", day_text(wanted.today)),
        ),
    )


def _line(number: int, row: PublicLawyerRow, wanted: Parameters) -> tuple[Value, ...]:
    until: date | str = row.valid_to or ("长期" if row.valid_from else "")
    return (
        number,
        row.name,
        row.sex,
        row.agency,
        " ".join(part for part in (row.department, row.post) if part),
        row.licence if wanted.unmasked else mask_licence(row.licence),
        until,
        "、".join(row.specialities),
        row.phone if wanted.unmasked else mask_phone(row.phone),
        "、".join(row.shared_to),
        row.services,
        row.result,
        row.state_text,
    )
