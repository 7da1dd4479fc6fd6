"""A rare character of a name is printed: by the shipped fonts, else by one of this PC; if by none, that is said."""

from io import BytesIO

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from db.documents import fonts
from db.documents.model import Document, Heading, Paragraph, Style
from db.documents.pdf import render_pdf
from tests.papers import a_letter, texts_of

BEYOND_UNIFIED = "㑇㛃㛚㛹㟃㤘㧐㬎㭎㳘㸆㻬䃅䌹䓛䗴䜣䲠䴓䶮𠅤𠳐𡐓𣗋𣲗𣸣𥔲𥖨𦈡𦰡𨐈𨱇𨱔𩽾𪟝𪨶𪾢𫄧𫄨𫍯𫍲𫐐𫖮𫖯𫗧𫘝𫘪𫚕𫛭𫞩𫟅𫟦𫟹𫠊𫠜𫢸𫫇𫭟𫮃𫰛𫵷𫶇𬀩𬃊𬇙𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
"""Of the third level of 通用规范汉字表 (2013), for names and places: those outside the first block of Unicode."""

NAMES = "喆堃翀珺晞旸玥祎赟淏甯玚珅铖锳翯鑫犇淼昇"
SIGNS = "√✓≥≤≠ⅡⅫ²℃㎡№①⑳㈠αΩ€￥〇·—…"


def characters(weight):
    with TTFont(fonts.SHIPPED / f"AdvisorSerifSC-{weight}.otf", lazy=True) as font:
        return set(font.getBestCmap())


def a_font(path, family, text):
    """Make a font that has a square for each of these characters."""
    pen = TTGlyphPen(None)
    for number, point in enumerate(((0, 0), (0, 700), (700, 700), (700, 0))):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    names = [".notdef", *(f"u{ord(c):X}" for c in text)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"u{ord(c):X}" for c in text})
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return fonts.Face(family, str(path), 0)


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_both_weights_have_the_rare_characters_of_names_and_common_signs(weight):
    known = characters(weight)
    assert [c for c in BEYOND_UNIFIED + NAMES + SIGNS if ord(c) not in known] == []


def test_rare_names_print_in_bold_and_regular_without_a_note():
    paper = Document(
        Style.LETTER,
        "关于𬭎𬀩的函",
        (Paragraph("㛃，𬀩，䶮。", lead="㛃䶮𬭎："), Heading("𬍛堃頔暐"), Paragraph("√≥Ⅱ")),
    )
    pdf = render_pdf(paper)
    assert not [note for note in pdf.notes if "U+" in note]
    (page,) = texts_of(paper)
    for text in ("关于𬭎𬀩的函", "㛃䶮𬭎：㛃，𬀩，䶮。", "𬍛堃頔暐", "√≥Ⅱ"):
        assert text in page


def test_a_character_that_only_another_font_has_is_borrowed_from_it(tmp_path):
    other = a_font(tmp_path / "a.ttf", "示例扩展宋体", "𲎯김")
    late = a_font(tmp_path / "b.ttf", "另一字体", "김")
    broken = fonts.Face("坏字体", str(tmp_path / "no.ttf"), 0)
    assert fonts.borrowed("𲎯김x", [broken, other, late]) == {"𲎯": "示例扩展宋体", "김": "示例扩展宋体"}
    assert fonts.borrowed("김", [late, other]) == {"김": "另一字体"}


def test_what_means_nothing_in_common_is_never_borrowed(tmp_path):
    own_signs = a_font(tmp_path / "a.ttf", "图标", "\ue000𲎯")
    last = a_font(tmp_path / "b.ttf", "Last Resort", "김")
    assert fonts.borrowed("\ue000\x07김", [own_signs, last]) == {}


def test_a_paper_says_from_where_a_character_was_borrowed_or_that_none_has_it():
    paper = a_letter("证人김某。")
    pdf, page = render_pdf(paper), texts_of(paper)[0]
    if family := fonts.borrowed("김", fonts.faces()).get("김"):
        assert f"“김”（U+AE40）随程序附带的字体没有，借用本机的{family}。" in pdf.notes
        assert "证人김某。" in page
    else:
        assert any("김（U+AE40）" in note and "〓" in note for note in pdf.notes)
        assert "证人〓某。" in page


def test_what_is_never_seen_needs_no_glyph():
    paper = a_letter("王\u200b五\ufe0f和\ufeff赵六。")
    assert not [note for note in render_pdf(paper).notes if "U+" in note]
    page = "".join(c for c in texts_of(paper)[0] if c not in "\u200b\ufe0f\ufeff")
    assert "王五和赵六。" in page


def test_no_character_of_a_paper_is_set_as_a_box():
    paper = a_letter("㛃𬀩䶮𬭎김√", "\ue000")
    for page in PdfReader(BytesIO(render_pdf(paper).data)).pages:
        assert "\ufffd" not in page.extract_text()
    assert "\ue000" not in "".join(texts_of(paper))
