"""Lists out: ``export``."""

import argparse
from datetime import timedelta
from pathlib import Path

from db.commands.common import Jobs, Usage, answer, day_typed, opened, today


def grammar(jobs: Jobs, shared: Usage) -> None:
    """Add the commands."""
    job = jobs.add_parser("export", parents=[shared], help="导出 Excel")
    job.add_argument("what", choices=["roster", "cases", "assignments", "agencies", "calendar"])
    job.add_argument("out", type=Path, help="另存为 .xlsx；calendar（期限和开庭）为 .ics")
    job.add_argument("--from", dest="from_on", type=day_typed, help="calendar：从哪天起，默认今天")
    job.add_argument("--to", dest="to_on", type=day_typed, help="calendar：到哪天止，默认九十天后")
    job.add_argument("--unmasked", action="store_true", help="身份证号、手机号不打码（记入操作记录）")
    job.add_argument("--overwrite", action="store_true", help="同名文件已存在时覆盖")
    job.set_defaults(job=export)


def export(given: argparse.Namespace) -> int:
    """Write a list to a workbook."""
    from db.exchange.lists import export_list

    if given.what == "calendar":
        return _export_calendar(given)
    with opened(given) as database:
        count = export_list(
            database, given.what, given.out, today(), masked=not given.unmasked, overwrite=given.overwrite
        )
    return answer(f"已导出 {count} 行到 {given.out}。", given)


def _export_calendar(given: argparse.Namespace) -> int:
    from db.exchange.calendar_file import export_calendar

    on = today()
    from_on = given.from_on or on
    to_on = given.to_on or from_on + timedelta(days=90)
    with opened(given) as database:
        count = export_calendar(database, given.out, from_on, to_on, on, overwrite=given.overwrite)
    return answer(f"已导出 {count} 项期限和开庭到 {given.out}。", given)
