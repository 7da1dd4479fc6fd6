"""续聘名单: whose term ends, with what speaks for another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.documents.model import Align, Column, Document, Kind, Table, day_text, table_report
from db.documents.parameters import Parameters

RENEWALS = "续聘名单"


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
