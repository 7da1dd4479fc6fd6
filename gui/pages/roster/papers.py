"""Papers from the list: 顾问名册 of what is shown, 聘书 of who is chosen; each is looked at before it is printed."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.catalogue.reports import REPORTS, ROSTER, make
from db.documents.parameters import Parameters
from db.performance.papers.pool import CERTIFICATE
from db.roster.acts.appointments import number_certificates
from db.roster.queries.new_terms import term_facts, unnumbered_terms
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.pages.roster.forms.terms import names_of
from gui.printing.preview import PaperPreview


class RosterPapers(QObject):
    """Opens previews over the page; ``done`` says that numbers were given."""

    done = Signal(str)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def roster(self, keys: Sequence[int], day: date | None) -> None:
        """Show 顾问名册 of these lawyers in this order, as of ``day``."""
        self._preview(ROSTER, keys, day)

    def certificates(self, keys: Sequence[int]) -> None:
        """Show the 聘书 of these lawyers; terms that have no number yet are numbered first, if the clerk agrees."""
        context, today = self._context, self._context.today()
        with context.database.read() as session:
            missing = unnumbered_terms(session, keys, today)
            facts = term_facts(session, list(missing), today)
        if not missing:
            self._preview(CERTIFICATE, keys, None)
            return
        who = names_of([one.name for one in facts.lawyers.values()])
        text = f"{who} 的聘书还没有编号，将按“{facts.series}”接着编发 {len(missing)} 个编号。编号发出后不再重复使用。"
        then = partial(self._number, list(missing.values()), list(keys), f"编发聘书号：{who}")
        confirm(self._page, "颁发聘书", text, "编号并预览", then)

    def _number(self, appointments: list[int], keys: list[int], label: str) -> None:
        today = self._context.today()

        def act(session: Any) -> list[str]:
            return number_certificates(session, appointments, today)

        then = partial(self._numbered, keys, label)
        perform(self._context, self, label, act, then, self._context.errors.show)

    def _numbered(self, keys: list[int], label: str, _numbers: list[str]) -> None:
        self.done.emit(label)
        self._preview(CERTIFICATE, keys, None)

    def _preview(self, name: str, keys: Sequence[int], day: date | None) -> None:
        preferences, today = self._context.preferences, self._context.today()
        wanted = Parameters(
            from_on=date(today.year, 1, 1),
            to_on=today,
            today=today,
            as_of=day,
            ids=tuple(keys),
            maker=str(preferences.value("reports/maker", "")),
            reviewer=str(preferences.value("reports/reviewer", "")),
        )
        papers = partial(make, self._context.database, name, wanted)
        PaperPreview(self._context, papers, name, self._page.window(), wording=REPORTS[name].wording).open()
