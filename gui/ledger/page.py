"""The page of a declared ledger: figures, list, filters, saved views, steps and panel, all from the declaration."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from db.formats.rates import percent
from db.ledger.declare import Book, Page, Rate
from db.ledger.history import changes
from db.ledger.queries import Row, captions, counts, filters_of, keys, rows, shares
from db.office.queries.history import acts_on
from gui.context import Context
from gui.forms.view_menu import ViewMenu
from gui.ledger.acts import LedgerActs
from gui.ledger.cells import columns_of, sorts_of
from gui.ledger.filters import LedgerFilters
from gui.ledger.panel import LedgerPanel, Shown
from gui.tables.list_page import ListPage
from gui.widgets.basics import button, column, line, row
from gui.widgets.figure_card import FigureCard

Options = dict[str, list[tuple[str, object]]]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a reading of the list gives; ``options`` of the filters only where they may have changed."""

    keys: list[int]
    counts: dict[str, int]
    shares: list[tuple[int, int]]
    options: Options | None


class LedgerPage(ListPage):
    """Lists the records of a ledger."""

    def __init__(self, context: Context, book: Book[Any]) -> None:
        ledger = book.ledger
        page = ledger.page or Page(ledger.title, "list-checks")
        self.name, self.title = ledger.name, page.title
        self.book, self.ledger, self._page = book, ledger, page
        self.tables = _tables(book)
        self._offered = frozenset(_linked_tables(book))
        super().__init__(context, columns_of(ledger, context.today), "", "在列表中筛选")
        self.acts = LedgerActs(context, book, self)
        self.filters = LedgerFilters(ledger, self.find_field, self)
        self.saved_views = ViewMenu(self, self.name, sorts_of(ledger))
        self.details = LedgerPanel(context, book)
        self.cards = [
            FigureCard(f"{self.name}_{at}", r.title, has_trend=False) for at, r in enumerate(ledger.rates)
        ]
        self.import_button = button("导入", f"{self.name}_import", "ghost", "file-input")
        self.export_button = button("导出", f"{self.name}_export", "ghost", "sheet")
        self.print_button = button("打印", f"{self.name}_print", "ghost", "printer")
        self.acts_button = button(
            "办理", f"{self.name}_acts", "ghost", "list-checks", f"办理所选{ledger.noun}"
        )
        self.enter_button = button(f"登记{ledger.noun}", f"{self.name}_enter", "primary", "plus")
        self.columns_button = button("", f"{self.name}_columns", "ghost", "columns-3", "显示哪些列")
        self.menu = QMenu(self.acts_button)
        self._options_are_stale = True
        self._counts = dict.fromkeys((state.name for state in ledger.states), 0)
        self.hints = [("Enter", "修改"), ("Ctrl+N", "登记")]
        self.hints += [(step.key, step.title) for step in ledger.steps if step.key]
        self._build_page()
        self._connect_page()

    # -- reading ---------------------------------------------------------------------------

    def question(self) -> Callable[[Any], Listing]:
        book, today, wanted = self.book, self.context.today(), self.filters.wanted(self.sort, self.descending)
        first, stale = date(today.year, 1, 1), self._options_are_stale

        def read(session: Any) -> Listing:
            return Listing(
                keys(session, book, wanted, today),
                counts(session, book.ledger, wanted, today),
                shares(session, book.ledger, first, today),
                _options(session, book) if stale else None,
            )

        return read

    def show_found(self, found: Listing) -> list[int]:
        if found.options is not None:
            self._options_are_stale = False
            self.filters.offer(found.options)
        self._counts = found.counts
        today = self.context.today()
        for card, rate, (part, whole) in zip(self.cards, self.ledger.rates, found.shares, strict=True):
            number = percent(part / whole) if whole else "—"
            tip = f"{rate.definition}截至 {today}，自 {today.year}-01-01 起。"
            card.show_figure(number, f"{part} / {whole}", "今年以来", tip)
        return found.keys

    def fetch(self, keys: Sequence[int]) -> dict[int, Row]:
        with self.context.database.read() as session:
            return rows(session, self.book, keys, self.context.today())

    def show_summary(self) -> None:
        self.filters.show_counts(self._counts)
        self.summary.setText(self._page.summary.format_map({k: str(n) for k, n in self._counts.items()}))
        self.sums.setText(f"显示 {len(self.model.keys)} {self.ledger.unit}")
        self.saved_views.show_current()
        is_filtered = self.filters.are_set()
        noun = self.ledger.noun
        empty = f"没有符合条件的{noun}" if is_filtered else f"还没有{noun}。按 Ctrl+N 登记"
        self.table.set_empty(empty, filtered=is_filtered)

    def show_detail(self, key: int | None) -> None:
        if key is None:
            self.detail_reader.drop()
            self.details.show_record(None)
        else:
            self.detail_reader.ask(partial(self._read_record, key), self.details.show_record)

    def _read_record(self, key: int, session: Any) -> Shown | None:
        found = rows(session, self.book, [key], self.context.today()).get(key)
        if found is None:
            return None
        acts = tuple(acts_on(session, self.ledger.table, key))
        said = changes(session, self.book, key, [act.gesture for act in acts])
        return Shown(found, acts, said)

    def on_changed(self, changes: Any, *, visible: bool) -> None:
        self._options_are_stale = self._options_are_stale or changes.touch(*self._offered)
        super().on_changed(changes, visible=visible)

    def clear_filters(self) -> None:
        self.filters.clear()

    def changed_filter(self) -> None:
        """Read again once the clerk rests from typing."""
        self.filters.typed()

    # -- acts ------------------------------------------------------------------------------

    def enter(self) -> None:
        """Open an empty form."""
        self.acts.enter()

    def open_key(self, key: int) -> None:
        self.acts.edit(key)

    def edit_current(self) -> None:
        """Open the selected record's form."""
        self.once_shown(partial(self._with_current, self.acts.edit))

    def take_step(self, name: str) -> None:
        """Open the short form of a step with the selected record."""
        self.once_shown(partial(self._with_current, partial(self._step, name)))

    def remove_current(self) -> None:
        """Move the selected records to the recycle bin, after asking."""
        chosen = self.table.selected_keys()
        shown = self.fetch(chosen)
        if shown:
            called = f"“{self.ledger.called(next(iter(shown.values())).draft)}”"
            many = f"所选 {len(shown)} {self.ledger.unit}{self.ledger.noun}"
            self.acts.remove(chosen, f"{self.ledger.noun}{called}" if len(shown) == 1 else many)

    def import_sheet(self) -> None:
        """Choose a workbook and examine it."""
        self.acts.import_sheet()

    def export(self) -> None:
        """Export what is shown to Excel."""
        self.acts.export(self.model.keys)

    def print_out(self) -> None:
        """Show the printed ledger of what is shown."""
        self.acts.print_out(self.model.keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if isinstance(self.focusWidget(), QLineEdit):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.remove_current()
        elif event.matches(QKeySequence.StandardKey.Paste) and self.ledger.sheet:
            self.acts.paste()
        else:
            super().keyPressEvent(event)

    def show_counted(self, rate: Rate) -> None:
        """Show what a rate counts, of this year so far."""
        today = self.context.today()
        self.filters.show_days(rate.of, rate.dated, date(today.year, 1, 1), today)
        self.refresh()

    def show_base(self, rate: Rate) -> None:
        """Show of what a rate counts, of this year so far."""
        today = self.context.today()
        self.filters.show_days(rate.among, rate.dated, date(today.year, 1, 1), today)
        self.refresh()

    # -- building --------------------------------------------------------------------------

    def _with_current(self, act: Callable[[int], object]) -> None:
        if (key := self.table.current_key()) is not None:
            act(key)

    def _step(self, name: str, key: int) -> None:
        step, state = self.ledger.step(name), self.fetch([key])[key].state
        if step.offered and state not in step.offered:
            self.context.desk.say(f"“{state}”的{self.ledger.noun}不能{step.title}")
        else:
            self.acts.step(key, name)

    def _build_page(self) -> None:
        self.panel.setWidget(self.details)
        self.shown_count.hide()
        self.columns_button.setProperty("small", True)
        self.acts_button.setMenu(self.menu)
        self.acts_button.setProperty("hasMenu", "ghost")
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.import_button.setVisible(self.ledger.sheet is not None)
        self.print_button.setVisible(self.ledger.paper is not None)
        tools = (
            self.import_button,
            self.export_button,
            self.print_button,
            self.acts_button,
            self.enter_button,
        )
        body: QWidget = self.table
        filters = self.filters.bar(self.saved_views.button, self.columns_button)
        if self.cards:
            body = QWidget()
            figures = row(*self.cards, None, spacing=0)
            body.setLayout(column(figures, line(), self.table, spacing=0))
        self.build(tools, (filters,), body)

    def _connect_page(self) -> None:
        self.filters.changed.connect(self.refresh)
        self.import_button.clicked.connect(self.import_sheet)
        self.export_button.clicked.connect(self.export)
        self.print_button.clicked.connect(self.print_out)
        self.enter_button.clicked.connect(self.enter)
        self.columns_button.clicked.connect(self._show_columns)
        self.acts.saved.connect(self.select)
        self.details.edit_asked.connect(self.edit_current)
        self.details.step_asked.connect(self.take_step)
        self.details.record_asked.connect(self.context.desk.go)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.menu.triggered.connect(self._on_act)
        self.table.customContextMenuRequested.connect(self._show_menu)
        for card in self.cards:
            card.chosen.connect(self._on_card)
            card.records_asked.connect(self._on_records)
        for step in self.ledger.steps:
            if step.key:
                shortcut = QShortcut(QKeySequence(step.key), self)
                shortcut.setProperty("step", step.name)
                shortcut.activated.connect(self._on_key)

    def _fill_menu(self) -> None:
        self.menu.clear()
        current = self.table.current_key()
        state = self.fetch([current])[current].state if current is not None else ""
        for step in self.ledger.steps:
            action = self.menu.addAction(f"{step.title}…\t{step.key}" if step.key else f"{step.title}…")
            action.setData(f"step:{step.name}")
            action.setEnabled(current is not None and (not step.offered or state in step.offered))
        self.menu.addSeparator()
        for text, name in (("修改…", "edit"), ("移入回收站…\tDelete", "remove"), ("复制\tCtrl+C", "copy")):
            self.menu.addAction(text).setData(name)
        if self.ledger.sheet:
            self.menu.addSeparator()
            self.menu.addAction("保存空白模板…").setData("template")

    def _on_act(self, action: QAction) -> None:
        name = str(action.data())
        if name.startswith("step:"):
            self.take_step(name.removeprefix("step:"))
        else:
            {
                "edit": self.edit_current,
                "remove": self.remove_current,
                "copy": self.table.copy,
                "template": self.acts.save_template,
            }[name]()

    def _on_key(self) -> None:
        self.take_step(str(self.sender().property("step")))

    def _on_card(self, key: str) -> None:
        self.show_counted(self._rate(key))

    def _on_records(self, key: str) -> None:
        self.show_base(self._rate(key))

    def _rate(self, key: str) -> Rate:
        return self.ledger.rates[int(key.rpartition("_")[2])]

    def _show_menu(self, at: QPoint) -> None:
        self.menu.popup(self.table.viewport().mapToGlobal(at))

    def _show_columns(self) -> None:
        at = self.columns_button.rect().bottomLeft()
        self.table.column_menu().popup(self.columns_button.mapToGlobal(at))


def _tables(book: Book[Any]) -> tuple[str, ...]:
    own = [book.ledger.table, *(str(child.__tablename__) for child in book.ledger.kept_in.values())]
    return (*own, *_linked_tables(book), "attachment")


def _linked_tables(book: Book[Any]) -> list[str]:
    links = {spec.to for spec in book.ledger.fields if hasattr(spec, "to")}
    return [str(book.resolve(to).model.__tablename__) for to in sorted(links)]


def _options(session: Any, book: Book[Any]) -> Options:
    found: Options = {}
    for spec in filters_of(book.ledger):
        if hasattr(spec, "to"):
            found[spec.name] = [(name, key) for key, name in captions(session, book, spec.to).items()]
    return found
