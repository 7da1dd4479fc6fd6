"""Doing what the clerk asked: the act runs off the UI thread, as one transaction with its name."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from gui.context import Context
from gui.forms.draft_dialog import DraftDialog

T = TypeVar("T")


def perform(
    context: Context,
    owner: QObject,
    label: str,
    act: Callable[[Any], T],
    then: Callable[[T], object],
    failed: Callable[[Exception], object],
) -> None:
    """Carry out ``act`` as one act of the clerk called ``label``; answer on the UI thread.

    What a form that asks for it has told of somebody else's change may be written over.
    """
    seen = owner.seen if isinstance(owner, DraftDialog) else frozenset()

    def work() -> T:
        with context.database.write(label, seen=seen) as session:
            return act(session)

    context.tasks.run(owner, work, then, failed, act=label)
