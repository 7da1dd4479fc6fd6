"""Where rows to import come from: a workbook, or a block of cells that was pasted."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from db.engine import Database
from db.exchange.roster_import import Examined, open_pasted, open_sheet


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: a workbook, or a block that was pasted; ``verb`` names the act."""

    title: str
    verb: str
    name: str
    stem: str
    read: Callable[[Database, str, Event], Examined]
    has_sheets: bool = True

    @classmethod
    def of_file(cls, path: Path) -> "Source":
        """Return a workbook as a source."""

        def read(database: Database, sheet: str, cancel: Event) -> Examined:
            return open_sheet(database, path, sheet, cancel=cancel)

        return cls("导入顾问名册", "导入名册", path.name, path.stem, read)

    @classmethod
    def of_clipboard(cls, text: str) -> "Source":
        """Return a pasted block as a source."""

        def read(database: Database, _sheet: str, _cancel: Event) -> Examined:
            return open_pasted(database, text)

        return cls(
            "粘贴顾问名册", "粘贴名册", "从 Excel 或 WPS 复制的内容", "粘贴的名册", read, has_sheets=False
        )
