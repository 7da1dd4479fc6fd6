"""会商纪要 in 纪要格式 of GB/T 9704-2012: what was put, what each said, what was concluded and agreed.

A dissent is printed in full: no text of a member is shortened, and only a bare 同意 without a word is counted in the
line of stances alone.
"""

from collections import defaultdict
from collections.abc import Sequence

from db.consultations.papers.meetings import (
    MINUTES,
    NO_CASE,
    Bureau,
    case_lines,
    named_by_unit,
    numbered,
    numeral,
    text_lines,
    time_of,
    typed_in,
)
from db.consultations.queries.detail import ConsultationDetail, DrawLine, MemberLine, OpinionLine
from db.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Imprint,
    Kind,
    Labelled,
    Paragraph,
    Style,
    Table,
    day_text,
)
from db.office.rules.wording import BLANK
from db.words.consultation import InvitationAnswer, PointKind, Stance

DRAFT = "草稿"


def minutes(detail: ConsultationDetail, bureau: Bureau) -> Document:
    """会商纪要 as the record stands; before archiving it is marked as a draft, a corrected one says its version."""
    parts = (
        ("会商案件", _lines(numbered(case_lines(detail)) or [NO_CASE])),
        ("案件事实", _lines(text_lines(detail.facts) or [BLANK])),
        ("提请会商的事由和问题", [*_lines(text_lines(detail.grounds)), *_questions(detail)]),
        ("争议焦点", _points(detail)),
        ("研判意见", _opinions(detail)),
        ("会商结论", _conclusion(detail)),
        ("议定事项", _agreed(detail)),
    )
    blocks: list[Block] = [*_intro(detail)]
    for at, (title, inner) in enumerate(((t, b) for t, b in parts if b), start=1):
        blocks += [Heading(f"{numeral(at)}、{title}"), *inner]
    blocks += [*_attendance(detail), *_imprint(detail, bureau)]
    return Document(
        Style.MINUTES,
        detail.row.topic,
        tuple(blocks),
        issuer=f"{bureau.name}{MINUTES}",
        number=detail.row.number,
        missing=_missing(detail),
        mark=bureau.mark,
        secrecy=detail.row.secrecy.value,
        typed_in=typed_in(detail),
        signer=detail.signer,
        edition=_edition(detail),
        watermark="" if detail.is_archived else DRAFT,
    )


def question_name(detail: ConsultationDetail, question_id: int | None) -> str:
    """Return a question as sentences name it: 问题二; 总体意见 for the whole."""
    at = next((n for n, q in enumerate(detail.questions, start=1) if q.key == question_id), 0)
    return f"问题{numeral(at)}" if at else "总体意见"


def _lines(texts: Sequence[str]) -> list[Block]:
    return [Paragraph(text) for text in texts]


def _intro(detail: ConsultationDetail) -> list[Block]:
    said = [
        ("时间", time_of(detail)),
        ("地点", detail.row.venue),
        ("主持", detail.host),
        ("记录", detail.recorder),
        ("提请", detail.agency_name),
    ]
    blocks: list[Block] = [
        Labelled(label, (text or BLANK,)) for label, text in said if text or label != "提请"
    ]
    if detail.draws:
        blocks.append(Labelled("抽取", tuple(_draw(one) for one in detail.draws)))
    if _edition(detail):
        last = detail.versions[-1]
        blocks.append(
            Paragraph(
                f"{last.reason.rstrip('。')}。本版代替第{last.serial - 1}版。",
                lead=f"更正说明（第{last.serial}版）：",
            )
        )
    return blocks


def _draw(one: DrawLine) -> str:
    """Say of a draw what is needed to repeat it, and of a further one why it was held."""
    names = "、".join(entry.name for entry in one.drawn)
    said = f"{day_text(one.drawn_on)}以“{one.seed}”为种子，从 {len(one.pool)} 名顾问中抽取 {len(one.drawn)} 人：{names}"
    return f"{said}（再次抽取：{one.reason.rstrip('。')}）" if one.reason else said


def _edition(detail: ConsultationDetail) -> str:
    if not detail.is_archived or not detail.versions or detail.versions[-1].serial < 2:  # noqa: PLR2004 - the second version
        return ""
    last = detail.versions[-1]
    return f"（第{last.serial}版，{day_text(last.made_at.astimezone().date())}更正）"


def _questions(detail: ConsultationDetail) -> list[Block]:
    return _lines([f"问题{numeral(at)}：{q.text.strip()}" for at, q in enumerate(detail.questions, start=1)])


def _points(detail: ConsultationDetail) -> list[Block]:
    by_kind: defaultdict[PointKind, list[str]] = defaultdict(list)
    for point in detail.points:
        by_kind[point.kind].append(point.text)
    blocks: list[Block] = []
    for at, kind in enumerate((kind for kind in PointKind if by_kind[kind]), start=1):
        blocks.append(Heading(f"（{numeral(at)}）{kind.value}", level=2))
        for line in numbered(by_kind[kind]):
            blocks += _lines(text_lines(line))
    return blocks


def _opinions(detail: ConsultationDetail) -> list[Block]:
    """Return for each question that was spoken to how the members stand and what each said, and so for the whole."""
    asked = [(q.key, q.text.strip().rstrip("；;。")) for q in detail.questions]
    topics = [(text, given) for key, text in (*asked, (None, "总体意见")) if (given := _given(detail, key))]
    is_whole_alone = all(o.question_id is None for _, given in topics for _, o in given)
    blocks: list[Block] = [] if topics else [Paragraph(BLANK)]
    for at, (text, given) in enumerate(topics, start=1):
        if not is_whole_alone:
            blocks.append(Heading(f"（{numeral(at)}）{text}", level=2))
        blocks.append(Paragraph(_stances(given), lead="表态："))
        for member, opinion in given:
            blocks += _opinion(member, opinion)
    return blocks


def _given(detail: ConsultationDetail, question_id: int | None) -> list[tuple[MemberLine, OpinionLine]]:
    return [(m, o) for m in detail.members if (o := m.opinion(question_id)) is not None]


def _stances(given: Sequence[tuple[MemberLine, OpinionLine]]) -> str:
    parts = []
    for stance in Stance:
        names = [m.name for m, o in given if o.stance is stance]
        if names:
            parts.append(f"{stance.value}{len(names)}人（{'、'.join(names)}）")
    return "；".join(parts) + "。"


def _opinion(member: MemberLine, opinion: OpinionLine) -> list[Block]:
    """Return what a member said, all of it, his name before its first words."""
    said = text_lines(opinion.text)
    proposal = text_lines(opinion.proposal)
    if proposal:
        said += [f"本人建议：{proposal[0]}", *proposal[1:]]
    if not said and opinion.stance is Stance.AGREES and opinion.risk is None:
        return []
    about = [opinion.stance.value]
    if opinion.risk is not None:
        about.append(f"风险{opinion.risk.value}")
    if member.answer is InvitationAnswer.LEAVE:
        about.append("书面意见")
    first, *rest = said or ["未说明理由。"]
    return [Paragraph(first, lead=f"{member.name}（{'，'.join(about)}）："), *_lines(rest)]


def _conclusion(detail: ConsultationDetail) -> list[Block]:
    risk = f"{detail.row.risk.value}。" if detail.row.risk else BLANK
    return [*_lines(text_lines(detail.conclusion) or [BLANK]), Paragraph(risk, lead="风险等级：")]


def _agreed(detail: ConsultationDetail) -> list[Block]:
    if not detail.follow_ups:
        return []
    columns = (
        Column("序号", Kind.NUMBER, 4),
        Column("议定事项", weight=20),
        Column("责任单位", weight=10),
        Column("完成期限", Kind.DATE, 9),
    )
    rows = [(at, f.task, f.unit, f.due_on) for at, f in enumerate(detail.follow_ups, start=1)]
    return [Table(columns, rows)]


def _attendance(detail: ConsultationDetail) -> list[Block]:
    there = [m for m in detail.members if m.attended]
    on_leave = [m for m in detail.members if m.answer is InvitationAnswer.LEAVE]
    away = [m for m in detail.speakers if not m.attended and m not in on_leave] if there else []
    groups = (
        ("出席", [m for m in there if m.speaks]),
        ("列席", [m for m in there if not m.speaks]),
        ("请假", on_leave),
        ("缺席", away),
    )
    return [
        Labelled(label, named_by_unit(members) or (BLANK,))
        for label, members in groups
        if members or label == "出席"
    ]


def _imprint(detail: ConsultationDetail, bureau: Bureau) -> list[Block]:
    """Return 版记 of an archived record: the units that have to do with it get a copy."""
    if not detail.is_archived or not detail.versions:
        return []
    units = [detail.agency_name, *(f.unit for f in detail.follow_ups)]
    named = [unit for unit in dict.fromkeys(units) if unit not in {"", bureau.name, detail.row.agency}]
    short = [unit for unit in named if any(other.endswith(unit) for other in named if other != unit)]
    copies = "，".join(unit for unit in named if unit not in short)
    latest = detail.versions[-1]
    issued = detail.archived_on if latest.serial == 1 else None  # a correction is issued when it is made
    return [Imprint(copies, bureau.name, day_text(issued or latest.made_at.astimezone().date()))]


def _missing(detail: ConsultationDetail) -> tuple[str, ...]:
    row = detail.row
    wanted = {
        "纪要编号": row.number,
        "会商日期": row.held_on,
        "会商地点": row.venue,
        "主持人": detail.host,
        "记录人": detail.recorder,
        "签发人": detail.signer,
        "案件事实": detail.facts,
        "会商问题": detail.questions,
        "会商结论": detail.conclusion,
        "风险等级": row.risk,
        "出席人员（没有签到）": any(m.attended and m.speaks for m in detail.members),
    }
    missing = [name for name, value in wanted.items() if not value]
    for member in detail.speakers:
        missing += [f"{member.name}：{what}" for what in _unsaid(detail, member)]
    missing += [f"{m.name}：是否到会" for m in detail.guests if not m.attended and m.answer is None]
    for at, follow_up in enumerate(detail.follow_ups, start=1):
        missing += [f"议定事项第{at}项：责任单位"] if not follow_up.unit else []
        missing += [f"议定事项第{at}项：完成期限"] if follow_up.due_on is None else []
    return tuple(missing)


def _unsaid(detail: ConsultationDetail, member: MemberLine) -> list[str]:
    """Name what a member who was there did not say; who spoke on the whole need not speak to each question."""
    unsaid = [
        f"{question_name(detail, o.question_id)}{o.stance.value}的理由"
        for o in member.opinions
        if o.stance is not Stance.AGREES and not o.text.strip()
    ]
    if not member.attended or member.opinion(None):
        return unsaid
    if not member.opinions:
        return ["研判意见"]
    open_ones = [q.key for q in detail.questions if member.opinion(q.key) is None]
    return [*(f"{question_name(detail, key)}的意见" for key in open_ones), *unsaid]
