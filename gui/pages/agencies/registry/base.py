"""What all acts of the registry share: read in a worker, open a form, carry out what it says, answer."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.agencies.queries.agencies import agency_choices
from db.catalogue.search import keys_of
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.draft_dialog import DraftDialog
from gui.widgets.entries import Item

T = TypeVar("T")


class RegistryActs(QObject):
    """Opens forms over the window of ``page``; ``saved`` is told the table and key of what was entered or changed."""

    saved = Signal(str, int)

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
        self, dialog: DraftDialog, label: str, act: Callable[[Any], Any], then: Callable[[Any], object]
    ) -> None:
        """Do as one act what a form says, then close it; a refusal is shown in the form."""
        done, refused = partial(self._done, dialog, label, then), partial(self._refused, dialog)
        perform(self.context, dialog, label, act, done, refused)

    def ask_remove(self, what: str, label: str, act: Callable[[Any], Any]) -> None:
        """Move something to the recycle bin, after asking."""
        text = f"把{what}移入回收站？可以随时从回收站恢复。"
        confirm(self._page, "移入回收站", text, "移入回收站", partial(self._remove, label, act))

    def tell(self, table: str, key: int) -> None:
        """Say which record was entered or changed."""
        self.saved.emit(table, key)

    def _remove(self, label: str, act: Callable[[Any], Any]) -> None:
        perform(self.context, self, label, act, partial(self._told, label), self.context.errors.show)

    def _done(self, dialog: DraftDialog, label: str, then: Callable[[Any], object], found: Any) -> None:
        dialog.accept()
        self._told(label, None)
        then(found)

    def _refused(self, dialog: DraftDialog, error: Exception) -> None:
        if not dialog.show_refusal(error):
            self.context.errors.show(error, dialog)

    def _told(self, label: str, _: object) -> None:
        self.context.desk.say(f"已完成：{label}，可用 Ctrl+Z 撤销")


def agency_items(session: Any) -> tuple[Item, ...]:
    """Return the agencies to choose from, by short name, found by pinyin too."""
    keys = keys_of(session, "agency")
    return tuple((short, key, keys.get(key, ())) for key, _, short in agency_choices(session))
