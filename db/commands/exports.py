"""Lists out: ``export``."""

import argparse
from datetime import timedelta
from pathlib import Path

from db.commands.common import Jobs, Usage, answer, day_typed, opened, today

LISTS = {
    "roster": "顾问名册",
    "cases": "案件",
    "assignments": "分派",
    "agencies": "单位名录",
    "coverage": "单位覆盖情况",
    "public-lawyers": "公职律师名册",
    "services": "履职记录，默认近十二个月",
    "contracts": "法律顾问合同",
    "consultations": "会商研判",
}
CALENDAR = {"calendar": "期限和开庭"}


def grammar(jobs: Jobs, shared: Usage) -> None:
    """Add the commands."""
    job = jobs.add_parser("export", parents=[shared], help="导出 Excel")
    job.add_argument(
        "what",
        choices=[*LISTS, "calendar"],
        metavar="清单",
        help="、".join(f"{name}：{what}" for name, what in (LISTS | CALENDAR).items()),
    )
    job.add_argument("out", type=Path, help="另存为 .xlsx；calendar（期限和开庭）为 .ics")
    job.add_argument("--as-of", dest="as_of", type=day_typed, help="截至哪一天，默认今天")
    job.add_argument(
        "--where",
        action="append",
        default=[],
        type=_condition,
        metavar="列名=文字",
        help="只导出这一列含有这些文字的行，如 类型=街道；可写多次，须同时符合",
    )
    job.add_argument("--from", dest="from_on", type=day_typed, help="calendar：从哪天起，默认今天")
    job.add_argument("--to", dest="to_on", type=day_typed, help="calendar：到哪天止，默认九十天后")
    job.add_argument("--unmasked", action="store_true", help="身份证号、手机号不打码（记入操作记录）")
    job.add_argument("--overwrite", action="store_true", help="同名文件已存在时覆盖")
    job.set_defaults(job=export)


def export(given: argparse.Namespace) -> int:
    """Write a list to a workbook."""
    from db.catalogue.lists import export_list

    if given.what == "calendar":
        return _export_calendar(given)
    with opened(given) as database:
        count = export_list(
            database,
            given.what,
            given.out,
            given.as_of or today(),
            where=given.where,
            masked=not given.unmasked,
            overwrite=given.overwrite,
        )
    return answer(f"已导出 {count} 行到 {given.out}。", given)


def _export_calendar(given: argparse.Namespace) -> int:
    from db.workbench.calendar_file import export_calendar

    on = today()
    from_on = given.from_on or on
    to_on = given.to_on or from_on + timedelta(days=90)
    with opened(given) as database:
        count = export_calendar(database, given.out, from_on, to_on, on, overwrite=given.overwrite)
    return answer(f"已导出 {count} 项期限和开庭到 {given.out}。", given)


def _condition(text: str) -> tuple[str, str]:
    title, sign, wanted = text.replace("＝", "=").partition("=")
    if not sign or not title.strip() or not wanted.strip():
        raise argparse.ArgumentTypeError(f"“{text}”应写成 列名=文字，如 类型=街道")
    return title.strip(), wanted.strip()
