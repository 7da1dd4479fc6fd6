"""What is written by hand at a consultation: 会商签到表 and 研判意见表, filled in as far as the record goes."""

from db.consultations.papers.meetings import (
    NO_CASE,
    OPINION_SHEET,
    SIGN_IN,
    Bureau,
    boxes,
    case_lines,
    date_or_blank,
    numeral,
    time_of,
    typed_in,
)
from db.consultations.queries.detail import ConsultationDetail, MemberLine, OpinionLine
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
    Paragraph,
    Signatures,
    Style,
    Table,
)
from db.words.consultation import InvitationAnswer, Risk, Stance

SPARE_ROWS = 5  # at least, for guests who come unannounced
ROWS = 14  # at least; there is room for these on the page
ROW_HEIGHT = 9.5  # millimetres: a signature needs that
BLANK = "　"  # a box to write in, where — would be in the way
DECLARED = (
    "回避声明：在本栏打勾，表示本人与所研判案件及其当事人没有利害关系，也没有其他可能影响公正研判的关系；"
    "有应当回避情形的，请在签到前向主持人说明。"
)


def sign_in_sheet(detail: ConsultationDetail, bureau: Bureau, *, unmasked: bool = False) -> Document:
    """会商签到表: everybody who was invited and did not ask for leave, and room for others.

    Phones are printed when ``unmasked``, and else left to be written by hand.
    """
    columns = (
        Column("序号", Kind.NUMBER, 3.2),
        Column("姓　名", weight=5.2, align=Align.CENTRE),
        Column("单　位", weight=12.8),
        Column("职　务", weight=5.4, align=Align.CENTRE),
        Column("签　名", weight=7.6),
        Column("联系电话", Kind.ID, 8.4),
        Column("到会\n时间", Kind.ID, 4.4),
        Column("回避\n声明", align=Align.CENTRE, weight=3.6),
    )
    coming = [m for m in detail.members if m.answer is not InvitationAnswer.LEAVE]
    rows = [
        (
            at,
            member.name,
            member.unit or BLANK,
            member.post or BLANK,
            BLANK,
            (member.phone if unmasked else "") or BLANK,
            member.arrived_at or BLANK,
            ("■" if member.has_declared else "□") if member.speaks else BLANK,
        )
        for at, member in enumerate(coming, start=1)
    ]
    last = max(len(rows) + SPARE_ROWS, ROWS)
    spare = [(at, *(BLANK,) * 6, "□") for at in range(len(rows) + 1, last + 1)]
    away = [m.name for m in detail.members if m.answer is InvitationAnswer.LEAVE]
    notes = (*((f"请假：{'、'.join(away)}",) if away else ()), DECLARED)
    return Document(
        Style.SHEET,
        SIGN_IN,
        (
            Fields(
                (
                    Field("会商议题", detail.row.topic, span=2),
                    Field("编　　号", detail.row.number),
                    Field("时　　间", time_of(detail)),
                    Field("地　　点", detail.row.venue, span=2),
                    Field("主 持 人", detail.host),
                    Field("记 录 人", detail.recorder),
                )
            ),
            Paragraph("", is_indented=False),
            Table(columns, [*rows, *spare], notes=notes, height=ROW_HEIGHT),
        ),
        missing=_missing(detail, {"参会人员": detail.members}),
        mark=bureau.mark,
        secrecy=detail.row.secrecy.value,
        typed_in=typed_in(detail),
    )


def opinion_sheet(detail: ConsultationDetail, member: MemberLine, bureau: Bureau) -> Document:
    """研判意见表 of one member: what he said where it is on record, and else room to write it."""
    blocks: list[Block] = [
        Line((f"编号：{detail.row.number or BLANK * 10}", f"填表单位：{bureau.name}")),
        Fields(
            (
                Field("会商议题", detail.row.topic, span=2),
                Field("案　　件", "\n".join(case_lines(detail)) or NO_CASE, span=2),
                Field("提请单位", detail.agency_name, span=2),
                Field("会商时间", time_of(detail)),
                Field("会商地点", detail.row.venue),
                Field("姓　　名", member.name),
                Field("职　　务", member.post or BLANK),
                Field("单　　位", member.unit or BLANK, span=2),
            )
        ),
    ]
    for at, question in enumerate(detail.questions, start=1):
        blocks.append(Heading(f"问题{numeral(at)}：{question.text.strip()}"))
        blocks.append(_boxes(member.opinion(question.key)))
    blocks += [
        Heading("总体意见"),
        _boxes(member.opinion(None)),
        Paragraph("以上意见由本人独立提出。本人与所研判案件及其当事人没有应当回避的关系，并对会商内容保密。"),
        Signatures((("签名", ""), ("日期", date_or_blank(member.signed_on)))),
    ]
    return Document(
        Style.SHEET,
        OPINION_SHEET,
        tuple(blocks),
        missing=_missing(detail, {"会商问题": detail.questions, f"{member.name}：单位": member.unit}),
        mark=bureau.mark,
        secrecy=detail.row.secrecy.value,
        typed_in=typed_in(detail),
    )


def _boxes(opinion: OpinionLine | None) -> Fields:
    stance, risk = (opinion.stance, opinion.risk) if opinion else (None, None)
    text, proposal = (opinion.text.strip(), opinion.proposal.strip()) if opinion else ("", "")
    return Fields(
        (
            Field("意　　见", boxes(Stance, stance)),
            Field("风险等级", boxes(Risk, risk)),
            Field("理　　由", text or BLANK, span=2, height=0 if text else 22),
            Field("本人建议", proposal or BLANK, span=2, height=0 if proposal else 10),
        )
    )


def _missing(detail: ConsultationDetail, others: dict[str, object]) -> tuple[str, ...]:
    row = detail.row
    wanted = {
        "会商编号": row.number,
        "会商日期": row.held_on,
        "会商地点": row.venue,
        "主持人": detail.host,
        "记录人": detail.recorder,
        **others,
    }
    return tuple(name for name, value in wanted.items() if not value)
