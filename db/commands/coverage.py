"""How far the district is covered on a day: ``coverage``."""

import argparse
import json
from typing import TYPE_CHECKING

from db.commands.common import Jobs, Usage, day_typed, opened, today
from db.formats.rates import percent

if TYPE_CHECKING:
    from db.coverage.rules.coverage import Figures, FigureSet
    from db.formats.figures import Figure


def grammar(jobs: Jobs, shared: Usage) -> None:
    """Add the command."""
    job = jobs.add_parser("coverage", parents=[shared], help="公职律师、法律顾问覆盖情况的各项比率")
    job.add_argument("--as-of", dest="as_of", type=day_typed, help="截至哪一天，默认今天")
    job.set_defaults(job=coverage)


def coverage(given: argparse.Namespace) -> int:
    """Print every rate of the day with numerator, denominator and definition; with ``--json`` for each kind too."""
    from db.coverage.queries.coverage import load_coverage

    with opened(given) as database, database.read() as session:
        figures = load_coverage(session, today()).on(given.as_of or today()).figures
    if given.json:
        print(json.dumps(_as_json(figures), ensure_ascii=False))
        return 0
    print(f"截至 {figures.day}，{len(figures.whole.agencies)} 个单位")
    for key, figure in _rates(figures.whole).items():
        forced = _rates(figures.enforcement)[key]
        print(f"{figure.title}　{_words(figure)}，其中具有行政执法权的 {_words(forced)}")
        print(f"　　{figure.definition}")
    for count in (figures.whole.persons, figures.whole.services):
        print(f"{count.title}　{count.number}")
        print(f"　　{count.definition}")
    for one in figures.kinds:
        rates = "，".join(f"{figure.title} {_words(figure)}" for figure in _rates(one).values())
        print(f"{one.scope}　{len(one.agencies)} 个单位：{rates}")
    return 0


def _rates(one: "FigureSet") -> "dict[str, Figure]":
    return {figure.key: figure for figure in (one.own, one.work, one.formal, one.effective)}


def _words(figure: "Figure") -> str:
    rate = "—" if figure.rate is None else percent(figure.rate)
    return f"{rate}（{figure.numerator}/{figure.denominator}）"


def _as_json(figures: "Figures") -> dict[str, object]:
    return {
        "day": figures.day.isoformat(),
        "services_from": figures.first.isoformat(),
        "scopes": [
            {
                "scope": one.scope,
                "agencies": len(one.agencies),
                "rates": [_figure(figure) for figure in _rates(one).values()],
                "modes": [_figure(figure) for figure in one.modes],
                "persons": one.persons.number,
                "services": one.services.number,
                "services_by_kind": {kind.value: number for kind, number in one.by_kind.items()},
            }
            for one in figures.sets
        ],
    }


def _figure(figure: "Figure") -> dict[str, object]:
    return {
        "key": figure.key,
        "title": figure.title,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "rate": figure.rate,
        "definition": figure.definition,
    }
