"""The panel of one case: what to do next, statutory periods, agents, parties, history."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.case_detail import AgentLine, CaseDetail, EventLine, PartyLine
from db.queries.history import ActLine
from db.rules.agents import MAX_AGENTS
from db.rules.periods import Period
from db.rules.vocabulary import EndKind, EventKind, Side
from gui.tables.due import SOON, short_day
from gui.widgets.basics import button, chip, clear, column, label, line, row, stretch
from gui.widgets.panels import facts_of, section
from gui.widgets.timeline import Node, Timeline


class CasePanel(QWidget):
    """Shows a case; asks for the next act by signals."""

    assign_asked = Signal()
    event_asked = Signal()
    edit_asked = Signal()
    remove_asked = Signal()
    end_asked = Signal(int)  # assignment
    answer_asked = Signal(int)  # party
    event_removal_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "subtle")
        self.number = label("", "second", selectable=True)
        self.parties = label("", "person", wraps=True)
        self.chips = row(spacing=6)
        self.record = button("登记进程", "panel_event", "accent")
        self.assign = button("分派顾问", "panel_assign")
        self.edit = button("编辑", "panel_edit", icon_name="pencil")
        self.remove = button("", "panel_remove", "ghost", "trash-2", "移入回收站")
        for made in (self.record, self.assign, self.edit, self.remove):
            made.setProperty("small", True)
        self.timeline = Timeline()
        self.body = QVBoxLayout()
        self._build()

    def show_case(self, detail: CaseDetail, acts: Sequence[ActLine], today: date) -> None:
        """Show everything about a case."""
        case = detail.row
        self.number.setText(case.number)
        self.parties.setText(f"{case.plaintiffs} 诉 {case.defendants}")
        clear(self.chips)
        for word in (
            case.cause,
            f"{case.procedure.value}{'·' + case.stage}",
            case.court,
            "重大疑难" if case.is_difficult else "",
        ):
            if word:
                self.chips.addWidget(chip(word))
        self.chips.addStretch(1)
        self.record.setEnabled(case.is_open)
        self.assign.setEnabled(case.is_open)
        clear(self.body)
        self._show_periods(detail, today)
        for party in detail.parties:
            if party.side is Side.DEFENDANT:
                self._show_agents(party)
        self._show_facts(detail)
        self._show_events(detail.events)
        self._show_acts(acts)

    def _build(self) -> None:
        self.body.setSpacing(0)
        head = column(
            row(self.number, None, self.remove),
            self.parties,
            self.chips,
            2,
            row(self.record, self.assign, self.edit, None),
            spacing=6,
            margins=(20, 12, 20, 14),
        )
        self.setLayout(column(head, self.body, None, spacing=0))
        self.record.clicked.connect(self.event_asked)
        self.assign.clicked.connect(self.assign_asked)
        self.edit.clicked.connect(self.edit_asked)
        self.remove.clicked.connect(self.remove_asked)

    def _show_periods(self, detail: CaseDetail, today: date) -> None:
        self.timeline = Timeline()
        nodes = timeline(detail, today)
        self.timeline.show_nodes(nodes)
        self.body.addWidget(line())
        if nodes:
            self.body.addLayout(section("法定期间", "按登记的日期自动推算", [self.timeline]))
        else:
            text = "登记收到起诉状副本的日期后，自动推算答辩举证期限。"
            self.body.addLayout(section("法定期间", "", [label(text, "second", wraps=True)]))

    def _show_agents(self, party: PartyLine) -> None:
        acting = [a for a in party.agents if a.ended_on is None]
        past = [a for a in party.agents if a.ended_on is not None]
        full = f"{len(acting)} / {MAX_AGENTS}" + ("，已满" if len(acting) >= MAX_AGENTS else "")
        parts: list[QWidget] = [self._agent(agent) for agent in acting]
        if not acting:
            parts.append(label("还没有代理人", "second"))
        for agent in past:
            ended = agent.end_kind or EndKind.SERVED
            text = f"{agent.name} {agent.ended_on} {ended.value}" + (
                f"：{agent.end_reason}" if agent.end_reason else ""
            )
            parts.append(label(text, "caption", wraps=True))
        if party.recommended:
            answer = button("登记答复", "answer_recommendation", "link", tip="单位选定、未选，或顾问婉拒")
            answer.setProperty("party", party.key)
            answer.clicked.connect(self._on_answer)
            named = label(f"推荐人选：{'、'.join(party.recommended)}", "caption", wraps=True)
            line_ = QWidget()
            line_.setLayout(row(named, answer, spacing=8))
            stretch(line_, 0, 1)
            parts.append(line_)
        self.body.addWidget(line())
        self.body.addLayout(section(f"诉讼代理人　{party.name}", full, parts))

    def _agent(self, agent: AgentLine) -> QWidget:
        made = QWidget()
        when = f"{agent.assigned_on:%m-%d} 分派" if agent.assigned_on else "单位自行委托"
        end = button("结束", "end_assignment", "link", tip="更换、撤销或办结")
        end.setProperty("assignment", agent.assignment_id)
        end.clicked.connect(self._on_end)
        end.setVisible(agent.assignment_id is not None)
        made.setLayout(
            row(
                chip(agent.kind),
                label(agent.name),
                label(agent.firm, "second"),
                None,
                label(when, "caption"),
                end,
                spacing=8,
            )
        )
        made.setToolTip(
            "；".join(t for t in (agent.mandate.value if agent.mandate else "", agent.reason) if t)
        )
        return made

    def _show_facts(self, detail: CaseDetail) -> None:
        facts = []
        for party in detail.parties:
            own = "、".join(f"{a.name}（{a.firm or a.kind}）" for a in party.agents)
            if party.side is not Side.DEFENDANT:
                facts.append((party.side.value, party.name))
                if own:
                    facts.append(("　代理人", own))
        facts += [
            ("被诉行为", detail.act or "—"),
            ("受理法院", detail.court or "—"),
            ("案由", detail.cause or "—"),
        ]
        facts.append(("负责人出庭", detail.row.attendance.value))
        if detail.row.outcome:
            facts.append(("裁判结果", detail.row.outcome.value))
        if detail.note:
            facts.append(("备注", detail.note))
        self.body.addWidget(line())
        self.body.addLayout(section("案件信息", "", facts_of(facts)))

    def _show_events(self, events: Sequence[EventLine]) -> None:
        parts = []
        for event in reversed(events):
            made = QWidget()
            remove = button("删去", "remove_event", "link", tip="登记有误时删去，可以撤销")
            remove.setProperty("event", event.key)
            remove.clicked.connect(self._on_remove_event)
            note = f"{event.at_time} {event.note}".strip()
            made.setLayout(
                row(
                    label(event.on_date.isoformat(), "second"),
                    label(event.kind.value),
                    label(note, "caption"),
                    None,
                    remove,
                    spacing=8,
                )
            )
            parts.append(made)
        if parts:
            self.body.addWidget(line())
            self.body.addLayout(section("进程", f"{len(events)} 条", parts))

    def _show_acts(self, acts: Sequence[ActLine]) -> None:
        parts = [
            label(
                f"{a.at.astimezone():%m-%d %H:%M}　{a.clerk}　{a.label}{'（已撤销）' if a.undone else ''}",
                "caption",
                wraps=True,
            )
            for a in acts[:8]
        ]
        self.body.addWidget(line())
        self.body.addLayout(section("变更记录", "", parts))

    def _on_answer(self) -> None:
        self.answer_asked.emit(int(self.sender().property("party")))

    def _on_end(self) -> None:
        self.end_asked.emit(int(self.sender().property("assignment")))

    def _on_remove_event(self) -> None:
        self.event_removal_asked.emit(int(self.sender().property("event")))


def timeline(detail: CaseDetail, today: date) -> list[Node]:
    """Return a case's points along the line: what happened, periods, the hearing, by date."""
    points: list[tuple[date, int, Node]] = []
    shown = {EventKind.FILED, EventKind.OTHER}
    for event in detail.events:
        if event.kind in shown:
            continue
        is_past = event.on_date <= today
        when = short_day(event.on_date, today) + (f" {event.at_time}" if event.at_time else "")
        state = "done" if is_past else "future"
        points.append((event.on_date, 0, Node(event.kind.value, when, event.note, state)))
    current_found = False
    for period in sorted(detail.periods, key=lambda p: p.due):
        if period.done_on is not None:
            continue
        is_current = not current_found and (not period.rule.lapses or period.due >= today)
        current_found = current_found or is_current
        points.append((period.due, 1, _period_node(period, today, is_current=is_current)))
    return [node for _, _, node in sorted(points, key=lambda p: (p[0], p[1]))]


def _period_node(period: Period, today: date, *, is_current: bool) -> Node:
    left = (period.due - today).days
    badge = None
    if is_current and left < 0:
        badge = ("dg", f"逾期 {-left} 天")
    elif is_current:
        badge = ("wn" if left <= SOON else "ok", "今天须办" if left == 0 else f"剩 {left} 天")
    rule = period.rule
    caption = "" if period.count.covered else "该年放假安排未录入，请核对"
    why = f"{rule.article}\n{rule.effect}\n推算：{period.count.explanation}"
    return Node(
        f"{rule.title} {period.span}".rstrip(),
        short_day(period.due, today),
        caption,
        "current" if is_current else "future",
        badge,
        rule.article,
        why,
    )
