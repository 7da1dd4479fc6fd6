"""The office's database as a whole: ``demo``, ``check`` and ``bench``."""

import argparse
import json
from collections.abc import Callable

from db.commands.common import Jobs, Usage, answer, number_typed, opened, place_of, today


def grammar(jobs: Jobs, shared: Usage, measure_start: Callable[[argparse.Namespace], int]) -> None:
    """Add the commands; ``measure_start`` opens a window, of which nothing is known here."""
    jobs.add_parser("demo", parents=[shared], help="在空库中载入示例数据").set_defaults(job=demo)
    jobs.add_parser("check", parents=[shared], help="核对数据库、操作记录和推算列").set_defaults(job=check)
    job = jobs.add_parser("bench", parents=[shared], help="测量速度")
    job.add_argument(
        "name",
        nargs="?",
        default="start",
        choices=["start", *BENCHES],
        help="start：启动；" + "；".join(f"{name}：{what}" for name, (what, _) in BENCHES.items()),
    )
    job.add_argument(
        "--rows",
        type=number_typed,
        help="多少件案件或次履职，cases 默认 100000，allocate 1000，coverage 500000",
    )
    job.set_defaults(job=bench, measure_start=measure_start)


def demo(given: argparse.Namespace) -> int:
    """Fill an empty database with the invented bureau."""
    from db.demo.demo import load_demo

    with opened(given, may_create=True) as database:
        counts = load_demo(database, today())
    return answer(f"已载入示例数据：{counts}。全部人名、律所名均为虚构，并标有“示例”。", given)


def check(given: argparse.Namespace) -> int:
    """Check the database; one line for each thing that is well, and one for each fault."""
    from db.setup.checking import check_office

    lines = check_office(place_of(given))
    if given.json:
        told = [{"what": x.what, "found": x.found, "ok": x.is_ok, "faults": x.faults} for x in lines]
        print(json.dumps(told, ensure_ascii=False))
        return 0 if all(line.is_ok for line in lines) else 1
    for line in lines:
        for said in line.faults or (line.found,):
            print(f"{'通过' if line.is_ok else '有问题'}  {line.what}：{said}")
    return 0 if all(line.is_ok for line in lines) else 1


def bench(given: argparse.Namespace) -> int:
    """Measure how long the window takes to open, or one of ``BENCHES`` over a big database."""
    if given.name == "start":
        measure_start: Callable[[argparse.Namespace], int] = given.measure_start
        return measure_start(given)
    _, measure = BENCHES[given.name]
    print(measure(given.rows, given.json))
    return 0


def _bench_cases(rows: int | None, as_json: bool) -> str:
    from db.bench.speeds import bench_cases

    return bench_cases(max(rows or 100_000, 100), as_json=as_json)


def _bench_allocate(rows: int | None, as_json: bool) -> str:
    from db.bench.allocate import bench_allocate

    return bench_allocate(max(rows or 1_000, 20), 200, as_json=as_json)


def _bench_coverage(rows: int | None, as_json: bool) -> str:
    from db.bench.coverage import SERVICES, bench_coverage

    return bench_coverage(max(rows or SERVICES, 1_000), as_json=as_json)


BENCHES: dict[str, tuple[str, Callable[[int | None, bool], str]]] = {
    "cases": ("大量案件的列表", _bench_cases),
    "allocate": ("批量分派", _bench_allocate),
    "coverage": ("两千个单位、五十万次履职的覆盖", _bench_coverage),
}
"""What can be measured without a window: what it is, and the function of how many rows and whether as JSON."""
