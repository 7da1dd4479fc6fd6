"""What all acts of a page share: read in a worker, open a form, carry out what it says, answer."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.draft_dialog import DraftDialog

T = TypeVar("T")


def nothing(_: object) -> None:
    """Go on with nothing."""


class Carrying(QObject):
    """Opens forms over the window of ``page`` and carries out what they say, each as one act of the clerk."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self.context, self._page = context, page

    @property
    def window(self) -> QWidget:
        """The window over which forms open."""
        return self._page.window()

    def read(self, reading: Callable[[Any], T], then: Callable[[T], object]) -> None:
        """Read with a session in a worker; go on here."""
        context = self.context

        def work() -> T:
            with context.database.read() as session:
                return reading(session)

        context.tasks.run(self, work, then, context.errors.show)

    def carry_out(
        self,
        dialog: DraftDialog,
        label: str,
        act: Callable[[Any], T],
        then: Callable[[T], object] = nothing,
    ) -> None:
        """Do as one act what a form says, then close it; a refusal is shown in the form."""
        done, refused = partial(self._done, dialog, label, then), partial(self._refused, dialog)
        perform(self.context, dialog, label, act, done, refused)

    def ask_remove(self, what: str, label: str, act: Callable[[Any], Any]) -> None:
        """Move something to the recycle bin, after asking."""
        text = f"把{what}移入回收站？可以随时从回收站恢复。"
        confirm(self._page, "移入回收站", text, "移入回收站", partial(self._remove, label, act))

    def _remove(self, label: str, act: Callable[[Any], Any]) -> None:
        perform(self.context, self, label, act, partial(self._told, label), self.context.errors.show)

    def _done(self, dialog: DraftDialog, label: str, then: Callable[[T], object], found: T) -> None:
        dialog.accept()
        self._told(label, None)
        then(found)

    def _refused(self, dialog: DraftDialog, error: Exception) -> None:
        if not dialog.show_refusal(error):
            self.context.errors.show(error, dialog)

    def _told(self, label: str, _: object) -> None:
        self.context.desk.say(f"已完成：{label}，可用 Ctrl+Z 撤销")
