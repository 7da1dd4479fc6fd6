"""What can go wrong that is not a bug; anything else is one, and is reported as such.

Every text here is shown to the clerk: it says what happened, why, and what to do next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs; the values are the words on the screen."""

    ERROR = "错误"  # cannot go on
    WARNING = "提示"  # may go on, and is recorded
    NOTE = "说明"  # was done for the clerk


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to say about one field of a draft; ``field`` is the draft's attribute name."""

    field: str
    text: str
    severity: Severity = Severity.ERROR


class UserError(Exception):
    """Something the clerk can understand and act on; shown as it stands, never logged as a crash."""


class Invalid(UserError):
    """A draft was refused; ``problems`` says why, field by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("；".join(p.text for p in problems))
        self.problems = tuple(problems)


class Misplaced(UserError):
    """The open database file is no longer at its path: nothing can be saved there, but all of it can be read."""


class Missing(UserError):
    """There is no database at the path, or an empty file: only the window, having asked, and ``demo`` make one."""

    def __init__(self, text: str, *, is_empty: bool = False) -> None:
        super().__init__(text)
        self.is_empty = is_empty


class Damage(UserError):
    """The database file is damaged: it can be read as far as it goes, and is never written."""


class Conflict(UserError):
    """The record was changed or removed by somebody else since it was read; the text says who and when.

    ``problems`` say it value by value, where only some of them were changed on both sides.
    """

    def __init__(self, text: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(text)
        self.problems = tuple(problems)


def errors_only(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems that forbid saving."""
    return [p for p in problems if p.severity is Severity.ERROR]
