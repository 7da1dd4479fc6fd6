"""Says over every page that the database is damaged and only read, and offers the last good copy."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from gui.context import Context
from gui.widgets.basics import button, label, row

WHAT_NOW = "只显示还读得出来的内容，不能修改；原文件没有被改动。从备份恢复后可以接着工作。"


class DamageStrip(QFrame):
    """The strip; ``restore`` opens the list of copies."""

    def __init__(
        self, context: Context, restore: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("damage_strip")
        self.setProperty("strip", "dg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        said = label(f"{context.database.damage}{WHAT_NOW}", wraps=True, selectable=True)
        self.restore = button("从备份恢复…", "damage_restore")
        self.restore.clicked.connect(restore)
        parts = row(said, self.restore, spacing=12, margins=(12, 8, 12, 8))
        parts.setStretch(0, 1)
        self.setLayout(parts)
        context.bus.changed.connect(self._look_again)

    def _look_again(self, _: object) -> None:
        self.setVisible(bool(self._context.database.damage))
