"""Runs slow work off the UI thread and brings the answer back to it."""

import gc
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

T = TypeVar("T")
SWEEP_EVERY = 500  # milliseconds
PATIENCE = 60.0  # seconds that the end of the program waits for a reading that hangs


def _collect() -> None:
    """Collect the youngest generations that are due, as the collector itself would."""
    due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if due[0]:
        gc.collect(2 if due[1] and due[2] else 1 if due[1] else 0)


class TaskRunner(QObject):
    """Two workers, so that a long export does not keep a list waiting.

    What is run with the name of an ``act`` changes something: it is never dropped, and its answer never goes unsaid.
    ``refused`` comes before the answer to whoever asked, ``answered`` after it; ``unheard`` is told the name and the
    refusal of an act whose window is gone.

    Python's collector runs in whatever thread happens to allocate, and a window that it frees in a worker brings
    the process down. So while workers may run, rubbish is collected on the UI thread only, by a timer.
    """

    refused = Signal()
    answered = Signal()
    unheard = Signal(str, object)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="work")
        self._stopping = Event()
        self._acts: dict[Future[Any], str] = {}  # begun or waiting, and not answered yet
        self._reads: set[Future[Any]] = set()
        # Queued, because a job may end before its callback is attached: then the callback runs
        # right here, and `then` would be called before `run` returns.
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        gc.disable()
        self._sweep = QTimer(self)
        self._sweep.setInterval(SWEEP_EVERY)
        self._sweep.timeout.connect(_collect)
        self._sweep.start()

    @property
    def unanswered(self) -> list[str]:
        """The names of the acts that have no answer yet, the oldest first."""
        return list(self._acts.values())

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], object],
        *,
        act: str = "",
    ) -> None:
        """Do ``work`` elsewhere; call ``then`` or ``failed`` on the UI thread, if ``owner`` still lives."""

        def answer(future: Future[T]) -> None:
            self._answered.emit((owner, future, then, failed))

        if self._stopping.is_set():
            return
        future = self._pool.submit(work)
        if act:
            self._acts[future] = act
        else:
            self._reads.add(future)
        future.add_done_callback(answer)

    def stop(self, patience: float = PATIENCE) -> bool:
        """Wait for what runs, drop the readings that wait; return whether everything has ended.

        After ``patience`` seconds what still runs is left to itself: a server may hang for ever.
        """
        self._stopping.set()
        for future in list(self._reads):
            future.cancel()
        ended = not wait([*self._reads, *self._acts], timeout=patience).not_done
        self._pool.shutdown(wait=ended, cancel_futures=True)
        self._sweep.stop()
        gc.enable()
        return ended

    def _deliver(self, answer: tuple[Any, ...]) -> None:
        owner, future, then, failed = answer
        self._reads.discard(future)
        act = self._acts.pop(future, "")
        if self._stopping.is_set() or future.cancelled():
            return
        error = future.exception()
        if act and error:
            self.refused.emit()
        if isValid(owner):
            if error:
                failed(error)
            else:
                then(future.result())
        elif act and error:
            self.unheard.emit(act, error)
        if act:
            self.answered.emit()
