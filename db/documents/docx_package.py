"""What a Word file carries besides its text: styles of its own, fonts and what stands in for them, who made it and when.

python-docx begins with a template of another country and another program; nothing of it may stay.
"""

import re
from datetime import UTC, datetime
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from db.documents.model import Document

TITLE, BODY, KAI, HEI, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
ALTERNATIVES = {
    TITLE: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,小标宋",
    BODY: "仿宋,FangSong,FangSong_GB2312",
    KAI: "楷体,KaiTi,KaiTi_GB2312",
    HEI: "SimHei",
    SONG: "SimSun",
}
"""By font: the names under which a PC may have it (w:altName), the likeliest first."""

STYLES: dict[str, tuple[str, float]] = {
    "发文机关": (TITLE, 31),
    "发文字号": (BODY, 16),
    "公文正文": (BODY, 16),
    "附件说明": (BODY, 16),
    "署名日期": (BODY, 16),
    "版记": (BODY, 14),
    "表格文字": (SONG, 10.5),
}
"""The paragraph styles of papers besides Word's own ones for titles, headings, heads and feet."""

OWN: dict[str, tuple[str, float]] = {
    "Title": (TITLE, 22),
    "Heading 1": (HEI, 16),
    "Heading 2": (KAI, 16),
    "Header": (SONG, 9),
    "Footer": (SONG, 14),
}
KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "Table Grid", "No List", *OWN}
LATIN = "Times New Roman"
FOREIGN = ("stylesWithEffects", "customXml", "numbering", "thumbnail", "extended-properties")


def prepare(body: Any) -> None:
    """Give a new file its styles, fonts and theme, and take out what it does not need."""
    _styles(body)
    for mathematics in body.settings.element.xpath("//*[local-name()='mathPr']"):
        mathematics.getparent().remove(mathematics)
    for rels in (body.part.rels, body.part.package.rels):
        for key in [k for k, rel in rels.items() if rel.reltype.endswith(FOREIGN)]:
            del rels[key]
    for rel in body.part.rels.values():
        if rel.reltype == RELATIONSHIP_TYPE.THEME:
            rel.target_part._blob = _theme(rel.target_part.blob)  # noqa: SLF001 - python-docx has no themes
        if rel.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            rel.target_part._blob = _font_table()  # noqa: SLF001 - python-docx has no font table


def describe(body: Any, paper: Document) -> None:
    """Say whose the file is, and that it was made now."""
    properties, now = body.core_properties, datetime.now(UTC).replace(tzinfo=None)
    properties.title = paper.title.replace("\n", "")
    properties.author = properties.last_modified_by = paper.author or paper.issuer
    properties.created = properties.modified = now
    properties.comments, properties.language, properties.revision = "", "zh-CN", 1


def _styles(body: Any) -> None:
    sheet = body.styles.element
    for style in list(body.styles):
        if style.name not in KEPT:
            style.element.getparent().remove(style.element)
    defaults = sheet.find(qn("w:docDefaults"))
    defaults.getparent().replace(
        defaults,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
            f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{SONG}" w:cs="{LATIN}"/>'
            '<w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )
    for name, look in OWN.items():
        style = body.styles[name]
        for part in ("w:rPr", "w:pPr"):
            if (old := style.element.find(qn(part))) is not None:
                style.element.remove(old)
        _look(style, *look)
        if name.startswith("Heading"):
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), str(int(name[-1]) - 1))
            style.element.get_or_add_pPr().append(level)
    for name, look in STYLES.items():
        style = body.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = body.styles["Normal"], True
        _look(style, *look)


def _look(style: Any, font: str, size: float) -> None:
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), font)


def _theme(blob: bytes) -> bytes:
    """Return a theme whose fonts an office here has, and which names none for the scripts of others."""
    ours = re.sub(rb'<a:font script="(?!Hans)[^>]*/>', b"", blob)
    return re.sub(rb'(<a:latin typeface=")[^"]*"', rb"\1" + LATIN.encode() + b'"', ours)


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in ALTERNATIVES.items()
    )
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/></w:font>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}{latin}</w:fonts>".encode()
