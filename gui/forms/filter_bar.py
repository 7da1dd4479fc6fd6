"""The filters of a list: controls by name, what a saved view keeps of them, and one signal."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.widgets.fields import FilterButton, FilterField
from gui.widgets.flow import flow

PAUSE = 80  # milliseconds of rest before what is typed is looked for


class FilterBar(QObject):
    """A text and some controls, which combine with *and*; ``controls`` are named as saved views know them."""

    changed = Signal()

    def __init__(
        self,
        text: FilterField,
        controls: Mapping[str, FilterButton | QCheckBox],
        parent: QObject,
        *,
        width: int = 140,
    ) -> None:
        super().__init__(parent)
        self.text, self.controls = text, dict(controls)
        self.text.setFixedWidth(width)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.changed)
        for made in self.controls.values():
            if isinstance(made, FilterButton):
                made.changed.connect(self.changed)
            else:
                made.clicked.connect(self.tell)

    def bar(self, *more: QWidget, spacing: int = 8) -> QWidget:
        """Return the controls side by side, with ``more`` after them."""
        return flow(self.text, *self.controls.values(), *more, spacing=spacing)

    def typed(self) -> None:
        """Look for what was typed, once the clerk rests."""
        self._timer.start()

    def tell(self, *_: object) -> None:
        """Say that something was chosen."""
        self.changed.emit()

    def state(self) -> dict[str, Any]:
        """Return what is chosen, as a saved view keeps it."""
        chosen = {name: _chosen(made) for name, made in self.controls.items()}
        return {"text": self.text.text().strip(), **chosen}

    def apply(self, state: Mapping[str, Any]) -> None:
        """Choose what a saved view kept, without telling."""
        self._timer.stop()
        self.text.blockSignals(True)
        self.text.setText(str(state.get("text", "")))
        self.text.blockSignals(False)
        for name, made in self.controls.items():
            kept = state.get(name)
            if isinstance(made, FilterButton):
                made.choose(*(kept if isinstance(kept, list | tuple) else (kept,)))
            else:
                made.setChecked(bool(kept))

    def clear(self) -> None:
        """Filter nothing, without telling."""
        self.apply({})

    def are_set(self) -> bool:
        """Say whether anything is filtered."""
        return any(FilterBar.state(self).values())


def _chosen(made: FilterButton | QCheckBox) -> Any:
    if isinstance(made, FilterButton):
        return sorted(made.values(), key=str) if made.is_many else made.value()
    return made.isChecked()
