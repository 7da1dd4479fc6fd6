"""The rates of the office, each with numerator, denominator and definition: ``figures``."""

import argparse
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from db.commands.common import Jobs, Usage, complain, day_typed, opened, today

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as it is printed; ``rate`` is 0 to 1, ``None`` where nothing is counted."""

    key: str
    title: str
    numerator: int
    denominator: int
    rate: float | None
    definition: str


def grammar(jobs: Jobs, shared: Usage) -> None:
    """Add the command."""
    job = jobs.add_parser("figures", parents=[shared], help="败诉率和各项覆盖率，附分子、分母、口径")
    job.add_argument("--from", dest="from_on", type=day_typed, help="统计期间起，默认本年 1 月 1 日")
    job.add_argument("--to", dest="to_on", type=day_typed, help="统计期间止，覆盖率截至这一天，默认今天")
    job.set_defaults(job=figures)


def figures(given: argparse.Namespace) -> int:
    """Print every rate of the period (of its last day, where it is one of a day)."""
    to_on = given.to_on or today()
    from_on = given.from_on or date(to_on.year, 1, 1)
    if to_on < from_on:
        return complain([f"--to {to_on} 早于 --from {from_on}，请核对。"], as_json=given.json, code=2)
    with opened(given) as database, database.read() as session:
        rates = _rates(session, from_on, to_on)
    if given.json:
        print(json.dumps([asdict(rate) for rate in rates], ensure_ascii=False))
        return 0
    from db.formats.rates import percent

    for rate in rates:
        said = "—" if rate.rate is None else percent(rate.rate)
        print(f"{rate.title}　{said}（{rate.numerator}/{rate.denominator}）")
        print(f"　　{rate.definition}")
    return 0


def _rates(session: "Session", from_on: date, to_on: date) -> list[Rate]:
    from db.cases.queries.disputes import dispute_statistics
    from db.coverage.queries.coverage import load_coverage

    lost = dispute_statistics(session, from_on, to_on)
    whole = load_coverage(session, today()).on(to_on).figures.whole
    return [
        Rate("lost", "败诉率", len(lost.lost), len(lost.counted), lost.rate, lost.definition),
        *(
            Rate(f.key, f.title, f.numerator, f.denominator, f.rate, f.definition)
            for f in (whole.own, whole.work, whole.formal, whole.effective)
        ),
    ]
