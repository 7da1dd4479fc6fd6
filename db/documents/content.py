"""A paper as the values that a template sets: dictionaries, lists, strings and numbers, never markup."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from db.documents.fonts import MISSING
from db.documents.model import (
    Attachments,
    Block,
    Document,
    Field,
    Fields,
    Heading,
    Imprint,
    Labelled,
    Line,
    Paragraph,
    Seal,
    Signatures,
    Slip,
    Style,
    Table,
    Value,
    shown,
)
from db.formats.text import in_order

_UNBROKEN = re.compile(r"[!-~]{25,}")
"""Letters and digits that are longer than any number and narrower than no cell: they break where the line ends."""

ROOMY = 15  # rows that fit one page with room to spare


def content_of(document: Document) -> dict[str, Any]:
    """Return ``document`` as values; each block says its kind. Every text of it can be broken, and runs in its order."""
    return _each(_values(document), _settable)  # type: ignore[no-any-return] # a dictionary stays one


def _settable(text: str) -> str:
    return _UNBROKEN.sub(lambda run: "\u200b".join(run[0]), in_order(text))


def _values(document: Document) -> dict[str, Any]:
    return {
        "style": document.style.value,
        "title": document.title,
        "issuer": document.issuer,
        "number": document.number,
        "mark": document.mark,
        "secrecy": document.secrecy,
        "signer": document.signer,
        "edition": document.edition,
        "watermark": document.watermark,
        "blocks": [_block(block, document) for block in document.blocks],
    }


def texts(content: Any) -> Iterator[str]:
    """Yield every string in ``content``."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for value in content.values() if isinstance(content, dict) else content:
            yield from texts(value)


def replaced(content: Any, missing: str) -> Any:
    """Return ``content`` with each of the characters in ``missing`` made 〓."""
    table = str.maketrans(dict.fromkeys(missing, MISSING))
    return _each(content, lambda text: text.translate(table))


def _each(content: Any, change: Callable[[str], str]) -> Any:
    """Return ``content`` with each of its texts changed; keys stay."""
    if isinstance(content, dict):
        return {key: _each(value, change) for key, value in content.items()}
    if isinstance(content, list):
        return [_each(value, change) for value in content]
    return change(content) if isinstance(content, str) else content


def _block(block: Block, document: Document) -> dict[str, Any]:
    match block:
        case Table():
            return _table(block, document)
        case Fields():
            rows = [[_field(field) for field in row] for row in block.rows()]
            return {"kind": "fields", "shares": list(block.shares()), "rows": rows}
        case Signatures(pairs):
            return {"kind": "signatures", "pairs": [list(pair) for pair in pairs]}
        case Slip(title, blocks):
            inner = [_block(part, document) for part in blocks]
            return {"kind": "slip", "title": title, "blocks": inner}
        case _:
            return _text(block)


def _text(  # noqa: PLR0911 - one line for each kind
    block: Line | Heading | Paragraph | Labelled | Seal | Attachments | Imprint,
) -> dict[str, Any]:
    match block:
        case Line(parts):
            return {"kind": "line", "parts": list(parts)}
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Paragraph(text, lead, is_indented):
            return {"kind": "paragraph", "text": text, "lead": lead, "indented": is_indented}
        case Labelled(label, items):
            return {"kind": "labelled", "label": label, "items": list(items)}
        case Seal(name, day):
            return {"kind": "seal", "name": name, "day": day}
        case Attachments(names):
            return {"kind": "attachments", "names": list(names)}
        case Imprint(copies, name, day):
            return {"kind": "imprint", "copies": copies, "name": name, "day": day}


def _field(field: Field) -> dict[str, Any]:
    return {
        "label": field.label,
        "value": shown(field.value) if field.value not in (None, "") or not field.foot else "",
        "span": field.span,
        "height": field.height,
        "grows": field.grows,
        "foot": field.foot,
    }


def _table(table: Table, document: Document) -> dict[str, Any]:
    size = _size(table)
    failed = document.failed_checks() if document.style is Style.TABLE else ()
    return {
        "kind": "table",
        "title": table.title,
        "height": table.height,
        "size": size,
        "pad": _padding(table, size),
        "columns": [
            {"title": c.title, "group": c.group, "weight": c.weight, "align": c.alignment.value}
            for c in table.columns
        ],
        "rows": [_cells(table, row) for row in table.rows],
        "groups": [
            {
                "rows": [_cells(table, row) for row in rows],
                "label": group.label,
                "totals": _sums(table, table.summed(rows)),
            }
            for group, rows in table.parts()
        ],
        "subsets": [
            {"label": subset.label, "totals": _sums(table, table.summed(table.chosen(subset)))}
            for subset in table.subsets
        ],
        "totals": _sums(table, table.totals()) if table.has_total else None,
        "total_label": "　".join(table.total_label),
        "notes": [*table.notes, *failed],
    }


def _cells(table: Table, row: Sequence[Value]) -> list[str]:
    return [column.text(value) for column, value in zip(table.columns, row, strict=True)]


def _sums(table: Table, row: Sequence[Value]) -> list[str | None]:
    """Return a row that sums up; columns that sum nothing are empty, a quotient by nothing is —."""
    return [
        column.text(value) if column.is_summed else None
        for column, value in zip(table.columns, row, strict=True)
    ]


def _size(table: Table) -> float:
    """Return the size of type in points that lets the columns stand side by side on A4; see ``Column.weight``."""
    width = sum(column.weight for column in table.columns)
    return 10.5 if width <= 75 else 9 if width <= 110 else 8  # noqa: PLR2004 - characters, or millimetres


def _padding(table: Table, size: float) -> float:
    """Return the space above and below a line, in points: a short table is set with more air."""
    is_short = len(table.rows) <= ROOMY
    if size <= 8:  # noqa: PLR2004 - points of type
        return 3.2
    if size <= 10:  # noqa: PLR2004 - the same
        return 5.5 if is_short else 3.2
    return 6 if is_short else 4.2
