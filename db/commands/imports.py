"""Other people's sheets in: ``import``."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from db.commands.common import Jobs, Usage, answer, complain, opened, today

if TYPE_CHECKING:
    from db.exchange.importing import Importer

KINDS = {
    "roster": "顾问名册",
    "agencies": "单位名录",
    "services": "履职登记表",
    "public-lawyers": "公职律师名册",
}


def grammar(jobs: Jobs, shared: Usage) -> None:
    """Add the commands."""
    job = jobs.add_parser("import", parents=[shared], help="导入名册、单位名录、履职登记表")
    job.add_argument("what", choices=list(KINDS), help="；".join(f"{k}：{v}" for k, v in KINDS.items()))
    job.add_argument("file", type=Path, help="Excel 或 CSV 文件")
    job.add_argument("--sheet", help="工作表名称，默认第一张有内容的表")
    job.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    job.set_defaults(job=import_)


def import_(given: argparse.Namespace) -> int:
    """Bring in a sheet; rows with errors are left out and named on stderr."""
    importer = _importer(given.what)
    with opened(given) as database:
        plan = importer.examine(database, given.file, given.sheet, today())
        complain([problem.sentence() for problem in plan.problems], as_json=given.json, code=0)
        done = plan.summary() if given.dry_run else importer.carry_out(database, plan, today())
    failing = plan.counts.to_mend
    answer(f"{'检查完毕，没有写入' if given.dry_run else '已导入'}：{done}。", given)
    return 1 if failing else 0


def _importer(what: str) -> "Importer":
    from db.exchange.importers import IMPORTERS

    return IMPORTERS[what]
