"""Showing in a text which of its words something was taken from."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from gui.look.theme import colour

Span = tuple[int, int]  # first sign, and the one after the last


def mark_places(text: QPlainTextEdit, spans: Sequence[Span], current: Sequence[Span] = ()) -> None:
    """Mark these places in a text; the ones in hand stand out."""
    marks = [_marked(text, span, is_current=False) for span in spans]
    text.setExtraSelections([*marks, *(_marked(text, span, is_current=True) for span in current)])


def bring_to_place(text: QPlainTextEdit, place: int) -> None:
    """Scroll to a place in a text."""
    cursor = QTextCursor(text.document())
    cursor.setPosition(_units(text.toPlainText()[:place]))
    text.setTextCursor(cursor)
    text.ensureCursorVisible()


def _marked(text: QPlainTextEdit, span: Span, *, is_current: bool) -> QTextEdit.ExtraSelection:
    plain = text.toPlainText()
    made: Any = QTextEdit.ExtraSelection()  # whose fields the stubs of some PySide releases do not know
    cursor = QTextCursor(text.document())
    cursor.setPosition(_units(plain[: span[0]]))
    cursor.setPosition(_units(plain[: span[1]]), QTextCursor.MoveMode.KeepAnchor)
    looks = QTextCharFormat()
    looks.setBackground(colour("wn_bg" if is_current else "ac_tint"))
    looks.setForeground(colour("wn" if is_current else "ac_tx"))
    looks.setFontUnderline(is_current)
    made.cursor, made.format = cursor, looks
    found: QTextEdit.ExtraSelection = made
    return found


def _units(text: str) -> int:
    """Return how many places a text takes in Qt, which counts UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
