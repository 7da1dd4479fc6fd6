"""年度履职档案: one A4 sheet for each lawyer and year, from figures that are counted, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.documents.model import (
    Align,
    Block,
    Column,
    Document,
    Field,
    Fields,
    Heading,
    Kind,
    Line,
    Signatures,
    Style,
    Table,
    Value,
    day_text,
)
from db.words.service import Grade

SHOWN_CASES = 8
SIGN = "签字：　　　　　　　　　　年　　月　　日"
SEAL = "（盖章）　　　　　　　　　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class AnnualCase:
    """A case of the year as the sheet lists it."""

    number: str
    parties: str  # 甲 诉 乙单位
    role: str  # 主办 or 协办
    result: str  # 在办, or how it ended


@dataclass(frozen=True, slots=True)
class AnnualStub:
    """A lawyer's year. ``id_number`` and ``phone`` come as they shall print, masked or in full.

    ``declines`` and ``results`` pair a word with how often. ``rating`` is the mean of ``rated`` ratings, out of 5.
    """

    year: int
    office: str
    name: str
    sex: str = ""
    id_number: str = ""
    phone: str = ""
    politics: str = ""
    education: str = ""
    firm: str = ""
    position: str = ""
    licence: str = ""
    first_licensed_on: date | None = None
    specialities: tuple[str, ...] = ()
    certificate: str = ""
    term_from: date | None = None
    term_to: date | None = None
    led: int = 0
    assisted: int = 0
    consultations: int = 0
    legality_reviews: int = 0
    contract_reviews: int = 0
    opinions: int = 0
    other_services: int = 0
    consulted: tuple[tuple[str, int], ...] = ()
    trainings: int = 0
    declines: tuple[tuple[str, int], ...] = ()
    results: tuple[tuple[str, int], ...] = ()
    rating: float | None = None
    rated: int = 0
    cases: tuple[AnnualCase, ...] = ()
    self_review: str = ""
    bureau_opinion: str = ""
    grade: Grade | None = None


def annual_sheets(stubs: Iterable[AnnualStub]) -> tuple[Document, ...]:
    """Return one sheet for each lawyer, each on one page; cases beyond that are counted and left to the list."""
    return tuple(_sheet(stub) for stub in stubs)


def _sheet(stub: AnnualStub) -> Document:
    blocks: tuple[Block, ...] = (
        Line((f"填报单位：{stub.office}", f"考核年度：{stub.year}年")),
        Heading("一、基本情况"),
        _identity(stub),
        Heading("二、履职情况（按登记的办理记录统计）"),
        _figures(stub),
        _details(stub),
        Heading(_cases_title(stub)),
        _cases(stub),
        Heading("四、考核"),
        _assessment(stub),
        Signatures((("经办人", ""), ("审核人", ""), ("单位负责人", ""))),
    )
    missing = [] if stub.grade else ["考核等次"]
    missing += [
        name
        for name, value in (
            ("执业证号", stub.licence),
            ("律师事务所", stub.firm),
            ("聘期", stub.term_from),
            ("司法局意见", stub.bureau_opinion),
        )
        if not value
    ]
    return Document(
        Style.FORM,
        f"{stub.year}年度行政诉讼法律顾问履职档案",
        blocks,
        missing=tuple(f"{stub.name}：{name}" for name in missing),
    )


def _identity(stub: AnnualStub) -> Fields:
    return Fields(
        (
            Field("姓　　名", stub.name),
            Field("性　　别", stub.sex),
            Field("政治面貌", stub.politics),
            Field("身份证号", stub.id_number),
            Field("联系电话", stub.phone),
            Field("学　　历", stub.education),
            Field("律师事务所", stub.firm, span=2),
            Field("职　　务", stub.position),
            Field("执业证号", stub.licence),
            Field("首次执业", stub.first_licensed_on),
            Field("聘书编号", stub.certificate),
            Field("聘　　期", _term(stub), span=3),
            Field("专业领域", "、".join(stub.specialities), span=3),
        ),
        across=3,
        weights=(1.25, 0.9, 1.1),
    )


def _term(stub: AnnualStub) -> str:
    if stub.term_from is None or stub.term_to is None:
        return ""
    return f"{day_text(stub.term_from)}至{day_text(stub.term_to)}"


def _figures(stub: AnnualStub) -> Table:
    figures: tuple[tuple[str, str, Value], ...] = (
        ("主办", "承办案件（件）", stub.led),
        ("协办", "承办案件（件）", stub.assisted),
        ("合计", "承办案件（件）", stub.led + stub.assisted),
        ("会商\n研判\n（次）", "", stub.consultations),
        ("合法性\n审查", "法律服务（件）", stub.legality_reviews),
        ("合同\n审查", "法律服务（件）", stub.contract_reviews),
        ("法律\n意见", "法律服务（件）", stub.opinions),
        ("其他", "法律服务（件）", stub.other_services),
        ("培训\n（次）", "", stub.trainings),
        ("婉拒\n（次）", "", sum(times for _, times in stub.declines)),
        ("均分", "单位评价", stub.rating),
        ("次数", "单位评价", stub.rated),
    )
    columns = tuple(Column(title, Kind.NUMBER, 5, group=group) for title, group, _ in figures)
    return Table(columns, ((*(value for _, _, value in figures),),))


def _details(stub: AnnualStub) -> Fields:
    return Fields(
        (
            Field("本年办结\n案件结果", _counted(stub.results, "件")),
            Field("研判意见", _counted(stub.consulted, "次")),
            Field("婉拒原因", _counted(stub.declines, "次")),
        ),
        across=1,
    )


def _counted(pairs: Iterable[tuple[str, int]], unit: str) -> str:
    return "，".join(f"{word} {times} {unit}" for word, times in pairs if times) or "无"


def _cases_title(stub: AnnualStub) -> str:
    count = len(stub.cases)
    rest = f"，列出前 {SHOWN_CASES} 件，详见清单" if count > SHOWN_CASES else ""
    return f"三、承办案件（{count} 件{rest}）"


def _cases(stub: AnnualStub) -> Table:
    columns = (
        Column("序号", Kind.NUMBER, 3.4),
        Column("案号", Kind.ID, 13.6, Align.LEFT),
        Column("当事人", weight=21.4),
        Column("承办", weight=4, align=Align.CENTRE),
        Column("结果", weight=10),
    )
    rows = [
        (number, _short(c.number, 30), _short(c.parties, 48), c.role, _short(c.result, 20))
        for number, c in enumerate(stub.cases[:SHOWN_CASES], start=1)
    ]
    return Table(columns, rows or [("—",) * len(columns)])


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _assessment(stub: AnnualStub) -> Fields:
    grades = "　　　　".join(f"{'■' if grade is stub.grade else '□'} {grade.value}" for grade in Grade)
    return Fields(
        (
            Field("本人述职", stub.self_review, height=18, grows=True, foot=SIGN),
            Field("司法局\n意　见", stub.bureau_opinion, height=18, grows=True, foot=SEAL),
            Field("考核等次", grades),
        ),
        across=1,
    )
