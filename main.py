"""The command line: without a subcommand it opens the window; the subcommands do the same jobs without one.

Exit code 0: done. 1: a problem, said in Chinese on stderr, one line each. 2: wrong usage.
"""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from db.engine import Database
    from db.rules.calendar import Calendar
    from db.rules.events import Happening

WINDOWLESS = "demo、import、export、report、periods、check、bench、candidates、allocate"
EARLIEST, LATEST = 1949, 2199  # years of events; others are slips of the keyboard
QT_PACKAGES = (
    "libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
)


class Usage(argparse.ArgumentParser):
    """An argument parser that speaks Chinese when the words are wrong."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"命令不完整或写错了：{message}。用 --help 查看用法。\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the words ask for; return the exit code."""
    given = parser().parse_args(arguments, argparse.Namespace(db=None, json=False))
    job: Callable[[argparse.Namespace], int] = getattr(given, "job", open_window)
    if job is open_window:
        return open_window(given)
    from db.errors import UserError  # noqa: PLC0415 - the window must not wait for SQLAlchemy

    try:
        return job(given)
    except UserError as error:
        return complain([str(error)], as_json=given.json)
    except KeyboardInterrupt:
        return complain(["已中止，没有写入任何内容。"], as_json=given.json)


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar; ``--db`` and ``--json`` may stand before or after the subcommand."""
    shared = Usage(add_help=False)
    shared.add_argument("--db", default=argparse.SUPPRESS, help="数据库文件，或 postgresql:// 地址")
    shared.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="输出便于程序读取的 JSON"
    )
    top = Usage(prog="main.py", description="行政诉讼法律顾问库。不带子命令时打开窗口。", parents=[shared])
    jobs = top.add_subparsers(title="子命令", metavar="")
    jobs.add_parser("demo", parents=[shared], help="在空库中载入示例数据").set_defaults(job=demo)
    _import_grammar(jobs, shared)
    _export_grammar(jobs, shared)
    _report_grammar(jobs, shared)
    _periods_grammar(jobs, shared)
    _assignment_grammar(jobs, shared)
    jobs.add_parser("check", parents=[shared], help="核对数据库、操作记录和推算列").set_defaults(job=check)
    bench_job = jobs.add_parser("bench", parents=[shared], help="测量速度")
    bench_job.add_argument(
        "name",
        nargs="?",
        default="start",
        choices=["start", "cases", "allocate"],
        help="start：启动；cases：大量案件的列表；allocate：批量分派",
    )
    bench_job.add_argument("--rows", type=int, help="多少件案件，cases 默认 100000，allocate 默认 1000")
    bench_job.set_defaults(job=bench)
    return top


def _import_grammar(jobs: "argparse._SubParsersAction[Usage]", shared: Usage) -> None:
    job = jobs.add_parser("import", parents=[shared], help="导入顾问名册")
    job.add_argument("what", choices=["roster"], help="roster：顾问名册")
    job.add_argument("file", type=Path, help="Excel 或 CSV 文件")
    job.add_argument("--sheet", help="工作表名称，默认第一张有内容的表")
    job.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    job.set_defaults(job=import_)


def _export_grammar(jobs: "argparse._SubParsersAction[Usage]", shared: Usage) -> None:
    job = jobs.add_parser("export", parents=[shared], help="导出 Excel")
    job.add_argument("what", choices=["roster", "cases", "assignments", "agencies", "calendar"])
    job.add_argument("out", type=Path, help="另存为 .xlsx；calendar（期限和开庭）为 .ics")
    job.add_argument("--from", dest="from_on", type=_day, help="calendar：从哪天起，默认今天")
    job.add_argument("--to", dest="to_on", type=_day, help="calendar：到哪天止，默认九十天后")
    job.add_argument("--unmasked", action="store_true", help="身份证号、手机号不打码（记入操作记录）")
    job.add_argument("--overwrite", action="store_true", help="同名文件已存在时覆盖")
    job.set_defaults(job=export)


def _report_grammar(jobs: "argparse._SubParsersAction[Usage]", shared: Usage) -> None:
    job = jobs.add_parser("report", parents=[shared], help="生成报表")
    job.add_argument("name", nargs="?", help="报表名称；用 --list 查看")
    job.add_argument("out", nargs="?", type=Path, help="另存为 .pdf、.docx 或 .xlsx")
    job.add_argument("--from", dest="from_on", type=_day, help="统计期间起，如 2026-01-01，默认本年第一天")
    job.add_argument("--to", dest="to_on", type=_day, help="统计期间止，默认今天")
    job.add_argument("--as-of", dest="as_of", type=_day, help="截至哪一天，默认今天")
    job.add_argument("--issued-on", dest="issued_on", type=_day, help="聘书的签发日期，默认今天")
    job.add_argument("--year", type=int, help="年度，如 2026，默认本年")
    job.add_argument("--id", dest="ids", type=int, action="append", default=[], help="只含这条记录，可写多次")
    job.add_argument("--unmasked", action="store_true", help="手机号、身份证号不打码（记入操作记录）")
    job.add_argument("--list", action="store_true", help="列出全部报表")
    job.add_argument("--overwrite", action="store_true", help="同名文件已存在时覆盖")
    job.set_defaults(job=report)


def _periods_grammar(jobs: "argparse._SubParsersAction[Usage]", shared: Usage) -> None:
    job = jobs.add_parser("periods", parents=[shared], help="推算法定期间")
    job.add_argument(
        "--procedure",
        choices=["litigation", "reconsideration"],
        help="litigation：行政诉讼；reconsideration：行政复议",
    )
    job.add_argument(
        "--track",
        choices=["ordinary", "simplified"],
        help="ordinary：普通程序；simplified：简易程序。不写时两种程序的审限都列出，长度不同的按普通程序",
    )
    job.add_argument(
        "--event",
        action="append",
        default=[],
        type=_event,
        metavar="名称=日期",
        help="如 收到起诉状副本=2026-11-12，可写多次",
    )
    job.add_argument("--list", action="store_true", help="列出可用的事件名称")
    job.set_defaults(job=periods)


def _assignment_grammar(jobs: "argparse._SubParsersAction[Usage]", shared: Usage) -> None:
    job = jobs.add_parser("candidates", parents=[shared], help="一件案件的候选顾问，按综合评分排列")
    job.add_argument("--case", required=True, metavar="编号或案号", help="案件的编号，或案号")
    job.set_defaults(job=candidates)
    job = jobs.add_parser("allocate", parents=[shared], help="为全部待分派案件批量分派主办顾问")
    job.add_argument("--dry-run", action="store_true", help="只列出方案，不写入")
    job.set_defaults(job=allocate)


def open_window(given: argparse.Namespace) -> int:
    """Open the window, or say in one line why that is not possible here."""
    if sys.platform.startswith("linux") and not _has_display():
        print(
            f"本机没有图形界面，打不开窗口；可用不需要窗口的子命令：{WINDOWLESS}（--help 查看用法）。",
            file=sys.stderr,
        )
        return 1
    try:
        from gui.app import run  # noqa: PLC0415 - the subcommands need no Qt
    except ImportError as error:
        if ".so" not in str(error):
            raise
        print(
            f"缺少 Qt 运行所需的系统库，请先执行：sudo apt-get install -y {QT_PACKAGES}（{error}）",
            file=sys.stderr,
        )
        return 1
    return run(given.db)


def demo(given: argparse.Namespace) -> int:
    """Fill an empty database with the invented bureau."""
    from db.acts.demo import load_demo  # noqa: PLC0415

    with _opened(given) as database:
        counts = load_demo(database, _today())
    return answer(f"已载入示例数据：{counts}。全部人名、律所名均为虚构，并标有“示例”。", given)


def import_(given: argparse.Namespace) -> int:
    """Bring in a roster; rows with errors are left out and named on stderr."""
    from db.exchange.roster_import import carry_out, examine  # noqa: PLC0415

    with _opened(given) as database:
        plan = examine(database, given.file, given.sheet, _today())
        complain([problem.sentence() for problem in plan.problems], as_json=given.json, code=0)
        done = plan.summary() if given.dry_run else carry_out(database, plan, _today())
    failing = plan.counts.to_mend
    answer(f"{'检查完毕，没有写入' if given.dry_run else '已导入'}：{done}。", given)
    return 1 if failing else 0


def export(given: argparse.Namespace) -> int:
    """Write a list to a workbook."""
    from db.exchange.lists import export_list  # noqa: PLC0415

    if given.what == "calendar":
        return _export_calendar(given)
    with _opened(given) as database:
        count = export_list(
            database, given.what, given.out, _today(), masked=not given.unmasked, overwrite=given.overwrite
        )
    return answer(f"已导出 {count} 行到 {given.out}。", given)


def _export_calendar(given: argparse.Namespace) -> int:
    from db.exchange.calendar_file import export_calendar  # noqa: PLC0415

    today = _today()
    from_on = given.from_on or today
    to_on = given.to_on or from_on + timedelta(days=90)
    with _opened(given) as database:
        count = export_calendar(database, given.out, from_on, to_on, today, overwrite=given.overwrite)
    return answer(f"已导出 {count} 项期限和开庭到 {given.out}。", given)


def report(given: argparse.Namespace) -> int:
    """Write a report to a PDF, a Word file or a workbook."""
    from db.documents.reports import REPORTS, Parameters, write_report  # noqa: PLC0415

    if given.list or not given.name:
        return answer("\n".join(REPORTS), given)
    if given.out is None:
        return complain(["请写明另存为哪个文件，如 报表.pdf。"], as_json=given.json, code=2)
    today = _today()
    wanted = Parameters(
        from_on=given.from_on or date(today.year, 1, 1),
        to_on=given.to_on or today,
        today=today,
        as_of=given.as_of,
        year=given.year,
        issued_on=given.issued_on,
        ids=tuple(given.ids),
        unmasked=given.unmasked,
    )
    with _opened(given) as database:
        notes = write_report(database, given.name, wanted, given.out, overwrite=given.overwrite)
    complain(notes, as_json=given.json, code=0)
    return answer(f"已生成 {given.out}。", given)


def periods(given: argparse.Namespace) -> int:
    """Count the statutory periods that the given events set running, by the office's calendar or the shipped one."""
    from db.rules import litigation_periods, reconsideration_periods  # noqa: PLC0415
    from db.rules.period_rules import Track  # noqa: PLC0415
    from db.rules.periods import look_up  # noqa: PLC0415

    if given.list:
        return _list_events(given)
    if given.procedure is None:
        sentence = "请用 --procedure 写明 litigation（行政诉讼）或 reconsideration（行政复议）。"
        return complain([sentence], as_json=given.json, code=2)
    rules = {
        "litigation": litigation_periods.LITIGATION,
        "reconsideration": reconsideration_periods.RECONSIDERATION,
    }[given.procedure]
    track = Track[given.track.upper()] if given.track else None
    answers = look_up(rules, given.event, _calendar(given), track)
    if given.json:
        rows = [
            {
                "id": a.rule.id,
                "name": a.rule.title,
                "due": a.due.isoformat() if a.due else None,
                "article": a.rule.article,
                "counted_as": a.counted_as,
                "covered": a.covered,
            }
            for a in answers
        ]
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for a in sorted((a for a in answers if a.due), key=lambda a: str(a.due)):
        print(
            f"{a.due}  {a.rule.id}  {a.rule.title}（{a.rule.duty.value}，{a.rule.article}）：{a.counted_as}"
        )
    if waiting := [a for a in answers if a.due is None]:
        print(f"另有 {len(waiting)} 项尚无起算日期或由法院指定，用 --json 查看全部。")
    return 0


def _list_events(given: argparse.Namespace) -> int:
    from db.rules.periods import RULES  # noqa: PLC0415

    kinds = list(dict.fromkeys(rule.starts for rule in RULES))
    if given.json:
        rows = [
            {"event": kind.word, "also": [kind.value] if kind.word != kind.value else [], "starts": started}
            for kind in kinds
            if (started := [rule.id for rule in RULES if rule.starts is kind])
        ]
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for kind in kinds:
        titles = "、".join(f"{rule.id} {rule.title}" for rule in RULES if rule.starts is kind)
        also = f"（也可写作{kind.value}）" if kind.word != kind.value else ""
        print(f"{kind.word}{also}：{titles}")
    return 0


def _calendar(given: argparse.Namespace) -> "Calendar":
    if given.db is None:
        from db.shipped import shipped_calendar  # noqa: PLC0415 - needs no SQLAlchemy

        return shipped_calendar()
    from db.case_state import load_calendar  # noqa: PLC0415

    with _opened(given) as database, database.read() as session:
        return load_calendar(session)


def check(given: argparse.Namespace) -> int:
    """Check the database; one line per thing checked."""
    from db.queries.check import check_all  # noqa: PLC0415

    with _opened(given) as database:
        lines = check_all(database)
    for line in lines:
        if not given.json:
            print(f"{'通过' if line.is_ok else '有问题'}  {line.what}：{line.found}")
    if given.json:
        print(
            json.dumps([{"what": x.what, "found": x.found, "ok": x.is_ok} for x in lines], ensure_ascii=False)
        )
    return 0 if all(line.is_ok for line in lines) else 1


def bench(given: argparse.Namespace) -> int:
    """Measure how long the window takes to open, the case list over a big database, or the batch."""
    if given.name == "cases":
        from db.bench import bench_cases  # noqa: PLC0415

        print(bench_cases(max(given.rows or 100_000, 100), as_json=given.json))
        return 0
    if given.name == "allocate":
        from db.bench_allocate import bench_allocate  # noqa: PLC0415

        print(bench_allocate(max(given.rows or 1_000, 20), 200, as_json=given.json))
        return 0
    from gui.bench import bench_start  # noqa: PLC0415

    return bench_start(as_json=given.json)


def candidates(given: argparse.Namespace) -> int:
    """List who may be recommended for a case, the best first, with factors and conflicts."""
    from db.queries.allocation import candidates_of  # noqa: PLC0415

    with _opened(given) as database, database.read() as session:
        found = candidates_of(session, given.case, _today())
    if given.json:
        print(
            json.dumps(
                [asdict(c) | {"total": c.ranking.total} for c in found], ensure_ascii=False, default=str
            )
        )
        return 0
    for place, one in enumerate(found, start=1):
        said = "；".join(f.sentence for f in (one.findings if one.is_blocked else one.ranking.factors))
        print(f"{place}. {one.name}（{one.firm}）{'回避' if one.is_blocked else one.ranking.total}：{said}")
    return 0


def allocate(given: argparse.Namespace) -> int:
    """Propose a lead lawyer for each waiting case, and assign them unless it is a dry run."""
    from db.acts.allocation import accept  # noqa: PLC0415
    from db.queries.allocation import propose  # noqa: PLC0415

    with _opened(given) as database:
        with database.read() as session:
            batch = propose(session, _today())
        served = [p for p in batch.proposals if p.lawyer_id is not None]
        if served and not given.dry_run:
            with database.write(f"批量分派 {len(served)} 件") as session:
                accept(session, served, _today())
    if given.json:
        print(json.dumps(asdict(batch), ensure_ascii=False))
    else:
        for p in batch.proposals:
            print(f"{p.number} {p.parties}：{p.lawyer or '没有可分派的顾问'} {p.total}（{'；'.join(p.why)}）")
    complain(
        [f"{p.number} 没有可分派的顾问" for p in batch.proposals if p.lawyer_id is None], as_json=given.json
    )
    return 0 if len(served) == len(batch.proposals) else 1


def answer(text: str, given: argparse.Namespace) -> int:
    """Say what was done."""
    print(json.dumps({"done": text}, ensure_ascii=False) if given.json else text)
    return 0


def complain(sentences: Sequence[str], *, as_json: bool, code: int = 1) -> int:
    """Say what is wrong, one line each, on stderr; return ``code``."""
    for sentence in sentences:
        print(json.dumps({"problem": sentence}, ensure_ascii=False) if as_json else sentence, file=sys.stderr)
    return code


class _opened:  # noqa: N801 - reads as a word: with _opened(given) as database
    """The office's database, closed at the end of the block."""

    def __init__(self, given: argparse.Namespace) -> None:
        from db.acts.setup import open_office  # noqa: PLC0415
        from db.places import default_database  # noqa: PLC0415

        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
        self.database = open_office(given.db or default_database())

    def __enter__(self) -> "Database":
        return self.database

    def __exit__(self, *_: object) -> None:
        self.database.close()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2026-01-01") from None


def _event(text: str) -> "Happening":
    from db.rules.events import EventKind, Happening  # noqa: PLC0415

    name, sign, day = text.replace("＝", "=").partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"“{text}”应写成 名称=日期，如 收到起诉状副本=2026-11-12")
    kind = EventKind.named(name)
    if kind is None:
        raise argparse.ArgumentTypeError(f"没有名为“{name}”的事件，可用 periods --list 查看全部名称")
    on = _day(day.strip())
    if not EARLIEST <= on.year <= LATEST:
        raise argparse.ArgumentTypeError(f"“{day.strip()}”的年份应在 {EARLIEST} 至 {LATEST} 之间")
    return Happening(kind, on)


def _today() -> date:
    from db.base import today  # noqa: PLC0415

    return today()


def _has_display() -> bool:
    return bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    )


if __name__ == "__main__":
    sys.exit(main())
