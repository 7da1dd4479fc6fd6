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
    job.add_argument("--sheet", help="只读这张工作表，默认读列名相同的各张")
    job.add_argument("--hidden", action="store_true", help="连同隐藏的工作表、隐藏或筛选掉的行一起读")
    job.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    job.set_defaults(job=import_)


def import_(given: argparse.Namespace) -> int:
    """Bring in a sheet; what is left out is named on stderr, and the exit code is 1 where it may be data."""
    importer = _importer(given.what)
    with opened(given) as database:
        plan = importer.examine(database, given.file, given.sheet, today(), hidden=given.hidden)
        complain([problem.sentence() for problem in plan.problems], as_json=given.json, code=0)
        if given.dry_run:
            said = f"检查完毕，没有写入：{plan.summary()}"
        elif plan.is_whole and not plan.ready:
            said = f"与库内一致，没有需要写入的内容：{plan.summary()}"
        else:
            said = f"已导入：{importer.carry_out(database, plan, today())}"
    answer(f"{said}。", given)
    return 0 if plan.is_whole else 1


def _importer(what: str) -> "Importer":
    from db.catalogue.importers import IMPORTERS

    return IMPORTERS[what]
