"""Doing what the clerk asked: the act runs off the UI thread, as one transaction with its name."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from gui.context import Context

T = TypeVar("T")


def perform(
    context: Context,
    owner: QObject,
    label: str,
    act: Callable[[Any], T],
    then: Callable[[T], object],
    failed: Callable[[Exception], object],
) -> None:
    """Carry out ``act`` as one act of the clerk called ``label``; answer on the UI thread."""

    def work() -> T:
        with context.database.write(label) as session:
            return act(session)

    context.tasks.run(owner, work, then, failed, act=label)
