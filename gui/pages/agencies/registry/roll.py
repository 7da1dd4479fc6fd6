"""公职律师名册: everybody of the registry as of a day, filtered and searched; Enter edits."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QMenu, QSplitter, QWidget

from db.agencies.queries.agencies import agency_choices
from db.office.queries.settings import load_settings
from db.registry.queries.public_lawyers import (
    PublicLawyerFilter,
    PublicLawyerRow,
    public_lawyer_detail,
    public_lawyers,
)
from db.registry.rules.public_lawyers import CertificateState
from db.registry.sheets.imported import PUBLIC_LAWYERS
from gui.context import Context
from gui.forms.exporting import ask_export
from gui.forms.importer import ask_import
from gui.pages.agencies.registry.papers import PaperActs
from gui.pages.agencies.registry.person_panel import PersonPanel
from gui.tables.cells import Badge, Cell, Chips, Column, Dot, Number, Text
from gui.tables.keyed_model import KeyedModel
from gui.tables.view import KeyedTable
from gui.widgets.basics import button, column, key_hints, label, line, pane, row, stretch
from gui.widgets.fields import DateField, FilterButton, FilterField
from gui.widgets.flow import flow
from gui.widgets.scrolling import TallArea, stand

WIDTH, HEIGHT = 1360, 740
PANEL = 318
TABLES = ("public_lawyer", "posting", "certificate", "sharing", "service", "agency", "setting")
ACTS = (
    ("open_public_lawyer", "编辑…\tEnter"),
    ("transfer", "调动…\tCtrl+T"),
    ("issue_certificate", "颁证、续期…\tCtrl+R"),
    ("end_certificate", "终止公职律师证…\tDelete"),
    ("record_year", "年度考核…\tCtrl+Y"),
    ("lend", "统筹到其他单位…\tCtrl+L"),
    ("remove", "移入回收站"),
)


def _state(row: PublicLawyerRow) -> Cell:
    if row.state is CertificateState.VALID:
        return Dot("ok", row.state_text)
    kind = {CertificateState.SOON: "wn", CertificateState.EXPIRED: "dg", CertificateState.AWAY: "wn"}
    return Badge(kind[row.state], row.state_text) if row.state in kind else Text(row.state_text, "tx3")


COLUMNS: tuple[Column[PublicLawyerRow], ...] = (
    Column("name", "姓名", lambda r: Text(r.name, bold=True), 84),
    Column("agency", "单位", lambda r: Text(r.agency or "—"), 130),
    Column(
        "post",
        "内设机构、职务",
        lambda r: Text(" ".join(x for x in (r.department, r.post) if x), "tx2"),
        128,
        sorts=False,
        flex=True,
    ),
    Column("licence", "公职律师证号", lambda r: Text(r.licence), 146),
    Column("valid_to", "有效期至", lambda r: Text(str(r.valid_to or ("长期" if r.valid_from else "—"))), 88),
    Column("state", "状态", _state, 84),
    Column("shared", "统筹到", lambda r: Chips(r.shared_to) if r.shared_to else Text("—", "tx3"), 132),
    Column("services", "近12月履职", lambda r: Number(r.services), 84, right=True),
    Column(
        "result",
        "考核",
        lambda r: Badge("dg", "应收回", "circle-alert") if r.is_to_be_withdrawn else Text(r.result, "tx2"),
        96,
        sorts=False,
        tip=lambda r: "连续两年不称职，应报请收回公职律师证" if r.is_to_be_withdrawn else "",
    ),
    Column("specialities", "专业领域", lambda r: Chips(r.specialities), 150, sorts=False, hidden=True),
    Column("qualification", "资格证号", lambda r: Text(r.qualification), 150, sorts=False, hidden=True),
)


class PublicLawyerRoll(QDialog):
    """The list of public lawyers as of a day, with what is known of the selected one at the right."""

    def __init__(self, context: Context, parent: QWidget, *, agency_id: int | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("public_lawyer_roll")
        self.setWindowTitle("公职律师名册")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.context, self.acts = context, PaperActs(context, self)
        self.sort, self.descending = "agency", False
        self._wanted_key: int | None = None
        self._asked = 0  # how often the list was asked for; older answers are passed over
        self._rows: dict[int, PublicLawyerRow] = {}
        self.model: KeyedModel[Any] = KeyedModel(COLUMNS, self._fetch, self)
        self.table = KeyedTable(self.model, "roll_table")
        self.table.setAccessibleName("公职律师名册")
        self.summary = label("", "caption")
        self.shown = label("", "caption")
        self.find_field = FilterField("姓名、拼音、证号", "roll_filter")
        self.agency = FilterButton("单位", "roll_agency")
        self.state = FilterButton("状态", "roll_state", many=True)
        self.expiring, self.lendable = QCheckBox("即将到期或已到期"), QCheckBox("可再统筹")
        self.day_field = DateField()
        self.enter_button = button("新增公职律师", "roll_enter", "primary", "plus", "Ctrl+N")
        self.import_button = button("导入", "roll_import", "ghost", "file-input", "导入公职律师名册（Excel）")
        self.export_button = button("导出 Excel", "roll_export", "ghost", "sheet")
        self.print_button = button("打印", "roll_print", "ghost", "printer")
        self.acts_button = button("办理", "roll_acts", "", "ellipsis")
        self.details = PersonPanel()
        self.panel = TallArea(least=PANEL)
        self._build()
        self._connect()
        self._offer(agency_id)
        self.refresh()
        self.table.setFocus()

    @property
    def day(self) -> Any:
        """The day as of which the list stands."""
        return self.day_field.day() or self.context.today()

    def refresh(self) -> None:
        """Read again, in a worker; the selection stays."""
        wanted, day, sort, descending = self._wanted(), self.day, self.sort, self.descending

        def reading(session: Any) -> tuple[list[PublicLawyerRow], int, int]:
            found = public_lawyers(session, day, wanted, sort, descending=descending)
            everybody = found if wanted == PublicLawyerFilter() else public_lawyers(session, day)
            return found, len(everybody), sum(row.is_in_force for row in everybody)

        self._asked += 1
        self.acts.read(reading, partial(self._show, self._asked))

    def select(self, key: int) -> None:
        """Select a person once the list is there."""
        self._wanted_key = key
        self.table.show_key(key)

    def run_act(self, name: str) -> None:
        """Do one of the acts to the selected person."""
        key = self.table.current_key()
        if key is None:
            return
        if name == "lend":
            self.acts.lend(key)
        elif name == "remove":
            self.acts.remove_public_lawyers(self.table.selected_keys())
        else:
            getattr(self.acts, name)(key)

    def import_sheet(self) -> None:
        """Choose a workbook with public lawyers and examine it."""
        ask_import(self.context, self, PUBLIC_LAWYERS)

    def export(self) -> None:
        """Export what is shown to Excel."""
        ask_export(self.context, self, "public-lawyers", "公职律师名册", self.model.keys, self.day)

    def print_out(self) -> None:
        """Show the roll of what is shown as it will print."""
        self.acts.print_roll(self.model.keys, self.day)

    # -- showing ---------------------------------------------------------------------------

    def _show(self, asked: int, found: tuple[list[PublicLawyerRow], int, int]) -> None:
        if asked != self._asked:
            return  # the filter has changed since; a later answer is on its way
        rows, everybody, in_force = found
        self._rows = {row.key: row for row in rows}
        self.table.set_keys([row.key for row in rows])
        self.summary.setText(f"{everybody} 人，持有效证书 {in_force} 人")
        self.shown.setText(f"显示 {len(rows)} / {everybody}")
        self.table.set_empty("没有符合条件的公职律师", filtered=len(rows) < everybody)
        if self._wanted_key is not None and self.table.show_key(self._wanted_key):
            self._wanted_key = None

    def _fetch(self, keys: Sequence[int]) -> dict[int, PublicLawyerRow]:
        return {key: self._rows[key] for key in keys if key in self._rows}

    def _on_current(self, key: int | None) -> None:
        if key is None:
            self.details.hide()
            return
        self.acts.read(partial(public_lawyer_detail, key=key, day=self.day), partial(self._show_detail, key))

    def _show_detail(self, key: int, found: Any) -> None:
        if key != self.table.current_key():
            return
        self.details.setVisible(found is not None)
        if found is not None:
            self.details.show_person(found, self.day)

    def _wanted(self) -> PublicLawyerFilter:
        agency = self.agency.value()
        return PublicLawyerFilter(
            text=self.find_field.text(),
            agency_id=agency if isinstance(agency, int) else None,
            states=frozenset(CertificateState(str(value)) for value in self.state.values()),
            expiring_only=self.expiring.isChecked(),
            lendable_only=self.lendable.isChecked(),
        )

    # -- slots -----------------------------------------------------------------------------

    def _on_sort(self, key: str, descending: bool) -> None:
        self.sort, self.descending = key, descending
        self.refresh()

    def _on_clear(self) -> None:
        for part in (self.find_field, self.expiring, self.lendable):
            part.blockSignals(True)
        self.find_field.clear()
        self.expiring.setChecked(False)
        self.lendable.setChecked(False)
        for part in (self.find_field, self.expiring, self.lendable):
            part.blockSignals(False)
        self.agency.choose()
        self.state.choose()
        self.refresh()

    def _on_open(self, key: int) -> None:
        self.acts.open_public_lawyer(key)

    def _on_enter(self) -> None:
        agency = self.agency.value()
        self.acts.enter_public_lawyer(agency if isinstance(agency, int) else None)

    def _on_changed(self, changes: Any) -> None:
        if changes.touch(*TABLES):
            self.refresh()

    def _on_saved(self, table: str, key: int) -> None:
        if table == "public_lawyer":
            self._wanted_key = key

    def _show_acts(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("roll_menu")
        for name, text in ACTS:
            menu.addAction(text).setData(name)
        menu.triggered.connect(self._on_act)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.acts_button.mapToGlobal(QPoint(0, self.acts_button.height())))

    def _on_act(self, action: QAction) -> None:
        self.run_act(str(action.data()))

    def _find(self) -> None:
        self.find_field.setFocus()
        self.find_field.selectAll()

    def _transfer(self) -> None:
        self.run_act("transfer")

    def _renew(self) -> None:
        self.run_act("issue_certificate")

    def _assess(self) -> None:
        self.run_act("record_year")

    def _lend(self) -> None:
        self.run_act("lend")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if watched is self.find_field and event.key() == Qt.Key.Key_Down:
                self.table.setFocus()
                return True
            if watched is self.find_field and event.key() == Qt.Key.Key_Escape and self.find_field.text():
                self.find_field.clear()
                return True
            if watched is self.table and event.key() == Qt.Key.Key_Delete:
                self.run_act("end_certificate")
                return True
        return super().eventFilter(watched, event)

    # -- building --------------------------------------------------------------------------

    def _offer(self, agency_id: int | None) -> None:
        with self.context.database.read() as session:
            agencies = agency_choices(session)
            soon = load_settings(session).expiry_early_days
        self.agency.set_options((short, key) for key, _, short in agencies)
        self.state.set_options((one.value, one.value) for one in CertificateState)
        if agency_id is not None:
            self.agency.choose(agency_id)
        self.expiring.setToolTip(f"{soon} 天内到期，或已到期未续")

    def _build(self) -> None:
        self.expiring.setObjectName("roll_expiring")
        self.lendable.setObjectName("roll_lendable")
        self.day_field.setObjectName("roll_day")
        self.day_field.setAccessibleName("截至日期")
        self.day_field.setFixedWidth(118)
        self.day_field.set_date(self.context.today())
        self.find_field.setFixedWidth(190)
        tools = (
            self.import_button,
            self.export_button,
            self.print_button,
            self.acts_button,
            self.enter_button,
        )
        head = row(
            label("公职律师名册", "page"), 8, self.summary, None, *tools, spacing=6, margins=(24, 14, 24, 12)
        )
        filters = flow(self.find_field, self.agency, self.state, self.expiring, self.lendable)
        bar = row(
            filters, label("截至", "caption"), self.day_field, self.shown, spacing=8, margins=(24, 0, 24, 12)
        )
        foot = pane("surface")
        foot.setFixedHeight(36)
        hints = key_hints(
            ("Enter", "编辑"),
            ("Ctrl+N", "新增"),
            ("Ctrl+T", "调动"),
            ("Ctrl+R", "续期"),
            ("Delete", "终止"),
            ("Ctrl+L", "统筹"),
            ("Ctrl+F", "筛选"),
        )
        foot.setLayout(row(hints, None, margins=(24, 0, 24, 0)))
        left = QWidget()
        left.setLayout(column(head, bar, line(), self.table, spacing=0))
        stretch(left, 3, 1)
        self.panel.setWidget(self.details)
        self.panel.setWidgetResizable(True)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.addWidget(left)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        splitter.setCollapsible(0, False)
        splitter.setSizes([WIDTH - PANEL, PANEL])
        stand(self, column(splitter), foot, QSize(WIDTH, HEIGHT))
        self.details.hide()

    def _connect(self) -> None:
        self.find_field.installEventFilter(self)
        self.table.installEventFilter(self)
        self.find_field.textChanged.connect(self.refresh)
        self.agency.changed.connect(self.refresh)
        self.state.changed.connect(self.refresh)
        self.expiring.clicked.connect(self.refresh)
        self.lendable.clicked.connect(self.refresh)
        self.day_field.edited.connect(self.refresh)
        self.model.sort_asked.connect(self._on_sort)
        self.table.opened.connect(self._on_open)
        self.table.current_changed.connect(self._on_current)
        self.table.clear_asked.connect(self._on_clear)
        self.enter_button.clicked.connect(self._on_enter)
        self.import_button.clicked.connect(self.import_sheet)
        self.export_button.clicked.connect(self.export)
        self.print_button.clicked.connect(self.print_out)
        self.acts_button.clicked.connect(self._show_acts)
        self.acts.saved.connect(self._on_saved)
        self.context.bus.changed.connect(self._on_changed)
        self.table.show_sort(self.sort, descending=False)
        for keys, slot in (
            ("Ctrl+N", self._on_enter),
            ("Ctrl+F", self._find),
            ("Ctrl+T", self._transfer),
            ("Ctrl+R", self._renew),
            ("Ctrl+Y", self._assess),
            ("Ctrl+L", self._lend),
            ("Ctrl+E", self.export),
            ("Ctrl+P", self.print_out),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
