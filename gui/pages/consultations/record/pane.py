"""The record in the middle: head, questions, every opinion, conclusion, follow-ups, what became of it."""

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from db.consultations.papers.meetings import MINUTES, NOTICE, OPINION_SHEET, SIGN_IN, UNIT_NOTICE
from db.consultations.queries.consultations import FollowUpRow
from db.consultations.queries.detail import ConsultationDetail, ConsultedCase, MemberLine, OpinionLine
from db.consultations.rules.consultations import State
from db.law.disputes import Standing
from db.words.consultation import InvitationAnswer
from gui.pages.consultations.record.words import (
    ADOPTIONS,
    RISKS,
    STANCES,
    STATES,
    follow_up_cell,
    numeral,
    shares,
    when_and_who,
)
from gui.tables.cell_label import CellLabel
from gui.tables.due import short_day
from gui.widgets.basics import align_top, button, chip, clear, column, label, line, recolour, row, stretch
from gui.widgets.panels import ElidedLabel
from gui.widgets.stances import StanceBar

NAME, STANCE, UNIT, DUE, STATE = 62, 118, 110, 92, 84  # widths of columns
SIDE = 28  # of the page
WHOLE = "总体"
PAPERS = (NOTICE, UNIT_NOTICE, SIGN_IN, OPINION_SHEET, MINUTES)
MAIN = {  # by state: what the outlined button does, its words, its icon
    State.COMING: ("members", "参会人员", "users"),
    State.TO_WRITE: ("record", "整理记录", "file-pen-line"),
    State.DONE: (f"paper:{MINUTES}", "打印纪要", "printer"),
    State.CANCELLED: ("", "", ""),
}
MORE: tuple[tuple[str, str, frozenset[State]], ...] = (
    ("edit", "编辑会商信息…", frozenset({State.COMING, State.TO_WRITE})),
    ("members", "参会人员…", frozenset({State.COMING, State.TO_WRITE})),
    ("record", "整理记录…", frozenset({State.COMING, State.TO_WRITE})),
    ("archive", "归档…", frozenset({State.TO_WRITE})),
    ("correct", "更正记录…", frozenset({State.DONE})),
    ("correct_convening", "更正会商信息…", frozenset({State.DONE})),
    ("versions", "查看各版本…", frozenset({State.DONE})),
    ("adopt", "登记采纳情况…", frozenset({State.DONE})),
    ("cancel", "取消会商…", frozenset({State.COMING, State.TO_WRITE})),
    ("hold", "恢复召开", frozenset({State.CANCELLED})),
    ("remove", "移入回收站…", frozenset({State.COMING, State.TO_WRITE, State.CANCELLED})),
)


class RecordPane(QWidget):
    """Shows a consultation; asks for the next act by a signal."""

    asked = Signal(str, int)  # what, of which record

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "surface")
        self.number = label("", "second", selectable=True)
        self.marks = row(spacing=6)
        self.title = label("", "person", wraps=True, selectable=True)
        self.when = label("", "second", wraps=True, selectable=True)
        self.edit = button("编辑", "consultation_edit", icon_name="pencil", tip="编辑会商信息（F2）")
        self.archive = button("归档", "consultation_archive", tip="归档后只读，改动另成一版")
        self.main = button(" ", "consultation_main", "accent", "printer")
        self.papers = button("打印", "consultation_print", icon_name="printer", tip="打印（Ctrl+P）")
        self.more = button("", "consultation_more", icon_name="ellipsis", tip="更多操作")
        self.bar = StanceBar()
        self.body = QVBoxLayout()
        self._acts: dict[str, tuple[QAction, frozenset[State]]] = {}
        self._main = self._edit = ""
        self._state, self._is_narrow = State.COMING, False
        self._build()

    def show_detail(self, detail: ConsultationDetail, today: date) -> None:
        """Show everything about a consultation."""
        self._show_head(detail)
        clear(self.body)
        for part in self._sections(detail, today):
            self.body.addWidget(line())
            self.body.addLayout(part)

    def _show_head(self, detail: ConsultationDetail) -> None:
        state = detail.row.state
        self.number.setText(detail.row.number or "（归入后编号）")
        clear(self.marks)
        self.marks.addWidget(CellLabel(STATES[state]))
        self.marks.addWidget(chip(detail.row.secrecy.value))
        self.title.setText(detail.row.topic)
        self.when.setText(when_and_who(detail))
        self._main, words, icon_name = MAIN[state]
        self.main.setVisible(bool(self._main))
        if words:
            self.main.setText(f" {words}")
            self.main.setAccessibleName(words)
            self.main.setProperty("icon_name", icon_name)
            recolour(self.main)
        is_done = state is State.DONE
        self._edit = "correct" if is_done else "edit"
        self.edit.setText(" 更正" if is_done else " 编辑")
        self.edit.setAccessibleName("更正" if is_done else "编辑")
        self._state = state
        self.set_narrow(narrow=self._is_narrow)
        for action, states in self._acts.values():
            action.setVisible(state in states)

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave to the menu of the rest what has no room in the head."""
        self._is_narrow = narrow
        is_live = self._state is not State.CANCELLED
        self.edit.setVisible(is_live and not narrow)
        self.papers.setVisible(is_live and not narrow)
        self.archive.setVisible(self._state is State.TO_WRITE)

    # -- sections --------------------------------------------------------------------------

    def _sections(self, detail: ConsultationDetail, today: date) -> Iterator[QLayout]:
        if detail.cancelled_on is not None:
            yield self._section("取消会商", f"{detail.cancelled_on}", [_text(detail.cancel_reason)])
        if detail.questions:
            lines: list[QWidget] = [
                _text(f"{numeral(at)}、{question.text}") for at, question in enumerate(detail.questions, 1)
            ]
            yield self._section("议题", "", lines)
        if detail.grounds:
            yield self._section("列为重大疑难的理由", "", [_text(detail.grounds)])
        if detail.facts:
            yield self._section("案情", "", [_text(detail.facts)])
        if detail.row.state in {State.TO_WRITE, State.DONE} or detail.row.stances.total:
            yield self._opinions(detail)
            yield from self._outcome(detail, today)

    def _outcome(self, detail: ConsultationDetail, today: date) -> Iterator[QLayout]:
        if detail.points:
            yield self._section(
                "争议焦点", "", [_point(point.kind.value, point.text) for point in detail.points]
            )
        risk: str | QWidget = CellLabel(RISKS[detail.row.risk]) if detail.row.risk else ""
        conclusion = _text(detail.conclusion) if detail.conclusion else label("还没有写结论", "second")
        yield self._section("结论", risk, [conclusion])
        if detail.follow_ups:
            yield self._follow_ups(detail, today)
        if detail.is_archived:
            yield self._adoption(detail)
            if detail.cases:
                yield self._section("法院结果", "", [self._result(case) for case in detail.cases])

    def _opinions(self, detail: ConsultationDetail) -> QLayout:
        self.bar = StanceBar()
        self.bar.show_shares(shares(detail))
        counts = detail.row.stances
        parts: list[QWidget | QLayout] = [self.bar]
        several = len(detail.questions) > 1
        titles = {question.key: f"议题{numeral(at)}" for at, question in enumerate(detail.questions, 1)}
        for at, member in enumerate(detail.speakers):
            if at:
                parts.append(_soft_line())
            parts.append(_member(member, titles if several else {}))
        if not detail.speakers:
            parts.append(label("还没有确定发表意见的人员", "second"))
        made = self._section("逐人意见", counts.sentence if counts.total else "还没有记录意见", parts)
        made.setSpacing(9)
        return made

    def _follow_ups(self, detail: ConsultationDetail, today: date) -> QLayout:
        done = sum(task.done_on is not None for task in detail.follow_ups)
        parts: list[QWidget | QLayout] = []
        for task in detail.follow_ups:
            parts += [_soft_line(), self._task(task, today, is_open=detail.is_archived)]
        made = self._section("后续事项", f"办结 {done} / {len(detail.follow_ups)}", parts)
        made.setSpacing(6)
        return made

    def _task(self, task: FollowUpRow, today: date, *, is_open: bool) -> QWidget:
        is_done = task.done_on is not None
        tick = QCheckBox()
        tick.setObjectName(f"follow_up_{task.key}")
        tick.setAccessibleName(f"{'已办结' if is_done else '登记办结'}：{task.task}")
        tick.setChecked(is_done)
        tick.setEnabled(is_open)
        tick.setToolTip(
            "归档后登记办结"
            if not is_open
            else task.evidence or "登记办结，写明凭据"
            if is_done
            else "登记办结，写明凭据"
        )
        tick.setProperty("key", task.key)
        tick.setProperty("done", is_done)
        tick.clicked.connect(self._on_tick)
        words = label(task.task, "second" if is_done else "", wraps=True)
        unit = ElidedLabel(task.unit, "second")
        unit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        unit.setFixedWidth(UNIT)
        day = task.done_on or task.due_on
        due = label(short_day(day, today) if day else "—", "second")
        due.setFixedWidth(DUE)
        state = CellLabel(follow_up_cell(task.due_on, task.done_on, today))
        place = QWidget()
        place.setFixedWidth(STATE)
        place.setLayout(row(state, None))
        made = QWidget()
        first = row(tick, words, unit, due, place, spacing=10)
        first.setStretch(1, 1)
        below = (
            [label(f"凭据：{task.evidence}", "caption", wraps=True, selectable=True)] if task.evidence else []
        )
        inner = column(first, *(row(26, one, spacing=0) for one in below), spacing=2)
        made.setLayout(inner)
        return made

    def _adoption(self, detail: ConsultationDetail) -> QLayout:
        link = self._link("更正" if detail.row.adoption else "登记采纳情况", "adopt", detail.row.key)
        if detail.row.adoption is None:
            said = label("单位还没有反馈。收到反馈后登记，作为顾问履职评价的依据。", "second", wraps=True)
            return self._section("采纳情况", link, [said])
        when = f"{detail.adopted_on} 反馈" if detail.adopted_on else ""
        parts: list[QWidget | QLayout] = [
            row(CellLabel(ADOPTIONS[detail.row.adoption]), label(when, "second"), None)
        ]
        if detail.adoption_reason:
            parts.append(_text(detail.adoption_reason))
        each = [m for m in detail.speakers if m.adoption is not None]
        if each:
            names = "，".join(f"{m.name} {m.adoption.value}" for m in each if m.adoption)
            parts.append(label(f"逐人：{names}", "second", wraps=True))
        return self._section("采纳情况", link, parts)

    def _result(self, case: ConsultedCase) -> QWidget:
        made = QWidget()
        link = self._link(case.number, "case", case.key)
        link.setAccessibleName(f"打开案件 {case.number}")
        said = case.outcome.value if case.outcome else "尚未审结"
        day = f"{case.closed_on}" if case.closed_on else ""
        final = (
            f"终局：{case.standing.value} {case.decided_on or ''}"
            if case.standing is not Standing.OPEN
            else ""
        )
        words = "，".join(word for word in (day, said, final.strip()) if word)
        made.setLayout(row(link, label(words, "second", wraps=True), spacing=10))
        stretch(made, 1, 1)
        return made

    # -- parts -----------------------------------------------------------------------------

    def _section(self, title: str, fact: str | QWidget, parts: Sequence[QWidget | QLayout]) -> QVBoxLayout:
        at_right = label(fact, "second") if isinstance(fact, str) else fact
        head = row(label(title, "heading"), None, at_right)
        return column(head, *parts, spacing=8, margins=(SIDE, 14, SIDE, 14))

    def _link(self, text: str, what: str, key: int) -> QWidget:
        made = button(text, f"consultation_{what}", "link")
        made.setProperty("what", what)
        made.setProperty("key", key)
        made.clicked.connect(self._on_link)
        return made

    def _build(self) -> None:
        menu = QMenu(self.papers)
        for name in PAPERS:
            menu.addAction(f"{name}…").setData(f"paper:{name}")
        menu.triggered.connect(self._on_action)
        self.papers.setMenu(menu)
        self.papers.setProperty("hasMenu", "ghost")
        more = QMenu(self.more)
        for action in menu.actions():
            more.addAction(f"打印{action.text()}").setData(action.data())
        more.addSeparator()
        for what, words, states in MORE:
            if what in {"versions", "cancel", "remove"}:
                more.addSeparator()
            action = more.addAction(words)
            action.setData(what)
            self._acts[what] = (action, states)
        more.triggered.connect(self._on_action)
        self.more.setMenu(more)
        self.more.setProperty("hasMenu", "bare")
        self.more.setFixedWidth(34)
        self.edit.clicked.connect(self._on_edit)
        self.archive.clicked.connect(self._on_archive)
        self.main.clicked.connect(self._on_main)
        head = column(
            row(self.number, self.marks, None, self.edit, self.archive, self.papers, self.main, self.more),
            self.title,
            self.when,
            spacing=6,
            margins=(SIDE, 14, SIDE, 14),
        )
        self.body.setSpacing(0)
        self.setLayout(column(head, self.body, None, spacing=0))

    def _on_action(self, action: QAction) -> None:
        self.asked.emit(str(action.data()), 0)

    def _on_link(self) -> None:
        sender = self.sender()
        self.asked.emit(str(sender.property("what")), int(sender.property("key")))

    def _on_tick(self) -> None:
        tick = self.sender()
        if isinstance(tick, QCheckBox):
            is_done = bool(tick.property("done"))
            tick.setChecked(is_done)  # until the act itself has been recorded
            self.asked.emit("reopen" if is_done else "done", int(tick.property("key")))

    def _on_edit(self) -> None:
        self.asked.emit(self._edit, 0)

    def _on_archive(self) -> None:
        self.asked.emit("archive", 0)

    def _on_main(self) -> None:
        self.asked.emit(self._main, 0)


def _text(text: str) -> QWidget:
    return label(text, wraps=True, selectable=True)


def _soft_line() -> QWidget:
    made = line()
    made.setProperty("soft", True)
    return made


def _point(kind: str, text: str) -> QWidget:
    made = QWidget()
    mark = chip(kind)
    made.setLayout(row(mark, _text(text), spacing=12))
    stretch(made, 1, 1)
    align_top(made, mark)
    return made


def _member(member: MemberLine, titles: dict[int, str]) -> QWidget:
    """Return one member's opinions; without any, why there are none."""
    made = QWidget()
    name = label(member.name)
    name.setFixedWidth(NAME)
    name.setContentsMargins(0, 2, 0, 0)
    name.setToolTip(f"{member.unit} {member.post}".strip())
    if not member.opinions:
        why = f"请假：{member.answer_reason}" if member.answer is InvitationAnswer.LEAVE else "没有记录意见"
        made.setLayout(row(name, label(why, "second"), None, spacing=8))
        return made
    said = {0: WHOLE, **titles} if len(member.opinions) > 1 else titles
    lines = column(*(_opinion(one, said) for one in member.opinions), spacing=6)
    layout = row(name, lines, spacing=8)
    layout.setStretch(1, 1)
    made.setLayout(layout)
    align_top(made, name)
    return made


def _opinion(one: OpinionLine, titles: dict[int, str]) -> QWidget:
    made = QWidget()
    place = QWidget()
    place.setFixedWidth(STANCE)
    beside = [label(f"风险{one.risk.value}", "caption")] if one.risk else []
    place.setLayout(row(CellLabel(STANCES[one.stance]), *beside, None, spacing=6))
    words: list[QWidget] = []
    lead = titles.get(one.question_id or 0, "")
    text = f"{lead}：{one.text}" if lead and one.text else one.text or lead
    if text:
        words.append(_text(text))
    if one.proposal:
        words.append(_text(f"建议：{one.proposal}"))
    layout = row(place, column(2, *words, None, spacing=2), spacing=8)
    layout.setStretch(1, 1)
    made.setLayout(layout)
    align_top(made, place)
    return made
