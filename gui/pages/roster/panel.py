"""The panel of one lawyer: figures, term, identity, running cases, history."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QTabWidget, QVBoxLayout, QWidget

from db.queries.history import ActLine
from db.queries.lawyers import LawyerDetail
from db.rules import numbers
from db.rules.lawyers import Standing
from gui.widgets.basics import (
    FigureStrip,
    badge,
    button,
    chip,
    clear,
    column,
    label,
    line,
    pane,
    row,
    stretch,
)
from gui.widgets.panels import facts_of, section


class LawyerPanel(QWidget):
    """Shows a lawyer; asks for editing, removal, or another page by signals."""

    edit_asked = Signal()
    remove_asked = Signal()
    case_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "subtle")
        self.name = label("", "person")
        self.standing = row(spacing=6)
        self.firm = label("", "second")
        self.edit = button("编辑", "panel_edit", icon_name="pencil")
        self.edit.setProperty("small", True)
        self.remove = button("", "panel_remove", "ghost", "trash-2", "移入回收站")
        self.remove.setProperty("small", True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.figures = FigureStrip("在办", "本年分派", "累计分派", "聘期")
        self._body = {title: QVBoxLayout() for title in ("概况", "在办案件", "变更记录")}
        self._build()
        self.edit.clicked.connect(self.edit_asked)
        self.remove.clicked.connect(self.remove_asked)

    def show_lawyer(self, detail: LawyerDetail, acts: Sequence[ActLine]) -> None:
        """Show everything about a lawyer."""
        lawyer = detail.row
        self.name.setText(lawyer.name)
        self.firm.setText(lawyer.firm)
        clear(self.standing)
        self.standing.addWidget(
            badge(lawyer.standing.value, "ok" if lawyer.standing is Standing.SERVING else "wn")
        )
        for title, text in (
            ("在办", str(lawyer.running)),
            ("本年分派", str(lawyer.this_year)),
            ("累计分派", str(lawyer.total)),
            ("聘期", f"第 {len(detail.terms)} 个" if detail.terms else "—"),
        ):
            self.figures.set_figure(title, text)
        self._show_overview(detail)
        self._show_cases(detail)
        self._show_acts(acts)

    def _build(self) -> None:
        head = column(
            row(self.name, self.standing, None, self.edit, self.remove, spacing=8),
            self.firm,
            spacing=4,
            margins=(20, 16, 20, 8),
        )
        for title, body in self._body.items():
            body.setContentsMargins(0, 0, 0, 16)
            body.setSpacing(0)
            page = pane("subtle")
            outer = column(body, None, spacing=0)
            page.setLayout(outer)
            self.tabs.addTab(page, title)
        self.setLayout(column(head, self.tabs, spacing=0))
        stretch(self, 1, 1)

    def _show_overview(self, detail: LawyerDetail) -> None:
        body, lawyer = self._body["概况"], detail.row
        self.figures.setParent(None)
        clear(body)
        body.addLayout(column(self.figures, margins=(20, 14, 20, 14)))
        if lawyer.term_from and lawyer.term_to:
            body.addWidget(line())
            body.addLayout(self._term(detail))
        parsed = numbers.parse_licence(lawyer.licence)
        facts = [
            ("执业证号", lawyer.licence or "—"),
            (
                "证号信息",
                f"{parsed.province_name}{parsed.city_name}，{parsed.category_name}，{parsed.year} 年首次执业"
                if parsed
                else "—",
            ),
            ("联系电话", _spaced(lawyer.phone) or "—"),
            ("政治面貌", lawyer.politics or "—"),
            ("学历", lawyer.education or "—"),
        ]
        if lawyer.email:
            facts.append(("电子邮箱", lawyer.email))
        body.addWidget(line())
        body.addLayout(section("基本信息", "", facts_of(facts)))
        if lawyer.specialities:
            body.addLayout(
                column(
                    row(*(chip(word) for word in lawyer.specialities), None, spacing=6),
                    margins=(20, 0, 20, 14),
                )
            )
        body.addWidget(line())
        history = [
            (_span(begun, ended), name) for name, begun, ended in detail.firm_history if ended or begun
        ] or [("执业机构", lawyer.firm or "—")]
        facts = [*history, ("同所顾问", "、".join(detail.colleagues) or "无")]
        body.addLayout(section("回避信息", "分派时自动核对", facts_of(facts)))
        if lawyer.note:
            body.addWidget(line())
            body.addLayout(section("备注", "", [label(lawyer.note, "second", wraps=True, selectable=True)]))

    def _term(self, detail: LawyerDetail) -> QVBoxLayout:
        lawyer = detail.row
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setAccessibleName("聘期进度")
        if lawyer.term_from and lawyer.term_to:
            whole = max((lawyer.term_to - lawyer.term_from).days, 1)
            bar.setRange(0, whole)
            bar.setValue(whole - lawyer.days_left if lawyer.days_left is not None else whole)
        left = f"剩 {lawyer.days_left} 天" if lawyer.days_left is not None else lawyer.standing.value
        return section(
            "聘期",
            f"第 {len(detail.terms)} 个聘期",
            [row(label(f"{lawyer.term_from} 至 {lawyer.term_to}"), None, label(left, "second")), bar],
        )

    def _show_cases(self, detail: LawyerDetail) -> None:
        body = self._body["在办案件"]
        clear(body)
        self.tabs.setTabText(1, f"在办案件 {len(detail.running_cases)}")
        if not detail.running_cases:
            body.addLayout(section("", "", [label("现在没有在办案件", "second")]))
        for case in detail.running_cases:
            link = button(case.number, "panel_case", "link")
            link.setProperty("case", case.case_id)
            link.clicked.connect(self._on_case)
            body.addLayout(
                column(
                    row(link, None, chip(case.role)),
                    label(case.parties, "caption"),
                    spacing=2,
                    margins=(18, 12, 20, 0),
                )
            )

    def _show_acts(self, acts: Sequence[ActLine]) -> None:
        body = self._body["变更记录"]
        clear(body)
        for act in acts:
            when = f"{act.at.astimezone():%Y-%m-%d %H:%M}"
            text = f"{act.label}（已撤销）" if act.undone else act.label
            body.addLayout(
                column(
                    label(text, wraps=True),
                    label(f"{when}　{act.clerk}", "caption"),
                    spacing=2,
                    margins=(20, 12, 20, 0),
                )
            )

    def _on_case(self) -> None:
        self.case_asked.emit(int(self.sender().property("case")))


def _spaced(phone: str) -> str:
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}" if len(phone) == 11 and phone.isdigit() else phone  # noqa: PLR2004 - a mobile number


def _span(begun: object, ended: object) -> str:
    return f"至 {ended}" if ended else f"{begun} 起"
