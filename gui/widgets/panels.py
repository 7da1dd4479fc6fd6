"""Sections and facts of the panels at the right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from gui.widgets.basics import align_top, column, label, row, stretch


def section(title: str, fact: str, parts: Sequence[QWidget | QLayout]) -> QVBoxLayout:
    """Return a section of the panel: its heading, one quiet fact at the right, and what it shows."""
    head = [row(label(title, "heading"), None, label(fact, "caption"))] if title else []
    return column(*head, *parts, spacing=8, margins=(20, 14, 20, 14))


def facts_of(facts: Sequence[tuple[str, str]]) -> list[QWidget]:
    """Return lines of a name and a value that can be copied."""
    lines = []
    for name, value in facts:
        made = QWidget()
        caption = label(name, "second")
        caption.setFixedWidth(78)
        made.setLayout(row(caption, label(value, wraps=True, selectable=True), spacing=4))
        stretch(made, 1, 1)
        align_top(made, caption)
        lines.append(made)
    return lines
