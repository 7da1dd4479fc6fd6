"""The panel of one case: what to do next, the timeline, agents, attendance, papers, result, history."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from db.assignment.papers.letters import ABSENCE, IDENTITY, LETTER, MANDATE
from db.cases.queries.detail import CaseDetail
from db.cases.rules.submissions import step_for
from db.law.agents import MAX_AGENTS
from db.words.case import Side
from gui.forms.attachments import AttachmentList
from gui.pages.cases.panel.nodes import current_period, timeline
from gui.pages.cases.panel.sections import Asks, CaseView, sections
from gui.widgets.basics import Strip, badge, button, chip, clear, column, label, line, row
from gui.widgets.flow import FlowLayout
from gui.widgets.timeline import EDGE, Timeline

MORE = (
    ("edit", "编辑案件…"),
    ("result", "登记裁判结果…"),
    ("ties", "关联前一程序、系列案…"),
    ("convene", "发起会商…"),
    ("copy", "复制通知文字"),
    ("", ""),
    (f"paper:{LETTER}", "打印推荐函…"),
    (f"paper:{MANDATE}", "打印授权委托书…"),
    (f"paper:{IDENTITY}", "打印法定代表人身份证明书…"),
    (f"paper:{ABSENCE}", "打印负责人不能出庭情况说明…"),
    ("", ""),
    ("remove", "移入回收站…"),
)


class CasePanel(QWidget):
    """Shows a case; asks for the next act by signals."""

    asked = Signal(
        str, int
    )  # what (assign, end, attend, result, ties, case, series, edit …), of which record
    event_asked = Signal()
    submit_asked = Signal()
    node_asked = Signal(str, str)  # node of the timeline, act

    def __init__(self, papers: AttachmentList) -> None:
        super().__init__()
        self.papers = papers
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "subtle")
        self.number = label("", "second", selectable=True)
        self.stage = row(spacing=6)
        self.parties = label("", "person", wraps=True)
        self.chips = FlowLayout(spacing=6)
        self.submit = button("登记提交", "panel_submit", "accent")
        self.record = button("登记进程", "panel_event", tip="登记进程（F4）")
        self.assign = button("分派顾问", "panel_assign", tip="分派顾问（Ctrl+Enter）")
        self.more = button("", "panel_more", icon_name="ellipsis", tip="更多操作")
        self.duplicate = Strip("wn")
        self.duplicate_links = row(spacing=8)
        self.changed_agencies = Strip("wn")  # a defendant that another agency goes on with
        self.timeline = Timeline()
        self.reckoned = label("按登记的日期自动推算", "caption")
        self.nothing = label("登记收到起诉状副本的日期后，自动推算答辩举证期限。", "second", wraps=True)
        self.body, self.rest = QVBoxLayout(), QVBoxLayout()
        self._asks = Asks(self, "_on_link")
        self._build()
        self._connect()

    def show_case(self, view: CaseView, today: date) -> None:
        """Show everything about a case."""
        detail = view.detail
        case = detail.row
        self._show_head(detail, today)
        self._show_duplicates(detail)
        self.changed_agencies.say("。".join(detail.notes))
        nodes = timeline(detail, today)
        self.timeline.show_nodes(nodes)
        self.timeline.setVisible(bool(nodes))
        self.nothing.setVisible(not nodes)
        self.papers.show_record(case.key)
        clear(self.body)
        clear(self.rest)
        made = list(sections(view, today, self._asks))
        above = sum(p.side is Side.DEFENDANT for p in detail.parties) + bool(detail.hearings)
        for at, part in enumerate(made):
            target = self.body if at < above else self.rest
            target.addWidget(line())
            target.addLayout(part)
        self.setAccessibleName(f"{case.number} {self.parties.text()}")

    def _show_head(self, detail: CaseDetail, today: date) -> None:
        case = detail.row
        self.number.setText(case.number)
        self.parties.setText(f"{case.plaintiffs} 诉 {case.defendants}")
        clear(self.stage)
        self.stage.addWidget(
            badge("已结" if not case.is_open else case.stage, "ok" if not case.is_open else "ac")
        )
        clear(self.chips)
        track = f"{case.procedure.value}{case.track.value}"
        for word in (case.cause, track, case.court, "赔偿" if case.is_compensation else ""):
            if word:
                self.chips.addWidget(chip(word))
        if case.is_difficult:
            made = badge("重大疑难", "wn")
            made.setToolTip(detail.difficult_reason)
            self.chips.addWidget(made)
        due = current_period(detail)
        self.submit.setVisible(due is not None and step_for(due.rule) is not None)
        is_full = all(
            sum(a.ended_on is None for a in p.agents) >= MAX_AGENTS
            for p in detail.parties
            if p.side is Side.DEFENDANT
        )
        self.assign.setVisible(case.is_open and not is_full)  # an agent is replaced where he stands below

    def _show_duplicates(self, detail: CaseDetail) -> None:
        clear(self.duplicate_links)
        marked = detail.row.duplicate_of_id
        if marked is not None:
            self.duplicate.say("本条是重复登记，不计入统计，也不提醒期限。")
            self.duplicate_links.addWidget(self._asks.link("打开保留的案件", "case", marked))
            self.duplicate_links.addWidget(self._asks.link("取消重复标记", "unduplicate"))
        elif detail.duplicates:
            self.duplicate.say(f"{detail.row.number} 另有 {len(detail.duplicates)} 条登记。")
            self.duplicate_links.addWidget(self._asks.link("打开另一条", "case", detail.duplicates[0].key))
            tip = "保留另一条，本条不再计入统计"
            self.duplicate_links.addWidget(
                self._asks.link("把本条标为重复", "duplicate", detail.duplicates[0].key, tip)
            )
        else:
            self.duplicate.say("")
        self.duplicate_links.addStretch(1)

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        for made in (self.submit, self.record, self.assign, self.more):
            made.setProperty("small", True)
        menu = QMenu(self.more)
        for what, words in MORE:
            if what:
                menu.addAction(words).setData(what)
            else:
                menu.addSeparator()
        menu.triggered.connect(self._on_more)
        self.more.setMenu(menu)
        self.more.setProperty("hasMenu", "bare")
        self.more.setFixedWidth(30)
        for layout in (self.body, self.rest):
            layout.setSpacing(0)
        head = column(
            row(self.number, self.stage, None, self.more),
            self.parties,
            self.chips,
            2,
            row(self.submit, self.record, self.assign, None),
            self.duplicate,
            self.changed_agencies,
            self.duplicate_links,
            spacing=6,
            margins=(20, 12, 20, 14),
        )
        periods = column(
            row(label("法定期间", "heading"), None, self.reckoned, margins=(0, 0, EDGE, 0)),
            2,
            self.timeline,
            self.nothing,
            spacing=6,
            margins=(20, 14, 20 - EDGE, 6),
        )
        self.setLayout(
            column(head, line(), periods, self.body, line(), self.papers, self.rest, None, spacing=0)
        )

    def _connect(self) -> None:
        self.submit.clicked.connect(self.submit_asked)
        self.record.clicked.connect(self.event_asked)
        self.assign.clicked.connect(self._on_assign)
        self.timeline.acted.connect(self.node_asked)

    def _on_link(self) -> None:
        sender = self.sender()
        self.asked.emit(str(sender.property("what")), int(sender.property("key")))

    def _on_more(self, action: QAction) -> None:
        self.asked.emit(str(action.data()), 0)

    def _on_assign(self) -> None:
        self.asked.emit("assign", 0)
