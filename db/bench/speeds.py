"""Measures the case list over a big made database: opening the page, changing the view, typing into the filter.

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

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.base import today as this_day
from db.cases.queries.cases import CaseFilter, View, case_counts, case_keys, case_rows
from db.engine import Database
from db.models.agency import Agency
from db.models.case import Case, Event, Party
from db.models.reference import Cause, Court
from db.setup import derived
from db.setup.opening import open_office
from db.words.case import Attendance, EventKind, Outcome, PartyKind, Procedure, Side

BATCH = 5000
SCREEN = 128  # rows that are fetched for what is in view
RUNS = 9
OPEN_SHARE = 20  # one case in so many is open
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
)
GIVEN = "伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰春梅建国志红文辉力永健世广义兴良海山仁波宁贵福生龙元全胜学祥才发武"
KEYSTROKES = (
    "周",
    "周建",
    "周建国",
    "z",
    "zj",
    "zjg",
    "37",
    "行初37",
    "浙0825行初37",
    "2026",
    "综合",
    "征收",
    "7",
    "没有的字",
)
MATTERS = (
    "违法建设处罚",
    "工伤认定",
    "政府信息公开",
    "征收补偿协议",
    "强制拆除房屋",
    "食品安全处罚",
    "不动产登记",
    "履行法定职责",
)


def bench_cases(rows: int, *, as_json: bool) -> str:
    """Make a database of ``rows`` cases, measure, and return what was found, in words or as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "测速.db"
        database = open_office(place, "测速")
        made = time.perf_counter()
        make_cases(database, rows, this_day())
        figures: dict[str, Any] = {
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} 核, Python {platform.python_version()}, "
            f"SQLite {sqlite3.sqlite_version}",
            "cases": rows,
            "open": _open_cases(database),
            "megabytes": round(place.stat().st_size / 1e6),
            "made_in_seconds": round(time.perf_counter() - made),
            "milliseconds": measure(database, this_day()),
        }
        database.close()
    return json.dumps(figures, ensure_ascii=False) if as_json else _words(figures)


def measure(database: Database, today: date) -> dict[str, dict[str, float]]:
    """Return the median and the 95th percentile of each thing a clerk waits for, in milliseconds."""

    def shown(session: Session, wanted: CaseFilter) -> None:
        keys = case_keys(session, wanted, today)
        case_rows(session, keys[:SCREEN], today)

    def opened(session: Session) -> None:
        case_counts(session, today)
        shown(session, CaseFilter())

    found = {"打开页面": _timed(database, [opened])}
    found["切换视图"] = _timed(database, [_showing(shown, CaseFilter(view)) for view in View])
    for view in (View.OPEN, View.ALL):
        typed = [_showing(shown, CaseFilter(view, text)) for text in KEYSTROKES]
        found[f"筛选每一击键（{view.value}）"] = _timed(database, typed)
    return found


def make_cases(database: Database, rows: int, today: date, *, every_open: bool = False) -> None:
    """Enter ``rows`` invented cases, the older ones closed; derived columns by the program's own functions.

    With ``every_open`` all of them run.
    """
    random = Random(20260101)  # noqa: S311 - repeatable on purpose
    for first in range(0, rows, BATCH):
        with database.write("测速数据", undoable=False) as session:
            closed = 0 if every_open else rows - rows // OPEN_SHARE
            keys = _enter(session, random, first, min(BATCH, rows - first), (rows, closed), today)
            derived.refresh(session, {"case_record": keys})
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def _enter(
    session: Session, random: Random, first: int, count: int, sizes: tuple[int, int], today: date
) -> list[int]:
    rows, closed = sizes
    agencies = session.execute(select(Agency.id, Agency.name)).all()
    court = session.scalar(select(Court.id).where(Court.code == "浙0825"))
    cause = session.scalar(select(Cause.id))
    cases, parties = [], []
    events: list[dict[str, Any]] = []
    for key in range(first + 1, first + count + 1):
        agency = random.choice(agencies)
        is_open = key > closed
        received = today - timedelta(
            days=random.randrange(150) if is_open else 160 + (rows - key) * 3000 // rows
        )
        cases.append(_case(key, received, court, cause, random, is_open=is_open))
        name = random.choice(SURNAMES) + "".join(random.choice(GIVEN) for _ in range(random.randint(1, 2)))
        for place, (side, who, agency_id) in enumerate(
            ((Side.PLAINTIFF, name, None), (Side.DEFENDANT, agency.name, agency.id))
        ):
            kind = PartyKind.AGENCY if agency_id else PartyKind.PERSON
            parties.append(
                {
                    "case_id": key,
                    "side": side,
                    "place": place,
                    "kind": kind,
                    "name": who,
                    "agency_id": agency_id,
                }
            )
        events += _steps(key, received, random, is_open=is_open)
    for model, made in ((Case, cases), (Party, parties), (Event, events)):
        session.execute(insert(model), made)
    return [case["id"] for case in cases]


def _case(
    key: int, received: date, court: int | None, cause: int | None, random: Random, *, is_open: bool
) -> dict[str, Any]:
    return {
        "id": key,
        "number": f"（{received.year}）浙0825行初{key}号",
        "procedure": Procedure.FIRST_INSTANCE,
        "court_id": court,
        "cause_id": cause,
        "cause_text": random.choice(MATTERS),
        "attendance": Attendance.PENDING,
        "outcome": None
        if is_open
        else random.choice((Outcome.DISMISSED, Outcome.WITHDRAWN, Outcome.REVOKED)),
    }


def _steps(key: int, received: date, random: Random, *, is_open: bool) -> Iterator[dict[str, Any]]:
    steps = [(EventKind.FILED, -2), (EventKind.RECEIVED_COMPLAINT, 0)]
    if not is_open or random.random() < 0.7:  # noqa: PLR2004 - most are answered
        steps.append((EventKind.ANSWERED, 11))
    if not is_open or random.random() < 0.4:  # noqa: PLR2004 - some have a hearing
        steps.append((EventKind.HEARING, 60))
    if not is_open:
        steps += [(EventKind.JUDGMENT_SERVED, 100), (EventKind.CLOSED, 130)]
    for kind, after in steps:
        yield {"case_id": key, "kind": kind, "on_date": received + timedelta(days=after)}


def _showing(shown: Callable[[Session, CaseFilter], None], wanted: CaseFilter) -> Callable[[Session], None]:
    def act(session: Session) -> None:
        shown(session, wanted)

    return act


def _timed(database: Database, acts: list[Callable[[Session], None]]) -> dict[str, float]:
    times = []
    for _ in range(RUNS):
        for act in acts:
            with database.read() as session:
                start = time.perf_counter()
                act(session)
                times.append((time.perf_counter() - start) * 1000)
    return {
        "median": round(median(times), 1),
        "p95": round(quantiles(times, n=20)[-1], 1),
        "most": round(max(times), 1),
    }


def _open_cases(database: Database) -> int:
    with database.read() as session:
        return case_counts(session, this_day())[View.OPEN]


def _words(figures: dict[str, Any]) -> str:
    lines = [
        f"{figures['machine']}；{figures['cases']} 件案件，其中在办 {figures['open']} 件，数据库 {figures['megabytes']} MB。"
    ]
    lines += [
        f"{what}：中位 {t['median']} 毫秒，95% 在 {t['p95']} 毫秒以内，最长 {t['most']} 毫秒。"
        for what, t in figures["milliseconds"].items()
    ]
    return "\n".join(lines)
