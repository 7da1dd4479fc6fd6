"""The sections of a case's panel below the timeline: who acts, who attends, papers, result, chain, facts, history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLayout, QWidget

from db.assignment.queries.ratings import RatingLine
from db.assignment.queries.standing_conflicts import StandingConflict
from db.cases.queries.detail import AgentLine, CaseDetail, HearingLine, InstanceLine, PartyLine
from db.consultations.queries.consultations import ConsultationRow
from db.formats.numbers import mask_phone
from db.law.agents import MAX_AGENTS
from db.law.disputes import Dispute, Standing
from db.law.hearings import papers_for
from db.office.queries.history import ActLine
from db.words.assignment import EndKind
from db.words.case import Attends, Outcome, Side
from gui.pages.cases.panel.nodes import attendance_words
from gui.tables.due import short_day
from gui.widgets.basics import Strip, align_top, badge, button, chip, column, label, row, stretch
from gui.widgets.panels import ElidedLabel, facts_of, section

SHOWN = 6  # of a series, of the history


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything that the panel shows of a case."""

    detail: CaseDetail
    acts: tuple[ActLine, ...]
    conflicts: tuple[StandingConflict, ...] = ()
    ratings: tuple[tuple[str, RatingLine], ...] = ()
    consultations: tuple[ConsultationRow, ...] = ()


class Asks:
    """Makes the links of the panel; each tells ``slot`` by its name what is asked, and of which record."""

    def __init__(self, panel: QWidget, slot: str) -> None:
        self._panel, self._slot = panel, slot

    def link(self, text: str, what: str, key: int = 0, tip: str = "", name: str = "") -> QWidget:
        """Return a link that asks for ``what`` of the record ``key``."""
        made = button(text, name or f"panel_{what}", "link", tip=tip)
        made.setProperty("what", what)
        made.setProperty("key", key)
        made.clicked.connect(getattr(self._panel, self._slot))
        return made


def sections(view: CaseView, today: date, asks: Asks) -> Iterator[QLayout]:
    """Return the sections of a case that have anything to show, in their order."""
    for party in view.detail.parties:
        if party.side is Side.DEFENDANT:
            yield _agents(party, view, asks)
    if view.detail.hearings:
        yield _hearings(view.detail, today, asks)
    yield _result(view.detail, today, asks)
    if view.consultations or view.detail.row.is_difficult:
        yield _consultations(view, today, asks)
    if len(view.detail.chain) > 1 or view.detail.series:
        yield _chain(view.detail, asks)
    yield section("当事人", "", facts_of(list(_parties(view.detail))))
    yield section("案件信息", "", facts_of(list(_facts(view.detail))))
    yield _history(view.acts)


# -- who acts, who attends ------------------------------------------------------------------


def _agents(party: PartyLine, view: CaseView, asks: Asks) -> QLayout:
    is_open = view.detail.row.is_open
    acting = [a for a in party.agents if a.ended_on is None]
    parts: list[QWidget | QLayout] = []
    for agent in acting:
        against = [c for c in view.conflicts if c.assignment_id == agent.assignment_id]
        parts += [_agent(agent, asks, is_barred=bool(against)), *(_conflict(c) for c in against)]
    if not acting and (is_open or not party.agents):
        parts.append(label("还没有代理人" if is_open else "没有代理人", "second"))
    for agent in (a for a in party.agents if a.ended_on is not None):
        ended = agent.end_kind or EndKind.SERVED
        text = f"{agent.name} {agent.ended_on} {ended.value}"
        said = label(f"{text}：{agent.end_reason}" if agent.end_reason else text, "caption", wraps=True)
        parts.append(said)
        parts += [
            _rating(name, line, asks)
            for name, line in view.ratings
            if line.assignment_id == agent.assignment_id
        ]
    if party.recommended:
        named = label(f"推荐人选：{'、'.join(party.recommended)}", "caption", wraps=True)
        tip = "单位选定、未选，或顾问婉拒"
        answer = asks.link("登记答复", "answer", party.key, tip, "answer_recommendation")
        recommended = row(named, answer, spacing=8)
        recommended.setStretch(0, 1)
        parts.append(recommended)
    is_full = len(acting) >= MAX_AGENTS
    fact = label(f"{len(acting)} / {MAX_AGENTS}" + ("，已满" if is_full else ""), "caption")
    fact.setVisible(is_open)
    head = row(label("诉讼代理人", "heading"), ElidedLabel(party.name, "second"), fact)
    head.setStretch(1, 1)
    if is_open and not is_full:
        head.addWidget(asks.link("添加", "assign", party.key, "分派顾问（Ctrl+Enter）"))
    return column(head, *parts, spacing=8, margins=(20, 14, 20, 14))


def _conflict(found: StandingConflict) -> QWidget:
    """Say in red what speaks against a running assignment by today's facts."""
    strip = Strip("dg")
    strip.say(f"自 {found.since} 起{found.severity.value}：{found.sentence}", "dg")
    strip.setToolTip(found.article)
    strip.setObjectName(f"conflict_{found.assignment_id}")
    return strip


def _rating(name: str, line: RatingLine, asks: Asks) -> QLayout:
    """Ask for the agency's rating of a served assignment, or say it."""
    said = f"单位评价 {line.score} 分" if line.score else "单位尚未评价"
    link = asks.link(
        "更正" if line.score else "登记评价", "rate", line.assignment_id, f"{line.agency}对{name}的评价"
    )
    return row(label(said, "caption"), link, None, spacing=8)


def _agent(agent: AgentLine, asks: Asks, *, is_barred: bool = False) -> QWidget:
    made = QWidget()
    when = f"{agent.assigned_on:%m-%d} 分派" if agent.assigned_on else "单位自行委托"
    firm = ElidedLabel(agent.firm, "second")
    parts: list[QWidget] = [chip(agent.kind), label(agent.name), firm, label(when, "caption")]
    if is_barred:
        parts[1] = badge(agent.name, "dg")
    if agent.assignment_id is not None:
        parts.append(asks.link("更换", "replace", agent.assignment_id, "由另一名顾问接办，记下移交情况"))
        parts.append(asks.link("结束", "end", agent.assignment_id, "撤销或办结"))
    made.setLayout(row(*parts, spacing=8))
    stretch(made, 2, 1)
    handover = f"移交情况：{agent.handover}" if agent.handover else ""
    words = (agent.mandate.value if agent.mandate else "", mask_phone(agent.phone), agent.reason, handover)
    made.setToolTip("；".join(word for word in words if word))
    return made


def _hearings(detail: CaseDetail, today: date, asks: Asks) -> QLayout:
    latest_first = sorted(detail.hearings, key=lambda h: h.on, reverse=True)
    parts = [_hearing(hearing, today, asks, detail) for hearing in latest_first]
    return section("负责人出庭", "行政诉讼法第三条第三款", parts)


def _hearing(hearing: HearingLine, today: date, asks: Asks, detail: CaseDetail) -> QLayout:
    plan, words = hearing.plan, attendance_words(hearing)
    if plan is None and hearing.on < today:
        words = f"负责人{detail.row.attendance.value}"
    when = f"{short_day(hearing.on, today)} {hearing.at_time}".strip()
    is_settled = plan is not None and plan.attends is not Attends.PENDING
    is_lacking = not is_settled and hearing.on >= today
    said = badge("待安排", "wn") if is_lacking else label(words)
    parts: list[QWidget | QLayout] = [
        row(
            label(f"{hearing.kind} {when}", "second"),
            said,
            None,
            asks.link("更正" if is_settled else "安排", "attend", hearing.event_id),
        )
    ]
    if plan is not None and plan.attends is not Attends.PENDING:
        comes = plan.attended if plan.attended is not None else plan.attends is Attends.YES
        if plan.staff:
            parts.append(label(f"工作人员：{'、'.join(plan.staff)}", "caption", wraps=True))
        papers = papers_for(Attends.YES if comes else Attends.NO, staff=len(plan.staff))
        state = f"材料 {plan.papers_on} 收齐" if plan.papers_on else f"待交：{'；'.join(papers)}"
        parts.append(label(state, "caption", wraps=True))
    return column(*parts, spacing=4)


def _consultations(view: CaseView, today: date, asks: Asks) -> QLayout:
    """List the consultations about the case; a difficult one without any is offered to be consulted about."""
    parts: list[QWidget | QLayout] = []
    for one in view.consultations:
        link = asks.link(one.topic, "consultation", one.key, one.number)
        when = short_day(one.held_on, today) if one.held_on else "日期未定"
        words = [when, one.stances.sentence if one.stances.total else f"{one.members} 人"]
        words += [f"败诉风险 {one.risk.value}"] if one.risk else []
        words += [one.adoption.value] if one.adoption else []
        head = row(link, None, chip(one.state.value), spacing=6)
        parts.append(column(head, label("，".join(words), "caption", wraps=True), spacing=1))
    if not parts:
        parts.append(label("列为重大疑难案件，还没有会商。", "second", wraps=True))
    return section("会商", asks.link("发起会商", "convene"), parts)


# -- result, chain, series ------------------------------------------------------------------


def _result(detail: CaseDetail, today: date, asks: Asks) -> QLayout:
    case = detail.row
    facts = []
    if case.outcome:
        facts.append(("结果", case.outcome.value))
    if case.loss_cause:
        facts.append(("败诉原因", case.loss_cause.value))
    if case.effective_on:
        facts.append(("生效", case.effective_on.isoformat()))
    if case.is_self_corrected:
        facts.append(("自行纠正", "行政机关已自行纠正"))
    facts += [
        ("上诉期", f"{s.party} {s.on:%m-%d} 收到，至 {short_day(s.appeal.due, today)}")
        for s in detail.services
        if s.appeal
    ]
    parts: list[QWidget] = facts_of(facts) if facts else [label("还没有登记结果", "second")]
    link = asks.link("更正" if case.outcome else "登记结果", "result")
    return column(row(label("裁判结果", "heading"), None, link), *parts, spacing=8, margins=(20, 14, 20, 14))


def _chain(detail: CaseDetail, asks: Asks) -> QLayout:
    parts: list[QWidget | QLayout] = []
    if len(detail.chain) > 1:
        parts += [_instance(i, detail.row.key, asks) for i in detail.chain]
        parts.append(label(_final(detail.dispute), "caption", wraps=True))
    others = [i for i in detail.series if i.key != detail.row.key]
    if detail.series:
        name = label(f"系列案：{detail.row.series}，共 {len(detail.series)} 件", wraps=True)
        parts.append(row(name, None, asks.link("查看全部", "series", detail.series_id or 0)))
        parts += [_instance(i, detail.row.key, asks) for i in others[:SHOWN]]
    head = row(label("同一争议与系列案", "heading"), None, asks.link("关联", "ties"))
    return column(head, *parts, spacing=6, margins=(20, 14, 20, 14))


def _instance(line: InstanceLine, own: int, asks: Asks) -> QLayout:
    outcome = line.outcome.value if line.outcome else ("已结" if line.closed_on else "在办")
    number = label(line.number) if line.key == own else asks.link(line.number, "case", line.key, line.parties)
    return row(chip(line.procedure.value), number, None, label(outcome, "caption"), spacing=8)


def _final(dispute: Dispute) -> str:
    """Say what the instances came to together."""
    result = dispute.outcome.value if isinstance(dispute.outcome, Outcome) else ""
    if dispute.standing is Standing.OPEN:
        return "本争议合并计为一件，尚未了结。"
    return f"本争议合并计为一件，最终结果：{dispute.standing.value}{f'（{result}）' if result else ''}。"


# -- facts ----------------------------------------------------------------------------------


def _parties(detail: CaseDetail) -> Iterator[tuple[str, str]]:
    for party in detail.parties:
        role = f"（{party.role.value}）" if party.role else ""
        yield party.side.value, f"{party.name}{role}"
        if party.side is not Side.DEFENDANT and party.agents:
            yield "　代理人", "、".join(_agent_words(a) for a in party.agents)


def _agent_words(agent: AgentLine) -> str:
    return f"{agent.name}（{'，'.join(word for word in (agent.firm or agent.kind, mask_phone(agent.phone)) if word)}）"


def _facts(detail: CaseDetail) -> Iterator[tuple[str, str]]:
    case = detail.row
    yield "被诉行为", detail.act or "—"
    if detail.act_on or detail.act_number:
        yield "　作出", "　".join(str(word) for word in (detail.act_on, detail.act_number) if word)
    yield "案由", detail.cause or "—"
    if detail.fields:
        yield "领域", "、".join(detail.fields)
    yield "受理法院", detail.court or "—"
    if detail.court_reason:
        yield "　选择理由", detail.court_reason
    yield "程序", f"{case.procedure.value}{case.track.value}" + ("，行政赔偿" if case.is_compensation else "")
    if case.is_difficult:
        yield "重大疑难", detail.difficult_reason or "理由待补"
    if detail.note:
        yield "备注", detail.note


def _history(acts: Sequence[ActLine]) -> QLayout:
    lines: list[QWidget] = []
    for act in acts[:SHOWN]:
        made = QWidget()
        when = label(f"{act.at.astimezone():%m-%d %H:%M}", "caption")
        words = label(f"{act.label}{'（已撤销）' if act.undone else ''}", "caption", wraps=True)
        made.setLayout(row(when, words, spacing=10))
        stretch(made, 1, 1)
        align_top(made, when)
        made.setToolTip(f"{act.clerk}　{act.at.astimezone():%Y-%m-%d %H:%M}")
        lines.append(made)
    return section("变更记录", "", lines)
