"""A whole number within bounds, with its unit."""

from PySide6.QtWidgets import QSpinBox

MARGIN = 7  # pixels before the digits; the style sheet does not reach the line edit inside


def number_box(value: int, lowest: int, highest: int, unit: str = "") -> QSpinBox:
    """Return a box that holds ``value`` and goes from ``lowest`` to ``highest``."""
    made = QSpinBox()
    made.setRange(lowest, highest)
    made.setValue(value)
    made.setSuffix(unit)
    made.lineEdit().setTextMargins(MARGIN, 0, 0, 0)
    return made
