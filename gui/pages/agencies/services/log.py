"""履职记录: all services in one list, with the cases and consultations that enter by themselves."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from db.formats.spans import window_first
from db.services.queries.log import LogFilter, LogRow, Source, log_keys, log_rows
from db.services.rules.people import Capacity
from db.words.service import ServiceKind
from gui.context import Context
from gui.pages.agencies.services.offers import agency_items
from gui.tables.cells import Cell, Column, Number, Text
from gui.tables.keyed_model import KeyedModel
from gui.tables.view import KeyedTable
from gui.widgets.basics import button, column, key_hints, label, line, pane, row
from gui.widgets.fields import FilterButton, FilterField
from gui.widgets.flow import flow
from gui.widgets.pickers import Picker
from gui.widgets.scrolling import stand

SOON = 200  # milliseconds after the last key until the list is read again
TABLES = ("service", "engagement", "case_record", "assignment", "consultation", "agency")
LINKS = {Source.CASE: ("打开案件", "cases"), Source.CONSULTATION: ("打开会商", "consultations")}
PERIODS = ("本年", "上年", "近 12 个月")


def _source(r: LogRow) -> Cell:
    return Text(r.source.value, "tx" if r.is_entered else "tx2")


def _whole(hours: float | None) -> float | int | None:
    return int(hours) if hours is not None and hours.is_integer() else hours


COLUMNS: tuple[Column[LogRow], ...] = (
    Column("on", "日期", lambda r: Text(str(r.on)), 100),
    Column("agency", "单位", lambda r: Text(r.agency), 132),
    Column("kind", "种类", lambda r: Text(r.kind.value), 96),
    Column("who", "服务人员", lambda r: Text(r.who), 136, tip=lambda r: r.who),
    Column("capacity", "身份", lambda r: Text(r.capacity, "tx2"), 104, sorts=False),
    Column("matter", "服务事项", lambda r: Text(r.matter), 240, sorts=False, flex=True),
    Column("result", "结果", lambda r: Text(r.result, "tx2"), 132, sorts=False),
    Column("hours", "时长", lambda r: Number(_whole(r.hours)), 64, right=True, sorts=False),
    Column("source", "来源", _source, 72, sorts=False),
)


class ServiceLog(QDialog):
    """Lists what was done for agencies; asks for what is to be done with a line by signals."""

    enter_asked = Signal()
    import_asked = Signal()
    edit_asked = Signal(int)  # service
    remove_asked = Signal(object)  # services
    record_asked = Signal(str, int)  # page, record

    def __init__(self, context: Context, agency_id: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("service_log")
        self.setWindowTitle("履职记录")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self._context, self._sort, self._descending = context, "on", True
        self._asked = 0  # which of the readings is the latest
        self.find_field = FilterField("事项或人员", "log_filter")
        self.agency = Picker(free=False)
        self.agency.setObjectName("log_agency")
        self.agency.setAccessibleName("单位")
        self.period = FilterButton("时间", "log_period")
        self.kind = FilterButton("种类", "log_kind")
        self.capacity = FilterButton("身份", "log_capacity")
        self.source = FilterButton("来源", "log_source")
        self.model: KeyedModel[LogRow] = KeyedModel(COLUMNS, self._fetch, self)
        self.table = KeyedTable(self.model, "log_table")
        self.table.setAccessibleName("履职记录")
        self.count = label("", "caption")
        self.import_button = button("导入 Excel", "log_import", "ghost", "file-input")
        self.enter_button = button("登记履职", "log_enter", "primary", "plus")
        self.edit = button("编辑", "log_edit", icon_name="pencil")
        self.remove = button("移入回收站", "log_remove", icon_name="trash-2")
        self.close_button = button("关闭", "log_close")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._build(agency_id)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read the list again; the selection stays."""
        self._soon.stop()
        self._asked += 1
        number, wanted = self._asked, self._filter()
        sort, descending, database = self._sort, self._descending, self._context.database

        def work() -> tuple[int, list[int]]:
            with database.read() as session:
                return number, log_keys(session, wanted, sort, descending=descending)

        self._context.tasks.run(self, work, self._show, self._failed)

    def _show(self, found: tuple[int, list[int]]) -> None:
        number, keys = found
        if number != self._asked:
            return  # the clerk has asked for something else meanwhile
        self.table.set_keys(keys)
        self.table.set_empty("没有符合条件的履职记录", filtered=self._filter() != LogFilter())
        self.count.setText(f"共 {len(keys)} 条")
        self._on_current()

    def _failed(self, error: Exception) -> None:
        self._context.errors.show(error, self)

    def _fetch(self, keys: Sequence[int]) -> dict[int, LogRow]:
        with self._context.database.read() as session:
            return log_rows(session, keys)

    def _filter(self) -> LogFilter:
        from_on, to_on = self._days()
        agency, kind = self.agency.value(), self.kind.value()
        capacity, source = self.capacity.value(), self.source.value()
        return LogFilter(
            from_on=from_on,
            to_on=to_on,
            agency_id=agency if isinstance(agency, int) else None,
            kind=ServiceKind(str(kind)) if kind else None,
            capacity=Capacity(str(capacity)) if capacity else None,
            text=self.find_field.text(),
            source=Source(str(source)) if source else None,
        )

    def _days(self) -> tuple[date | None, date | None]:
        today, chosen = self._context.today(), self.period.value()
        if chosen == PERIODS[0]:
            return date(today.year, 1, 1), date(today.year, 12, 31)
        if chosen == PERIODS[1]:
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
        if chosen == PERIODS[2]:
            return window_first(today), today
        return None, None

    def selected_services(self) -> list[int]:
        """Return the services among the selected lines; cases and consultations are not edited here."""
        rows = [self.model.row(at) for at in self._selected()]
        return [r.record_id for r in rows if r is not None and r.is_entered]

    def _selected(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectionModel().selectedRows()})

    def _current(self) -> LogRow | None:
        at = self.table.currentIndex().row()
        return self.model.row(at) if 0 <= at < len(self.model.keys) else None

    def _on_current(self, *_: object) -> None:
        current = self._current()
        services = self.selected_services()
        self.edit.setEnabled(current is not None)
        link = LINKS.get(current.source) if current else None
        self.edit.setText(f" {link[0] if link else '编辑'}")
        self.remove.setEnabled(bool(services))
        self.remove.setToolTip("" if services else "案件和会商在各自的页面修改")

    def _on_open(self, *_: object) -> None:
        current = self._current()
        if current is None:
            return
        if link := LINKS.get(current.source):
            self.record_asked.emit(link[1], current.record_id)
            self.accept()
        else:
            self.edit_asked.emit(current.record_id)

    def _on_remove(self) -> None:
        if keys := self.selected_services():
            self.remove_asked.emit(keys)

    def _on_sort(self, key: str, descending: bool) -> None:
        self._sort, self._descending = key, descending
        self.table.show_sort(key, descending=descending)
        self.refresh()

    def _clear(self) -> None:
        self.find_field.clear()
        self.agency.set_value(None)
        for made in (self.period, self.kind, self.capacity, self.source):
            made.choose()
        self.refresh()

    def _on_changed(self, changes: object) -> None:
        touched = getattr(changes, "touch", None)
        if touched is not None and touched(*TABLES):
            self.refresh()

    def _build(self, agency_id: int | None) -> None:
        with self._context.database.read() as session:
            self.agency.set_items(agency_items(session))
        self.agency.set_value(agency_id)
        if entry := self.agency.lineEdit():
            entry.setPlaceholderText("全部单位")
            entry.setClearButtonEnabled(True)
        self.agency.setFixedWidth(168)
        self.find_field.setFixedWidth(176)
        self.period.set_options((p, p) for p in PERIODS)
        self.period.choose(PERIODS[-1])
        self.kind.set_options((k.value, k.value) for k in ServiceKind)
        self.capacity.set_options((c.value, c.value) for c in Capacity)
        self.source.set_options((s.value, s.value) for s in Source)
        filters = flow(self.find_field, self.agency, self.period, self.kind, self.capacity, self.source)
        head = row(filters, self.import_button, self.enter_button, margins=(24, 12, 24, 12))
        for made in (self.import_button, self.enter_button):
            head.setAlignment(made, Qt.AlignmentFlag.AlignTop)
        foot = pane("subtle", "foot")
        hints = key_hints(("Enter", "编辑或打开"), ("Delete", "移入回收站"))
        foot.setLayout(
            row(
                self.count,
                12,
                hints,
                None,
                self.remove,
                self.edit,
                self.close_button,
                margins=(20, 11, 20, 11),
            )
        )
        body = column(head, line(), self.table, spacing=0)
        body.setStretch(2, 1)
        stand(self, body, foot, QSize(1180, 680))
        self.table.show_sort("on", descending=True)
        self.table.setFocus()

    def _connect(self) -> None:
        self.find_field.textChanged.connect(self._soon.start)
        self.agency.editTextChanged.connect(self._soon.start)
        self._soon.timeout.connect(self.refresh)
        for made in (self.period, self.kind, self.capacity, self.source):
            made.changed.connect(self.refresh)
        self.model.sort_asked.connect(self._on_sort)
        self.table.current_changed.connect(self._on_current)
        self.table.selectionModel().selectionChanged.connect(self._on_current)
        self.table.opened.connect(self._on_open)
        self.table.clear_asked.connect(self._clear)
        self.edit.clicked.connect(self._on_open)
        self.remove.clicked.connect(self._on_remove)
        self.enter_button.clicked.connect(self.enter_asked)
        self.import_button.clicked.connect(self.import_asked)
        self.close_button.clicked.connect(self.accept)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self).activated.connect(self._on_remove)
        self._context.bus.changed.connect(self._on_changed)
