"""A document as a PDF, set by Typst from a template; the document's text is data and never markup."""

import json
import logging
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.documents import fonts
from db.documents.files import safely
from db.documents.model import Align, Column, Document, Kind, Table, shown
from db.errors import UserError

TEMPLATE = Path(__file__).parents[2] / "resources" / "templates" / "table.typ"
ROOMY = 15  # rows that fit one page with room to spare
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A rendered document; ``notes`` say what the reader should know, such as characters without a glyph."""

    data: bytes
    pages: int
    notes: tuple[str, ...]


def render_pdf(document: Document) -> Pdf:
    """Return ``document`` as a PDF; a pure function, made to run in a worker thread.

    Raises ``UserError`` when it cannot be set.
    """
    import typst  # noqa: PLC0415 - see architecture: loaded when something is printed

    content = _content(document)
    missing = fonts.unprintable("".join(_texts(content)))
    if missing:
        content = _replaced(content, missing)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "main.typ").write_bytes(TEMPLATE.read_bytes())
        (root / "data.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        try:
            data = typst.compile(
                str(root / "main.typ"),
                root=folder,
                font_paths=[str(fonts.SHIPPED)],
                ignore_system_fonts=True,
            )
        except Exception as error:
            log.exception("typst could not set %s", document.title)
            raise UserError(f"“{document.title}”没有排成版。数据未受影响，请把日志发给维护人员。") from error
    notes = []
    if missing:
        listed = "、".join(f"{c}（U+{ord(c):04X}）" for c in missing)
        notes.append(f"字库中没有这些字：{listed}，纸上以“{fonts.MISSING}”代替，请手写补上。")
    return Pdf(bytes(data), _page_count(bytes(data)), tuple(notes))


def save_pdf(pdf: Pdf, path: Path, *, overwrite: bool = False) -> None:
    """Write a rendered document to ``path``. Raises ``UserError`` when that is not possible."""
    with safely(path, ".pdf", overwrite=overwrite) as temporary:
        temporary.write_bytes(pdf.data)


def _page_count(data: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page(?![a-zA-Z])", data))


def _content(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "heading": list(document.heading),
        "fonts": [fonts.FAMILY],
        "tables": [_table(t, document) for t in document.tables],
        "signatures": [list(pair) for pair in document.signatures],
    }


def _size(table: Table) -> float:
    """Return the size of type in points that lets the columns stand side by side on A4; see ``Column.weight``."""
    width = sum(column.weight for column in table.columns)
    return 10.5 if width <= 75 else 9 if width <= 110 else 8  # noqa: PLR2004 - characters, or millimetres


def _padding(table: Table, size: float) -> float:
    """Return the space above and below a line, in points: a short table is set with more air."""
    if size <= 10:  # noqa: PLR2004 - points of type
        return 3.2
    return 6 if len(table.rows) <= ROOMY else 4.2


def _table(table: Table, document: Document) -> dict[str, Any]:
    failed = tuple(f"勾稽不符：{check.text}" for check in document.checks if not check.is_ok)
    size = _size(table)
    return {
        "title": table.title,
        "size": size,
        "pad": _padding(table, size),
        "columns": [
            {"title": c.title, "group": c.group, "weight": c.weight, "align": alignment(c).value}
            for c in table.columns
        ],
        "rows": [[shown(value) for value in row] for row in table.rows],
        "totals": [None if v is None else shown(v) for v in table.totals()] if table.has_total else None,
        "total_label": "　".join(table.total_label),
        "notes": [*table.notes, *failed],
    }


def alignment(column: Column) -> Align:
    """Return where a column's cells stand: text left, everything else in the middle, unless it says."""
    return column.align or (Align.LEFT if column.kind is Kind.TEXT else Align.CENTRE)


def _texts(content: Any) -> list[str]:
    if isinstance(content, dict):
        return [text for value in content.values() for text in _texts(value)]
    if isinstance(content, list):
        return [text for value in content for text in _texts(value)]
    return [content] if isinstance(content, str) else []


def _replaced(content: Any, missing: str) -> Any:
    table = str.maketrans(dict.fromkeys(missing, fonts.MISSING))
    if isinstance(content, dict):
        return {key: value if key == "fonts" else _replaced(value, missing) for key, value in content.items()}
    if isinstance(content, list):
        return [_replaced(value, missing) for value in content]
    return content.translate(table) if isinstance(content, str) else content
