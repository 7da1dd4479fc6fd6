"""What python-calamine does not tell of an .xlsx: hidden rows, errors, and formulas saved without their result.

Reads the parts of the file as a stream with expat; a DOCTYPE, with which entities could be made to grow without
end, ends the reading.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from db.exchange.grid import UNCOMPUTED

MAX_BYTES = 1 << 30  # of one part when unpacked
CHUNK = 1 << 20
WORKBOOK = "xl/workbook.xml"

Attributes = dict[str, str]


@dataclass
class Unseen:
    """Of one sheet: rows that nobody sees, and by (row, column) what stands in place of a value; all from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    broken: dict[tuple[int, int], str] = field(default_factory=dict)


def look(archive: ZipFile, wanted: str = "") -> dict[str, Unseen]:
    """Return what is unseen in each sheet of an .xlsx, or in the ``wanted`` one."""
    names = archive.namelist()
    targets = _targets(archive)
    sheets = {name: targets[key] for name, key in _sheets(archive) if key in targets}
    return {
        name: _Sheet().read(archive, target)
        for name, target in sheets.items()
        if target in names and wanted in {"", name}
    }


def _sheets(archive: ZipFile) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def begin(tag: str, given: Attributes) -> None:
        if local(tag) == "sheet":
            keys = {local(name): value for name, value in given.items()}
            found.append((keys.get("name", ""), keys.get("id", "")))

    parse(archive, WORKBOOK, begin)
    return found


def _targets(archive: ZipFile) -> dict[str, str]:
    found: dict[str, str] = {}

    def begin(tag: str, given: Attributes) -> None:
        if local(tag) == "Relationship":
            target = given.get("Target", "")
            found[given.get("Id", "")] = (
                target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
            )

    parse(archive, "xl/_rels/workbook.xml.rels", begin)
    return found


@dataclass
class _Sheet:
    """One sheet while it is read; rows and cells without a number follow the one before."""

    unseen: Unseen = field(default_factory=Unseen)
    row: int = -1
    column: int = -1
    kind: str = ""
    is_formula: bool = False
    is_value: bool = False
    text: str = ""

    def read(self, archive: ZipFile, name: str) -> Unseen:
        parse(archive, name, self.begin, self.end, self.data)
        return self.unseen

    def begin(self, tag: str, given: Attributes) -> None:
        match local(tag):
            case "row":
                self.row = int(given["r"]) - 1 if "r" in given else self.row + 1
                self.column = -1
                if given.get("hidden") in {"1", "true"}:
                    self.unseen.hidden_rows.add(self.row)
            case "c":
                self.column = _column(given["r"]) if "r" in given else self.column + 1
                self.kind, self.is_formula, self.text = given.get("t", "n"), False, ""
            case "f":
                self.is_formula = True
            case "v":
                self.is_value = True

    def data(self, text: str) -> None:
        if self.is_value:
            self.text += text

    def end(self, tag: str) -> None:
        match local(tag):
            case "v":
                self.is_value = False
            case "c" if self.kind == "e":
                self.unseen.broken[self.row, self.column] = self.text or "#VALUE!"
            case "c" if self.is_formula and not self.text and self.kind != "str":
                self.unseen.broken[self.row, self.column] = UNCOMPUTED


def parse(
    archive: ZipFile,
    name: str,
    begin: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    """Read a part of a file as a stream. Raises ``ValueError`` for a DOCTYPE, ``MemoryError`` beyond all measure."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = _refuse
    if end is not None:
        parser.EndElementHandler = end
    if data is not None:
        parser.CharacterDataHandler = data
    read = 0
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            read += len(chunk)
            if read > MAX_BYTES:
                raise MemoryError
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse(*_: Any) -> None:
    raise ValueError("a workbook has no DOCTYPE")


def local(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition(" ")[2]


def _column(reference: str) -> int:
    number = 0
    for sign in reference:
        if not sign.isalpha():
            break
        number = number * 26 + ord(sign.upper()) - 64
    return number - 1
