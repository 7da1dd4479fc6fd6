"""Measures coverage over a big made district: opening the page, moving the day, the trend, the next steps.

All names are invented. The database is made in a temporary folder and goes with it.
"""

import json
import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from db.base import today as this_day
from db.bench.speeds import GIVEN, SURNAMES
from db.coverage.queries.coverage import load_coverage
from db.coverage.rules.days import Coverage
from db.coverage.rules.remedies import gaps
from db.engine import Database
from db.models.agency import Agency
from db.models.public_lawyer import (
    AgencyContract,
    Certificate,
    InternalAdviser,
    Posting,
    PublicLawyer,
    Sharing,
)
from db.models.service import Service
from db.setup import derived
from db.setup.opening import open_office
from db.words.agency import AgencyKind
from db.words.service import ServiceKind

AGENCIES, LAWYERS, SERVICES = 2_000, 5_000, 500_000
BATCH = 20_000
YEARS = 6  # over which the services spread
OPENINGS, STEPS = 5, 60
Taken = tuple[float, float]
"""Milliseconds by the clock, and by the processor: on a busy machine only the second says what the program takes."""
KINDS = (
    AgencyKind.DEPARTMENT,
    AgencyKind.DEPARTMENT,
    AgencyKind.BRANCH,
    AgencyKind.SUBDISTRICT,
    AgencyKind.TOWN,
    AgencyKind.PARTY,
)
FIELDS = ("市场监管", "自然资源", "城乡建设", "生态环境", "劳动保障", "教育", "卫生健康", "交通运输", "")
OWN_SHARE, SHARED, INTERNAL, CONTRACTS = 0.6, 500, 600, 300  # which agencies have what


def bench_coverage(services: int, *, as_json: bool) -> str:
    """Measure a district with ``services`` services (half a million unless told), in words or as JSON."""
    agencies, lawyers = (
        max(size * services // SERVICES, least) for size, least in ((AGENCIES, 100), (LAWYERS, 100))
    )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "测速.db"
        database = open_office(place, "测速")
        started = time.perf_counter()
        make_district(database, (agencies, lawyers, services), this_day())
        made = time.perf_counter() - started
        figures: dict[str, Any] = {
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} 核, Python {platform.python_version()}, "
            f"SQLite {sqlite3.sqlite_version}",
            "agencies": agencies,
            "lawyers": lawyers,
            "services": services,
            "megabytes": round(place.stat().st_size / 1e6),
            "made_in_seconds": round(made),
            **measure(database, this_day()),
        }
        database.close()
    return json.dumps(figures, ensure_ascii=False) if as_json else _words(figures)


def measure(database: Database, today: date) -> dict[str, Any]:
    """Return what a clerk waits for in milliseconds, and how many statements opening the page takes."""
    statements: list[str] = []

    def seen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    opened: list[Taken] = []
    event.listen(database.engine, "before_cursor_execute", seen)
    for _ in range(OPENINGS):
        statements.clear()
        begun = _now()
        with database.read() as session:
            coverage = load_coverage(session, today)
        coverage.on(today)
        opened.append(_since(begun))
    event.remove(database.engine, "before_cursor_execute", seen)
    random = Random(20260103)  # noqa: S311 - repeatable on purpose
    jumps = [today - timedelta(days=random.randrange(1, 3 * 365)) for _ in range(STEPS)]
    fresh = Coverage(coverage.facts)
    return {
        "statements": len(statements),
        "milliseconds": {
            "打开页面（读取并统计当日）": _summary(opened),
            "拖动日期，每到一日": _timed([(coverage.on, day) for day in dict.fromkeys(jumps)]),
            "24 个月趋势": _timed([(Coverage(coverage.facts).trend, today) for _ in range(OPENINGS)]),
            "拖动到另一月，含趋势": _timed(_dragged(fresh, today)),
            "全部缺口的建议": _timed([(lambda day: gaps(coverage, day), today)] * OPENINGS),
        },
        "gaps": len(gaps(coverage, today)),
    }


def make_district(database: Database, sizes: tuple[int, int, int], today: date) -> None:
    """Enter an invented district of so many agencies, public lawyers and services, past the journal."""
    agencies, lawyers, services = sizes
    random = Random(20260101)  # noqa: S311 - repeatable on purpose
    with database.write("测速数据", undoable=False) as session:
        have = session.scalars(select(Agency.id).order_by(Agency.id)).all()
        _insert(session, Agency, (_agency(key) for key in range(len(have) + 1, agencies + 1)))
        keys = session.scalars(select(Agency.id).order_by(Agency.id)).all()
        _enter_people(session, random, keys, lawyers, today)
    for first in range(0, services, BATCH):
        with database.write("测速数据", undoable=False) as session:
            numbers = range(first + 1, min(first + BATCH, services) + 1)
            rows = [_service(key, random, keys, today) for key in numbers]
            _insert(session, Service, rows)
            derived.refresh(session, {"service": numbers})
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def _enter_people(session: Session, random: Random, agencies: Any, lawyers: int, today: date) -> None:
    served = agencies[: max(round(len(agencies) * OWN_SHARE), 1)]
    share = lawyers / LAWYERS
    people, posts, certificates = [], [], []
    for key in range(1, lawyers + 1):
        name = random.choice(SURNAMES) + "".join(random.choice(GIVEN) for _ in range(2))
        people.append({"id": key, "name": name, "sort_key": f"{key:06d}", "licence": f"1330820206{key:07d}"})
        since = today - timedelta(days=random.randrange(YEARS * 365))
        posts.append({"public_lawyer_id": key, "agency_id": served[key % len(served)], "from_on": since})
        until = since + timedelta(days=random.randrange(200, 3000))
        certificates.append({"public_lawyer_id": key, "from_on": since, "to_on": until})
    _insert(session, PublicLawyer, people)
    _insert(session, Posting, posts)
    _insert(session, Certificate, certificates)
    for model, count, more in (
        (Sharing, SHARED, _shared),
        (InternalAdviser, INTERNAL, _internal),
        (AgencyContract, CONTRACTS, _contract),
    ):
        rows = []
        for _ in range(max(round(count * share), 10)):
            since = today - timedelta(days=random.randrange(YEARS * 365))
            until = since + timedelta(days=random.randrange(300, 1200))
            whose = {"agency_id": random.choice(agencies), "from_on": since, "to_on": until}
            rows.append(whose | more(random, lawyers))
        _insert(session, model, rows)


def _agency(key: int) -> dict[str, Any]:
    return {
        "id": key,
        "name": f"示例第{key}单位",
        "short_name": f"第{key}单位",
        "sort_key": f"{key:06d}",
        "kind": KINDS[key % len(KINDS)],
        "field": FIELDS[key % len(FIELDS)],
        "place": key,
        "has_enforcement": key % 3 != 0,
    }


def _shared(random: Random, lawyers: int) -> dict[str, Any]:
    return {"public_lawyer_id": random.randrange(1, lawyers + 1)}


def _internal(random: Random, _: int) -> dict[str, Any]:
    return {"name": random.choice(SURNAMES) + random.choice(GIVEN), "sort_key": ""}


def _contract(random: Random, _: int) -> dict[str, Any]:
    return {"provider": f"示例第{random.randrange(40)}律师事务所"}


def _service(key: int, random: Random, agencies: Any, today: date) -> dict[str, Any]:
    return {
        "id": key,
        "kind": random.choice(tuple(ServiceKind)),
        "on_date": today - timedelta(days=random.randrange(YEARS * 365)),
        "agency_id": agencies[min(int(random.expovariate(3 / len(agencies))), len(agencies) - 1)],
        "matter": "示例事项",
    }


def _insert(session: Session, model: Any, rows: Any) -> None:
    if listed := list(rows):
        session.execute(insert(model), listed)


def _dragged(coverage: Coverage, today: date) -> Iterator[tuple[Callable[[date], object], date]]:
    """Return a drag back over two years, half a month at a time, after the page has shown today."""

    def show(day: date) -> object:
        return coverage.on(day), coverage.trend(day)

    show(today)
    return ((show, today - timedelta(days=15 * step)) for step in range(1, STEPS - 10))


def _timed(acts: Any) -> dict[str, float]:
    times = []
    for act, day in acts:
        begun = _now()
        act(day)
        times.append(_since(begun))
    return _summary(times)


def _now() -> Taken:
    return time.perf_counter(), time.process_time()


def _since(begun: Taken) -> Taken:
    """Return the milliseconds since then, as the clerk waits and as the processor worked."""
    clock, processor = _now()
    return (clock - begun[0]) * 1000, (processor - begun[1]) * 1000


def _summary(times: list[Taken]) -> dict[str, float]:
    waited = [clock for clock, _ in times]
    return {
        "median": round(median(waited), 1),
        "p95": round(quantiles(waited, n=20, method="inclusive")[-1], 1),
        "most": round(max(waited), 1),
        "processor": round(median(processor for _, processor in times), 1),
    }


def _words(figures: dict[str, Any]) -> str:
    said = (
        f"{figures['machine']}；{figures['agencies']} 个单位、{figures['lawyers']} 名公职律师、{figures['services']} 次履职，"
        f"数据库 {figures['megabytes']} MB；缺口 {figures['gaps']} 个，打开页面执行 {figures['statements']} 条语句。"
    )
    timed = [
        f"{what}：中位 {t['median']} 毫秒，95% 在 {t['p95']} 毫秒以内，最长 {t['most']} 毫秒；处理器用时中位 {t['processor']} 毫秒。"
        for what, t in figures["milliseconds"].items()
    ]
    return "\n".join([said, *timed])
