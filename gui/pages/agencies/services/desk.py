"""What can be done with services from the page of agencies: enter many, list, edit, remove, import."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.services.acts.services import record_services, remove_services, save_service
from db.services.queries.forms import service_draft
from db.services.rules.services import ServiceDraft
from db.services.sheets.imported import SERVICES
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.importer import ask_import
from gui.forms.service_dialog import ServiceDialog, ServiceOffers
from gui.pages.agencies.services.grid import GridOffers, ServiceGrid
from gui.pages.agencies.services.log import ServiceLog
from gui.pages.agencies.services.offers import grid_offers, service_offers


class ServiceDesk(QObject):
    """Opens the dialogs of services over the window and carries out what they say."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._over: QWidget | None = None  # the list over which the next dialog opens

    def show_log(self, agency_id: int | None = None) -> None:
        """Open the list, of one agency or of all."""
        log = ServiceLog(self._context, agency_id, self._page.window())
        log.enter_asked.connect(self._enter_from_log)
        log.import_asked.connect(self.import_sheet)
        log.edit_asked.connect(self.edit)
        log.remove_asked.connect(self.remove)
        log.record_asked.connect(self._context.desk.go)
        log.finished.connect(self._forget)
        self._over = log
        log.open()

    def enter(self, agency: str = "", wanted: Sequence[tuple[str, str]] = ()) -> None:
        """Open the grid for many services of an agency (by its short name), a line for each kind and person."""
        context, today = self._context, self._context.today()

        def work() -> GridOffers:
            with context.database.read() as session:
                return grid_offers(session, today)

        context.tasks.run(self, work, partial(self._open_grid, agency, tuple(wanted)), context.errors.show)

    def edit(self, key: int) -> None:
        """Open the form of a service."""
        context, today = self._context, self._context.today()

        def work() -> tuple[ServiceDraft, ServiceOffers] | None:
            with context.database.read() as session:
                draft = service_draft(session, key)
                return (draft, service_offers(session, draft, today)) if draft else None

        context.tasks.run(self, work, partial(self._open_service, key), context.errors.show)

    def remove(self, keys: list[int]) -> None:
        """Move services to the recycle bin, after asking."""
        text = f"把所选 {len(keys)} 条履职记录移入回收站？可以随时从回收站恢复。"
        confirm(self._parent(), "移入回收站", text, "移入回收站", partial(self._remove, list(keys)))

    def import_sheet(self) -> None:
        """Choose a workbook with services and examine it."""
        ask_import(self._context, self._parent(), SERVICES)

    def _parent(self) -> QWidget:
        return self._over or self._page.window()

    def _forget(self, _result: int) -> None:
        self._over = None

    def _enter_from_log(self) -> None:
        log = self._over
        self.enter(log.agency.currentText().strip() if isinstance(log, ServiceLog) else "")

    def _open_grid(self, agency: str, wanted: tuple[tuple[str, str], ...], offers: GridOffers) -> None:
        today = self._context.today()
        grid = ServiceGrid(offers, today, self._parent())
        if agency:
            grid.begin_with(agency, wanted)
        grid.submitted.connect(self._enter)
        grid.open()

    def _open_service(self, key: int, found: tuple[ServiceDraft, ServiceOffers] | None) -> None:
        if found is None:
            self._say("这条记录已移入回收站")
            return
        draft, offers = found
        dialog = ServiceDialog("修改履职记录", draft, key, offers, self._context.today(), self._parent())
        dialog.submitted.connect(self._save)
        dialog.open()

    def _enter(self) -> None:
        grid = self.sender()
        if isinstance(grid, ServiceGrid):
            drafts, today = grid.drafts(), self._context.today()

            def act(session: Any) -> int:
                return len(record_services(session, drafts, today))

            text = f"登记 {len(drafts)} 条履职"
            failed = partial(self._grid_refused, grid)
            perform(self._context, grid, text, act, partial(self._done, grid.accept, text), failed)

    def _save(self, _another: bool) -> None:
        dialog = self.sender()
        if isinstance(dialog, ServiceDialog):
            draft, key, today = dialog.draft(), dialog.key, self._context.today()

            def act(session: Any) -> int:
                return save_service(session, draft, today, key)

            text = f"修改{draft.kind.value} {draft.matter.strip()}"
            failed = partial(self._refused, dialog)
            perform(self._context, dialog, text, act, partial(self._done, dialog.accept, text), failed)

    def _remove(self, keys: list[int]) -> None:
        def act(session: Any) -> None:
            remove_services(session, keys)

        text = f"移入回收站：{len(keys)} 条履职记录"
        done = partial(self._done, _nothing, text)
        perform(self._context, self, text, act, done, self._context.errors.show)

    def _done(self, close: Callable[[], None], text: str, _: object) -> None:
        close()
        self._say(f"{text}，可用 Ctrl+Z 撤销")

    def _say(self, text: str) -> None:
        self._context.desk.say(text)

    def _refused(self, dialog: ServiceDialog, error: Exception) -> None:
        if not dialog.show_refusal(error):
            self._context.errors.show(error, dialog)

    def _grid_refused(self, grid: ServiceGrid, error: Exception) -> None:
        grid.set_busy(busy=False)
        self._context.errors.show(error, grid)


def _nothing() -> None:
    """There is no dialog to close."""
