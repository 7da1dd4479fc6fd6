"""What letters share: their paragraphs, and the fields that have no value."""

from collections.abc import Mapping, Sequence

from db.documents.model import (
    Block,
    Paragraph,
    prose,
)
from db.office.rules.wording import Filled


def paragraphs(lines: Sequence[str]) -> list[Block]:
    """Return the lines as paragraphs; a first line that ends with a colon greets and is not indented."""
    given = [prose(line) for line in lines if line.strip()]
    return [
        Paragraph(line, is_indented=at > 0 or not line.endswith(("：", ":"))) for at, line in enumerate(given)
    ]


def missing_fields(filled: Filled, others: Mapping[str, object]) -> tuple[str, ...]:
    """Return what the wording asked for and nobody has entered, and those of ``others`` that are empty."""
    return tuple(dict.fromkeys((*filled.missing, *(name for name, value in others.items() if not value))))
