"""Reckons the batch in a worker, with progress and cancel, and carries out what is accepted of it."""

from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from db.assignment.acts.allocation import accept
from db.assignment.queries.allocation import Batch, Proposal, propose
from db.errors import UserError
from gui.context import Context
from gui.forms.acting import perform
from gui.pages.cases.assigning.batch import BatchDialog

if TYPE_CHECKING:
    from gui.pages.cases.page import CasesPage


class Batching(QObject):
    """Holds the dialog while it is open."""

    _looked_at = Signal(int, int, int)  # told from the worker: reckoning, cases looked at, of how many

    def __init__(self, context: Context, page: "CasesPage") -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._dialog: BatchDialog | None = None
        self._stop = Event()
        self._asked = 0
        self._looked_at.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)

    def open(self) -> None:
        """Open the dialog and begin to reckon."""
        if self._dialog is None:
            dialog = self._dialog = BatchDialog(self._page.window())
            dialog.accepted_some.connect(self._accept)
            dialog.again_asked.connect(self._reckon)
            dialog.cancelled.connect(self._cancel)
            dialog.open()
            self._reckon()

    # -- reckoning -------------------------------------------------------------------------

    def _reckon(self) -> None:
        if self._dialog is None:
            return
        self._dialog.begin()
        self._asked += 1
        self._stop = stop = Event()
        asked, database, today = self._asked, self._context.database, self._context.today()

        def progress(at: int, of: int) -> bool:
            self._looked_at.emit(asked, at, of)
            return not stop.is_set()

        def work() -> Batch:
            with database.read() as session:
                return propose(session, today, progress)

        then, failed = partial(self._show, asked), partial(self._failed, asked)
        self._context.tasks.run(self, work, then, failed)

    def _on_progress(self, asked: int, at: int, of: int) -> None:
        if self._dialog is not None and asked == self._asked and self._dialog.batch is None:
            self._dialog.show_progress(at, of)

    def _show(self, asked: int, batch: Batch) -> None:
        if self._dialog is not None and asked == self._asked:
            self._dialog.show_batch(batch)

    def _failed(self, asked: int, error: Exception) -> None:
        if self._dialog is None or asked != self._asked:
            return  # cancelled: nobody looks any more
        if isinstance(error, UserError):
            self._dialog.say(str(error))
        else:
            self._dialog.reject()
            self._context.errors.show(error, self._page.window())

    def _cancel(self) -> None:
        if self._dialog is not None and self._dialog.batch is None:
            self._context.desk.say("已取消批量分派，没有写入任何内容")
        self._stop.set()
        self._dialog = None

    # -- accepting -------------------------------------------------------------------------

    def _accept(self, proposals: tuple[Proposal, ...]) -> None:
        today = self._context.today()
        first = proposals[0]
        label = f"批量分派 {len(proposals)} 件"
        if len(proposals) == 1:
            label = f"分派 {first.number}：{first.lawyer}"

        def act(session: Any) -> list[int]:
            return accept(session, proposals, today)

        then = partial(self._accepted, label, proposals)
        perform(self._context, self, label, act, then, self._refused)

    def _accepted(self, label: str, proposals: tuple[Proposal, ...], _: object) -> None:
        self._context.desk.say(f"已完成：{label}，可用 Ctrl+Z 撤销")
        if self._dialog is not None:
            self._dialog.show_done(proposals)
            if not self._dialog.open_proposals():
                self._dialog.close()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError) and self._dialog is not None:
            self._dialog.say(f"{error} 没有写入任何内容，请点“重新计算”后再采纳。")
        else:
            self._context.errors.show(error, self._page.window())
