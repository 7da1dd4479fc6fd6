"""What every command shares: its grammar's parts, the office's database, and how it says what it did."""

import argparse
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from db.formats.storable import FIRST_YEAR, LAST_YEAR, whole_number, year_trouble

if TYPE_CHECKING:
    from pathlib import Path

    from db.engine import Database


class Usage(argparse.ArgumentParser):
    """An argument parser that speaks Chinese when the words are wrong."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"命令不完整或写错了：{message}。用 --help 查看用法。\n")


Jobs: TypeAlias = "argparse._SubParsersAction[Usage]"  # noqa: SLF001 - argparse has no public name for it


def answer(text: str, given: argparse.Namespace) -> int:
    """Say what was done."""
    print(json.dumps({"done": text}, ensure_ascii=False) if given.json else text)
    return 0


def complain(sentences: Sequence[str], *, as_json: bool, code: int = 1) -> int:
    """Say what is wrong, one line each, on stderr; return ``code``."""
    for sentence in sentences:
        print(json.dumps({"problem": sentence}, ensure_ascii=False) if as_json else sentence, file=sys.stderr)
    return code


def place_typed(text: str) -> str:
    """Read where the database is from the command line: the path of a file, or the URL of a server or file."""
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError("没有写数据库文件的路径")
    scheme, is_url, rest = text.partition("://")
    is_file = not is_url or scheme.lower() == "sqlite"
    file = rest.removeprefix("/") if is_url else text
    if is_file and (not file.strip() or file.endswith(":memory:")):
        raise argparse.ArgumentTypeError(f"“{text}”没有写数据库文件的路径")
    if is_file and file.endswith(("/", "\\")):
        raise argparse.ArgumentTypeError(f"“{text}”是文件夹，应写到数据库文件名")
    return text


def place_of(given: argparse.Namespace) -> "Path | str":
    """Return where the database is: as typed, or this PC's own."""
    from db.places import default_database

    return given.db or default_database()


@contextmanager
def opened(given: argparse.Namespace, *, may_create: bool = False) -> "Iterator[Database]":
    """Lend the office's database, of a damaged one what can be read; it is closed at the end of the block.

    Raises ``Missing`` where there is none: a mistyped path must not become a new office.
    """
    from db.setup.opening import open_office

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    database = open_office(place_of(given), may_create=may_create)
    if database.damage:
        complain([f"{database.damage}只能查看还读得出来的内容，没有改动它。"], as_json=given.json)
    try:
        yield database
    finally:
        database.close()


def day_typed(text: str) -> date:
    """Read a day from the command line."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2026-01-01") from None
    if said := year_trouble(day):
        raise argparse.ArgumentTypeError(said)
    return day


def number_typed(text: str) -> int:
    """Read a key or a count from the command line."""
    number = whole_number(text.strip())
    if number is None:
        raise argparse.ArgumentTypeError(f"“{text[:20]}”应为不超过九位的整数")
    return number


def year_typed(text: str) -> int:
    """Read a year from the command line."""
    number = whole_number(text.strip())
    if number is None or not FIRST_YEAR <= number <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"“{text[:20]}”应为 {FIRST_YEAR} 至 {LAST_YEAR} 之间的年份")
    return number


def today() -> date:
    """Return the day on which the program works."""
    from db.base import today as current

    return current()
