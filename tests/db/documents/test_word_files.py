"""Word files carry true styles, whose they are, the page numbers of 公文, and nothing of the library that wrote them."""

import re
import zipfile
from datetime import UTC, datetime, timedelta

import docx
import pytest
from docx.oxml.ns import qn

from db.documents.certificate import certificates
from db.documents.docx import write_docx
from db.documents.model import Heading, Imprint, Labelled, Paragraph
from db.office.queries.wording import default_wording
from tests.db.cases.test_closings import explained, mandated, noted, recommended, urged
from tests.papers import OFFICE, a_certificate, a_letter

FOREIGN = re.compile(r"python-docx|Calibri|Cambria|Courier|Macintosh|ＭＳ|MS Mincho|2013")
MAKERS = (recommended, urged, mandated, explained, noted)


@pytest.fixture(params=[*MAKERS, None], ids=lambda make: make.__name__ if make else "certificate")
def file(request, tmp_path):
    import random

    paper = (
        request.param(random.Random(4))
        if request.param
        else certificates([a_certificate()], default_wording("聘书"))[0]
    )
    write_docx(paper, tmp_path / "文书.docx")
    return tmp_path / "文书.docx"


def test_nothing_foreign_is_in_the_file(file):
    with zipfile.ZipFile(file) as parts:
        names = parts.namelist()
        found = {
            (name, hit[0])
            for name in names
            if name.endswith(".xml")
            for hit in FOREIGN.finditer(parts.read(name).decode())
        }
    assert not found
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "WithEffects" in name]


def test_every_paragraph_has_a_style_of_its_part(file):
    body = docx.Document(file)
    assert not [p.text for p in body.paragraphs if p.text and p.style.name == "Normal"]
    cells = (p for table in body.tables for row in table.rows for cell in row.cells for p in cell.paragraphs)
    assert not [p.text for p in cells if p.text and p.style.name == "Normal"]


def test_the_file_says_whose_it_is_and_when_it_was_made(tmp_path):
    write_docx(a_letter("请予支持。"), tmp_path / "函.docx")
    properties = docx.Document(tmp_path / "函.docx").core_properties
    assert (properties.author, properties.last_modified_by) == (OFFICE, OFFICE)
    assert properties.title == "关于推荐行政诉讼委托代理人的函"
    now = datetime.now(UTC)
    assert abs(properties.created - now) < timedelta(minutes=5)
    assert properties.created == properties.modified


def test_fonts_of_official_papers_have_names_that_other_pcs_know_them_by(file):
    with zipfile.ZipFile(file) as parts:
        table = parts.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong' in table
    assert '<w:font w:name="楷体_GB2312"><w:altName w:val="楷体' in table


@pytest.mark.parametrize("make", [recommended, noted])
def test_odd_pages_are_numbered_at_the_right_and_even_ones_at_the_left(tmp_path, make):
    import random

    write_docx(make(random.Random(1)), tmp_path / "函.docx")
    body = docx.Document(tmp_path / "函.docx")
    section = body.sections[0]
    assert body.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)
    assert all("PAGE" in p._p.xml for p in (odd, even))


def test_minutes_have_a_rule_as_wide_as_the_text_and_their_imprint_at_the_foot(tmp_path):
    from dataclasses import replace
    from random import Random

    blocks = (
        Heading("一、会商案件"),
        Heading("（一）程序", 2),
        Paragraph("略。"),
        Labelled("出席", ("汪晓棠",)),
        Imprint("区人民政府", OFFICE, "2026年11月24日"),
    )
    write_docx(replace(noted(Random(1)), blocks=blocks), tmp_path / "纪要.docx")
    body = docx.Document(tmp_path / "纪要.docx")
    (rule,) = [p for p in body.paragraphs if "D7000F" in p._p.xml and "pBdr" in p._p.xml]
    assert not rule.paragraph_format.left_indent
    assert not rule.text
    place = body.tables[-1]._tbl.tblPr.find(qn("w:tblpPr"))
    assert place.get(qn("w:tblpYSpec")) == "bottom"
    assert [row.cells[0].text.split("\t")[0] for row in body.tables[-1].rows] == [
        "分送：区人民政府。",
        OFFICE,
    ]
    assert {p.style.name for p in body.paragraphs if p.text.startswith(("一", "（一"))} == {
        "Heading 1",
        "Heading 2",
    }
