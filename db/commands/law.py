"""Statutory periods by the calendar: ``periods``."""

import argparse
import json
from typing import TYPE_CHECKING

from db.commands.common import Jobs, Usage, complain, day_typed, opened

if TYPE_CHECKING:
    from db.law.calendar import Calendar
    from db.law.events import Happening


def grammar(jobs: Jobs, shared: Usage) -> None:
    """Add the commands."""
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


def periods(given: argparse.Namespace) -> int:
    """Count the statutory periods that the given events set running, by the office's calendar or the shipped one."""
    from db.law import litigation_periods, reconsideration_periods
    from db.law.periods import look_up
    from db.words.case import Track

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
    from db.law.periods import RULES

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
        from db.shipped import shipped_calendar

        return shipped_calendar()
    from db.cases.state import load_calendar

    with opened(given) as database, database.read() as session:
        return load_calendar(session)


def _event(text: str) -> "Happening":
    from db.law.events import Happening
    from db.words.case import EventKind

    name, sign, day = text.replace("＝", "=").partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"“{text}”应写成 名称=日期，如 收到起诉状副本=2026-11-12")
    kind = EventKind.named(name)
    if kind is None:
        raise argparse.ArgumentTypeError(f"没有名为“{name}”的事件，可用 periods --list 查看全部名称")
    on = day_typed(day.strip())
    return Happening(kind, on)
