"""One agency in the place of the gaps: its people, services, cases, liaison officer and what became of it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QPushButton, QSizePolicy, QWidget

from db.coverage.queries.agency_file import SHOWN, AgencyFile, agency_file
from db.coverage.rules.coverage import AgencyCoverage, Counsel, Gap
from db.services.queries.log import LogRow, Source
from db.setup.opening import UNVERIFIED
from db.words.service import ServiceKind
from gui.context import Context
from gui.tables.cell_label import CellLabel
from gui.tables.cells import Badge, Cell, Text
from gui.tables.due import due_cell
from gui.widgets.basics import button, chip, clear, column, label, line, row
from gui.widgets.flow import flow
from gui.widgets.month_heat import MonthHeat
from gui.widgets.panels import ElidedLabel, ElidedLink, facts_of, section

SOON = 60  # days: from here on the end of a certificate, paper or contract is shown as a badge
HEAD_ACTS = (
    ("edit", "编辑", "pencil"),
    ("rename", "更名…", ""),
    ("end", "撤并…", ""),
    ("remove", "", "trash-2"),
)


class AgencyPane(QWidget):
    """Shows an agency; tells what is asked for by name."""

    back_asked = Signal()
    act_asked = Signal(str, int)  # name of the act, key of what it is done to (0: the agency)
    record_asked = Signal(str, int)  # page, key

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.key: int | None = None
        self.file: AgencyFile | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "subtle")
        self.back = button("缺口与建议", "agency_back", "link", "chevron-left", "回到缺口与建议（Esc）")
        self.name = label("", "person", wraps=True)
        self.full_name = label("", "second", wraps=True)
        self.buttons = {
            act: button(text, f"agency_{act}", "" if text else "ghost", icon, "" if text else "移入回收站")
            for act, text, icon in HEAD_ACTS
        }
        self._states = row(spacing=6)
        self._body = column(spacing=0)
        for act, made in self.buttons.items():
            made.setProperty("small", True)
            made.setProperty("act", act)
            made.clicked.connect(self._on_act)
        head = column(
            row(self.back, None),
            self.name,
            self.full_name,
            self._states,
            flow(*self.buttons.values(), spacing=6),
            spacing=8,
            margins=(20, 12, 20, 14),
        )
        self.setLayout(column(head, self._body, None, spacing=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.back.clicked.connect(self.back_asked)
        self.setFocusProxy(self.back)

    def show_agency(self, cover: AgencyCoverage, gap: Gap | None, day: date) -> bool:
        """Show an agency as of a day; say whether it is still there."""
        with self._context.database.read() as session:
            self.file = agency_file(session, cover.key, day)
        if self.file is None:
            return False
        self.key = cover.key
        self.name.setText(cover.short_name)
        self.full_name.setText(cover.name)
        self.full_name.setVisible(cover.name != cover.short_name)
        self._show_states(cover)
        clear(self._body)
        parts = [
            *([self._gap(gap)] if gap else []),
            *self._people(cover, day),
            self._services(self.file, cover),
            self._trainings(self.file),
            self._cases(self.file),
            *([self._letters(self.file)] if self.file.letters else []),
            *self._facts(self.file, cover),
        ]
        for part in parts:
            self._body.addWidget(line())
            self._body.addLayout(part)
        return True

    def _show_states(self, cover: AgencyCoverage) -> None:
        clear(self._states)
        formal: Cell = (
            Text("有形覆盖", "ok", icon="check")
            if cover.is_covered
            else Badge("dg", "未配备", "circle-alert")
        )
        effective: Cell = (
            Text("有效覆盖", "ok", icon="check")
            if cover.is_effective
            else Badge("wn", f"还差 {cover.short} 次", "triangle-alert")
            if cover.short
            else Badge("dg", "未达标", "circle-alert")
        )
        for cell in (formal, effective):
            self._states.addWidget(CellLabel(cell))
        self._states.addWidget(chip(cover.kind.value))
        self._states.addStretch(1)

    def _gap(self, gap: Gap) -> QLayout:
        do = button(gap.remedy.kind.value, "agency_remedy", "accent")
        do.setProperty("small", True)
        do.setProperty("act", "remedy")
        do.clicked.connect(self._on_act)
        return section("下一步", do, [label(gap.reason, wraps=True), label(gap.remedy.sentence, wraps=True)])

    # -- people ----------------------------------------------------------------------------

    def _people(self, cover: AgencyCoverage, day: date) -> list[QLayout]:
        return [
            self._mode("公职律师", "enter_public_lawyer", "新增公职律师", cover.own, "public_lawyer", day),
            self._mode("统筹共享", "enter_sharing", "登记统筹", cover.shared, "sharing", day),
            self._mode("外聘顾问", "enter_contract", "登记外聘合同", cover.external, "contract", day),
            self._mode("内部顾问", "enter_adviser", "登记内部顾问", cover.internal, "adviser", day),
        ]

    def _mode(
        self, title: str, act: str, words: str, people: Sequence[Counsel], table: str, day: date
    ) -> QLayout:
        parts: list[QWidget | QLayout] = [self._person(person, table, day) for person in people]
        return section(title, self._link(words, act), parts or [label("—", "second")])

    def _person(self, person: Counsel, table: str, day: date) -> QLayout:
        key = person.record_key or person.key
        name = self._link(person.name, f"open_{table}", key, tip=f"打开{person.name}的登记")
        until: list[QWidget] = [label(f"至 {person.until}" if person.until else "长期", "caption")]
        if person.until and (person.until - day).days <= SOON:
            until.insert(0, CellLabel(due_cell(person.until, day)))
        words = f"由 {person.from_name} 统筹" if person.from_name else person.detail
        parts: list[QWidget | QLayout] = [row(name, None, *until, spacing=8)]
        if words:
            parts.append(label(words, "caption", wraps=True))
        return column(*parts, spacing=0)

    # -- work ------------------------------------------------------------------------------

    def _services(self, found: AgencyFile, cover: AgencyCoverage) -> QLayout:
        parts: list[QWidget | QLayout] = [
            label(f"近 12 个月计入 {cover.counted} 次，须有 {cover.threshold} 次", "second"),
            MonthHeat(found.months),
        ]
        kinds = "，".join(f"{kind.value} {count}" for kind, count in cover.services.items() if count)
        if kinds:
            parts.append(label(kinds, "caption", wraps=True))
        parts += [self._engagement(one) for one in found.services]
        if len(found.service_keys) > SHOWN:
            words = f"全部 {len(found.service_keys)} 次"
            parts.append(row(self._link(words, "all_services"), None))
        return section("履职", self._link("登记履职", "log_services"), parts)

    def _trainings(self, found: AgencyFile) -> QLayout:
        lines: list[QWidget | QLayout] = [self._engagement(one, kind=False) for one in found.trainings]
        return section(ServiceKind.TRAINING.value, "", lines or [label("没有培训记录", "second")])

    def _engagement(self, one: LogRow, *, kind: bool = True) -> QLayout:
        day = label(f"{one.on:%m-%d}" if kind else f"{one.on}", "caption")
        day.setFixedWidth(38 if kind else 72)
        words = one.matter or one.kind.value
        text: QWidget = ElidedLabel(words)
        if act := _OPENS.get(one.source):
            text = self._tell_when_clicked(ElidedLink(words, f"agency_{act}"), act, one.record_id)
        made = row(day, text, *((chip(one.kind.value),) if kind else ()), spacing=6)
        made.setStretch(1, 1)
        return made

    def _cases(self, found: AgencyFile) -> QLayout:
        detail = found.detail
        counts = f"在办 {detail.row.open_cases} 件，本年 {detail.row.year_cases} 件，全部 {detail.row.all_cases} 件"
        parts: list[QWidget | QLayout] = [label(counts, "second")]
        if found.results:
            results = "，".join(f"{standing.value} {count}" for standing, count in found.results)
            parts.append(label(f"争议最终结果：{results}", "second", wraps=True))
        for case in detail.cases[:SHOWN]:
            head = row(self._link(case.number, "open_case", case.case_id), None, chip(case.stage))
            parts.append(column(head, label(case.plaintiffs, "caption", wraps=True), spacing=0))
        if detail.served_by:
            served = "、".join(f"{name} {count} 件" for name, count in detail.served_by[:SHOWN])
            parts.append(label(f"办过案的顾问：{served}", "second", wraps=True))
        return section("案件与胜败", "", parts)

    def _letters(self, found: AgencyFile) -> QLayout:
        """Show the 催办函 that it got, and let the clerk log what came back."""
        parts: list[QWidget | QLayout] = []
        for letter in found.letters:
            state: QWidget = label(f"{letter.answered_on} 已反馈", "caption")
            if letter.answered_on is None:
                state = self._link("登记反馈", "answer_letter", letter.key)
            words = f"{letter.issued_on} 发出，{letter.answer_by} 前反馈"
            kind = "dg" if letter.is_overdue else ""
            caption: QWidget = (
                CellLabel(Badge(kind, f"逾期未反馈，应于 {letter.answer_by} 前", "circle-alert"))
                if kind
                else label(letter.answer or words, "caption", wraps=True)
            )
            head = row(self._link(letter.number, "show_letter", letter.key), None, state)
            parts.append(column(head, row(caption, None) if kind else caption, spacing=0))
        return section("催办函", f"{len(found.letters)} 份", parts)

    # -- what it is ------------------------------------------------------------------------

    def _facts(self, found: AgencyFile, cover: AgencyCoverage) -> list[QLayout]:
        draft, source = found.detail.draft, found.detail.row.source
        filed = f"{draft.liaison_filed_on} 已报备" if draft.liaison_filed_on else "未报备"
        liaison = [
            ("联络员", draft.contact or "—"),
            ("职务", draft.liaison_post or "—"),
            ("电话", draft.phone or "—"),
            ("报备", filed),
        ]
        facts = [
            ("行政执法权", "有" if cover.has_enforcement else "无"),
            ("管理领域", cover.field or "—"),
            ("应配备", "是" if cover.is_expected else "否"),
            ("信用代码", draft.uscc or "—"),
            ("法定代表人", draft.head or "—"),
            ("地址", draft.address or "—"),
            ("信息来源", f"{source}，编辑保存后视为已核对" if source == UNVERIFIED else source),
        ]
        if draft.note:
            facts.append(("备注", draft.note))
        steps = [
            (f"{step.on}", f"{step.text}（{step.paper}）" if step.paper else step.text)
            for step in found.steps
        ]
        return [
            section("联络员（定人报备）", "", facts_of(liaison)),
            section("基本信息", "", facts_of(facts)),
            section("沿革", "", facts_of(steps) if steps else [label("没有更名、撤并的记录", "second")]),
        ]

    def _link(self, words: str, act: str, key: int = 0, *, tip: str = "") -> QWidget:
        return self._tell_when_clicked(button(words, f"agency_{act}", "link", tip=tip), act, key)

    def _tell_when_clicked(self, made: QPushButton, act: str, key: int) -> QWidget:
        made.setProperty("act", act)
        made.setProperty("key", key)
        made.clicked.connect(self._on_act)
        return made

    def _on_act(self) -> None:
        act, key = str(self.sender().property("act")), int(self.sender().property("key") or 0)
        if act in _PAGES:
            self.record_asked.emit(_PAGES[act], key)
        else:
            self.act_asked.emit(act, key)


_OPENS = {
    Source.CASE: "open_case",
    Source.CONSULTATION: "open_consultation",
    Source.ENTERED: "open_service",
}
_PAGES = {"open_case": "cases", "open_consultation": "consultations"}
