"""Roster sheets as bureaus keep them, and as they should not."""

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from db.shipped import rows

NAMES = [
    "王砚秋",
    "毛文澜",
    "祝明远",
    "吴映雪",
    "叶知秋",
    "姜若川",
    "郑怀瑾",
    "周默言",
    "陈景行",
    "徐子衡",
    "方以宁",
    "何承安",
    "余清和",
    "汪晓棠",
    "单　宁",
]
FIRMS = (
    ["示例水亭律师事务所"] * 3
    + ["示例双港律师事务所"] * 2
    + ["示例石梁溪律师事务所"] * 3
    + ["示例鹿鸣山律师事务所"] * 3
    + ["示例信安湖律师事务所"] * 4
)
MERGES = ((5, 7), (8, 9), (10, 12), (13, 15), (16, 19))


def licence(at: int) -> str:
    """Return the licence number of the person at this place; every second is a woman."""
    return f"13308{2010 + at % 12}1{at % 2}{100000 + at * 37}"


def messy_roster(path: Path, *, spoilt: bool = False) -> Path:
    """Write a 15-row roster: merged title, unit line, two-row header, merged firms, 合计; ``spoilt`` adds mistakes."""
    book = Workbook()
    sheet = book.active
    sheet.title = "2026名册"
    sheet.merge_cells("A1:J1")
    sheet["A1"] = "柯城区行政诉讼法律顾问团队名册（示例）"
    sheet.merge_cells("A2:E2")
    sheet["A2"], sheet["H2"] = "填报单位：柯城区司法局", "2026年11月"
    heads = [
        "序号",
        "姓  名",
        "性别",
        "所在律师\n事务所",
        "律师执业证号",
        "联系方式",
        "擅长领域",
        "聘期",
        "",
        "备注",
    ]
    for at, head in enumerate(heads, start=1):
        sheet.cell(3, at, head)
    sheet["H4"], sheet["I4"] = "起", "止"
    for letter in "ABCDEFGJ":
        sheet.merge_cells(f"{letter}3:{letter}4")
    sheet.merge_cells("H3:I3")
    for at, (name, firm) in enumerate(zip(NAMES, FIRMS, strict=True)):
        row = 5 + at
        values = [
            at + 1,
            name,
            "女" if at % 2 else "男",
            firm,
            licence(at),
            f"138-0000-{2000 + at}",
            "土地征收、信访；行政协议",
            "２０２５年６月１日" if at % 3 == 0 else "2025.6.1",
            "2027/5/31",
        ]
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
    for top, bottom in MERGES:
        sheet.merge_cells(f"D{top}:D{bottom}")
    sheet["A20"], sheet["B20"], sheet["A21"] = "合计", 15, "制表人：沈青禾"
    if spoilt:
        sheet["E7"] = licence(2)[:16]
        sheet["H9"], sheet["I9"] = "2026-03-01", "2025-02-28"
        sheet["B11"] = None
        sheet["E13"] = int(licence(8))
        sheet["E14"] = licence(0)
        sheet["F16"] = "12345"
        sheet["C17"] = "女"
    book.save(path)
    return path


def shipped_rows():
    """Return the shipped days off as (day, kind, name, source)."""
    return [(date.fromisoformat(r["date"]), r["kind"], r["name"], r["source"]) for r in rows("holidays.csv")]
