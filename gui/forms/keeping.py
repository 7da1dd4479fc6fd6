"""Keeps what is typed into a form every few seconds, and offers it when the form is opened again after a crash."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from threading import Event, Lock
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from db import kept_aside
from db.errors import UserError
from db.formats.kept import pack, unpack
from db.office.acts.kept_drafts import drop, keep
from db.office.queries.kept_drafts import kept_draft
from gui.context import Context
from gui.forms.draft_dialog import DraftDialog
from gui.look.icons import pixmap
from gui.widgets.basics import button, label, row, set_property, stretch

D = TypeVar("D")
EVERY = 2000  # milliseconds from the first letter not kept yet; a crash loses no more than five seconds
LONGEST = 10.0  # seconds that an opening form waits for the end of the one before it
Found = tuple[
    list[dict[str, Any]], tuple[int, ...]
]  # what was kept, the newest first, and the rows that held it
AGAIN = "关闭后重新打开这个窗口，可以恢复您填写的内容，与别人改过的核对后再保存。"
CHANGED = "。此后这条记录已有改动，恢复后请核对"


_leaving: dict[tuple[int, str, int], Event] = {}
"""Forms that were closed and whose last word is on its way to the database: the next one reads after it."""


class KeptStrip(QFrame):
    """The line above a form that offers what was not saved."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("kept_strip")
        set_property(self, "strip", "wn")
        self._icon = QLabel()
        self._icon.setPixmap(pixmap("history", "wn", 14, 2.0))
        self.text = label("", wraps=True)
        self.restore = button("恢复", "kept_restore", "link", tip="把没有保存的内容放回窗口")
        self.discard = button("丢弃", "kept_discard", "link", tip="不再需要")
        self.setLayout(row(self._icon, self.text, self.restore, self.discard, margins=(20, 6, 20, 6)))
        stretch(self, 1, 1)
        self.hide()

    def offer(self, kept_at: datetime, *, is_older: bool) -> None:
        """Say when it was kept, and whether the record has changed since."""
        self.text.setText(f"{kept_at.astimezone():%m-%d %H:%M} 未保存的内容" + (CHANGED if is_older else ""))
        self.text.setAccessibleName(self.text.text())
        self.show()


class Keeping(QObject, Generic[D]):
    """Watches one dialog. ``draft`` gives what its fields say, ``restore`` puts a draft back into them.

    What was kept and not yet answered is kept along with what is typed meanwhile, so that nothing is lost by a
    second crash. What the database does not take is kept on this PC instead, until it does.
    """

    def __init__(
        self,
        context: Context,
        dialog: DraftDialog,
        place: tuple[str, int, int],
        kind: type[D],
        draft: Callable[[], D],
        restore: Callable[[D], object],
    ) -> None:
        """``place`` is the form's name, the record (0: a new one) and the version of it that was read."""
        super().__init__(dialog)
        self._context, self._dialog, self._kind = context, dialog, kind
        self._form, self._record, self._version = place
        database = context.database
        where = database.url.render_as_string(hide_password=True)
        self._aside = kept_aside.Place(where, self._form, self._record, database.clerk)
        self._draft, self._restore = draft, restore
        self._waiting: list[dict[str, Any]] = []  # kept before and not answered, the newest first
        self._rows: tuple[int, ...] = ()  # that held it
        self._lock, self._is_over, self._is_typed, self._outlives = Lock(), False, False, False
        self.strip = KeptStrip()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._keep)
        layout = dialog.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(0, self.strip)
            first: QWidget = next(iter(dialog.boxes.values())).editor
            # the second of a pair is the one that is moved: the strip goes before the fields, which stay as they are
            if (before := first.previousInFocusChain()) is not None:
                QWidget.setTabOrder(before, self.strip.restore)
            QWidget.setTabOrder(self.strip.restore, self.strip.discard)
        self.strip.restore.clicked.connect(self._on_restore)
        self.strip.discard.clicked.connect(self._on_discard)
        dialog.typed.connect(self._on_typed)
        dialog.overtaken.connect(self._outlive)
        dialog.finished.connect(self._on_finished)
        self._look()

    @property
    def _place(self) -> tuple[int, str, int]:
        return id(self._context.database), self._form, self._record

    # -- offering --------------------------------------------------------------------------

    def _look(self) -> None:
        database, form, record = self._context.database, self._form, self._record

        before = _leaving.get(self._place)

        def work() -> Found:
            if before is not None:
                before.wait(LONGEST)
            with database.read() as session:
                kept = kept_draft(session, form, record, database.hand)
            here = kept_aside.found(self._aside)
            entries = _entries(*here, "") if here else []
            entries += _entries(kept.version, kept.content, kept.kept_at.isoformat()) if kept else []
            return sorted(entries, key=_when, reverse=True), kept.rows if kept else ()

        self._context.tasks.run(self, work, self._found, self._context.errors.show)

    def _found(self, found: Found) -> None:
        entries, self._rows = found
        known: list[Any] = []
        for entry in entries:
            if unpack(self._kind, entry.get("draft")) is not None and entry["draft"] not in known:
                known.append(entry["draft"])
                self._waiting.append(entry)
        if self._waiting:
            self._offer()

    def _offer(self) -> None:
        self.strip.setVisible(bool(self._waiting))
        if self._waiting:
            first = self._waiting[0]
            self.strip.offer(
                datetime.fromisoformat(first["at"]), is_older=int(first["version"]) != self._version
            )
        self._dialog.problems_shown()

    def _on_restore(self) -> None:
        draft = unpack(self._kind, self._waiting.pop(0)["draft"])
        if draft is not None:
            self._restore(draft)
            self._dialog.mark_dirty()
        self._offer()

    def _on_discard(self) -> None:
        self._waiting.pop(0)
        self._offer()
        self._write()

    # -- keeping ---------------------------------------------------------------------------

    def _on_typed(self) -> None:
        self._is_typed = True
        if not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        self._write()

    def _outlive(self) -> None:
        """Keep what was typed beyond the closing of the form: somebody else has changed the record meanwhile."""
        self._outlives = True
        self._dialog.strip.say(AGAIN, "wn")

    def _on_finished(self, result: int) -> None:
        """Forget what was typed: it is saved, or the clerk gave it up; not if it could not be saved."""
        self._is_over = True
        self._timer.stop()
        if self._is_typed or result:
            self._is_typed = self._is_typed and self._outlives and not result
            _leaving[self._place] = Event()
            self._write(last=True)

    def _write(self, *, last: bool = False) -> None:
        """Store what is to be kept now: what stands in the form if anything was typed, and what still waits."""
        work = partial(self._store, *self._content(), self._rows, last=last)
        act = "暂存填写的内容" if last else ""
        self._context.tasks.run(self, work, self._stored, self._failed, act=act)

    def _content(self) -> tuple[int, dict[str, Any]]:
        """Return what is to be kept now, and the version of the record that it belongs to."""
        entries = [dict(one) for one in self._waiting]
        if self._is_typed:
            now = datetime.now(UTC).isoformat()
            return self._version, {"draft": pack(self._draft()), "at": now, "waiting": entries}
        if entries:
            first = entries[0]
            return int(first["version"]), {**first, "waiting": entries[1:]}
        return self._version, {}

    def keep_here(self) -> None:
        """Keep what stands in the form on this PC, at once: the program ends and the database does not answer."""
        if self._is_typed and not self._is_over:
            with suppress(OSError):
                kept_aside.put(self._aside, *self._content())

    def _store(self, version: int, content: dict[str, Any], rows: tuple[int, ...], *, last: bool) -> None:
        """Done in a worker; what was begun before the end must not come after it."""
        database, form, record = self._context.database, self._form, self._record
        with self._lock:
            if self._is_over and not last:
                return
            try:
                with database.write("暂存填写的内容", undoable=False) as session:
                    if content:
                        keep(session, form, record, version, content, rows)
                    else:
                        drop(session, form, record, rows)
                kept_aside.forget(self._aside)
            except UserError as error:
                self._keep_aside(version, content, error, last=last)
            finally:
                if last and (leaving := _leaving.pop((id(database), form, record), None)):
                    leaving.set()

    def _keep_aside(self, version: int, content: dict[str, Any], error: UserError, *, last: bool) -> None:
        """Keep on this PC what the database refused; done in a worker."""
        if content:
            try:
                kept_aside.put(self._aside, version, content)
            except OSError:
                raise UserError(f"填写的内容没有暂存：{error} 请尽快保存。") from error
        else:
            kept_aside.forget(self._aside)
        if not last:
            raise UserError(f"{error}\n填写的内容已暂存在本机。") from error

    def _stored(self, _: object) -> None:
        """Nothing to say: what is kept shows when it is needed."""

    def _failed(self, error: Exception) -> None:
        self._dialog.strip.say(str(error), "wn")


def _entries(version: int, content: dict[str, Any], kept_at: str) -> list[dict[str, Any]]:
    """Return what was kept as a list, the newest first: draft, version of the record, and when."""
    newest = {"draft": content.get("draft"), "version": version, "at": content.get("at") or kept_at}
    return [newest, *content.get("waiting", ())]


def _when(entry: dict[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(entry["at"])).astimezone(UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
