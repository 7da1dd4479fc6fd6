"""From a figure to what it counts: the table of all figures, and the records behind one of them."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.coverage.rules.coverage import FigureKey
from db.formats.figures import Figure
from db.services.queries.engagements import counted_keys
from db.services.queries.log import LogRow, Source, log_rows
from db.words.agency import Mode
from db.words.service import ServiceKind
from gui.context import Context
from gui.pages.agencies.coverage.all_figures import AllFigures, Chosen
from gui.pages.agencies.coverage.snapshot import View
from gui.pages.agencies.unit.records import RecordRow, RecordsDialog, people_rows

_RATE_OF_CARD = {"formal": FigureKey.FORMAL, "effective": FigureKey.EFFECTIVE}
PAGES = {Source.CASE: "cases", Source.CONSULTATION: "consultations"}
OWN = frozenset({Mode.OWN})


class Drill(QObject):
    """Opens the dialogs over the page, for the day that the page shows."""

    agencies_asked = Signal(object)  # Among
    agency_asked = Signal(int)
    record_asked = Signal(str, int)  # page, key

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._view: View | None = None

    def show_figures(self, view: View) -> None:
        """Open the table of all figures."""
        self._view = view
        dialog = AllFigures(view.district.figures, self._page)
        dialog.agencies_asked.connect(self.agencies_asked)
        dialog.records_asked.connect(self._on_records)
        dialog.open()

    def show_card(self, view: View, card: str) -> None:
        """Open the records that a headline figure counts."""
        self._view = view
        whole = view.district.figures.whole
        rate = _RATE_OF_CARD.get(card)
        figure = whole.figure(rate) if rate else whole.persons if card == "persons" else whole.services
        self._open(Chosen(whole.scope, figure))

    def show_services(self, view: View, agency_key: int) -> None:
        """Open all services of the twelve months of one agency, of every kind."""
        self._view = view
        cover = view.district.row(agency_key)
        if cover is not None:
            kinds = {agency_key: frozenset(cover.services)}
            figures = view.district.figures
            said = f"{cover.name}，{figures.first} 至 {figures.day} 的全部履职记录。"
            self._open_services(f"{cover.short_name}的履职", said, kinds)

    def _on_records(self, chosen: Chosen) -> None:
        self._open(chosen)

    def _open(self, chosen: Chosen) -> None:
        if self._view is None:
            return
        figure, policy = chosen.figure, self._view.policy
        keys = set(figure.counted if isinstance(figure, Figure) else figure.agencies)
        covers = [cover for cover in self._view.district.rows if cover.key in keys]
        if figure.key in {"effective", "services"}:
            kinds = {cover.key: policy.counts(cover.kind) for cover in covers}
            self._open_services(chosen.words, figure.definition, kinds)
            return
        modes = {"work": policy.work_modes, "formal": policy.formal_modes}.get(figure.key, OWN)
        rows = people_rows(covers, modes)

        def fetch(wanted: Sequence[int]) -> dict[int, RecordRow]:
            return {key: rows[key] for key in wanted if key in rows}

        self._show(RecordsDialog(chosen.words, figure.definition, list(rows), fetch, self._page))

    def _open_services(
        self, title: str, definition: str, kinds: Mapping[int, frozenset[ServiceKind]]
    ) -> None:
        if self._view is None:
            return
        figures, context = self._view.district.figures, self._context

        def read() -> list[int]:
            with context.database.read() as session:
                return counted_keys(session, kinds, figures.first, figures.day)

        then = partial(self._services_read, title, definition)
        context.tasks.run(self, read, then, context.errors.show)

    def _services_read(self, title: str, definition: str, keys: list[int]) -> None:
        database = self._context.database

        def fetch(wanted: Sequence[int]) -> dict[int, RecordRow]:
            with database.read() as session:
                return {key: _row(one) for key, one in log_rows(session, wanted).items()}

        self._show(RecordsDialog(title, definition, keys, fetch, self._page))

    def _show(self, dialog: RecordsDialog) -> None:
        dialog.agency_asked.connect(self.agency_asked)
        dialog.record_asked.connect(self.record_asked)
        dialog.open()


def _row(one: LogRow) -> RecordRow:
    return RecordRow(
        agency_key=one.agency_id or 0,
        agency=one.agency,
        when=one.on.isoformat(),
        sort=one.kind.value,
        what=one.matter,
        who=one.who,
        page=PAGES.get(one.source, ""),
        record=one.record_id,
    )
