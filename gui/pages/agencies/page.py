"""The agencies of the district: who may be sued, how often that happened, who served them."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from db.acts.agencies import remove_agencies, save_agency
from db.acts.setup import UNVERIFIED
from db.queries.agencies import (
    AgencyDetail,
    AgencyFilter,
    AgencyRow,
    agency_detail,
    agency_draft,
    agency_keys,
    agency_rows,
)
from db.rules.agencies import AgencyDraft
from db.rules.vocabulary import AgencyKind
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.exporting import ask_export
from gui.pages.agencies.editor import AgencyEditor
from gui.tables.cells import Cell, Column, Number, Text
from gui.tables.list_page import ListPage
from gui.widgets.basics import FigureStrip, button, chip, clear, column, label, line, row
from gui.widgets.fields import FilterButton
from gui.widgets.panels import facts_of, section


def _source(row: AgencyRow) -> Cell:
    if row.source == UNVERIFIED:
        return Text("待核对", "wn", icon="triangle-alert")
    return Text(row.source, "tx2")


COLUMNS: tuple[Column[AgencyRow], ...] = (
    Column("name", "单位", lambda r: Text(r.short_name), 136, tip=lambda r: r.name),
    Column("full_name", "全称", lambda r: Text(r.name, "tx2"), 200, sorts=False, flex=True),
    Column("kind", "类型", lambda r: Text(r.kind.value), 96),
    Column(
        "has_enforcement",
        "行政执法权",
        lambda r: Text("有", "ok", icon="check") if r.has_enforcement else Text(""),
        92,
    ),
    Column("open_cases", "在办案件", lambda r: Number(r.open_cases), 80, right=True),
    Column("year_cases", "本年案件", lambda r: Number(r.year_cases), 80, right=True),
    Column("all_cases", "全部案件", lambda r: Number(r.all_cases), 80, right=True),
    Column("source", "信息来源", _source, 92),
)


class AgencyPanel(QWidget):
    """Shows an agency: figures, facts, its cases, who served it."""

    edit_asked = Signal()
    remove_asked = Signal()
    case_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "subtle")
        self.name = label("", "person", wraps=True)
        self.full_name = label("", "second", wraps=True)
        self.edit = button("编辑", "panel_edit", icon_name="pencil")
        self.remove = button("", "panel_remove", "ghost", "trash-2", "移入回收站")
        for made in (self.edit, self.remove):
            made.setProperty("small", True)
        self._body = column(spacing=0)
        head = column(
            row(self.name, None, self.edit, self.remove), self.full_name, spacing=4, margins=(20, 16, 20, 14)
        )
        self.setLayout(column(head, self._body, None, spacing=0))
        self.edit.clicked.connect(self.edit_asked)
        self.remove.clicked.connect(self.remove_asked)

    def show_agency(self, detail: AgencyDetail) -> None:
        """Show everything about an agency."""
        agency, draft = detail.row, detail.draft
        self.name.setText(agency.short_name)
        self.full_name.setText(agency.name)
        clear(self._body)
        figures = FigureStrip("在办案件", "本年案件", "全部案件")
        for title, count in (
            ("在办案件", agency.open_cases),
            ("本年案件", agency.year_cases),
            ("全部案件", agency.all_cases),
        ):
            figures.set_figure(title, str(count))
        self._body.addLayout(column(figures, margins=(20, 0, 20, 14)))
        facts = [
            ("类型", agency.kind.value),
            ("行政执法权", "有" if agency.has_enforcement else "无"),
            ("信用代码", draft.uscc or "—"),
            ("法定代表人", draft.head or "—"),
            ("联系人", f"{draft.contact} {draft.phone}".strip() or "—"),
            ("地址", draft.address or "—"),
            (
                "信息来源",
                f"{agency.source}，编辑保存后视为已核对" if agency.source == UNVERIFIED else agency.source,
            ),
        ]
        if draft.note:
            facts.append(("备注", draft.note))
        self._body.addWidget(line())
        self._body.addLayout(section("基本信息", "", facts_of(facts)))
        served: list[QWidget] = facts_of([(name, f"{count} 件") for name, count in detail.served_by[:8]])
        self._body.addWidget(line())
        self._body.addLayout(section("办过本单位案件的顾问", "", served or [label("还没有", "second")]))
        self._body.addWidget(line())
        self._body.addLayout(section("案件", f"{len(detail.cases)} 件", self._cases(detail)))

    def _cases(self, detail: AgencyDetail) -> list[QWidget]:
        made: list[QWidget] = []
        for case in detail.cases[:12]:
            link = button(case.number, "agency_case", "link")
            link.setProperty("case", case.case_id)
            link.clicked.connect(self._on_case)
            widget = QWidget()
            widget.setLayout(
                column(row(link, None, chip(case.stage)), label(case.plaintiffs, "caption"), spacing=0)
            )
            made.append(widget)
        return made or [label("没有案件", "second")]

    def _on_case(self) -> None:
        self.case_asked.emit(int(self.sender().property("case")))


class AgenciesPage(ListPage):
    """Lists agencies; enters, verifies and removes them."""

    tables = ("agency", "case_record", "case_party", "assignment")
    name = "agencies"
    title = "单位"
    hints = (("Enter", "编辑"), ("Ctrl+N", "新增"), ("Ctrl+F", "筛选"))

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS, "place", "在列表中筛选")
        self.export_button = button("导出 Excel", "agencies_export", "ghost", "sheet")
        self.enter_button = button("新增单位", "agencies_enter", "primary", "plus")
        self.kind = FilterButton("类型", "agencies_kind")
        self.enforcement = QCheckBox("有行政执法权")
        self.unverified = QCheckBox("只看待核对")
        self.details = AgencyPanel()
        self._build_page()
        self._connect_page()

    def read_keys(self) -> list[int]:
        kind = self.kind.value()
        wanted = AgencyFilter(
            text=self.find_field.text(),
            kind=AgencyKind(str(kind)) if kind else None,
            enforcement_only=self.enforcement.isChecked(),
            unverified_only=self.unverified.isChecked(),
        )
        today = self.context.today()
        with self.context.database.read() as session:
            self._all = len(agency_keys(session, AgencyFilter(), today))
            self._unverified = len(agency_keys(session, AgencyFilter(unverified_only=True), today))
            return agency_keys(session, wanted, today, self.sort, descending=self.descending)

    def fetch(self, keys: Sequence[int]) -> dict[int, AgencyRow]:
        with self.context.database.read() as session:
            return agency_rows(session, keys, self.context.today())

    def show_summary(self) -> None:
        doubt = f"，{self._unverified} 个待核对" if self._unverified else ""
        self.summary.setText(f"{self._all} 个单位{doubt}")
        self.shown_count.setText(f"显示 {len(self.model.keys)} / {self._all}")
        self.sums.setText("初始清单依区县通常设置编制，请逐一核对后使用" if self._unverified else "")
        self.table.set_empty("没有符合条件的单位", filtered=True)

    def show_detail(self, key: int | None) -> None:
        detail = None
        if key is not None:
            with self.context.database.read() as session:
                detail = agency_detail(session, key, self.context.today())
        self.details.setVisible(detail is not None)
        if detail is not None:
            self.details.show_agency(detail)

    def clear_filters(self) -> None:
        self.find_field.blockSignals(True)
        self.find_field.clear()
        self.find_field.blockSignals(False)
        self.kind.choose()
        self.enforcement.setChecked(False)
        self.unverified.setChecked(False)

    def enter(self) -> None:
        """Open an empty form."""
        self._edit(AgencyDraft(), None)

    def open_key(self, key: int) -> None:
        with self.context.database.read() as session:
            draft = agency_draft(session, key)
        if draft:
            self._edit(draft, key)

    def export(self) -> None:
        """Export what is shown to Excel."""
        ask_export(self.context, self, "agencies", "单位名录", self.model.keys)

    def edit_current(self) -> None:
        """Open the selected agency's form."""
        if (key := self.table.current_key()) is not None:
            self.open_key(key)

    def remove_current(self) -> None:
        """Move the selected agencies to the recycle bin, after asking."""
        keys = self.table.selected_keys()
        if keys:
            text = f"把所选 {len(keys)} 个单位移入回收站？可以随时从回收站恢复。"
            confirm(self, "移入回收站", text, "移入回收站", partial(self._remove, keys))

    def _build_page(self) -> None:
        self.kind.set_options((k.value, k.value) for k in AgencyKind)
        self.panel.setWidget(self.details)
        self.find_field.setFixedWidth(176)
        self.enforcement.setObjectName("agencies_enforcement")
        self.unverified.setObjectName("agencies_unverified")
        self.build(
            (self.export_button, self.enter_button),
            (self.find_field, self.kind, self.enforcement, self.unverified, None),
        )

    def _connect_page(self) -> None:
        self.export_button.clicked.connect(self.export)
        self.enter_button.clicked.connect(self.enter)
        self.kind.changed.connect(self.changed_filter)
        self.enforcement.clicked.connect(self.changed_filter)
        self.unverified.clicked.connect(self.changed_filter)
        self.details.edit_asked.connect(self.edit_current)
        self.details.remove_asked.connect(self.remove_current)
        self.details.case_asked.connect(self._go_to_case)

    def _edit(self, draft: AgencyDraft, key: int | None) -> None:
        editor = AgencyEditor(draft, key, self.context.today(), self.window())
        editor.submitted.connect(self._save)
        editor.open()

    def _save(self, _another: bool) -> None:
        editor = self.sender()
        if isinstance(editor, AgencyEditor):
            draft, key = editor.draft(), editor.key
            text = f"{'修改' if key else '新增'}单位 {draft.short_name.strip() or draft.name.strip()}"

            today = self.context.today()

            def act(session: Any) -> int:
                return save_agency(session, draft, today, key)

            perform(
                self.context,
                editor,
                text,
                act,
                partial(self._saved, editor, text),
                partial(self._refused, editor),
            )

    def _saved(self, editor: AgencyEditor, text: str, key: int) -> None:
        editor.accept()
        self.context.desk.say(f"已保存：{text}，可用 Ctrl+Z 撤销")
        self.select(key)

    def _refused(self, editor: AgencyEditor, error: Exception) -> None:
        if not editor.show_refusal(error):
            self.context.errors.show(error, editor)

    def _remove(self, keys: list[int]) -> None:
        def act(session: Any) -> None:
            remove_agencies(session, keys)

        text = f"移入回收站：{len(keys)} 个单位"
        perform(self.context, self, text, act, partial(self._removed, text), self.context.errors.show)

    def _removed(self, text: str, _: object) -> None:
        self.context.desk.say(f"{text}，可用 Ctrl+Z 撤销")

    def _go_to_case(self, key: int) -> None:
        self.context.desk.go("cases", key)
