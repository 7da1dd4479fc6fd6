"""What python-calamine does not tell of an old .xls or .et: hidden rows, and errors, which it shows as empty cells."""

from pathlib import Path
from typing import TYPE_CHECKING

from db.exchange.sheet_xml import Unseen

if TYPE_CHECKING:
    import xlrd


def look(path: Path, wanted: str = "") -> dict[str, Unseen]:
    """Return what is unseen in each sheet (or the ``wanted`` one); nothing for a file that xlrd cannot read."""
    import xlrd  # noqa: PLC0415 - only for the files that need it

    try:
        with xlrd.open_workbook(path, formatting_info=True, ragged_rows=True, on_demand=True) as book:
            return {
                name: _of(book.sheet_by_name(name)) for name in book.sheet_names() if wanted in {"", name}
            }
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - xlrd stumbles in many ways over files that calamine reads
        return {}


def _of(sheet: "xlrd.sheet.Sheet") -> Unseen:
    import xlrd  # noqa: PLC0415 - as above

    broken = {
        (row, column): xlrd.error_text_from_code.get(cell.value, "#VALUE!")
        for row in range(sheet.nrows)
        for column, cell in enumerate(sheet.row(row))
        if cell.ctype == xlrd.XL_CELL_ERROR
    }
    return Unseen({row for row, about in sheet.rowinfo_map.items() if about.hidden}, broken)
