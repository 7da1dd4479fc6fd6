"""Papers as Word files that a clerk can still touch in WPS: letters, minutes, certificates and forms."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from db.documents.files import safely
from db.documents.model import Align, Document


def write_docx(papers: Document | Sequence[Document], path: Path, *, overwrite: bool = False) -> None:
    """Write one or several papers to ``path``, each on a new page.

    Raises ``UserError`` when ``path`` cannot be written.
    """
    from docx import Document as new_document  # noqa: N813, PLC0415 - a function; heavy, and needed only here

    from db.documents.docx_package import describe, prepare  # noqa: PLC0415 - brings python-docx
    from db.documents.docx_papers import MAKERS  # noqa: PLC0415 - the same

    papers = (papers,) if isinstance(papers, Document) else tuple(papers)
    body = new_document()
    prepare(body)
    describe(body, papers[0])
    body.settings.odd_and_even_pages_header_footer = True
    for number, paper in enumerate(papers):
        section = _new_section(body) if number else body.sections[0]
        MAKERS[paper.style](body, section, paper)
        _header(section, paper)
    with safely(path, ".docx", overwrite=overwrite) as temporary:
        body.save(str(temporary))


def _new_section(body: Any) -> Any:
    """Return a section on a new page that takes no head or foot from the one before, its pages counted from 1."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy, and needed only here
    from docx.oxml.ns import qn  # noqa: PLC0415

    section = body.add_section()
    for kind in ("header", "footer"):
        for part in (f"first_page_{kind}", f"even_page_{kind}", kind):
            getattr(section, part).is_linked_to_previous = False
    section.different_first_page_header_footer = False
    properties = section._sectPr  # noqa: SLF001 - python-docx has no page numbers
    if (count := properties.find(qn("w:pgNumType"))) is None:
        count = OxmlElement("w:pgNumType")
        properties.find(qn("w:cols")).addprevious(count)
    count.set(qn("w:start"), "1")
    return section


def _header(section: Any, paper: Document) -> None:
    """Say above every page what it is, if it is a sample or a draft."""
    has_own = section.different_first_page_header_footer
    headers = [section.first_page_header] if has_own else [section.header, section.even_page_header]
    for header in headers:
        header.is_linked_to_previous = False
        _fill(header, section, paper, has_own=has_own)


def _fill(header: Any, section: Any, paper: Document, *, has_own: bool) -> None:
    from docx.shared import Mm  # noqa: PLC0415 - heavy, and needed only here

    from db.documents import docx_parts as parts  # noqa: PLC0415 - brings python-docx

    if paper.mark:
        first = header.paragraphs[0]
        section.header_distance = Mm(25.8 if has_own else 3)  # above the agency's name, or the border
        place = first.insert_paragraph_before() if has_own else first
        parts.write(parts.shape(place, "Header", align=Align.RIGHT, line=12), paper.mark, parts.SONG, 9)
    if paper.watermark:
        place = parts.shape(header.add_paragraph(), "Header", align=Align.CENTRE, before=10)
        parts.write(place, "　　".join(paper.watermark), parts.HEI, 26, red="A0A0A0")
