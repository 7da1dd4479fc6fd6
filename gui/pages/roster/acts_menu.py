"""The menu of what can be done to the chosen lawyers: behind the button 办理, and under the pointer in the list."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

ENTRIES: tuple[tuple[str, str, str], ...] = (
    ("edit", "编辑", "Enter"),
    ("", "", ""),
    ("renew", "续聘…", "Ctrl+R"),
    ("suspend", "暂停承办…", ""),
    ("reinstate", "恢复承办…", ""),
    ("dismiss", "解聘出库…", "Del"),
    ("", "", ""),
    ("bulk_edit", "批量修改…", "Ctrl+B"),
    ("certificates", "颁发聘书…", ""),
    ("", "", ""),
    ("copy", "复制所选行", "Ctrl+C"),
    ("paste", "从 Excel 粘贴名册…", "Ctrl+V"),
    ("", "", ""),
    ("remove", "移入回收站…", ""),
)
ALWAYS = {"copy"}  # also of a past day
WITHOUT_SELECTION = {"paste"}
FOR_PAUSED = {"reinstate"}


class ActsMenu(QMenu):
    """Tells by name what was asked for; the key that does the same stands at the right."""

    asked = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.entries: dict[str, QAction] = {}
        for key, text, shortcut in ENTRIES:
            if not key:
                self.addSeparator()
                continue
            action = self.addAction(f"{text}\t{shortcut}" if shortcut else text)
            action.setData(key)
            self.entries[key] = action
        self.triggered.connect(self._on_triggered)

    def show_state(self, count: int, paused: int, *, read_only: bool) -> None:
        """Offer what fits ``count`` chosen lawyers, ``paused`` of them pausing."""
        for key, action in self.entries.items():
            fits = key in WITHOUT_SELECTION or (paused if key in FOR_PAUSED else count) > 0
            action.setEnabled(bool(fits) and (key in ALWAYS or not read_only))
        self.entries["edit"].setEnabled(count == 1 and not read_only)

    def _on_triggered(self, action: QAction) -> None:
        self.asked.emit(str(action.data()))
