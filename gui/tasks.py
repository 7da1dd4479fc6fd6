"""Runs slow work off the UI thread and brings the answer back to it."""

import gc
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

T = TypeVar("T")
SWEEP_EVERY = 500  # milliseconds


def _collect() -> None:
    """Collect the youngest generations that are due, as the collector itself would."""
    due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if due[0]:
        gc.collect(2 if due[1] and due[2] else 1 if due[1] else 0)


class TaskRunner(QObject):
    """Two workers, so that a long export does not keep a list waiting.

    Python's collector runs in whatever thread happens to allocate, and a window that it frees in a worker brings
    the process down. So while workers may run, rubbish is collected on the UI thread only, by a timer.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="work")
        self._stopping = Event()
        # Queued, because a job may end before its callback is attached: then the callback runs
        # right here, and `then` would be called before `run` returns.
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        gc.disable()
        self._sweep = QTimer(self)
        self._sweep.setInterval(SWEEP_EVERY)
        self._sweep.timeout.connect(_collect)
        self._sweep.start()

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
        self._sweep.stop()
        gc.enable()

    def _deliver(self, answer: tuple[Any, ...]) -> None:
        owner, future, then, failed = answer
        if self._stopping.is_set() or not isValid(owner) or future.cancelled():
            return
        if error := future.exception():
            failed(error)
        else:
            then(future.result())
