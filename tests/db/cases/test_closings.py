"""No page of a letter-like paper holds only who signed it and when: 200 invented contents, in two sets of fonts.

``ADVISOR_POOL_CONTENTS`` says how many contents are tried, 20 where it says nothing.
"""

import os
import random
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest

from db.assignment.papers.letters import (
    AbsenceStub,
    AgencyStub,
    AgentStub,
    CaseStub,
    LetterStub,
    NamedStub,
    absence_paper,
    mandate_papers,
    recommendation_letter,
)
from db.coverage.papers.urging import UrgingStub, urging_letter
from db.documents import fonts
from db.documents.model import (
    Attachments,
    Document,
    Field,
    Fields,
    Heading,
    Imprint,
    Labelled,
    Paragraph,
    Seal,
    Slip,
    Style,
    day_text,
)
from db.documents.pdf import render_pdf
from db.office.queries.wording import default_wording
from db.office.rules.settings import Settings
from db.words.assignment import Mandate
from tests.papers import OFFICE

CONTENTS = int(os.environ.get("ADVISOR_POOL_CONTENTS", "20"))
WORDS = (
    "行政处罚、工伤认定、征收补偿、信息公开、行政协议、不履行法定职责、土地确权、规划许可、拆除违法建筑，"
    "按照有关规定，经研究，现将有关情况函告如下（2026）浙0825行初41号 2026年11月24日 ABC-2026 "
)
DAY = date(2026, 9, 26)


def words(chance: random.Random, least: int, most: int) -> str:
    """Return running text of so many characters, out of what papers say."""
    start = chance.randrange(len(WORDS))
    return (WORDS[start:] + WORDS * 40)[: chance.randint(least, most)].strip() + "。"


def recommended(chance: random.Random) -> Document:
    named = tuple(
        NamedStub(
            name=chance.choice(("汪晓棠", "欧阳方以宁", "祝岚")),
            firm=chance.choice(("示例双港律师事务所", "北京市示例（衢州）律师事务所")),
            licence="13308201510123456",
            years=chance.randint(1, 40),
            specialities=("行政处罚", "征收补偿", "行政协议")[: chance.randint(0, 3)],
            load=f"{chance.randint(0, 9)}件",
            checked=chance.choice(("", f"核对情况：{words(chance, 5, 150)}")),
        )
        for _ in range(chance.randint(1, 6))
    )
    case = CaseStub(words(chance, 8, 90)[:-1], "（2026）浙0825行初41号", "龙游县人民法院")
    consents = tuple(words(chance, 10, 60) for _ in range(chance.randint(0, 3)))
    stub = LetterStub(
        OFFICE, "柯司顾荐〔2026〕1号", "衢州市柯城区万田乡人民政府", case, named, DAY, DAY + timedelta(9)
    )
    return recommendation_letter(replace(stub, consents=consents), default_wording("委托代理人推荐函"))


def urged(chance: random.Random) -> Document:
    stub = UrgingStub(
        "柯司督〔2026〕1号", "区住房和城乡建设局", words(chance, 4, 400), words(chance, 4, 300), DAY, DAY
    )
    return urging_letter(stub, Settings(), default_wording("催办函"))


def worded(chance: random.Random) -> Document:
    """A letter by a wording of the bureau's own: long paragraphs, headings, attachments."""
    blocks = [Paragraph("各单位：", is_indented=False)]
    for _ in range(chance.randint(1, 5)):
        blocks += [
            Heading("一、有关要求"),
            Paragraph(words(chance, 5, 700), lead=chance.choice(("", "一、"))),
        ]
    if chance.random() < 0.5:
        blocks.append(Attachments(tuple(words(chance, 4, 40) for _ in range(chance.randint(1, 4)))))
    blocks.append(Seal(OFFICE, day_text(DAY)))
    blocks += [Paragraph("（联系人：沈青禾，联系电话：0570-0000000）")] * chance.randint(0, 1)
    if chance.random() < 0.5:
        blocks.append(Slip("回　　执", (Fields((Field("函　　号", "1号"),), across=1),)))
    return Document(Style.LETTER, "关于有关事项的函", tuple(blocks), issuer=OFFICE, number="柯司〔2026〕1号")


def boxed(chance: random.Random) -> Document:
    """A letter whose text ends in boxes."""
    boxes = Fields(tuple(Field("事项", words(chance, 3, 60)) for _ in range(chance.randint(1, 5))), across=1)
    letter = worded(chance)
    at = next(i for i, block in enumerate(letter.blocks) if isinstance(block, Attachments | Seal))
    return replace(letter, blocks=(*letter.blocks[:at], boxes, *letter.blocks[at:]))


def mandated(chance: random.Random) -> Document:
    agency = AgencyStub(
        "衢州市柯城区住房和城乡建设局", "1133" * 4, words(chance, 5, 80), "郑明", "局长", "0570-0"
    )
    agents = [
        AgentStub("汪晓棠", "女", words(chance, 4, 40), "13308201510123456", "138")
        for _ in range(chance.randint(1, 2))
    ]
    case = CaseStub(words(chance, 8, 300)[:-1], "（2026）浙0825行初41号", "龙游县人民法院")
    text = "\n".join(
        [default_wording("授权委托书"), *(words(chance, 5, 200) for _ in range(chance.randint(0, 4)))]
    )
    return mandate_papers(agency, agents, case, Mandate.SPECIAL, text)


def explained(chance: random.Random) -> Document:
    agency = AgencyStub("衢州市柯城区住房和城乡建设局")
    absence = AbsenceStub("2026年12月1日", words(chance, 5, 900), words(chance, 2, 60), words(chance, 2, 90))
    case = CaseStub(words(chance, 8, 200)[:-1], "", "龙游县人民法院")
    return absence_paper(agency, case, absence, default_wording("负责人不能出庭情况说明"))


def noted(chance: random.Random) -> Document:
    """Minutes: 版记 stands where they end."""
    blocks = [Paragraph(words(chance, 20, 900)) for _ in range(chance.randint(1, 5))]
    blocks += [
        Labelled(label, tuple(f"示例{words(chance, 2, 9)}" for _ in range(chance.randint(1, 30))))
        for label in ("出席", "列席")[: chance.randint(0, 2)]
    ]
    blocks.append(Imprint("区人民政府办公室", OFFICE, day_text(DAY)))
    return Document(
        Style.MINUTES,
        "会议纪要",
        tuple(blocks),
        issuer=f"{OFFICE}会议纪要",
        number="〔2026〕1号",
        signer="郑明",
    )


CLOSINGS = {
    recommended: (OFFICE, "2026年9月26日", "（联系人", "＿", "，联系电话", "）", "回执"),
    urged: (OFFICE, Settings().office_name, "2026年9月26日", "（联系人", "＿", "，联系电话", "）", "回执"),
    worded: (OFFICE, "2026年9月26日", "（联系人", "附件：", "回执"),
    boxed: (OFFICE, "2026年9月26日", "（联系人", "附件：", "回执"),
    mandated: ("委托人（盖章）", "法定代表人（签字）", "日期", ""),
    explained: ("单位（盖章）", "主要负责人（签字）", "日期", ""),
    noted: ("分送", OFFICE, ""),
}
"""What closes each kind of paper: where a page begins with one of these, nothing of the text stands on it."""


def pages_of(paper: Document) -> list[str]:
    with pypdfium2.PdfDocument(render_pdf(paper).data) as pdf:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


@pytest.mark.parametrize("make", CLOSINGS)
@pytest.mark.parametrize("installed", ["shipped", "others"])
def test_who_signs_is_never_alone_on_a_page(monkeypatch, make, installed):
    families = fonts.installed()
    here = next((name for name in families if "Noto" in name and "CJK SC" in name), "")
    if installed == "others":
        if not here:
            pytest.skip("this PC has no other Chinese font")
        for role in fonts.ROLES:
            monkeypatch.setitem(fonts.ROLES, role, (here,))
    else:
        monkeypatch.setattr(fonts, "installed", lambda: (fonts.FAMILY,))
    alone = []
    for number in range(max(CONTENTS // 2, 10)):
        pages = pages_of(make(random.Random(f"{make.__name__}{number}")))
        closing = CLOSINGS[make]
        # A slip to be sent back may stand on a sheet of its own.
        alone += [(number, page[:60]) for page in pages[1:] if page.startswith(closing[:-1])]
    assert not alone
