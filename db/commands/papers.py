"""Papers without a window: ``report``."""

import argparse
from datetime import date
from pathlib import Path

from db.commands.common import (
    Jobs,
    Usage,
    answer,
    complain,
    day_typed,
    number_typed,
    opened,
    today,
    year_typed,
)


def grammar(jobs: Jobs, shared: Usage) -> None:
    """Add the commands."""
    job = jobs.add_parser("report", parents=[shared], help="生成报表")
    job.add_argument("name", nargs="?", help="报表名称；用 --list 查看")
    job.add_argument("out", nargs="?", type=Path, help="另存为 .pdf、.docx 或 .xlsx")
    job.add_argument(
        "--from", dest="from_on", type=day_typed, help="统计期间起，如 2026-01-01，默认本年第一天"
    )
    job.add_argument("--to", dest="to_on", type=day_typed, help="统计期间止，默认今天")
    job.add_argument("--as-of", dest="as_of", type=day_typed, help="截至哪一天，默认今天")
    job.add_argument(
        "--issued-on", dest="issued_on", type=day_typed, help="聘书和通知的签发日期，默认为编号当天"
    )
    job.add_argument("--year", type=year_typed, help="年度，如 2026，默认本年")
    job.add_argument(
        "--id", dest="ids", type=number_typed, action="append", default=[], help="只含这条记录，可写多次"
    )
    job.add_argument(
        "--member",
        dest="members",
        type=number_typed,
        action="append",
        default=[],
        help="研判意见表只含这位成员，可写多次",
    )
    job.add_argument("--unmasked", action="store_true", help="手机号、身份证号不打码（记入操作记录）")
    job.add_argument("--list", action="store_true", help="列出全部报表")
    job.add_argument("--overwrite", action="store_true", help="同名文件已存在时覆盖")
    job.set_defaults(job=report)


def report(given: argparse.Namespace) -> int:
    """Write a report to a PDF, a Word file or a workbook."""
    from db.catalogue.reports import REPORTS, Parameters, write_report

    if given.list or not given.name:
        return answer("\n".join(REPORTS), given)
    if given.out is None:
        return complain(["请写明另存为哪个文件，如 报表.pdf。"], as_json=given.json, code=2)
    on = today()
    wanted = Parameters(
        from_on=given.from_on or date(on.year, 1, 1),
        to_on=given.to_on or on,
        today=on,
        as_of=given.as_of,
        year=given.year,
        issued_on=given.issued_on,
        ids=tuple(given.ids),
        members=tuple(given.members),
        unmasked=given.unmasked,
    )
    with opened(given) as database:
        notes = write_report(database, given.name, wanted, given.out, overwrite=given.overwrite)
    complain(notes, as_json=given.json, code=0)
    return answer(f"已生成 {given.out}。", given)
