"""Each style of paper in Word."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from db.documents import docx_parts as parts
from db.documents.docx_blocks import (
    ADVANCE,
    PITCH,
    SIGN_LINE,
    form_block,
    letter_block,
    page,
    seal,
    width_of,
)
from db.documents.model import (
    Align,
    Document,
    Fields,
    Heading,
    Imprint,
    Labelled,
    Paragraph,
    Seal,
    Signatures,
    Style,
    Table,
)

RED = "D7000F"
CERTIFICATE_RED = "B01C1C"
FORM_WIDTH = 172.0  # millimetres


# -- 信函格式 ------------------------------------------------------------------------------


def _letter(body: Any, section: Any, paper: Document) -> None:
    page(section, (210, 297), (37, 26, 35, 28))
    _letterhead(section, paper)
    _ends(body, (paper.secrecy, parts.HEI), ((paper.number, parts.BODY),), before=6)
    title = parts.shape(
        body.add_paragraph(), "Title", align=Align.CENTRE, line=35, before=2 * PITCH, after=PITCH
    )
    parts.write(title, paper.title, parts.TITLE, 22)
    for block in paper.blocks:
        if isinstance(block, Seal):  # a seal stands on no page without text
            body.paragraphs[-1].paragraph_format.keep_with_next = True
            body.paragraphs[-1].paragraph_format.widow_control = True
        letter_block(body, block)


def _letterhead(section: Any, paper: Document) -> None:
    section.different_first_page_header_footer = True
    section.header_distance, section.footer_distance = Mm(30), Mm(18.5)
    head = parts.shape(
        section.first_page_header.paragraphs[0], "发文机关", align=Align.CENTRE, left=-22.7, right=-17
    )
    size = min(34.0, 450 / max(width_of(paper.issuer, 1), 1))
    tracking = min(10.0, max(0.0, (450 - width_of(paper.issuer, size)) / max(len(paper.issuer), 1)))
    parts.write(head, paper.issuer, parts.TITLE, size, red=RED, tracking=tracking)
    parts.border(head, "bottom", "thickThinSmallGap", RED, 24, 11)
    foot = parts.shape(section.first_page_footer.paragraphs[0], "Footer", line=1, left=-22.7, right=-17)
    parts.border(foot, "top", "thinThickSmallGap", RED, 24, 1)
    _outside_numbers(section)


def _outside_numbers(section: Any) -> None:
    """Number pages outside: odd ones at the right, even ones at the left (GB/T 9704-2012, 7.5)."""
    odd = parts.shape(section.footer.paragraphs[0], "Footer", align=Align.RIGHT, right=14)
    even = parts.shape(section.even_page_footer.paragraphs[0], "Footer", align=Align.LEFT, left=14)
    for foot in (odd, even):
        parts.page_number(foot, parts.SONG, 14)


def _ends(
    body: Any, first: tuple[str, str], last: Sequence[tuple[str, str]], *, inset: float = 0, before: float = 0
) -> Any:
    """Add a line of 3号 with text and its font at the left, and others at the right end; return it."""
    made = parts.shape(body.add_paragraph(), "发文字号", line=PITCH, before=before, left=inset, right=inset)
    made.paragraph_format.tab_stops.add_tab_stop(Pt(28 * ADVANCE - inset), WD_TAB_ALIGNMENT.RIGHT)
    parts.write(made, first[0], first[1], 16, tracking=ADVANCE - 16)
    parts.write(made, "\t", parts.BODY, 16)
    for text, font in last:
        parts.write(made, text, font, 16, tracking=ADVANCE - 16)
    return made


# -- 纪要格式 ------------------------------------------------------------------------------


def _minutes(body: Any, section: Any, paper: Document) -> None:
    page(section, (210, 297), (37, 26, 35, 28))
    section.footer_distance = Mm(18.5)
    _outside_numbers(section)
    mark = parts.shape(body.add_paragraph(), "发文字号", line=PITCH)
    parts.write(mark, paper.secrecy, parts.HEI, 16)
    size = min(31.0, 440 / max(width_of(paper.issuer, 1), 1))
    # The name begins 35 mm below the top of the text; the first line has taken its part of that.
    name = parts.shape(body.add_paragraph(), "发文机关", align=Align.CENTRE, line=36, before=99.2 - PITCH)
    parts.write(name, paper.issuer, parts.TITLE, size, red=RED)
    signed = ((f"签发：{'' if paper.signer else SIGN_LINE}", parts.BODY), (paper.signer, parts.KAI))
    _ends(body, (paper.number, parts.BODY), signed, inset=ADVANCE, before=2 * PITCH - 13)
    rule = parts.shape(
        body.add_paragraph(), "发文字号", line=11
    )  # as wide as the text: the number stands further in
    parts.border(rule, "bottom", "single", RED, 12, 0)
    title = parts.shape(body.add_paragraph(), "Title", align=Align.CENTRE, line=35, before=2 * PITCH - 11)
    parts.write(title, paper.title, parts.TITLE, 22)
    below = parts.shape(body.add_paragraph(), "公文正文", align=Align.CENTRE, line=PITCH)
    parts.write(below, paper.edition, parts.KAI, 16)
    _running(body, paper)


def _running(body: Any, paper: Document) -> None:
    """Add the text of minutes; who was there stands an empty line below it."""
    was_labelled = True
    for block in paper.blocks:
        is_labelled = isinstance(block, Labelled)
        if isinstance(block, Imprint) or (is_labelled and not was_labelled):
            parts.shape(body.add_paragraph(), "公文正文", line=PITCH)
        if isinstance(block, Imprint):
            _imprint(body, block)
        else:
            at = len(body.paragraphs)
            letter_block(body, block)
            for made in body.paragraphs[at:]:
                made.paragraph_format.widow_control = True  # a name stays with the first lines of his words
        was_labelled = is_labelled


def _imprint(body: Any, block: Imprint) -> None:
    """Add 版记: lines of 0.35 mm outside and 0.25 mm within, 4号, one character in from each side."""
    copies = f"分送：{block.copies}。" if block.copies else ""
    lines = [text for text in (copies, f"{block.name}\t{block.day}印发") if text]
    for text, place in zip(lines, parts.foot_lines(body, 156, len(lines)), strict=True):
        made = parts.shape(
            place, "版记", line=24, left=8.6, right=8.6
        )  # 14 points in, with the cell's own edge
        made.paragraph_format.tab_stops.add_tab_stop(Pt(28 * ADVANCE - 19.4), WD_TAB_ALIGNMENT.RIGHT)
        parts.write(made, text, parts.BODY, 14)
    parts.shape(body.add_paragraph(), "版记", line=1)


# -- 聘书 ----------------------------------------------------------------------------------


def _certificate(body: Any, section: Any, paper: Document) -> None:
    page(section, (297, 210), (30, 46, 24, 46))
    parts.page_border(section, CERTIFICATE_RED, 36, 28)
    title = parts.shape(body.add_paragraph(), "Title", align=Align.CENTRE, after=10)
    parts.write(title, "　".join(paper.title), parts.TITLE, 50, red=CERTIFICATE_RED)
    number = parts.shape(body.add_paragraph(), "发文字号", align=Align.RIGHT, after=30)
    parts.write(number, f"编号：{paper.number or SIGN_LINE}", parts.BODY, 13)
    texts = [block for block in paper.blocks if isinstance(block, Paragraph)]
    size = _certificate_size(texts)
    for text in texts:
        made = parts.shape(body.add_paragraph(), line=size * 1.9, first=2 * size if text.is_indented else 0)
        parts.write(made, text.lead + text.text, parts.KAI, size)
    for block in paper.blocks:
        if isinstance(block, Seal):
            seal(body, block.name, block.day, (parts.KAI, 18, 32), 40)


def _certificate_size(texts: Sequence[Paragraph]) -> float:
    """Return the largest size of type at which the text takes no more than 220 points of the page."""
    for size in range(24, 9, -1):
        lines = (math.ceil((width_of(t.lead + t.text, size) + 2 * size) / 581) for t in texts)
        if sum(lines) * size * 1.9 <= 220:  # noqa: PLR2004 - points, see above
            return size
    return 9


# -- forms ---------------------------------------------------------------------------------


def _form(body: Any, section: Any, paper: Document) -> None:
    page(section, (210, 297), (16, 19, 14, 19))
    title = parts.shape(body.add_paragraph(), "Title", align=Align.CENTRE, after=8)
    parts.write(title, paper.title, parts.SONG, 18, bold=True)
    for block in paper.blocks:
        form_block(body, block, 10, FORM_WIDTH)


def _sheet(body: Any, section: Any, paper: Document) -> None:
    """Add a sheet to write in by hand: as a form, larger, with the number of each page."""
    page(section, (210, 297), (17, 19, 16, 19))
    for part in (section.footer, section.even_page_footer):
        parts.page_of_pages(parts.shape(part.paragraphs[0], "Footer", align=Align.CENTRE), parts.SONG, 9)
    if paper.secrecy:
        parts.write(parts.shape(body.add_paragraph()), paper.secrecy, parts.HEI, 12)
    title = parts.shape(body.add_paragraph(), "Title", align=Align.CENTRE, after=8)
    parts.write(title, paper.title, parts.SONG, 20, bold=True)
    heading = ""
    for block, after in zip(paper.blocks, (*paper.blocks[1:], None), strict=True):
        match block:
            case Heading(text, _):
                heading = text
            case Fields():
                made = parts.fields(body, block, 12, FORM_WIDTH, heading=heading)
                parts.keep_together(made, with_next=isinstance(after, Paragraph) and bool(heading))
                heading = ""
            case _:
                form_block(body, block, 10.5 if isinstance(block, Table) else 12, FORM_WIDTH)
                if isinstance(after, Signatures):
                    body.paragraphs[-1].paragraph_format.keep_with_next = True


# -- 授权委托书, 证明书, 情况说明 -----------------------------------------------------------


def _statement(body: Any, section: Any, paper: Document) -> None:
    page(section, (210, 297), (30, 26, 25, 28))
    title = parts.shape(body.add_paragraph(), "Title", align=Align.CENTRE, line=35, after=PITCH)
    parts.write(title, paper.title, parts.TITLE, 22)
    for block in paper.blocks:
        match block:
            case Fields():
                parts.fields(body, block, 12, 156, label_width=38.5)
                parts.shape(body.add_paragraph(), line=6)
            case Signatures(pairs):
                for label, name in pairs:
                    made = parts.shape(body.add_paragraph(), "署名日期", line=PITCH, left=170)
                    parts.write(made, f"{label}：{name}", parts.BODY, 16)
            case _:
                letter_block(body, block)


MAKERS: dict[Style, Callable[[Any, Any, Document], None]] = {
    Style.LETTER: _letter,
    Style.CERTIFICATE: _certificate,
    Style.FORM: _form,
    Style.STATEMENT: _statement,
    Style.MINUTES: _minutes,
    Style.SHEET: _sheet,
}
