"""Reading pasted texts without a window: ``intake`` and ``holidays``. Nothing is saved."""

import argparse
import json
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.commands.common import Jobs, Usage, complain, day_typed, opened, today
from db.errors import UserError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from db.formats.recognise.agencies import AgencyRecogniser
    from db.intake.queries.known import Match
    from db.intake.rules import Found, Intake
    from db.law.notices import Notice

LARGEST = 2_000_000  # bytes; a notice has a few thousand
ENCODINGS = ("utf-8-sig", "gb18030")

BINARY = {
    b"%PDF": " PDF 文件",
    b"PK\x03\x04": " Word、Excel 或压缩文件",
    b"\xd0\xcf\x11\xe0": "旧版 Word 或 Excel 文件",
    b"{\\rtf": " RTF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"II*\x00": "图片",
    b"MM\x00*": "图片",
    b"Rar!": "压缩文件",
    b"7z\xbc\xaf": "压缩文件",
}
"""How files begin that clerks take for text."""


def grammar(jobs: Jobs, shared: Usage) -> None:
    """Add the commands."""
    job = jobs.add_parser("intake", parents=[shared], help="识别粘贴的通知、传票、裁判文书或消息，只读不存")
    job.add_argument("file", help="文本文件；写 - 时读标准输入")
    job.add_argument("--today", type=day_typed, help="按哪一天推断没有写年份的日期，不写为今天")
    job.set_defaults(job=intake)
    job = jobs.add_parser("holidays", parents=[shared], help="识别放假通知中的放假日和上班日，只读不存")
    job.add_argument("file", help="文本文件；写 - 时读标准输入")
    job.set_defaults(job=holidays)


def intake(given: argparse.Namespace) -> int:
    """Say what a text proposes, case by case, and to which case on record each belongs; 1 where it proposes nothing."""
    from db.intake.rules import read_parts
    from db.intake.rules.updating import LABELS

    text, day = _text_of(given.file), given.today or today()
    items: list[dict[str, Any]] = []
    with _office(given) as (known, find):
        parts = read_parts(text, day, known)
        for number, part in enumerate(parts, 1):
            matches = find(part.read)
            found = [*_case_items(matches, part.read), *_items(part.read, known, matches, day, part.text)]
            items += [item | {"part": number} for item in found] if len(parts) > 1 else found
    if given.json:
        print(json.dumps(items, ensure_ascii=False))
        return 0 if items else 1
    last = 0
    for item in items:
        if (part_number := item.get("part", 0)) != last:
            print(f"—— 第 {part_number} 件，共 {len(parts)} 件 ——")
            last = part_number
        note = f"（{item['note']}）" if item["note"] else ""
        before = f"，原登记为 {item['before']}" if item.get("before") else ""
        print(
            f"{NAMES.get(item['field']) or LABELS.get(item['field'], item['field'])}：{item['value']}{before}{note}"
        )
    if not items:
        print("没有认出案号、当事人或者日期。")
    return 0 if items else 1


NAMES = {
    "case": "已登记的案件",
    "paper": "文书",
    "number": "案号",
    "procedure": "审级",
    "plaintiff": "原告（申请人）",
    "defendant": "被告（被申请人）",
    "third": "第三人",
    "agent": "代理人",
}


def holidays(given: argparse.Namespace) -> int:
    """Say which days a notice makes off or working, and what was not understood."""
    from db.law.notices import read_notice

    notice = read_notice(_text_of(given.file))
    if given.json:
        print(json.dumps(_notice_items(notice), ensure_ascii=False))
    else:
        for day in notice.days:
            print(f"{day.day}  {'放假' if day.kind == 'off' else '上班'}  {day.name}")
        complain([f"没有认准：{problem}" for problem in notice.problems], as_json=False)
    return 0 if notice.days else 1


def _notice_items(notice: "Notice") -> dict[str, Any]:
    return {
        "year": notice.year,
        "number": notice.number,
        "festivals": list(notice.festivals),
        "whole_year": notice.is_whole_year,
        "days": [{"day": d.day.isoformat(), "kind": d.kind, "name": d.name} for d in notice.days],
        "problems": list(notice.problems),
    }


@contextmanager
def _office(given: argparse.Namespace) -> "Iterator[tuple[AgencyRecogniser, Any]]":
    """Lend who knows the office's agencies, and what finds its cases; without a database those the program ships."""
    from db.places import default_database

    place = given.db or str(default_database())
    if "://" in place or Path(place).exists():
        from db.agencies.queries.in_time import agency_recogniser
        from db.intake.queries.known import matches

        with opened(given) as database, database.read() as session:
            yield agency_recogniser(session), lambda read: matches(session, read)
        return
    from db.formats.recognise.agencies import AgencyRecogniser, KnownAgency
    from db.shipped import rows

    said = f"没有数据库文件 {place}，" if given.db else "本机还没有数据库，"
    print(f"{said}按随程序附带的单位名录识别，不查找已登记的案件。", file=sys.stderr)
    shipped = (KnownAgency(at, r["name"], r["short_name"]) for at, r in enumerate(rows("agencies.csv"), 1))
    yield AgencyRecogniser(shipped), lambda _: []


def _case_items(matches: "Sequence[Match]", read: "Intake") -> "Iterator[dict[str, Any]]":
    """Yield the matched cases, each as an item of field ``case`` with its id and how it belongs to the text."""
    quoted = read.first("number") or read.first("previous_number")
    for match in matches:
        yield {
            "field": "case",
            "value": match.record.number,
            "from": quoted.text if quoted else "",
            "note": f"{match.likeness.value}：{match.record.title}",
            "id": match.record.key,
            "match": match.likeness.name.lower(),
        }


def _items(
    read: "Intake", known: "AgencyRecogniser", matches: "Sequence[Match]", day: "date", text: str
) -> "Iterator[dict[str, Any]]":
    """Yield what the text proposes; what it changes in the one matched case has ``before``."""
    from db.intake.rules.updating import Likeness, changes

    before = {}
    if len(matches) == 1 and matches[0].likeness is not Likeness.NEAR:
        changed = changes(read, matches[0].record, matches[0].likeness, day, text)
        before = {change.field: change for change in changed}
    for found in read.found:
        shown = _with_agency(found, known)
        item = {"field": shown.field, "value": shown.value, "from": shown.text, "note": shown.note}
        if found.firm:
            item["firm"] = found.firm
        if found.side:
            item["side"] = found.side
        agency = known.of(found.value) if found.field in {"defendant", "plaintiff", "third"} else None
        if agency is not None and agency.key is not None:
            item["agency"] = known.agencies[agency.key].name
        if change := before.get(found.field):
            item |= {"before": change.before, "note": change.note}
        yield item


def _with_agency(found: "Found", known: "AgencyRecogniser") -> "Found":
    """Return an agency's name with what is doubtful of whom it means."""
    match = known.of(found.value) if found.field == "defendant" else None
    if match is None or match.certain is not None:
        return found
    if match.keys:
        names = "、".join(known.agencies[key].name for key in match.keys)
        said = f"可能是{names}，请核对"
    else:
        said = "单位名录中没有这个单位"
    return replace(found, note="，".join(filter(None, (found.note, said))))


def _text_of(place: str) -> str:
    """Return the text of a file or of the standard input, in UTF-8, UTF-16 or GB 18030. Raises ``UserError``."""
    try:
        raw = sys.stdin.buffer.read(LARGEST + 1) if place == "-" else Path(place).read_bytes()
    except OSError as error:
        raise UserError(f"读不了 {place}：{reason(error)}。请核对文件名和权限。") from error
    if len(raw) > LARGEST:
        raise UserError("文本超过 2 MB，不像通知或文书。请只粘贴要识别的部分。")
    if named := next((kind for mark, kind in BINARY.items() if raw.startswith(mark)), ""):
        raise UserError(f"这是{named}，不是文本。请打开它，复制其中的文字，存成文本文件或者直接粘贴。")
    encodings = ("utf-16",) if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else ENCODINGS
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("认不出文字编码。请另存为 UTF-8 文本后再试；Word、PDF 文件请先复制其中的文字。")
