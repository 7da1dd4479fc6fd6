"""Rubbish is collected on the UI thread alone: a window freed in a worker brings the process down."""

import gc
import threading

from gui.tasks import TaskRunner


class Knot:
    """An object that only the collector can free; says in which thread that happened."""

    def __init__(self, freed):
        self.me, self.freed = self, freed

    def __del__(self):
        self.freed.append(threading.current_thread())


def test_no_worker_collects_and_the_ui_thread_does(qtbot):
    freed, tasks = [], TaskRunner()
    try:
        for _ in range(50):
            Knot(freed)

        def work():
            return [[] for _ in range(200_000)]  # kept, so that a collection is due

        done = []
        tasks.run(tasks, work, done.append, done.append)
        qtbot.waitUntil(lambda: bool(done))
        qtbot.waitUntil(lambda: len(freed) == 50)
        assert set(freed) == {threading.main_thread()}
    finally:
        tasks.stop()
    assert gc.isenabled()
