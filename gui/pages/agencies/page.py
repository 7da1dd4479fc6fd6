"""单位与覆盖: the agencies of the district on any day, who does their legal work, and the next step for each gap."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from db.agencies.queries.agencies import AgencyFilter, agency_keys
from db.coverage.rules.coverage import ALL, RemedyKind
from gui.context import Context
from gui.forms.exporting import ask_export
from gui.pages.agencies.coverage.drill import Drill
from gui.pages.agencies.coverage.figures import Headline
from gui.pages.agencies.coverage.filters import UNVERIFIED, Among, MatrixFilters
from gui.pages.agencies.coverage.gap_pane import NEW, NO_AGENCIES
from gui.pages.agencies.coverage.matrix import COLUMNS, Line, order
from gui.pages.agencies.coverage.snapshot import Snapshot, View, read_snapshot
from gui.pages.agencies.coverage.summary import definition_words, period_words, sum_words
from gui.pages.agencies.desk import CoverageDesk, DeskMenu
from gui.pages.agencies.side import AgencySide
from gui.pages.agencies.unit.acts import AgencyActs
from gui.pages.agencies.unit.changes import AgencyChanges
from gui.tables.heat import HeatKey
from gui.tables.list_page import ListPage
from gui.widgets.basics import button, column, label, line, row, stretch
from gui.widgets.month_bar import MonthBar

ROW = 32
TITLE = "单位与覆盖"


class AgenciesPage(ListPage):
    """Shows figures, matrix and gaps of one day; opens an agency at the right."""

    tables = (
        "agency",
        "agency_name",
        "agency_contract",
        "assignment",
        "case_party",
        "case_record",
        "certificate",
        "consultation",
        "internal_adviser",
        "lawyer",
        "appointment",
        "posting",
        "public_lawyer",
        "service",
        "setting",
        "sharing",
    )
    name = "agencies"
    title = TITLE
    narrowest_panel = 316  # the gaps

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS, "place", "筛选单位")
        self.export_button = button("导出 Excel", "agencies_export", "ghost", "sheet")
        self.more_button = button("办理", "agencies_more", "ghost", "list-checks", "登记、名册、导入和催办")
        self.service_button = button("登记履职", "agencies_service", "primary", "plus")
        self.print_button = button("打印", "agencies_print", "ghost", "printer")
        self.as_of = MonthBar("agencies_as_of", context.today())
        self.filters = MatrixFilters(self.find_field, self)
        self.headline = Headline()
        self.all_figures = button(
            "全部指标", "agencies_figures", "ghost", "file-chart-column", "配备率、工作覆盖率，按类型"
        )
        self.columns_button = button("", "agencies_columns", "ghost", "columns-3", "显示哪些列")
        self.definitions = label("", "caption")
        self.side = AgencySide(context, self.panel)
        self.gaps, self.details = self.side.gaps, self.side.agency
        self.more = DeskMenu(self)
        self.acts = AgencyActs(context, self)
        self.changes = AgencyChanges(context, self)
        self.desk = CoverageDesk(context, self)
        self.drill = Drill(context, self)
        self.snapshot: Snapshot | None = None
        self.view: View | None = None
        self._lines: dict[int, Line] = {}
        self._reading, self._is_reading, self._is_reckoning = 0, False, False
        self._pending: int | None = None
        self._build_page()
        self._connect_page()

    # -- reading ---------------------------------------------------------------------------

    @property
    def day(self) -> date:
        """The day as of which everything is shown."""
        return self.as_of.day

    def refresh(self) -> None:
        """Read the district again in a worker, then show the day that is chosen."""
        self._is_stale, self._is_reading = False, True
        self._reading += 1
        self.as_of.set_today(self.context.today())
        work = partial(read_snapshot, self.context.database, self.context.today())
        self.context.tasks.run(self, work, partial(self._read, self._reading), self._not_read)

    def read_keys(self) -> list[int]:
        wanted = self.filters.wanted(self._found())
        lines = [one for one in self._lines.values() if wanted.takes(one)]
        return order(lines, self.sort, descending=self.descending)

    def fetch(self, keys: Sequence[int]) -> dict[int, Line]:
        return {key: self._lines[key] for key in keys if key in self._lines}

    def show_day(self) -> None:
        """Show figures, matrix and gaps of the day that is chosen; no statement is needed.

        Of a big district they are reckoned in a worker, one day after the other; days passed over meanwhile are not.
        """
        if self.snapshot is None:
            return
        if not self.snapshot.is_big:
            self._show_view(self.snapshot.on(self.day))
        elif not self._is_reckoning:
            self._is_reckoning = True
            work = partial(self.snapshot.on, self.day)
            self.context.tasks.run(self, work, self._reckoned, self._not_reckoned)

    def arrange(self) -> None:
        if self.view is not None:
            self._show_list()

    def show_summary(self) -> None:
        if (view := self.view) is None:
            return
        figures = view.district.figures
        for made, (said, exact) in (
            (self.summary, period_words(figures, len(view.lines))),
            (self.definitions, definition_words(view)),
        ):
            made.setText(said)
            made.setToolTip(exact)
        self.filters.show_counts(view.lines)
        self.headline.show_figures(figures, view.trend)
        self.headline.show_chosen(self.filters.among)
        shown = [self._lines[key].cover for key in self.model.keys]
        self.sums.setText(sum_words(shown, len(self._lines)))
        self.table.set_empty(
            "没有符合条件的单位" if self.filters.are_set() else "还没有单位", filtered=self.filters.are_set()
        )
        names = {cover.key: cover.short_name for cover in shown}
        gaps = [(names[gap.agency_key], gap) for gap in view.gaps if gap.agency_key in names]
        self.gaps.show_gaps(gaps, complete=len(shown) == len(view.lines), missing=self._missing())
        self.gaps.list.follow(self.table.current_key())
        self.show_panel()
        if self.side.shows_agency and self.details.key is not None:
            self._show_agency(self.details.key)

    def _missing(self) -> str:
        """Return what has to be entered before gaps mean anything, or nothing."""
        if self.snapshot is None:
            return ""
        facts = self.snapshot.coverage.facts
        if not facts.agencies:
            return NO_AGENCIES
        return "" if facts.people or facts.sharings or facts.internal or facts.contracts else NEW

    def show_detail(self, key: int | None) -> None:
        self.gaps.list.follow(key)
        if self.side.shows_agency and key is not None:
            self._show_agency(key)

    def clear_filters(self) -> None:
        self.filters.clear()

    # -- what the window and others ask ----------------------------------------------------

    @property
    def panes(self) -> tuple[QWidget, ...]:
        beside = self.side.pane
        return (self.table,) if beside is None else (self.table, beside)

    def select(self, key: int) -> None:
        """Show this agency with everything about it; called before its list is read, it waits."""
        if self._is_reading or self._is_stale:
            self._pending = key
            return
        if key not in self._lines and not self.as_of.is_today:
            self.as_of.back_to_today()
        super().select(key)
        if key in self._lines:
            self.open_key(key)
        else:
            self.context.desk.say("这个单位今天已不存在。把“截至”移到它撤并之前，就能看到它")

    def open_key(self, key: int) -> None:
        """Open an agency in the place of the gaps; who came from the gaps goes on reading there."""
        self.table.show_key(key)
        self._show_agency(key)
        if self._is_floating:
            self.panel.show()
            self._place_floating()

    def close_detail(self) -> None:
        """Show the gaps again."""
        if self.side.shows_agency:
            if not self.side.close():
                self.table.setFocus()
            self.gaps.list.follow(self.table.current_key())

    def show_gaps(self) -> None:
        """Show only agencies with a gap, as of today."""
        self.as_of.back_to_today()
        self.filters.clear()
        self.filters.segments.choose("gaps")
        self.close_detail()
        self.arrange()

    def show_unverified(self) -> None:
        """Show only agencies of the first-run list that nobody has verified."""
        self.as_of.back_to_today()
        self.filters.clear()
        self.filters.kind.choose(UNVERIFIED)
        self.arrange()

    def show_among(self, among: Among) -> None:
        """Show exactly the agencies that a figure counts."""
        if self.view is not None:
            self.filters.clear()
            self.filters.show_among(among, self.view.district.figures)
            self.arrange()

    # -- acts ------------------------------------------------------------------------------

    def enter(self) -> None:
        """Open an empty form for an agency."""
        self.acts.enter()

    def edit_current(self) -> None:
        """Open the selected agency's form."""
        if (key := self.table.current_key()) is not None:
            self.acts.edit(key)

    def edit_key(self, key: int) -> None:
        """Open the form of an agency."""
        self.acts.edit(key)

    def remove_current(self) -> None:
        """Move the selected agencies to the recycle bin, after asking."""
        if keys := self.table.selected_keys():
            self.acts.remove(keys)

    def log_services(self) -> None:
        """Open the grid in which services are entered."""
        self.desk.run("log_services", None)

    def export(self) -> None:
        """Export what is shown to Excel, as of the day shown."""
        ask_export(self.context, self, "coverage", TITLE, self.model.keys, self.day)

    def export_agencies(self) -> None:
        """Export the agencies shown with their addresses and people to be reached."""
        ask_export(self.context, self, "agencies", "单位名录", self.model.keys)

    def print_out(self) -> None:
        """Show 公职律师（法律顾问）配备情况统计表 as it will print, as of the day shown."""
        self.desk.print_table(self.day)

    def print_gaps(self) -> None:
        """Show the list of gaps as it will print, as of the day shown."""
        self.desk.print_gaps(self.day)

    def urge(self) -> None:
        """Write to the agencies that fall short today."""
        if self._may_act(RemedyKind.LETTER):
            self.desk.urge(self.day)

    def answer_urging(self, letter: object) -> None:
        """Note what came back to a letter, given by its key."""
        self.desk.run("answer_letter", None, int(str(letter)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.side.shows_agency:
            self.close_detail()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.remove_current()
        else:
            super().keyPressEvent(event)

    # -- slots -----------------------------------------------------------------------------

    def _show_view(self, view: View) -> None:
        self.view = view
        self._lines = {one.key: one for one in view.lines}
        self.filters.show_among(self.filters.among, view.district.figures)
        self._show_list()

    def _reckoned(self, view: View) -> None:
        self._is_reckoning = False
        self._show_view(view)
        if view.district.day != self.day:
            self.show_day()

    def _not_reckoned(self, error: Exception) -> None:
        self._is_reckoning = False
        self.context.errors.show(error)

    def _read(self, reading: int, snapshot: Snapshot) -> None:
        if reading != self._reading:
            return  # a later one is on its way
        self.snapshot, self._is_reading = snapshot, False
        if self.as_of.is_today:
            self._show_view(snapshot.today)
        else:
            self.show_day()
        if (key := self._pending) is not None:
            self._pending = None
            self.select(key)
        self.filled.emit()

    def _not_read(self, error: Exception) -> None:
        self._is_stale, self._is_reading = True, False
        self.context.errors.show(error)

    def _show_list(self) -> None:
        self.table.set_keys(self.read_keys())
        self.show_summary()

    def _found(self) -> frozenset[int] | None:
        text = self.find_field.text()
        if not text.strip():
            return None
        with self.context.database.read() as session:
            return frozenset(agency_keys(session, AgencyFilter(text=text), self.context.today()))

    def _on_card(self, card: str) -> None:
        among = self.filters.among
        if among is not None and (among.scope, among.key) == (ALL, card) and not among.missing:
            self._drop_among()
        else:
            self.show_among(Among(_AMONG[card], ALL, card))

    def _drop_among(self) -> None:
        self.filters.show_among(None)
        self.arrange()

    def _show_agency(self, key: int) -> None:
        one = self._lines.get(key)
        if one is None or self.view is None or not self.side.open(one.cover, self.view, self.day):
            self.close_detail()

    def _on_gap(self, key: int) -> None:
        """Select the row of the gap that was selected."""
        self.table.show_key(key)

    def _on_remedy(self, key: int) -> None:
        gap = self.view.gap_of(key) if self.view else None
        if gap is not None and self.snapshot is not None and self._may_act(gap.remedy.kind):
            self.desk.remedy(gap, self._lines[key].cover, self.snapshot, self.day)

    def _may_act(self, kind: RemedyKind) -> bool:
        """Say whether this is done from the day shown; else say why not.

        Who ends on a coming day can be replaced before; a letter tells an agency how it stands, which is as of today.
        """
        today = self.context.today()
        if self.day < today:
            self.context.desk.say(f"现在显示的是 {self.day} 的情况。请先点“回到今天”再办理")
        elif self.day > today and kind is RemedyKind.LETTER:
            self.context.desk.say(f"{self.day} 还没有到，催办函按今天的情况发出。请先点“回到今天”再办理")
        else:
            return True
        return False

    # -- building --------------------------------------------------------------------------

    def _build_page(self) -> None:
        self.columns_button.setProperty("small", True)
        self.find_field.setFixedWidth(150)
        self.table.verticalHeader().setDefaultSectionSize(ROW)
        bar = row(
            self.filters.segments,
            self.filters.drop,
            None,
            HeatKey("履职次数", "agencies_heat_key"),
            self.columns_button,
            spacing=8,
            margins=(24, 6, 16, 6),
        )
        middle = QWidget()
        middle.setLayout(column(self.headline, line(), bar, line(), self.table, spacing=0))
        stretch(middle, 4, 1)
        self.shown_count.hide()
        self.build(
            (
                self.all_figures,
                self.export_button,
                self.print_button,
                self.more_button,
                self.service_button,
            ),
            (
                self.as_of,
                None,
                self.find_field,
                self.filters.kind,
                self.filters.enforcement,
            ),
            middle,
            note=self.definitions,
        )
        self.more_button.setMenu(self.more)
        self.more_button.setProperty("hasMenu", "ghost")

    def _connect_page(self) -> None:
        self.export_button.clicked.connect(self.export)
        self.print_button.clicked.connect(self.print_out)
        self.service_button.clicked.connect(self.log_services)
        self.gaps.urge.clicked.connect(self.urge)
        self.more.triggered.connect(self._on_more)
        self.columns_button.clicked.connect(self._show_columns)
        self.all_figures.clicked.connect(self._show_figures)
        self.as_of.changed.connect(self.show_day)
        self.filters.changed.connect(self.changed_filter)
        self.filters.dropped.connect(self._drop_among)
        self.headline.chosen.connect(self._on_card)
        self.headline.records_asked.connect(self._on_records)
        self.gaps.list.current_changed.connect(self._on_gap)
        self.gaps.list.acted.connect(self._on_remedy)
        self.gaps.list.opened.connect(self.open_key)
        self.details.back_asked.connect(self.close_detail)
        self.details.act_asked.connect(self._on_act)
        self.details.record_asked.connect(self.context.desk.go)
        self.acts.entered.connect(self.select)
        self.drill.agencies_asked.connect(self.show_among)
        self.drill.agency_asked.connect(self.select)
        self.drill.record_asked.connect(self.context.desk.go)

    def _show_columns(self) -> None:
        self.table.column_menu().popup(
            self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft())
        )

    def _show_figures(self) -> None:
        if self.view is not None:
            self.drill.show_figures(self.view)

    def _on_records(self, card: str) -> None:
        if self.view is not None:
            self.drill.show_card(self.view, card)

    def _on_act(self, act: str, key: int) -> None:
        """Do what was asked for beside the agency that is open."""
        agency = self.details.key
        if agency is None or self.view is None:
            return
        own = {
            "edit": self.acts.edit,
            "rename": self.changes.rename,
            "end": self.changes.end,
            "remedy": self._on_remedy,
        }
        if act in own:
            own[act](agency)
        elif act == "remove":
            self.acts.remove([agency])
        elif act == "all_services":
            self.drill.show_services(self.view, agency)
        else:
            self.desk.run(act, self._lines[agency].cover, key)

    def _on_more(self, action: QAction) -> None:
        act = str(action.data())
        own = {
            "enter_agency": self.enter,
            "import_agencies": self.changes.import_sheet,
            "export_agencies": self.export_agencies,
            "print_gaps": self.print_gaps,
            "urge": self.urge,
            "remove": self.remove_current,
        }
        if act in own:
            own[act]()
        else:
            self.desk.run(act, None)


_AMONG = {"formal": "有形覆盖", "effective": "有效覆盖", "persons": "自有公职律师", "services": "有履职"}
