"""Papers as Word files that a clerk can still touch in WPS: letters, certificates and forms."""

import math
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from db.documents.files import safely
from db.documents.model import (
    Align,
    Attachments,
    Document,
    Fields,
    Heading,
    Line,
    Paragraph,
    Seal,
    Signatures,
    Slip,
    Style,
    Table,
)

RED = "D7000F"
CERTIFICATE_RED = "B01C1C"
PITCH = 28.95  # points: 225 mm by 22 lines (GB/T 9704-2012)
ADVANCE = 442.2 / 28  # points: 156 mm by 28 characters
FORM_WIDTH = 172.0  # millimetres
SIGN_LINE = "＿＿＿＿＿＿"


def write_docx(papers: Document | Sequence[Document], path: Path, *, overwrite: bool = False) -> None:
    """Write one or several papers to ``path``, each on a new page.

    Raises ``UserError`` when ``path`` cannot be written.
    """
    from docx import Document as new_document  # noqa: N813, PLC0415 - a function; heavy, and needed only here

    papers = (papers,) if isinstance(papers, Document) else tuple(papers)
    body = new_document()
    body.core_properties.title = papers[0].title
    for number, paper in enumerate(papers):
        section = body.add_section() if number else body.sections[0]
        _MAKERS[paper.style](body, section, paper)
        if paper.mark:
            _corner_mark(section, paper.mark)
    with safely(path, ".docx", overwrite=overwrite) as temporary:
        body.save(str(temporary))


def _corner_mark(section: Any, text: str) -> None:
    from docx.shared import Mm  # noqa: PLC0415 - heavy, and needed only here

    from db.documents import docx_parts as parts  # noqa: PLC0415 - brings python-docx

    has_own = section.different_first_page_header_footer
    header = section.first_page_header if has_own else section.header
    header.is_linked_to_previous = False
    first = header.paragraphs[0]
    section.header_distance = Mm(25.8 if has_own else 3)  # above the agency's name, or the border
    place = first.insert_paragraph_before() if has_own else first
    parts.write(parts.shape(place, align=Align.RIGHT, line=12), text, parts.SONG, 9)


def width_of(text: str, size: float) -> float:
    """Return how wide ``text`` is set in a font of ``size`` points: half-width letters take half."""
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else size / 2 for c in text)


# -- 信函格式 ------------------------------------------------------------------------------


def _letter(body: Any, section: Any, paper: Document) -> None:
    from db.documents import docx_parts as parts  # noqa: PLC0415 - brings python-docx

    _page(section, (210, 297), (37, 26, 35, 28))
    _letterhead(section, paper)
    number = parts.shape(body.add_paragraph(), align=Align.RIGHT, line=PITCH, before=6)
    parts.write(number, paper.number, parts.BODY, 16, tracking=ADVANCE - 16)
    title = parts.shape(body.add_paragraph(), align=Align.CENTRE, line=35, before=2 * PITCH, after=PITCH)
    parts.write(title, paper.title, parts.TITLE, 22)
    for block in paper.blocks:
        _letter_block(body, block)


def _letterhead(section: Any, paper: Document) -> None:
    from docx.shared import Mm  # noqa: PLC0415 - heavy, and needed only here

    from db.documents import docx_parts as parts  # noqa: PLC0415 - brings python-docx

    section.different_first_page_header_footer = True
    section.header_distance, section.footer_distance = Mm(30), Mm(18.5)
    head = parts.shape(section.first_page_header.paragraphs[0], align=Align.CENTRE, left=-22.7, right=-17)
    size = min(34.0, 450 / max(width_of(paper.issuer, 1), 1))
    tracking = min(10.0, max(0.0, (450 - width_of(paper.issuer, size)) / max(len(paper.issuer), 1)))
    parts.write(head, paper.issuer, parts.TITLE, size, red=RED, tracking=tracking)
    parts.border(head, "bottom", "thickThinSmallGap", RED, 24, 11)
    foot = parts.shape(section.first_page_footer.paragraphs[0], line=1, left=-22.7, right=-17)
    parts.border(foot, "top", "thinThickSmallGap", RED, 24, 1)
    number = parts.shape(section.footer.paragraphs[0], align=Align.RIGHT, right=14)
    parts.page_number(number, parts.SONG, 14)


def _letter_block(body: Any, block: Any) -> None:
    from db.documents import docx_parts as parts  # noqa: PLC0415 - brings python-docx

    match block:
        case Paragraph(text, lead, is_indented):
            made = parts.shape(body.add_paragraph(), line=PITCH, first=2 * ADVANCE if is_indented else 0)
            if lead:
                parts.write(made, lead, parts.HEI, 16, tracking=ADVANCE - 16)
            parts.write(made, text, parts.BODY, 16, tracking=ADVANCE - 16)
        case Heading(text):
            made = parts.shape(body.add_paragraph(), line=PITCH, first=2 * ADVANCE)
            parts.write(made, text, parts.HEI, 16)
        case Attachments(names):
            for number, name in enumerate(names, start=1):
                mark = "附件：" if number == 1 else "　　　"
                mark += f"{number}. " if len(names) > 1 else ""
                made = parts.shape(
                    body.add_paragraph(), line=PITCH, first=2 * ADVANCE, before=PITCH if number == 1 else 0
                )
                parts.write(made, f"{mark}{name}", parts.BODY, 16)
        case Seal(name, day):
            _seal(body, name, day, (parts.BODY, 16, PITCH), 4 * ADVANCE)
        case Slip(title, blocks):
            cut = parts.shape(body.add_paragraph(), before=24)
            cut.paragraph_format.keep_with_next = True
            parts.border(cut, "bottom", "dashed", "000000", 4, 1)
            head = parts.shape(body.add_paragraph(), align=Align.CENTRE, before=12, after=10)
            head.paragraph_format.keep_with_next = True
            parts.write(head, title, parts.TITLE, 18)
            for inner in blocks:
                _letter_block(body, inner)
        case _:
            _form_block(body, block, 12, 156)


def _seal(body: Any, name: str, day: str, look: tuple[str, float, float], right: float) -> None:
    """Add name and date: the date ends ``right`` points from the margin, the name stands over its middle."""
    from db.documents import docx_parts as parts  # noqa: PLC0415 - brings python-docx

    font, size, pitch = look
    middle = right + width_of(day, size) / 2
    for text, before in ((name, pitch), (day, 0.0)):
        indent = max(middle - width_of(text, size) / 2, 0)
        made = parts.shape(body.add_paragraph(), align=Align.RIGHT, line=pitch, before=before, right=indent)
        made.paragraph_format.keep_with_next = text is name
        parts.write(made, text, font, size)


# -- 聘书 ----------------------------------------------------------------------------------


def _certificate(body: Any, section: Any, paper: Document) -> None:
    from db.documents import docx_parts as parts  # noqa: PLC0415 - brings python-docx

    _page(section, (297, 210), (30, 46, 24, 46))
    parts.page_border(section, CERTIFICATE_RED, 36, 28)
    title = parts.shape(body.add_paragraph(), align=Align.CENTRE, after=10)
    parts.write(title, "　".join(paper.title), parts.TITLE, 50, red=CERTIFICATE_RED)
    number = parts.shape(body.add_paragraph(), align=Align.RIGHT, after=30)
    parts.write(number, f"编号：{paper.number or SIGN_LINE}", parts.BODY, 13)
    texts = [block for block in paper.blocks if isinstance(block, Paragraph)]
    size = _certificate_size(texts)
    for text in texts:
        made = parts.shape(body.add_paragraph(), line=size * 1.9, first=2 * size if text.is_indented else 0)
        parts.write(made, text.lead + text.text, parts.KAI, size)
    for block in paper.blocks:
        if isinstance(block, Seal):
            _seal(body, block.name, block.day, (parts.KAI, 18, 32), 40)


def _certificate_size(texts: Sequence[Paragraph]) -> float:
    """Return the largest size of type at which the text takes no more than 220 points of the page."""
    for size in range(24, 9, -1):
        lines = (math.ceil((width_of(t.lead + t.text, size) + 2 * size) / 581) for t in texts)
        if sum(lines) * size * 1.9 <= 220:  # noqa: PLR2004 - points, see above
            return size
    return 9


# -- forms ---------------------------------------------------------------------------------


def _form(body: Any, section: Any, paper: Document) -> None:
    from db.documents import docx_parts as parts  # noqa: PLC0415 - brings python-docx

    _page(section, (210, 297), (16, 19, 14, 19))
    title = parts.shape(body.add_paragraph(), align=Align.CENTRE, after=8)
    parts.write(title, paper.title, parts.SONG, 18, bold=True)
    for block in paper.blocks:
        _form_block(body, block, 10, FORM_WIDTH)


def _form_block(body: Any, block: Any, size: float, width: float) -> None:
    from db.documents import docx_parts as parts  # noqa: PLC0415 - brings python-docx

    match block:
        case Line(texts):
            _spread(body, texts, size, width)
        case Heading(text):
            parts.heading_bar(body, text, size, width)
        case Fields():
            parts.fields(body, block, size, width)
        case Table():
            parts.data_table(body, block, size, width)
        case Paragraph(text, lead, _):
            parts.write(parts.shape(body.add_paragraph(), before=4), lead + text, parts.SONG, size)
        case Signatures(pairs):
            _spread(body, [f"{name}：{who or SIGN_LINE}" for name, who in pairs], size, width, before=10)
        case Seal(name, day):
            _seal(body, name, day, (parts.SONG, size, size * 1.8), 4 * size)


def _spread(body: Any, texts: Sequence[str], size: float, width: float, before: float = 0) -> None:
    """Add a line whose parts stand left, middle and right."""
    from docx.enum.text import WD_TAB_ALIGNMENT  # noqa: PLC0415 - heavy, and needed only here
    from docx.shared import Mm  # noqa: PLC0415

    from db.documents import docx_parts as parts  # noqa: PLC0415 - brings python-docx

    made = parts.shape(body.add_paragraph(), before=before, after=3)
    for at in range(1, len(texts)):
        is_last = at == len(texts) - 1
        place = WD_TAB_ALIGNMENT.RIGHT if is_last else WD_TAB_ALIGNMENT.CENTER
        made.paragraph_format.tab_stops.add_tab_stop(Mm(width * at / (len(texts) - 1)), place)
    parts.write(made, "\t".join(text.replace("\t", " ") for text in texts), parts.SONG, size)


# -- 授权委托书, 证明书, 情况说明 -----------------------------------------------------------


def _statement(body: Any, section: Any, paper: Document) -> None:
    from db.documents import docx_parts as parts  # noqa: PLC0415 - brings python-docx

    _page(section, (210, 297), (30, 26, 25, 28))
    title = parts.shape(body.add_paragraph(), align=Align.CENTRE, line=35, after=PITCH)
    parts.write(title, paper.title, parts.TITLE, 22)
    for block in paper.blocks:
        match block:
            case Fields():
                parts.fields(body, block, 12, 156, label_width=38.5)
                parts.shape(body.add_paragraph(), line=6)
            case Signatures(pairs):
                for label, name in pairs:
                    made = parts.shape(body.add_paragraph(), line=PITCH, left=170)
                    parts.write(made, f"{label}：{name}", parts.BODY, 16)
            case _:
                _letter_block(body, block)


def _page(section: Any, size: tuple[float, float], margins: tuple[float, float, float, float]) -> None:
    """Set a section's paper and its top, right, bottom and left margins, in millimetres."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 - heavy, and needed only here
    from docx.shared import Mm  # noqa: PLC0415

    section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
    section.orientation = WD_ORIENT.LANDSCAPE if size[0] > size[1] else WD_ORIENT.PORTRAIT
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, margins)


_MAKERS = {
    Style.LETTER: _letter,
    Style.CERTIFICATE: _certificate,
    Style.FORM: _form,
    Style.STATEMENT: _statement,
}
