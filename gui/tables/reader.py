"""Reading for a page in a worker, so that no list keeps the window waiting."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from gui.context import Context

T = TypeVar("T")


class Reader:
    """Reads one thing for its page; a later reading overtakes an earlier one, which then goes unheard."""

    def __init__(self, context: Context, page: QWidget) -> None:
        self._context, self._page = context, page
        self._asked = 0
        self.is_busy = False

    def ask(self, read: Callable[[Any], T], then: Callable[[T], object]) -> None:
        """Read with a session in a worker; go on here with what was found."""
        self.is_busy = True
        self._asked += 1
        database = self._context.database

        def work() -> T:
            with database.read() as session:
                return read(session)

        heard = partial(self._hear, self._asked, then)
        self._context.tasks.run(self._page, work, heard, self._failed)

    def drop(self) -> None:
        """Let what is being read go unheard."""
        self._asked += 1
        self.is_busy = False

    def _hear(self, asked: int, then: Callable[[T], object], found: T) -> None:
        if asked == self._asked:
            self.is_busy = False
            then(found)

    def _failed(self, error: Exception) -> None:
        self.is_busy = False
        self._context.errors.show(error, self._page)
