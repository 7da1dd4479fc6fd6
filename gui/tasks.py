"""Runs slow work off the UI thread and brings the answer back to it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

T = TypeVar("T")


class TaskRunner(QObject):
    """Two workers, so that a long export does not keep a list waiting."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="work")
        self._stopping = Event()
        # Queued, because a job may end before its callback is attached: then the callback runs
        # right here, and `then` would be called before `run` returns.
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Do ``work`` elsewhere; call ``then`` or ``failed`` on the UI thread, if ``owner`` still lives."""

        def answer(future: Future[T]) -> None:
            if not self._stopping.is_set():
                self._answered.emit((owner, future, then, failed))

        if not self._stopping.is_set():
            self._pool.submit(work).add_done_callback(answer)

    def stop(self) -> None:
        """Wait for what runs, drop what waits."""
        self._stopping.set()
        self._pool.shutdown(cancel_futures=True)

    def _deliver(self, answer: tuple[Any, ...]) -> None:
        owner, future, then, failed = answer
        if self._stopping.is_set() or not isValid(owner) or future.cancelled():
            return
        if error := future.exception():
            failed(error)
        else:
            then(future.result())
