"""Measures the batch: the solver alone over made scores, and reading candidates over a made database.

All names are invented. The database is made in a temporary folder and goes with it.
"""

import json
import os
import platform
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from db.assignment.queries.allocation import propose
from db.assignment.queries.candidates import everybody
from db.assignment.queries.conflict_pool import load_pool
from db.assignment.rules.allocation import allocate
from db.assignment.rules.waiting import Free, Waiting, may_take
from db.base import today as this_day
from db.bench.speeds import GIVEN, SURNAMES, make_cases
from db.engine import Database
from db.models.case import Case, Party
from db.roster.acts.lawyers import save_lawyer
from db.roster.rules.lawyers import LawyerDraft
from db.setup.opening import open_office
from db.words.case import Side

BARRED = 0.1  # share of lawyers whom a rule bars in a case
READ = 20  # cases whose candidates are read one by one
FIELDS = ("市场监管", "征收补偿", "违法建设", "工伤认定", "政府信息公开", "不动产登记")


def bench_allocate(cases: int, lawyers: int, *, as_json: bool) -> str:
    """Measure ``cases`` x ``lawyers``; return what was found, in words or as JSON."""
    solved = _solve(cases, lawyers, cases // lawyers + 4)
    overloaded = _solve(cases, lawyers, cases // lawyers + 1)
    with tempfile.TemporaryDirectory() as folder:
        database = open_office(Path(folder) / "测速.db", "测速")
        _make_pool(database, lawyers)
        make_cases(database, cases, this_day(), every_open=True)
        read = _read(database)
        database.close()
    figures: dict[str, Any] = {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} 核, Python {platform.python_version()}",
        "cases": cases,
        "lawyers": lawyers,
        "solver": solved,
        "overloaded": overloaded,
        "database": read,
    }
    return json.dumps(figures, ensure_ascii=False) if as_json else _words(figures)


def _solve(cases: int, lawyers: int, cap: int) -> dict[str, float]:
    """Solve a made pool; ``allocate`` gives no answer but a proven one, so what is left over could not be placed."""
    random = Random(20260101)  # noqa: S311 - repeatable on purpose
    pool = [Free(key, random.choice((0, 1, 2, 3)), capacity=cap) for key in range(lawyers)]
    waiting = [
        Waiting(
            key,
            random.choice((1.0, 1.0, 1.0, 1.5)),
            {lawyer.key: random.randrange(200, 950) for lawyer in pool if random.random() > BARRED},
        )
        for key in range(cases)
    ]
    start = time.perf_counter()
    best = allocate(waiting, pool)
    seconds, left = time.perf_counter() - start, set(best.unserved)
    beyond = [case for case in waiting if case.key in left and not any(may_take(case, x) for x in pool)]
    return {
        "seconds": round(seconds, 2),
        "served": len(best.chosen),
        "score": best.score / 10,
        "beyond_every_cap": len(beyond),
        "caps_used_up": len(left) - len(beyond),
    }


def _make_pool(database: Database, lawyers: int) -> None:
    random, today = Random(20260102), this_day()  # noqa: S311 - repeatable on purpose
    with database.write("测速数据", undoable=False) as session:
        for key in range(lawyers):
            name = random.choice(SURNAMES) + "".join(random.choice(GIVEN) for _ in range(2))
            draft = LawyerDraft(
                name=name,
                sex="女",
                firm=f"示例第{key % 40 + 1}律师事务所",
                licence=f"13308201510{100000 + key}",
                term_from=date(today.year - 1, 1, 1),
                term_to=date(today.year + 1, 12, 31),
                specialities=tuple(random.sample(FIELDS, 2)),
            )
            save_lawyer(session, draft, today)


def _read(database: Database) -> dict[str, float]:
    today = this_day()
    with database.read() as session:
        start = time.perf_counter()
        pool = load_pool(session, today)
        loaded = time.perf_counter() - start
        parties = session.execute(
            select(Case.id, Party.id)
            .join(Party, Party.case_id == Case.id)
            .where(Case.is_open, Party.side == Side.DEFENDANT)
            .limit(READ)
        ).all()
        start = time.perf_counter()
        for case_id, party_id in parties:
            everybody(session, case_id, party_id, today, pool)
        each = (time.perf_counter() - start) / max(len(parties), 1)
    with database.read() as session:
        start = time.perf_counter()
        batch = propose(session, today)
        whole = time.perf_counter() - start
    return {
        "pool_ms": round(loaded * 1000),
        "case_ms": round(each * 1000),
        "batch_seconds": round(whole, 1),
        "proposed": sum(p.lawyer_id is not None for p in batch.proposals),
    }


def _words(figures: dict[str, Any]) -> str:
    solved, over, read = figures["solver"], figures["overloaded"], figures["database"]
    return (
        f"批量分派，{figures['machine']}；{figures['cases']} 件案件、{figures['lawyers']} 名顾问\n"
        f"求解：{solved['seconds']} 秒，分派 {solved['served']} 件，得分合计 {solved['score']:.1f}，已证明最优\n"
        f"求解（名额不足）：{over['seconds']} 秒，分派 {over['served']} 件，已证明最优；未能分派的 "
        f"{over['caps_used_up']} 件因可派顾问的名额已用完，{over['beyond_every_cap']} 件因回避或者权重超出每名可派顾问的余额\n"
        f"读取：整库 {read['pool_ms']} 毫秒，每件案件的全部候选 {read['case_ms']} 毫秒\n"
        f"从数据库到方案：{figures['cases']} 件 {read['batch_seconds']} 秒（含读取和求解），可分派 {read['proposed']} 件"
    )
