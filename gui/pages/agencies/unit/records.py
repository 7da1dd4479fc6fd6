"""The records behind a figure: exactly those that it counts, one line each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from db.coverage.rules.coverage import AgencyCoverage, Counsel
from db.words.agency import Mode
from gui.tables.cells import Column, Text
from gui.tables.keyed_model import KeyedModel
from gui.tables.view import KeyedTable
from gui.widgets.basics import button, column, label, line, row
from gui.widgets.scrolling import stand


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record: of which agency, when, of what sort, what it is, and by whom.

    ``page`` and ``record`` are where the record itself is shown, where it has a page of its own.
    """

    agency_key: int
    agency: str
    when: str
    sort: str
    what: str
    who: str
    page: str = ""
    record: int = 0


COLUMNS: tuple[Column[RecordRow], ...] = (
    Column("agency", "单位", lambda r: Text(r.agency), 140, sorts=False),
    Column("when", "日期", lambda r: Text(r.when), 112, sorts=False),
    Column("sort", "种类", lambda r: Text(r.sort), 110, sorts=False),
    Column("what", "事项", lambda r: Text(r.what), 240, sorts=False, flex=True, tip=lambda r: r.what),
    Column("who", "人员", lambda r: Text(r.who), 160, sorts=False, tip=lambda r: r.who),
)


class RecordsDialog(QDialog):
    """Lists the records of one figure; Enter opens a case or consultation, else the agency."""

    agency_asked = Signal(int)
    record_asked = Signal(str, int)  # page, key

    def __init__(
        self,
        title: str,
        definition: str,
        keys: Sequence[int],
        fetch: Callable[[Sequence[int]], dict[int, RecordRow]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent.window())
        self.setObjectName("records_dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.model: KeyedModel[RecordRow] = KeyedModel(COLUMNS, fetch, self)
        self.table = KeyedTable(self.model, "records_table")
        self.table.setAccessibleName(title)
        self.table.verticalHeader().setDefaultSectionSize(32)
        self.table.show_sort("", descending=False)
        self.table.set_keys(list(keys))
        self.table.set_empty("没有记录", filtered=False)
        self.count = label(f"共 {len(keys)} 条", "caption")
        self.shut = button("关闭", "records_close")
        said = label(definition, "second", wraps=True)
        said.setContentsMargins(24, 14, 24, 12)
        foot = row(self.count, label("Enter 打开案件、会商或单位", "caption"), None, self.shut, spacing=16)
        foot.setContentsMargins(24, 12, 24, 12)
        body = column(said, line(), self.table, spacing=0)
        body.setStretch(2, 1)
        stand(self, body, foot, QSize(920, 560))
        self.shut.clicked.connect(self.accept)
        self.table.opened.connect(self._on_opened)
        self.table.setFocus()

    def _on_opened(self, key: int) -> None:
        at = self.model.row_of(key)
        found = self.model.row(at) if at is not None else None
        if found is None:
            return
        self.accept()
        if found.page:
            self.record_asked.emit(found.page, found.record)
        else:
            self.agency_asked.emit(found.agency_key)


def people_rows(covers: Sequence[AgencyCoverage], modes: frozenset[Mode]) -> dict[int, RecordRow]:
    """Return who does the legal work of these agencies in these ways, numbered."""
    people = [
        (cover, person)
        for cover in covers
        for person in (*cover.own, *cover.internal, *cover.shared, *cover.external)
        if person.mode in modes
    ]
    return {at: _person(cover, person) for at, (cover, person) in enumerate(people, start=1)}


def _person(cover: AgencyCoverage, person: Counsel) -> RecordRow:
    return RecordRow(
        agency_key=cover.key,
        agency=cover.short_name,
        when=f"至 {person.until}" if person.until else "长期",
        sort=person.mode.value,
        what=f"由 {person.from_name} 统筹" if person.from_name else person.detail,
        who=person.name,
    )
