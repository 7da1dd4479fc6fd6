"""The papers of an assignment: 推荐函, 授权委托书, 法定代表人身份证明书, 负责人不能出庭情况说明.

The bureau recommends; the agency chooses and mandates (律师法第二十五条: the firm accepts the mandate), so only the
推荐函 is the bureau's own. 授权委托书 names 委托事项和具体权限 (适用解释第三十一条); powers that change rights must be named one
by one (民事诉讼法第六十二条第二款, 行政诉讼法第一百零一条). The wording of each is the bureau's to edit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.documents.letters import missing_fields, paragraphs
from db.documents.model import (
    Block,
    Document,
    Field,
    Fields,
    Paragraph,
    Seal,
    Signatures,
    Slip,
    Style,
    day_text,
    prose,
)
from db.office.rules.wording import fill
from db.words.assignment import Mandate

LETTER = "委托代理人推荐函"
MANDATE = "授权委托书"
IDENTITY = "法定代表人身份证明书"
ABSENCE = "负责人不能出庭情况说明"

GENERAL_POWERS = ("提交答辩状和证据", "出庭应诉", "质证", "辩论", "代收诉讼文书")
WEIGHTS = (1.24, 0.76)  # of the values, so that 18 digits stand on a line
DATE = "　　　　年　　月　　日"
NUMBERS = "一二三四五六七八九十"
SPECIAL_POWERS = ("承认、变更诉讼请求", "调解、和解", "提起上诉、撤回上诉", "申请再审")


@dataclass(frozen=True, slots=True)
class CaseStub:
    """A case as papers name it; ``matter`` is 周建国诉区综合执法局行政处罚一案."""

    matter: str
    number: str = ""
    court: str = ""
    instance: str = "一审"


@dataclass(frozen=True, slots=True)
class NamedStub:
    """A lawyer recommended, with his load; ``checked`` is what the conflict check found, empty if nothing."""

    name: str
    firm: str
    licence: str
    years: int | None
    specialities: tuple[str, ...]
    load: str
    checked: str = ""


@dataclass(frozen=True, slots=True)
class LetterStub:
    """A 推荐函; two candidates are expected where two are free of conflict."""

    office: str
    number: str
    agency: str
    case: CaseStub
    named: tuple[NamedStub, ...]
    issued_on: date
    answer_by: date | None = None
    contact: str = ""
    phone: str = ""
    consents: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class AgentStub:
    """Who is mandated: a lawyer of a firm, or the agency's own staff with a post."""

    name: str
    sex: str = ""
    unit: str = ""
    number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AgencyStub:
    """The agency that mandates or certifies."""

    name: str
    uscc: str = ""
    address: str = ""
    head: str = ""
    post: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AbsenceStub:
    """Why the head cannot come to a hearing, and who comes in his stead."""

    hearing: str = ""
    reason: str = ""
    staff: str = ""
    papers: str = ""


def recommendation_letter(stub: LetterStub, wording: str) -> Document:
    """推荐函 in 信函格式, naming the candidates one by one, with a slip to send back."""
    marker = "\x00"  # stands for the candidates until the rest is filled in
    filled = fill(
        wording,
        {
            "单位": stub.agency,
            "案件": stub.case.matter,
            "案号": stub.case.number,
            "法院": stub.case.court,
            "推荐人选": marker,
            "核对结果": _checked(stub),
            "答复期限": day_text(stub.answer_by) if stub.answer_by else "",
            "联系人": stub.contact,
            "联系电话": stub.phone,
        },
    )
    before, _, after = filled.text.partition(marker)
    named = [*_named(stub.named), *(Paragraph(prose(f"利益冲突同意情况：{said}")) for said in stub.consents)]
    contact = [line for line in after.split("\n") if line.strip().startswith("（")]
    rest = [line for line in after.split("\n") if line.strip() and line not in contact]
    blocks: list[Block] = [*paragraphs(before.split("\n")), *named, *paragraphs(rest)]
    blocks += [Seal(stub.office, day_text(stub.issued_on)), *paragraphs(contact), _slip(stub)]
    return Document(
        Style.LETTER,
        "关于推荐行政诉讼委托代理人的函",
        tuple(blocks),
        issuer=stub.office,
        number=stub.number,
        missing=missing_fields(filled, {"推荐函编号": stub.number, "推荐人选": stub.named}),
        mark=stub.mark,
    )


def _checked(stub: LetterStub) -> str:
    day = day_text(stub.issued_on)
    if any(one.checked for one in stub.named):
        return f"经{day}核对，核对情况已分别注明，其余未发现应当回避的情形"
    return f"经{day}核对，未发现上述人员应当回避的情形"


def _named(named: Sequence[NamedStub]) -> list[Paragraph]:
    """Return a paragraph for each candidate: 一、汪晓棠，女，执业证号……."""
    found = []
    for at, one in enumerate(named):
        parts = [
            f"执业证号{one.licence}" if one.licence else "",
            one.firm,
            "" if one.years is None else f"执业{one.years}年",
            f"擅长{'、'.join(one.specialities)}" if one.specialities else "",
            f"在办{one.load}" if one.load else "",
            one.checked,
        ]
        place = NUMBERS[at] if at < len(NUMBERS) else str(at + 1)
        text = "，" + "，".join(part for part in parts if part) + "。"
        found.append(Paragraph(prose(text), lead=f"{place}、{one.name}"))
    return found


def mandate_papers(
    agency: AgencyStub, agents: Sequence[AgentStub], case: CaseStub, mandate: Mandate, wording: str
) -> Document:
    """授权委托书 for one instance, for one or two agents, with the powers named one by one."""
    filled = fill(
        wording, {"案件": case.matter, "案号": case.number, "法院": case.court, "审级": case.instance}
    )
    is_special = mandate is Mandate.SPECIAL
    blocks: list[Block] = [_agency_fields("委托人", agency)]
    blocks += [
        Fields(
            (
                Field(f"受托人{'一二'[at]}", agent.name),
                Field("性　别", agent.sex),
                Field("执业机构或单位", agent.unit, span=2),
                Field("执业证号", agent.number),
                Field("联系电话", agent.phone),
            ),
            weights=WEIGHTS,
        )
        for at, agent in enumerate(agents[:2])
    ]
    blocks += paragraphs(filled.text.split("\n"))
    blocks.append(
        Fields(
            (
                Field("代理权限", f"{_box(not is_special)} 一般授权　　{_box(is_special)} 特别授权"),
                Field("一般授权", "、".join(GENERAL_POWERS)),
                Field("特别授权", "\n".join(f"{_box(is_special)} {power}" for power in SPECIAL_POWERS)),
            ),
            across=1,
        )
    )
    blocks.append(Signatures((("委托人（盖章）", ""), ("法定代表人（签字）", ""), ("日期", DATE))))
    missing = {"单位": agency.name, "法定代表人": agency.head, "受托人": agents}
    return Document(Style.STATEMENT, MANDATE, tuple(blocks), missing=missing_fields(filled, missing))


def identity_paper(agency: AgencyStub, wording: str) -> Document:
    """法定代表人身份证明书, to be sealed by the agency (法释〔2020〕3号第六条 for the head who attends)."""
    filled = fill(wording, {"法定代表人": agency.head, "职务": agency.post})
    blocks: list[Block] = paragraphs(filled.text.split("\n"))
    blocks += [_agency_fields("单　位", agency), Signatures((("单位（盖章）", ""), ("日期", DATE)))]
    return Document(
        Style.STATEMENT, IDENTITY, tuple(blocks), missing=missing_fields(filled, {"单位": agency.name})
    )


def absence_paper(agency: AgencyStub, case: CaseStub, absence: AbsenceStub, wording: str) -> Document:
    """负责人不能出庭情况说明, sealed or signed by the main head (法释〔2020〕3号第九条)."""
    filled = fill(
        wording,
        {
            "法院": case.court,
            "案件": case.matter,
            "案号": case.number,
            "开庭时间": absence.hearing,
            "原因": absence.reason,
            "工作人员": absence.staff,
            "证明材料": absence.papers,
        },
    )
    blocks: list[Block] = paragraphs(filled.text.split("\n"))
    blocks.append(Signatures((("单位（盖章）", ""), ("主要负责人（签字）", ""), ("日期", DATE))))
    return Document(
        Style.STATEMENT, ABSENCE, tuple(blocks), missing=missing_fields(filled, {"单位": agency.name})
    )


def _slip(stub: LetterStub) -> Slip:
    names = "　".join(f"□ {n.name}" for n in stub.named)
    return Slip(
        "回　　执",
        (
            Paragraph(f"{stub.office}：", is_indented=False),
            Fields(
                (
                    Field("函　　号", stub.number),
                    Field("选　　定", f"{names}　□ 均不选"),
                    Field("原　　因", "　", height=16),
                ),
                across=1,
            ),
            Fields((Field("单位（盖章）", "　"), Field("日　　期", "年　　月　　日"))),
        ),
    )


def _agency_fields(label: str, agency: AgencyStub) -> Fields:
    return Fields(
        (
            Field(label, agency.name, span=2),
            Field("统一社会信用代码", agency.uscc),
            Field("联系电话", agency.phone),
            Field("住　所", agency.address, span=2),
            Field("法定代表人", agency.head),
            Field("职　务", agency.post),
        ),
        weights=WEIGHTS,
    )


def _box(is_ticked: bool) -> str:
    return "■" if is_ticked else "□"
