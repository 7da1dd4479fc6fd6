"""Reads one sheet and writes it to standard output as JSON; run as a process of its own by ``reading``.

Some real files hang or exhaust a reader, so this process has limits on memory, time and cells. It uses
python-calamine alone: pandas would double the time to start and loses which cells are merged.
"""

import csv
import io
import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MEMORY = 1 << 31  # bytes
CPU_SECONDS = 60
MAX_CELLS = 3_000_000
ENCODINGS = ("utf-8-sig", "gb18030")


def main(path: str, sheet: str) -> int:
    """Read ``sheet`` (or the first with content) of the file; return the exit code."""
    _limit()
    try:
        result = _read_csv(Path(path)) if path.lower().endswith((".csv", ".txt")) else _read_book(path, sheet)
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
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - after the limits are set

    with CalamineWorkbook.from_path(path) as book:
        names = list(book.sheet_names)
        if wanted and wanted not in names:
            return {"problem": "no_sheet", "sheets": names}
        for name in [wanted] if wanted else names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height * max(sheet.width, 1) > MAX_CELLS:
                return {"problem": "too_large"}
            rows = sheet.to_python(skip_empty_area=False)
            if any(value not in ("", None) for row in rows for value in row):
                merged = [[a[0], a[1], b[0], b[1]] for a, b in sheet.merged_cell_ranges or []]
                return {
                    "sheets": names,
                    "sheet": name,
                    "rows": [[_plain(v) for v in r] for r in rows],
                    "merged": merged,
                }
    return {"problem": "empty", "sheets": names}


def _read_csv(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        rows = list(csv.reader(io.StringIO(text)))
        if not any(value.strip() for row in rows for value in row):
            return {"problem": "empty", "sheets": []}
        return {"sheets": [path.stem], "sheet": path.stem, "rows": rows, "merged": []}
    return {"problem": "unreadable", "detail": "not text"}


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
