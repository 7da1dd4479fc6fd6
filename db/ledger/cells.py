"""What the cells of a clerk's sheet mean, by the kind of field that each is mapped to."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from db.errors import Severity
from db.exchange import values
from db.exchange.cells import CellReader
from db.formats.text import fold
from db.ledger.declare import Book, Choice, Day, Link, Links, Number, Spec, Tick

YES = frozenset({"是", "有", "√", "✓", "☑", "1", "Y", "y"})
NO = frozenset({"否", "无", "×", "✗", "☐", "0", "N", "n"})

Recogniser = Callable[[str], int | None]


class Cells:
    """Reads cells; ``called`` are the records that each link may mean, by the subject's key."""

    def __init__(self, session: Session, book: Book[Any], called: Mapping[str, Mapping[int, str]]) -> None:
        self._nouns = {to: book.resolve(to).noun for to in called}
        self._finders = {to: _finder(session, book, to, called[to]) for to in called}

    def value(self, spec: Spec, read: CellReader) -> Any:
        """Return what a cell says, ``None`` where it says nothing; what is not understood is an error of the row."""
        if isinstance(spec, Day):
            return read.day(spec.name)
        if isinstance(spec, Tick):
            return _tick(spec, read)
        typed = read.text(spec.name)
        return self._spoken(spec, read, typed) if typed else None

    def _spoken(self, spec: Spec, read: CellReader, typed: str) -> Any:
        if isinstance(spec, Number):
            return _number(spec, read, typed)
        if isinstance(spec, Choice):
            return _choice(spec, read, typed)
        if isinstance(spec, Link):
            return self._linked(spec, read, typed)
        if isinstance(spec, Links):
            linked = [self._linked(spec, read, word) for word in values.list_of(typed)]
            return tuple(key for key in linked if key is not None)
        return typed

    def _linked(self, spec: Link | Links, read: CellReader, typed: str) -> int | None:
        key = self._finders[spec.to](typed)
        if key is None:
            text = f"库内没有“{typed}”这个{self._nouns[spec.to]}，请先登记或改写"
            read.say(spec.name, Severity.ERROR, text)
        return key


def _finder(session: Session, book: Book[Any], to: str, called: Mapping[int, str]) -> Recogniser:
    target = book.resolve(to)
    if target.recognise:
        return target.recognise(session)
    by_name = {fold(name): key for key, name in called.items()}
    return lambda typed: by_name.get(fold(typed))


def _number(spec: Number, read: CellReader, typed: str) -> float | None:
    plain = typed.replace(",", "").removesuffix(spec.unit or "元").strip()
    try:
        return float(plain) if spec.decimals else int(plain)
    except ValueError:
        kind = "数字" if spec.decimals else "整数"
        read.say(spec.name, Severity.ERROR, f"应填写{kind}，现为“{typed}”")
        return None


def _choice(spec: Choice, read: CellReader, typed: str) -> Any:
    found = next((one for one in spec.of if fold(one.value) == fold(typed)), None)
    if found is None:
        words = "、".join(one.value for one in spec.of)
        read.say(spec.name, Severity.ERROR, f"应为{words}之一，现为“{typed}”")
    return found


def _tick(spec: Tick, read: CellReader) -> bool | None:
    typed = str(read.cells.get(spec.name) or "").strip()  # as it stands: 无 is an answer here
    if typed and typed not in YES | NO:
        read.say(spec.name, Severity.ERROR, f"应为是或否，现为“{typed}”")
    return typed in YES if typed else None
