"""Where rows to import come from: a workbook, or a block of cells that was pasted."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from db.engine import Database
from db.exchange.importing import Examined, Importer

SHEETS = "表格文件 (*.xlsx *.xlsm *.xls *.et *.ods *.csv *.tsv *.txt)"
"""What a file dialog offers where a workbook is to be chosen."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: a workbook, or a block that was pasted; ``verb`` names the act.

    ``read`` takes the sheet (nothing for all alike), whether hidden rows and sheets come along, and what cancels it.
    """

    importer: Importer
    title: str
    verb: str
    name: str
    stem: str
    read: Callable[[Database, str, bool, Event], Examined]
    has_sheets: bool = True

    @classmethod
    def of_file(cls, importer: Importer, path: Path) -> "Source":
        """Return a workbook as a source."""

        def read(database: Database, sheet: str, hidden: bool, cancel: Event) -> Examined:
            return importer.open_sheet(database, path, sheet, cancel=cancel, hidden=hidden)

        return cls(importer, f"导入{importer.form.title}", importer.verb, path.name, path.stem, read)

    @classmethod
    def of_clipboard(cls, importer: Importer, text: str) -> "Source":
        """Return a pasted block as a source."""

        def read(database: Database, _sheet: str, _hidden: bool, _cancel: Event) -> Examined:
            return importer.open_pasted(database, text)

        return cls(
            importer=importer,
            title=f"粘贴{importer.form.title}",
            verb=importer.verb.replace("导入", "粘贴", 1),
            name="从 Excel 或 WPS 复制的内容",
            stem=f"粘贴的{importer.form.title}",
            read=read,
            has_sheets=False,
        )
