"""The blocks of a paper in Word: running text of 公文, boxes and tables of forms, seals, lines of parts side by side."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm

from db.documents import docx_parts as parts
from db.documents.model import (
    Align,
    Attachments,
    Fields,
    Heading,
    Labelled,
    Line,
    Paragraph,
    Seal,
    Signatures,
    Slip,
    Table,
)

PITCH = 28.95  # points: 225 mm by 22 lines (GB/T 9704-2012)
ADVANCE = 442.2 / 28  # points: 156 mm by 28 characters
SIGN_LINE = "＿＿＿＿＿＿"


def page(section: Any, size: tuple[float, float], margins: tuple[float, float, float, float]) -> None:
    """Set a section's paper and its top, right, bottom and left margins, in millimetres."""
    section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
    section.orientation = WD_ORIENT.LANDSCAPE if size[0] > size[1] else WD_ORIENT.PORTRAIT
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, margins)


def width_of(text: str, size: float) -> float:
    """Return how wide ``text`` is set in a font of ``size`` points: half-width letters take half."""
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else size / 2 for c in text)


def letter_block(body: Any, block: Any) -> None:
    """Add a block as 公文 sets it: 3号, 28 characters to a line."""
    match block:
        case Paragraph(text, lead, is_indented):
            made = parts.shape(
                body.add_paragraph(), "公文正文", line=PITCH, first=2 * ADVANCE if is_indented else 0
            )
            if lead:
                parts.write(made, lead, parts.HEI, 16, tracking=ADVANCE - 16)
            parts.write(made, text, parts.BODY, 16, tracking=ADVANCE - 16)
        case Heading(text, level):
            made = parts.shape(
                body.add_paragraph(), "Heading 2" if level > 1 else "Heading 1", line=PITCH, first=2 * ADVANCE
            )
            made.paragraph_format.keep_with_next = True
            parts.write(made, text, parts.KAI if level > 1 else parts.HEI, 16)
        case Labelled(label, items):
            indent = (3 + len(label)) * ADVANCE
            made = parts.shape(
                body.add_paragraph(), "公文正文", line=PITCH, left=indent, first=2 * ADVANCE - indent
            )
            parts.write(made, f"{label}：", parts.HEI, 16, tracking=ADVANCE - 16)
            parts.write(made, "".join(items), parts.BODY, 16, tracking=ADVANCE - 16)
        case Attachments(names):
            for number, name in enumerate(names, start=1):
                mark = "附件：" if number == 1 else "　　　"
                mark += f"{number}. " if len(names) > 1 else ""
                made = parts.shape(
                    body.add_paragraph(),
                    "附件说明",
                    line=PITCH,
                    first=2 * ADVANCE,
                    before=PITCH if number == 1 else 0,
                )
                parts.write(made, f"{mark}{name}", parts.BODY, 16)
        case Seal(name, day):
            seal(body, name, day, (parts.BODY, 16, PITCH), 4 * ADVANCE)
        case Slip(title, blocks):
            cut = parts.shape(body.add_paragraph(), before=24)
            cut.paragraph_format.keep_with_next = True
            parts.border(cut, "bottom", "dashed", "000000", 4, 1)
            head = parts.shape(body.add_paragraph(), "Title", align=Align.CENTRE, before=12, after=10)
            head.paragraph_format.keep_with_next = True
            parts.write(head, title, parts.TITLE, 18)
            for inner in blocks:
                letter_block(body, inner)
        case _:
            form_block(body, block, 12, 156)


def seal(body: Any, name: str, day: str, look: tuple[str, float, float], right: float) -> None:
    """Add name and date: the date ends ``right`` points from the margin, the name stands over its middle."""
    font, size, pitch = look
    middle = right + width_of(day, size) / 2
    for text, before in ((name, pitch), (day, 0.0)):
        indent = max(middle - width_of(text, size) / 2, 0)
        made = parts.shape(
            body.add_paragraph(), "署名日期", align=Align.RIGHT, line=pitch, before=before, right=indent
        )
        made.paragraph_format.keep_with_next = text is name
        parts.write(made, text, font, size)


def form_block(body: Any, block: Any, size: float, width: float) -> None:
    """Add a block as forms set it, in type of ``size`` points and ``width`` millimetres wide."""
    match block:
        case Line(texts):
            spread(body, texts, size, width)
        case Heading(text, _):
            parts.heading_bar(body, text, size, width)
        case Fields():
            parts.fields(body, block, size, width)
        case Table():
            parts.data_table(body, block, size, width)
        case Paragraph(text, lead, _):
            parts.write(parts.shape(body.add_paragraph(), before=4), lead + text, parts.SONG, size)
        case Signatures(pairs):
            spread(body, [f"{name}：{who or SIGN_LINE}" for name, who in pairs], size, width, before=10)
        case Seal(name, day):
            seal(body, name, day, (parts.SONG, size, size * 1.8), 4 * size)


def spread(body: Any, texts: Sequence[str], size: float, width: float, before: float = 0) -> None:
    """Add a line whose parts stand left, middle and right."""
    made = parts.shape(body.add_paragraph(), before=before, after=3)
    for at in range(1, len(texts)):
        is_last = at == len(texts) - 1
        place = WD_TAB_ALIGNMENT.RIGHT if is_last else WD_TAB_ALIGNMENT.CENTER
        made.paragraph_format.tab_stops.add_tab_stop(Mm(width * at / (len(texts) - 1)), place)
    parts.write(made, "\t".join(text.replace("\t", " ") for text in texts), parts.SONG, size)
