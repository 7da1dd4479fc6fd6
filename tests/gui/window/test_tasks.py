"""Rubbish is collected on the UI thread alone: a window freed in a worker brings the process down."""

import gc
import threading

import shiboken6
from PySide6.QtCore import QObject

from db.errors import UserError
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


def test_the_refusal_of_an_act_is_told_also_when_who_asked_is_gone(qtbot):
    tasks, gone, heard, gate = TaskRunner(), QObject(), [], threading.Event()
    tasks.unheard.connect(lambda act, error: heard.append((act, str(error))))

    def refuse():
        gate.wait()
        raise UserError("磁盘已满。")

    try:
        tasks.run(gone, refuse, heard.append, heard.append, act="改名")
        tasks.run(gone, refuse, heard.append, heard.append)  # a reading that nobody waits for any more
        assert tasks.unanswered == ["改名"]
        shiboken6.delete(gone)
        gate.set()
        qtbot.waitUntil(lambda: not tasks.unanswered)
        assert heard == [("改名", "磁盘已满。")]
    finally:
        assert tasks.stop()


def test_an_act_that_waits_for_a_worker_is_not_dropped_at_the_end(qtbot):
    tasks, done, gate = TaskRunner(), [], threading.Event()
    for _ in range(2):
        tasks.run(tasks, gate.wait, done.append, done.append)  # both workers are busy
    tasks.run(tasks, lambda: done.append("read"), print, print)
    tasks.run(tasks, lambda: done.append("saved"), print, print, act="保存")
    threading.Timer(0.2, gate.set).start()
    assert tasks.stop()
    assert done == ["saved"]


def test_the_end_does_not_wait_for_ever_for_what_hangs(qtbot):
    tasks, gate = TaskRunner(), threading.Event()
    tasks.run(tasks, gate.wait, print, print)
    assert not tasks.stop(0.2)
    gate.set()
    qtbot.waitUntil(lambda: not [t for t in threading.enumerate() if t.name.startswith("work")])
