"""The filters of the case list, and how a saved view keeps them."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from db.cases.queries.cases import CaseFilter, View
from db.words.case import Procedure
from gui.widgets.fields import FilterButton, FilterField, Segments
from gui.widgets.flow import flow

PAUSE = 80  # milliseconds of rest before what is typed is looked for
Options = list[tuple[str, int]]


class CaseFilters(QObject):
    """The view, text, agency, procedure, lawyer, court, 重大疑难; they combine with *and*.

    ``series`` shows the cases of one series; it is chosen in the panel and cleared with the rest.
    """

    changed = Signal()

    def __init__(self, text: FilterField, parent: QObject) -> None:
        super().__init__(parent)
        self.text = text
        self.views = Segments([(v.name, v.value) for v in ORDER], "cases_views")
        self.views.choose(View.OPEN.name)
        self.agency = FilterButton("被告单位", "cases_agency")
        self.procedure = FilterButton("审级", "cases_procedure")
        self.lawyer = FilterButton("承办顾问", "cases_lawyer")
        self.court = FilterButton("法院", "cases_court")
        self.difficult = QCheckBox("重大疑难")
        self.difficult.setObjectName("cases_difficult")
        self.series: int | None = None
        self.procedure.set_options((p.value, p.value) for p in Procedure)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.changed)
        self.views.chosen.connect(self._on_changed)
        for made in self._buttons().values():
            made.changed.connect(self.changed)
        self.difficult.clicked.connect(self._on_changed)

    def bar(self, *more: QWidget) -> QWidget:
        """Return the controls side by side, with ``more`` after them."""
        self.text.setFixedWidth(128)
        return flow(self.text, self.agency, self.procedure, self.lawyer, self.court, self.difficult, *more)

    def typed(self) -> None:
        """Look for what was typed, once the clerk rests."""
        self._timer.start()

    def wanted(self) -> CaseFilter:
        """Return what is asked for."""
        procedure = self.procedure.value()
        return CaseFilter(
            view=View[self.views.current()],
            text=self.text.text(),
            agency_id=_key(self.agency.value()),
            procedure=Procedure(str(procedure)) if procedure else None,
            lawyer_id=_key(self.lawyer.value()),
            court_id=_key(self.court.value()),
            difficult_only=self.difficult.isChecked(),
            series_id=self.series,
        )

    def offer(self, agencies: Options, lawyers: Options, courts: Options) -> None:
        """Offer these; what was chosen stays chosen if it is still there."""
        for made, options in ((self.agency, agencies), (self.lawyer, lawyers), (self.court, courts)):
            made.set_options(options)

    def state(self) -> dict[str, Any]:
        """Return what is chosen, for a saved view."""
        chosen = {name: made.value() for name, made in self._buttons().items()}
        view, difficult = self.views.current(), self.difficult.isChecked()
        return {"view": view, "text": self.text.text().strip(), "difficult": difficult, **chosen}

    def apply(self, state: dict[str, Any]) -> None:
        """Choose what a saved view kept, without telling."""
        self._timer.stop()
        self.text.blockSignals(True)
        self.text.setText(str(state.get("text", "")))
        self.text.blockSignals(False)
        for name, made in self._buttons().items():
            made.choose(state.get(name))
        self.difficult.setChecked(bool(state.get("difficult")))
        view = str(state.get("view", View.ALL.name))
        self.views.choose(view if view in View.__members__ else View.ALL.name)
        self.series = None

    def clear(self, view: View = View.ALL) -> None:
        """Filter nothing but the view, without telling."""
        self.apply({"view": view.name})

    def are_set(self) -> bool:
        """Say whether anything but the view is filtered."""
        state = self.state()
        del state["view"]
        return any(state.values()) or self.series is not None

    def _buttons(self) -> dict[str, FilterButton]:
        return {
            "agency": self.agency,
            "procedure": self.procedure,
            "lawyer": self.lawyer,
            "court": self.court,
        }

    def _on_changed(self, *_: object) -> None:
        self.changed.emit()


ORDER = (View.UNASSIGNED, View.WEEK, View.OPEN, View.FORGOTTEN, View.CLOSED, View.ALL)


def _key(value: object) -> int | None:
    return value if isinstance(value, int) else None
