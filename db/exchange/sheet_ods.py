"""What python-calamine does not tell of an .ods: hidden and filtered rows, errors, formulas without their result."""

from dataclasses import dataclass, field
from zipfile import ZipFile

from db.exchange.grid import UNCOMPUTED
from db.exchange.sheet_xml import Attributes, Unseen, local, parse

CONTENT = "content.xml"
FURTHEST = 1_048_576


def look(archive: ZipFile) -> dict[str, Unseen]:
    """Return what is unseen in each sheet of an OpenDocument table."""
    reader = _Content()
    parse(archive, CONTENT, reader.begin, reader.end, reader.data)
    return reader.sheets


@dataclass
class _Content:
    """The content while it is read; rows and cells may stand for several that are alike."""

    sheets: dict[str, Unseen] = field(default_factory=dict)
    sheet: Unseen = field(default_factory=Unseen)
    row: int = 0
    rows: int = 1
    column: int = 0
    columns: int = 1
    about: Attributes = field(default_factory=dict)
    text: str = ""
    is_cell: bool = False

    def begin(self, tag: str, given: Attributes) -> None:
        keys = {local(name): value for name, value in given.items()}
        match local(tag):
            case "table":
                self.sheet = self.sheets[keys.get("name", "")] = Unseen()
                self.row = 0
            case "table-row":
                self.rows, self.column = int(keys.get("number-rows-repeated", "1")), 0
                if keys.get("visibility") in {"collapse", "filter"}:
                    self.sheet.hidden_rows.update(range(self.row, min(self.row + self.rows, FURTHEST)))
            case "table-cell" | "covered-table-cell":
                self.columns = int(keys.get("number-columns-repeated", "1"))
                kinds = {name: value for name, value in given.items() if local(name) == "value-type"}
                self.about = keys | {"kinds": " ".join(kinds.values())}
                self.text, self.is_cell = "", True

    def data(self, text: str) -> None:
        if self.is_cell:
            self.text += text

    def end(self, tag: str) -> None:
        match local(tag):
            case "table-row":
                self.row += self.rows
            case "table-cell" | "covered-table-cell":
                self.is_cell = False
                kinds = self.about["kinds"].split()
                if "error" in kinds or (self.text.startswith("#") and "formula" in self.about):
                    self.sheet.broken[self.row, self.column] = self.text.strip() or "#VALUE!"
                elif "formula" in self.about and not kinds and not self.text:
                    self.sheet.broken[self.row, self.column] = UNCOMPUTED
                self.column += self.columns
