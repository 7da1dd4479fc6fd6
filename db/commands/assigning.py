"""Who is recommended, and the batch: ``candidates`` and ``allocate``."""

import argparse
import json
from dataclasses import asdict

from db.commands.common import Jobs, Usage, complain, opened, today


def grammar(jobs: Jobs, shared: Usage) -> None:
    """Add the commands."""
    job = jobs.add_parser("candidates", parents=[shared], help="一件案件的候选顾问，按综合评分排列")
    job.add_argument("--case", required=True, metavar="编号或案号", help="案件的编号，或案号")
    job.set_defaults(job=candidates)
    job = jobs.add_parser("allocate", parents=[shared], help="为全部待分派案件批量分派主办顾问")
    job.add_argument("--dry-run", action="store_true", help="只列出方案，不写入")
    job.set_defaults(job=allocate)


def candidates(given: argparse.Namespace) -> int:
    """List who may be recommended for a case, the best first, with factors and conflicts."""
    from db.assignment.queries.allocation import candidates_of

    with opened(given) as database, database.read() as session:
        found = candidates_of(session, given.case, today())
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
    from db.assignment.acts.allocation import accept
    from db.assignment.queries.allocation import propose

    with opened(given) as database:
        with database.read() as session:
            batch = propose(session, today())
        served = [p for p in batch.proposals if p.lawyer_id is not None]
        if served and not given.dry_run:
            with database.write(f"批量分派 {len(served)} 件") as session:
                accept(session, served, today())
    if given.json:
        print(json.dumps(asdict(batch), ensure_ascii=False))
    else:
        for p in batch.proposals:
            print(f"{p.number} {p.parties}：{p.lawyer or '没有可分派的顾问'} {p.total}（{'；'.join(p.why)}）")
    complain(
        [f"{p.number} 没有可分派的顾问" for p in batch.proposals if p.lawyer_id is None], as_json=given.json
    )
    return 0 if len(served) == len(batch.proposals) else 1
