"""Reads the sheets of a workbook and writes it to standard output as JSON; run as a process of its own by ``reading``.

Some real files hang or exhaust a reader, so this process has limits on memory, time and cells. It uses
python-calamine alone: pandas would double the time to start and loses which cells are merged.
"""

import codecs
import csv
import io
import json
import re
import sys
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

from db.exchange import sheet_ods, sheet_xls, sheet_xml
from db.exchange.grid import cell_of
from db.exchange.sheet_xml import Unseen

MEMORY = 1 << 31  # bytes
CPU_SECONDS = 60
MAX_CELLS = 3_000_000
MAX_ROWS, MAX_COLUMNS = 1_048_576, 2_000  # a stray formula further out is nobody's table
ENCODINGS = ("utf-8-sig", "gb18030")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DELIMITERS = (",", "\t", ";", "|")
SAMPLE = 200  # lines by which the sign between cells is told


def main(path: str, sheet: str) -> int:
    """Read ``sheet`` (or all) of the file; return the exit code."""
    _limit()
    try:
        result = (
            _read_text(Path(path))
            if path.lower().endswith((".csv", ".tsv", ".txt"))
            else _read_book(path, sheet)
        )
    except MemoryError:
        result = {"problem": "too_large"}
    except Exception as error:  # noqa: BLE001 - whatever the reader says is told to the parent, which judges it
        result = {"problem": "unreadable", "detail": f"{type(error).__name__}: {error}"}
    sys.stdout.write(json.dumps(result, ensure_ascii=True))
    return 0


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - POSIX only; elsewhere the parent's clock is the limit
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def _read_book(path: str, wanted: str) -> dict[str, Any]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - after the limits are set

    with CalamineWorkbook.from_path(path) as book:
        about = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        names = [one.name for one in about]
        if wanted and wanted not in names:
            return {"problem": "no_sheet", "sheets": names}
        unseen = _unseen(Path(path), wanted)
        read, left = [], MAX_CELLS
        for one in about:
            if wanted in {"", one.name}:
                sheet = book.get_sheet_by_name(one.name)
                left -= sheet.height * sheet.width
                read.append(_sheet(sheet, unseen.get(one.name, Unseen()), is_too_large=left < 0))
                read[-1]["is_hidden"] = one.visible != SheetVisibleEnum.Visible
                left += sheet.height * sheet.width if left < 0 else 0
    if all(one["is_too_large"] for one in read):
        return {"problem": "too_large"}
    if not any(value not in ("", None) for one in read for row in one["rows"] for value in row):
        return {"problem": "empty", "sheets": names}
    return {"sheets": names, "read": read}


def _unseen(path: Path, wanted: str) -> dict[str, Unseen]:
    """Return what the reader does not tell, by the kind of file that it is, whatever its name says."""
    if is_zipfile(path):
        with ZipFile(path) as archive:
            names = archive.namelist()
            if sheet_ods.CONTENT in names:
                return sheet_ods.look(archive)
            return sheet_xml.look(archive, wanted) if sheet_xml.WORKBOOK in names else {}
    with path.open("rb") as file:
        is_old = file.read(len(OLE)) == OLE
    return sheet_xls.look(path, wanted) if is_old else {}


def _sheet(sheet: Any, unseen: Unseen, *, is_too_large: bool) -> dict[str, Any]:
    rows: list[list[Any]] = [] if is_too_large else sheet.to_python(skip_empty_area=False)
    rows = [[_plain(value) for value in row] for row in rows]
    for (row, column), text in unseen.broken.items():
        if row < MAX_ROWS and column < MAX_COLUMNS and not is_too_large:
            rows += [[] for _ in range(row + 1 - len(rows))]
            rows[row] += [None] * (column + 1 - len(rows[row]))
            rows[row][column] = text
    return {
        "name": sheet.name,
        "rows": rows,
        "merged": [[a[0], a[1], b[0], b[1]] for a, b in sheet.merged_cell_ranges or []],
        "hidden_rows": sorted(unseen.hidden_rows),
        "is_too_large": is_too_large,
    }


def _read_text(path: Path) -> dict[str, Any]:
    text = _decoded(path.read_bytes())
    if text is None:
        return {"problem": "unreadable", "detail": "not text"}
    rows = [[cell_of(value) for value in row] for row in _split(text)]
    if not any(str(value).strip() for row in rows for value in row):
        return {"problem": "empty", "sheets": []}
    read = {
        "name": path.stem,
        "rows": rows,
        "merged": [],
        "hidden_rows": [],
        "is_hidden": False,
        "is_too_large": False,
    }
    return {"sheets": [path.stem], "read": [read]}


def _decoded(data: bytes) -> str | None:
    """Return the text of a file as Excel, WPS and web systems save it; ``None`` if it is none."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _split(text: str) -> list[list[str]]:
    """Return the cells of a text by the sign that parts the most lines alike."""
    lines = text.splitlines()
    if lines and (named := re.fullmatch(r"sep=(.)", lines[0])):  # Excel's own line, for Excel
        return _parted(text.split("\n", 1)[-1], named[1])
    best, found = 0, [[line] for line in lines]
    for sign in DELIMITERS:
        rows = _parted(text, sign)
        widths = Counter(len(row) for row in rows[:SAMPLE] if len(row) > 1)
        score = max((count * (width - 1) for width, count in widths.items()), default=0)
        if score > best:
            best, found = score, rows
    return found


def _parted(text: str, sign: str) -> list[list[str]]:
    """Return the cells of a text; where a quote is not closed each line stands for itself, or it would swallow the rest."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error:
        return [_line(line, sign) for line in text.splitlines()]


def _line(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign, strict=True), [])
    except csv.Error:
        return next(csv.reader([line], delimiter=sign, quoting=csv.QUOTE_NONE), [])


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime | date):
        return {"date": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    return value if value != "" else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""))  # noqa: PLR2004
