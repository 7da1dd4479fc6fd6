"""The command line: without a subcommand it opens the window; the subcommands do the same jobs without one.

Exit code 0: done. 1: a problem, said in Chinese on stderr, one line each. 2: wrong usage.
"""

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence

from db.commands import assigning, copies, coverage, exports, figures, imports, law, papers, reading, upkeep
from db.commands.common import Usage, complain, place_typed
from db.errors import UserError
from db.places import named

WINDOWLESS = (
    "demo、import、export、report、figures、coverage、periods、check、backup、restore、bench、candidates、allocate、"
    "intake、holidays"
)


LONGEST_PLACE = 100  # characters of a path in a sentence


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the words ask for; return the exit code."""
    given = parser().parse_args(arguments, argparse.Namespace(db=None, json=False))
    job: Callable[[argparse.Namespace], int] = getattr(given, "job", open_window)
    try:
        given.db = named(given.db)
        return job(given)
    except UserError as error:
        return complain([str(error)], as_json=given.json)
    except OSError as error:  # a name that is too long, a loop of links, a disk that fails
        place = str(error.filename or "文件")
        short = place if len(place) <= LONGEST_PLACE else f"{place[:LONGEST_PLACE]}…"
        why = "名称太长" if error.errno == errno.ENAMETOOLONG else error.strerror or str(error)
        return complain([f"读写 {short} 时出错：{why}。请核对路径和权限，再试一次。"], as_json=given.json)
    except KeyboardInterrupt:
        return complain(["已中止，没有写入任何内容。"], as_json=given.json)


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar; ``--db`` and ``--json`` may stand before or after the subcommand."""
    shared = Usage(add_help=False)
    shared.add_argument(
        "--db", type=place_typed, default=argparse.SUPPRESS, help="数据库文件，或 postgresql:// 地址"
    )
    shared.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="输出便于程序读取的 JSON"
    )
    top = Usage(prog="main.py", description="行政诉讼法律顾问库。不带子命令时打开窗口。", parents=[shared])
    jobs = top.add_subparsers(title="子命令", metavar="")
    for subject in (imports, exports, papers, figures, coverage, law, assigning, copies, reading):
        subject.grammar(jobs, shared)
    upkeep.grammar(jobs, shared, measure_start)
    return top


def open_window(given: argparse.Namespace) -> int:
    """Open the window, or say in one line why that is not possible here."""
    if sys.platform.startswith("linux") and not _has_display():
        print(
            f"本机没有图形界面，打不开窗口；可用不需要窗口的子命令：{WINDOWLESS}（--help 查看用法）。",
            file=sys.stderr,
        )
        return 1
    from gui.system_libraries import bring, missing_packages  # noqa: PLC0415 - the subcommands need no Qt

    if refusal := bring(missing_packages()):
        print(refusal, file=sys.stderr)
        return 1
    from gui.app import run  # noqa: PLC0415 - the subcommands need no Qt

    return run(given.db)


def measure_start(given: argparse.Namespace) -> int:
    """Measure how long the window takes to open."""
    from gui.bench import bench_start  # noqa: PLC0415 - the subcommands need no Qt

    return bench_start(as_json=given.json)


def _has_display() -> bool:
    return bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    )


if __name__ == "__main__":
    sys.exit(main())
