"""The tab 概况: figures, term, identity, what bars the lawyer, papers and running cases."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from db.formats import numbers
from db.performance.queries.figures import YearRecord
from db.roster.queries.lawyers import CaseLine, LawyerDetail
from db.roster.rules.background import PostDraft
from db.roster.rules.bars import bars_of
from gui.pages.roster import facts
from gui.pages.roster.panel.year_section import YearSection
from gui.tables.cell_label import CellLabel
from gui.tables.cells import Badge, Text
from gui.tables.due import due_cell
from gui.widgets.basics import FigureStrip, Strip, button, chip, clear, column, label, line, row, stretch
from gui.widgets.panels import ElidedLabel, Fold, fact, facts_of, section

SHOWN_CASES = 3
SOON = 30  # days: from here on the end of a term is amber
MASKS: dict[str, tuple[str, Callable[[str], str]]] = {
    "phone": ("联系电话", numbers.mask_phone),
    "id_number": ("身份证号", numbers.mask_id_number),
}


class Overview(QWidget):
    """Shows a lawyer at a glance; numbers of persons stay masked until asked for."""

    reveal_asked = Signal(str)  # phone or id_number
    declare_asked = Signal()
    case_asked = Signal(int)
    cases_asked = Signal()

    def __init__(self, papers: QWidget) -> None:
        super().__init__()
        self.figures = FigureStrip("在办", "本年分派", "会商", "评价")
        self.year = YearSection()
        self.warnings = Strip("wn")
        self.papers = papers
        self._key = 0
        self._full: dict[str, str] = {}
        self._number_parts: dict[str, tuple[QLabel, QPushButton]] = {}
        self._detail: LawyerDetail | None = None
        self._today = date.min
        self._places = {name: QVBoxLayout() for name in ("term", "identity", "bars", "cases", "note")}
        self._build()

    def show_lawyer(self, detail: LawyerDetail, record: YearRecord, today: date) -> None:
        """Show everything about a lawyer; another one's numbers are masked again."""
        if detail.row.key != self._key:
            self._key, self._full = detail.row.key, {}
        self._detail, self._today = detail, today
        self._show_figures(detail)
        self.year.show_record(record, today)
        self._put("term", self._term(detail))
        self._put("identity", self._identity(detail))
        self._put("bars", self._bars(detail))
        self._put("cases", self._cases(detail))
        note = label(detail.row.note, "second", wraps=True, selectable=True)
        self._put("note", section("备注", "", [note]) if detail.row.note else None)

    def reveal(self, key: int, what: str, text: str) -> None:
        """Show a number in full, if its lawyer is still the one that is shown."""
        if key == self._key:
            self._full[what] = text
            value, link = self._number_parts[what]
            value.setText(text)
            link.setText("隐藏")
            link.setAccessibleName(f"隐藏{MASKS[what][0]}")

    def _build(self) -> None:
        head = column(self.figures, self.warnings, spacing=10, margins=(20, 14, 20, 14))
        body = column(head, spacing=0, margins=(0, 0, 0, 16))
        for part in ("term", "identity", "bars", "cases", self.year, self.papers, "note"):
            if isinstance(part, QWidget):
                body.addWidget(line())
                body.addWidget(part)
            else:
                body.addLayout(self._places[part])
        body.addStretch(1)
        self.setLayout(body)

    def _put(self, place: str, part: QLayout | None) -> None:
        """Put a section where it belongs, in the place of what stood there."""
        clear(self._places[place])
        if part is not None:
            self._places[place].addWidget(line())
            self._places[place].addLayout(part)

    def _show_figures(self, detail: LawyerDetail) -> None:
        lawyer = detail.row
        rating = f"{lawyer.rating:.1f}" if lawyer.rating is not None else "—"
        for title, text in (
            ("在办", str(lawyer.running)),
            ("本年分派", str(lawyer.this_year)),
            ("会商", str(lawyer.consultations)),
            ("评价", rating),
        ):
            self.figures.set_figure(title, text)
        self.warnings.say("保存时有提示：" + "；".join(detail.warnings) if detail.warnings else "")

    def _term(self, detail: LawyerDetail) -> QLayout:
        lawyer = detail.row
        if lawyer.term_from is None or lawyer.term_to is None:
            text = "还没有聘期，不能承办案件。在“…”中选择聘任，或在编辑中填写聘期。"
            return section("聘期", "", [label(text, "second", wraps=True)])
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setAccessibleName("聘期进度")
        whole = max((lawyer.term_to - lawyer.term_from).days, 1)
        bar.setRange(0, whole)
        bar.setValue(min(max((self._today - lawyer.term_from).days, 0), whole))
        left: QWidget = label(lawyer.standing.value, "second")
        if lawyer.days_left is not None:
            words = f"剩 {lawyer.days_left} 天" if lawyer.days_left else "今天届满"
            is_soon = lawyer.days_left <= SOON
            left = CellLabel(Badge("wn", words, "clock")) if is_soon else label(words, "second")
        at = next((i for i, t in enumerate(detail.terms) if t.from_on == lawyer.term_from), 0)
        parts: list[QWidget | QLayout] = [
            row(label(f"{lawyer.term_from} 至 {lawyer.term_to}"), None, left),
            bar,
        ]
        parts += [label(facts.term_words(detail.terms[at])[1], "caption", wraps=True, selectable=True)]
        for coming in detail.terms[at + 1 :]:
            dates, papers = facts.term_words(coming)
            parts.append(label(f"接续聘期 {dates}，{papers}", "caption", wraps=True, selectable=True))
        if history := self._history(detail, at):
            count = len(history)
            parts.append(Fold(f"历次聘期和暂停 {count} 项", "panel_terms", history))
        return section("聘期", f"第 {at + 1} 个聘期", parts)

    @staticmethod
    def _history(detail: LawyerDetail, present: int) -> list[QWidget | QLayout]:
        said = [facts.term_words(t) for t in reversed(detail.terms[:present])]
        said += [facts.pause_words(p) for p in reversed(detail.pauses)]
        return [
            column(label(first, wraps=True), label(second, "caption", wraps=True), spacing=1)
            for first, second in said
        ]

    def _identity(self, detail: LawyerDetail) -> QLayout:
        lawyer = detail.row
        parsed = numbers.parse_licence(lawyer.licence)
        lines = [*facts_of([("执业证号", lawyer.licence or "—")])]
        if said := numbers.describe_licence(lawyer.licence):
            lines.append(fact("", label(said, "caption", wraps=True)))
        if lawyer.licence_state.value != "正常执业":
            lines.append(
                fact("执业状态", CellLabel(Badge("wn", lawyer.licence_state.value, "triangle-alert")))
            )
        lines.append(self._number("phone", lawyer.phone))
        lines.append(self._number("id_number", lawyer.id_number))
        if lawyer.email:
            lines += facts_of([("电子邮箱", lawyer.email)])
        if lawyer.specialities:
            chips = QWidget()
            chips.setLayout(_wrapped([chip(word) for word in lawyer.specialities]))
            lines.append(fact("专业领域", chips))
        lines += facts_of(
            [("执业年限", facts.practice_years(detail, parsed.year if parsed else None, self._today))]
        )
        known = (
            ("学历", lawyer.education),
            ("政治面貌", lawyer.politics),
            ("职务", lawyer.position),
            ("年度考核", facts.check_words(detail.background)),
            ("原执业律所", "\n".join(facts.firm_lines(detail.firm_history))),
            ("处罚处分", "\n".join(facts.discipline_lines(detail.background))),
        )
        lines += facts_of([(name, text) for name, text in known if text])
        return section("基本信息", "", lines)

    def _number(self, what: str, number: str) -> QWidget:
        title, mask = MASKS[what]
        if not number:
            return fact(title, label("—", "second"))
        full = self._full.get(what)
        value = label(full or mask(number), selectable=True)
        value.setObjectName(f"panel_{what}")
        link = button("隐藏" if full else "显示", f"reveal_{what}", "link", tip="显示完整号码，记入操作记录")
        link.setAccessibleName(f"{'隐藏' if full else '显示'}{title}")
        link.setProperty("what", what)
        link.clicked.connect(self._on_reveal)
        self._number_parts[what] = (value, link)
        return fact(title, value, link)

    def _bars(self, detail: LawyerDetail) -> QLayout:
        background, none = detail.background, "无"
        lines: list[QWidget | QLayout] = []
        if not background.posts:
            lines += facts_of([("原任公职", none)])
        for at, post in enumerate(background.posts):
            lines.append(self._post("原任公职" if at == 0 else "", post))
        for title, said in (
            ("近亲属", facts.relative_lines(background)),
            ("现任公职", facts.office_lines(background)),
            ("顾问单位", facts.contract_lines(background, self._today)),
            ("同所顾问", ["、".join(detail.colleagues)] if detail.colleagues else []),
        ):
            lines += facts_of([(title, "\n".join(said) or none)])
        own = [d for d in detail.declarations if d.case_id is None]
        declare = button("登记声明…", "panel_declare", "link")
        declare.clicked.connect(self.declare_asked)
        signed = label(f"{own[0].signed_on} 签署" if own else "还没有声明", "" if own else "second")
        lines.append(fact("声明", signed, declare))
        if own and own[0].content:
            lines.append(fact("", label(own[0].content, "caption", wraps=True, selectable=True)))
        return section("回避信息", "分派时自动核对", lines)

    def _post(self, title: str, post: PostDraft) -> QWidget:
        leaving = f"{post.to_on:%Y-%m} {post.leaving.value if post.leaving else '离任'}" if post.to_on else ""
        words = [label("，".join(w for w in (f"{post.unit} {post.post}".strip(), leaving) if w), wraps=True)]
        for bar in bars_of(post):
            said = label(
                bar.text if bar.holds_on(self._today) else f"{bar.text}，已过", "caption", wraps=True
            )
            if bar.holds_on(self._today):
                said.setProperty("role", None)
                said.setProperty("message", "warning")
            words.append(said)
        made = QWidget()
        made.setLayout(column(*words, spacing=2))
        return fact(title, made)

    def _cases(self, detail: LawyerDetail) -> QLayout:
        running = detail.running_cases
        if not running:
            return section("在办案件", "", [label("现在没有在办案件", "second")])
        every = button(f"查看全部 {len(running)} 件", "panel_all_cases", "link")
        every.clicked.connect(self.cases_asked)
        lines = [case_line(case, self._today, self._on_case) for case in running[:SHOWN_CASES]]
        return section("在办案件", every, lines)

    def _on_reveal(self) -> None:
        what = str(self.sender().property("what"))
        if what in self._full and self._detail is not None:
            del self._full[what]
            title, mask = MASKS[what]
            value, link = self._number_parts[what]
            value.setText(mask(str(getattr(self._detail.row, what))))
            link.setText("显示")
            link.setAccessibleName(f"显示{title}")
        else:
            self.reveal_asked.emit(what)

    def _on_case(self) -> None:
        self.case_asked.emit(int(self.sender().property("case")))


def case_line(case: CaseLine, today: date, opened: Callable[[], None]) -> QWidget:
    """Return a running case in one line: its number as a link, the parties, its nearest day."""
    link = button(numbers.short_case_number(case.number), "panel_case", "link", tip=case.number)
    link.setAccessibleName(f"打开案件 {case.number} {case.parties}")
    link.setProperty("case", case.case_id)
    link.clicked.connect(opened)
    cell = due_cell(case.due_on, today, prefix=case.due_title, duty=not case.lapses) if case.due_on else None
    made = QWidget()
    made.setLayout(row(link, ElidedLabel(case.parties), CellLabel(cell or Text("—", "tx3")), spacing=8))
    stretch(made, 1, 1)
    return made


def _wrapped(words: list[QWidget], in_a_row: int = 2) -> QVBoxLayout:
    lines = [words[at : at + in_a_row] for at in range(0, len(words), in_a_row)]
    return column(*(row(*one, None, spacing=6) for one in lines), spacing=6)
