"""分派均衡情况表: how a year's assignments are spread over the pool, and whose turn it is, with why."""

from sqlalchemy.orm import Session

from db.assignment.queries.fairness import FairLine, fairness
from db.documents.model import Align, Column, CrossCheck, Document, Kind, Table, Value, day_text, table_report
from db.documents.parameters import Parameters
from db.office.queries.settings import load_settings

FAIRNESS = "分派均衡情况表"

_COLUMNS = (
    Column("轮候\n次序", Kind.NUMBER, 4),
    Column("姓名", weight=6, align=Align.CENTRE),
    Column("律师事务所", weight=13),
    Column("主办", Kind.NUMBER, 4.5, group="本年分派", total=True),
    Column("协办", Kind.NUMBER, 4.5, group="本年分派", total=True),
    Column("合计", Kind.NUMBER, 4.5, group="本年分派", total=True),
    Column("加权", Kind.NUMBER, 5, group="本年分派", total=True),
    Column("在办\n加权", Kind.NUMBER, 5, total=True),
    Column("上次分派", Kind.DATE, 8),
    Column("轮候依据", weight=17),
)


def fairness_report(session: Session, wanted: Parameters) -> Document:
    """分派均衡情况表 of the year asked for; an assignment counts unless it was cancelled."""
    settings, found = load_settings(session), fairness(session, wanted.for_year, wanted.today)
    total = sum(line.count for line in found.lines)
    roles = sum(line.lead for line in found.lines) + sum(line.assistant for line in found.lines)
    weights = f"加权：重大疑难案件按 {settings.difficult_weight:g} 件、非诉执行案件按 0.5 件"
    notes = [
        f"注：1. 按分派计（人次），中途更换的计入，撤销的不计；{weights}。2. 在聘顾问{found.words}",
        "3. 轮候次序：本年分派少的在先，相同的距上次分派久的在先，再相同的按姓名拼音。"
        + (f"现轮到 {found.on_offer[0].name}（{found.on_offer[0].why}）。" if found.on_offer else ""),
    ]
    return table_report(
        title=f"{settings.pool_name}{FAIRNESS}",
        heading=(
            f"填报单位：{settings.stamp()}",
            f"{found.year}年，截至{day_text(found.day)}",
            "单位：件（人次）",
        ),
        tables=(Table(_COLUMNS, [_line(line) for line in found.lines], notes=tuple(notes)),),
        signatures=(
            ("单位负责人", ""),
            ("审核人", wanted.reviewer),
            ("制表人", wanted.maker),
            ("制表日期", day_text(wanted.today)),
        ),
        checks=(CrossCheck(f"主办、协办之和 {roles} = 合计 {total}", roles == total),),
    )


def _line(line: FairLine) -> tuple[Value, ...]:
    why = line.why if line.turn is not None else f"{line.standing.value}，不参加轮候"
    return (
        line.turn,
        line.name,
        line.firm,
        line.lead,
        line.assistant,
        line.count,
        line.weighted,
        line.load,
        line.last_on,
        why,
    )
