"""覆盖缺口清单: every agency that falls short on a day, why, what is to be done next and by when."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.coverage.queries.coverage import load_coverage
from db.coverage.queries.urging import UrgingRow, latest_urging
from db.coverage.rules.coverage import AgencyCoverage, Gap, GapKind
from db.coverage.rules.remedies import gaps
from db.documents.model import Align, Column, Document, Kind, Table, Value, day_text, table_report
from db.documents.parameters import Parameters
from db.office.queries.settings import load_settings

GAPS = "覆盖缺口清单"

_COLUMNS = (
    Column("序号", Kind.NUMBER, 3),
    Column("单位", weight=13),
    Column("类型", weight=6, align=Align.CENTRE),
    Column("行政\n执法权", weight=4.2, align=Align.CENTRE),
    Column("缺口", weight=5.5, align=Align.CENTRE),
    Column("原因", weight=18),
    Column("下一步", weight=20),
    Column("还差\n履职", Kind.NUMBER, 4, total=True),
    Column("办理期限", Kind.DATE, 7.5),
    Column("催办情况", weight=11),
)


def gap_report(session: Session, wanted: Parameters) -> Document:
    """The gaps of the day, the worst first; the deadline is that of the latest 催办函, else what the office allows."""
    settings = load_settings(session)
    coverage = load_coverage(session, wanted.today)
    rows = {row.key: row for row in coverage.on(wanted.day).rows}
    letters = latest_urging(session, wanted.today)
    by = wanted.day + timedelta(days=settings.urging_days)
    found = gaps(coverage, wanted.day)
    lines = [
        _line(number, gap, rows[gap.agency_key], letters.get(gap.agency_key), by)
        for number, gap in enumerate(found, start=1)
    ]
    counts = Counter(gap.kind for gap in found)
    words = "，".join(f"{kind.value} {counts[kind]} 个" for kind in GapKind if counts[kind])
    notes = (
        f"注：1. 共 {len(found)} 个单位" + (f"，其中{words}。" if words else "。"),
        f"2. {coverage.on(wanted.day).figures.whole.effective.definition}",
        f"3. 已发催办函尚未反馈的，办理期限为函件所定；其余为截至日起 {settings.urging_days} 天。",
    )
    return table_report(
        GAPS,
        (f"填报单位：{settings.stamp()}", f"截至：{day_text(wanted.day)}", f"共 {len(found)} 个单位"),
        (Table(_COLUMNS, lines, notes=notes),),
        (
            ("单位负责人", ""),
            ("审核人", wanted.reviewer),
            ("制表人", wanted.maker),
            ("制表日期", day_text(wanted.today)),
        ),
    )


def _line(
    number: int, gap: Gap, row: AgencyCoverage, letter: UrgingRow | None, by: date
) -> tuple[Value, ...]:
    is_open = letter is not None and letter.answered_on is None
    return (
        number,
        gap.name,
        row.kind.value,
        "有" if row.has_enforcement else "无",
        gap.badge,
        gap.reason,
        gap.remedy.sentence,
        gap.short,
        letter.answer_by if letter is not None and is_open else by,
        urging_words(letter),
    )


def urging_words(letter: UrgingRow | None) -> str:
    """Say in a few words what became of the latest letter."""
    if letter is None:
        return "未催办"
    if letter.answered_on is not None:
        return f"{letter.number}，{letter.answered_on} 已反馈"
    return f"{letter.number}，{'逾期未反馈' if letter.is_overdue else '待反馈'}"
