"""Leads from what a paper lacks to where it is typed."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.documents.model import Document, Place
from gui.context import Context
from gui.printing.preview_text import LISTED
from gui.widgets.basics import button, clear, column

KINDS = {
    "case_record": ("案件", "cases.open_key"),
    "lawyer": ("顾问", "roster.open_key"),
    "agency": ("单位", "agencies.edit_key"),
    "consultation": ("会商", "consultations.edit_key"),
    "setting": ("", "show_settings"),
}
"""By table: what a link calls such a record, and the command of the window that opens its form."""


class FillLinks(QWidget):
    """A link to each record in which something that the papers lack is typed; ``left`` is told before one opens."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("fill_links")
        self._context = context
        self._places: tuple[Place, ...] = ()
        self.body = column(spacing=2)
        self.setLayout(self.body)
        self.hide()

    def show_places(self, papers: Iterable[Document]) -> None:
        """Offer the places of those papers on which something is missing."""
        clear(self.body)
        places = dict.fromkeys(place for paper in papers if paper.missing for place in paper.typed_in)
        self._places = tuple(places)[:LISTED]
        for at, place in enumerate(self._places):
            kind, _ = KINDS[place.table]
            link = button(f"去填写：{kind}{place.word}", f"fill_{place.table}", "link")
            link.setProperty("at", at)
            link.clicked.connect(self._go)
            self.body.addWidget(link)
        self.setVisible(bool(places))

    def _go(self) -> None:
        place = self._places[int(self.sender().property("at"))]
        self.left.emit()
        given = () if place.table == "setting" else (place.key,)
        self._context.desk.run(KINDS[place.table][1], *given)
