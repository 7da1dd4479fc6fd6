"""Paragraphs, borders and tables of Word files, with the fonts of 公文 named for Chinese text as well."""

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from db.documents import docx_package as package
from db.documents.model import Align, Column, Field, Fields, Table, shown
from db.formats.text import in_order

TITLE, BODY, KAI = package.TITLE, package.BODY, package.KAI
HEI, SONG = package.HEI, package.SONG
SIDES = ("top", "left", "bottom", "right")
PLACES = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def clean(text: str) -> str:
    """Return ``text`` without the control characters that a Word file cannot hold, and in its own order."""
    return "".join(c for c in in_order(text) if c in "\t\n" or (c >= " " and c not in "\x7f\ufffe\uffff"))


def write(
    paragraph: Any,
    text: str,
    font: str,
    size: float,
    *,
    bold: bool = False,
    red: str = "",
    tracking: float = 0,
) -> Any:
    """Add ``text`` to a paragraph; ``size`` and ``tracking`` in points, ``red`` a colour as B01C1C."""
    run = paragraph.add_run(clean(text))
    run.font.name = font
    run.font.size = Pt(size)
    run.font.bold = bold
    if red:
        run.font.color.rgb = RGBColor.from_string(red)
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - python-docx has no other way to name the Chinese font
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        properties.rFonts.set(qn(kind), font)
    if tracking:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(round(tracking * 20)))
        properties.append(spacing)
    return run


def shape(
    paragraph: Any,
    style: str = "表格文字",
    *,
    align: Align = Align.LEFT,
    line: float = 0,
    before: float = 0,
    after: float = 0,
    first: float = 0,
    left: float = 0,
    right: float = 0,
) -> Any:
    """Set a paragraph's style, alignment, line pitch, space and indents, all in points; return it."""
    paragraph.style = style
    form = paragraph.paragraph_format
    form.alignment = PLACES[align]
    form.space_before, form.space_after = Pt(before), Pt(after)
    if line:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(line)
    form.first_line_indent = Pt(first)
    form.left_indent, form.right_indent = Pt(left), Pt(right)
    form.widow_control = False
    return paragraph


def border(paragraph: Any, side: str, kind: str, colour: str, size: int, space: float) -> None:
    """Draw a line at a side of a paragraph; ``size`` in eighths of a point, ``space`` in points."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no borders
    edge = _edge(side, kind, colour, size, round(space))
    if (drawn := properties.find(qn("w:pBdr"))) is not None:
        drawn.append(edge)  # sides come in the order of the schema: top before bottom
        return
    frame = OxmlElement("w:pBdr")
    frame.append(edge)
    # The schema wants borders before spacing, indents and alignment.
    for name in ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"):
        if (found := properties.find(qn(name))) is not None:
            found.addprevious(frame)
            return
    properties.append(frame)


def foot_lines(body: Any, width: float, size: int) -> list[Any]:
    """Add a table of one column at the foot of the page, with lines above, between and below; return its paragraphs.

    ``width`` is in millimetres, ``size`` the number of rows. Lines are 1 pt outside and 0.75 pt within.
    """
    table = body.add_table(size, 1)
    table.autofit = False
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no borders and no floating tables
    place = OxmlElement("w:tblpPr")
    for name, value in (
        ("vertAnchor", "margin"),
        ("horzAnchor", "margin"),
        ("tblpX", "1"),
        ("tblpYSpec", "bottom"),
    ):
        place.set(qn(f"w:{name}"), value)
    properties.find(qn("w:tblW")).addprevious(place)
    borders = OxmlElement("w:tblBorders")
    for side, weight in (("top", 8), ("bottom", 8), ("insideH", 6)):
        borders.append(_edge(side, "single", "000000", weight, 0))
    properties.find(qn("w:tblLayout")).addprevious(borders)
    for row in table.rows:
        row.cells[0].width = Mm(width)
    return [row.cells[0].paragraphs[0] for row in table.rows]


def page_border(section: Any, colour: str, size: int, space: int) -> None:
    """Draw a double line around a section's pages, the thick one outside.

    It stands ``space`` points (31 at most) from the edge of the paper. Word names the two lines from top to
    bottom and from left to right, so the far sides have them the other way round.
    """
    frame = OxmlElement("w:pgBorders")
    frame.set(qn("w:offsetFrom"), "page")
    for side in SIDES:
        kind = "thickThinMediumGap" if side in {"top", "left"} else "thinThickMediumGap"
        frame.append(_edge(side, kind, colour, size, space))
    section._sectPr.find(qn("w:pgMar")).addnext(frame)  # noqa: SLF001 - python-docx has no borders


def page_number(paragraph: Any, font: str, size: float) -> None:
    """Add — n — to a paragraph."""
    write(paragraph, "— ", font, size)
    field(paragraph, "PAGE", font, size)
    write(paragraph, " —", font, size)


def page_of_pages(paragraph: Any, font: str, size: float) -> None:
    """Add 第 n 页　共 m 页 to a paragraph; m counts the pages of its section."""
    write(paragraph, "第 ", font, size)
    field(paragraph, "PAGE", font, size)
    write(paragraph, " 页　共 ", font, size)
    field(paragraph, "SECTIONPAGES", font, size)
    write(paragraph, " 页", font, size)


def field(paragraph: Any, name: str, font: str, size: float) -> None:
    """Add what Word reckons itself, such as PAGE."""
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        run = write(paragraph, "", font, size)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)  # noqa: SLF001 - python-docx has no fields


def heading_bar(body: Any, text: str, size: float, width: float) -> None:
    """Add a shaded row across the page."""
    _head_cell(_new(body, 1, [width]).cell(0, 0), text, size)


def _head_cell(cell: Any, text: str, size: float) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "EEEEEE")):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading
    _say(cell, text, size, Align.LEFT, bold=True)


def fields(
    body: Any, block: Fields, size: float, width: float, label_width: float = 22.5, heading: str = ""
) -> Any:
    """Add a grid of labels and values, below a shaded row if it has a ``heading``; return it. Widths in millimetres."""
    rows, first = block.rows(), 1 if heading else 0
    value_width = width / block.across - label_width
    widths = [w for share in block.shares() for w in (label_width, value_width * share)]
    table = _new(body, first + len(rows), widths)
    if heading:
        _head_cell(table.cell(0, 0).merge(table.cell(0, len(widths) - 1)), heading, size)
    for at, row in enumerate(rows, start=first):
        place = 0
        for field in row:
            last = place + 2 * field.span - 1
            _say(table.cell(at, place), field.label, size, Align.CENTRE)
            _value(table.cell(at, place + 1).merge(table.cell(at, last)), field, size)
            place = last + 1
        if height := max(field.height for field in row):
            table.rows[at].height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
            table.rows[at].height = Mm(height)
    return table


def keep_together(table: Any, *, with_next: bool = False) -> None:
    """Keep a table on one page if it fits one, also with the paragraph after it."""
    rows = table.rows if with_next else table.rows[:-1]
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _value(cell: Any, field: Field, size: float) -> None:
    if not field.foot:
        _say(cell, shown(field.value), size, Align.LEFT)
        return
    _say(cell, shown(field.value) if field.value else "", size, Align.LEFT)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    foot = shape(cell.add_paragraph(), align=Align.RIGHT, before=size * 2)
    write(foot, field.foot, SONG, size)


def data_table(body: Any, table: Table, size: float, width: float) -> None:
    """Add a table with its header, repeated on every page, its rows and its totals."""
    heads = 2 if any(column.group for column in table.columns) else 1
    share = width / sum(column.weight for column in table.columns)
    made = _new(body, heads + len(table.rows) + table.has_total, [c.weight * share for c in table.columns])
    _header(made, table.columns, heads, size)
    for at, row in enumerate(table.rows, start=heads):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            _say(made.cell(at, place), shown(value), size, column.alignment)
        _unbroken(made.rows[at], table.height)
    if table.has_total:
        _totals(made, table, heads + len(table.rows), size)
    for note in table.notes:
        write(shape(body.add_paragraph(), before=3), note, SONG, size - 1)


def _unbroken(row: Any, height: float) -> None:
    """Keep a row on one page, and make it ``height`` millimetres high at least."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no such setting
    if height:
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        row.height = Mm(height)


def _header(made: Any, columns: Sequence[Column], heads: int, size: float) -> None:
    for row in range(heads):
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        made.rows[row]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001 - python-docx has no repeated rows
    at = 0
    while at < len(columns):
        group, width = columns[at].group, 1
        while group and at + width < len(columns) and columns[at + width].group == group:
            width += 1
        if heads == 1 or not group:
            cell = made.cell(0, at).merge(made.cell(heads - 1, at))
            _say(cell, columns[at].title, size, Align.CENTRE, bold=True)
        else:
            cell = made.cell(0, at).merge(made.cell(0, at + width - 1))
            _say(cell, group, size, Align.CENTRE, bold=True)
            for place in range(at, at + width):
                _say(made.cell(1, place), columns[place].title, size, Align.CENTRE, bold=True)
        at += width


def _totals(made: Any, table: Table, row: int, size: float) -> None:
    totals = table.totals()
    span = next(at for at, value in enumerate(totals) if value is not None)
    if span:
        cell = made.cell(row, 0).merge(made.cell(row, span - 1))
        _say(cell, table.total_label, size, Align.CENTRE, bold=True)
    for at in range(span, len(table.columns)):
        if totals[at] is not None:
            _say(made.cell(row, at), shown(totals[at]), size, table.columns[at].alignment, bold=True)


def _say(cell: Any, text: str, size: float, align: Align, *, bold: bool = False) -> None:
    """Write the only text of a cell; merging may have left empty paragraphs."""
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)  # noqa: SLF001 - python-docx cannot remove a paragraph
    paragraph = shape(cell.paragraphs[0], align=align, before=2, after=2)
    write(paragraph, text, SONG, size, bold=bold)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _new(body: Any, rows: int, widths: Sequence[float]) -> Any:
    """Return a bordered table; two tables in a row share a line, and are kept apart by next to nothing."""
    previous = body.element.body[-2] if len(body.element.body) > 1 else None
    is_below = previous is not None and previous.tag == qn("w:tbl")
    if is_below:
        write(shape(body.add_paragraph(), line=1), "", SONG, 1)
    table = body.add_table(rows, len(widths))
    table.style = "Table Grid"
    if is_below:
        borders = OxmlElement("w:tblBorders")
        borders.append(_edge("top", "nil", "auto", 0, 0))
        table._tbl.tblPr.append(borders)  # noqa: SLF001 - python-docx has no borders
    table.autofit = False
    for at, width in enumerate(widths):
        table.columns[at].width = Mm(width)
        for row in range(rows):
            table.cell(row, at).width = Mm(width)
    return table


def _edge(side: str, kind: str, colour: str, size: int, space: int) -> Any:
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", str(size)), ("space", str(space)), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    return edge
