"""Says over every page that the database is damaged and only read, and offers the last good copy."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from gui.widgets.basics import button, label, row

WHAT_NOW = "只显示还读得出来的内容，不能修改；原文件没有被改动。从备份恢复后，请重新打开本程序。"


class DamageStrip(QFrame):
    """The strip; ``restore`` opens the list of copies."""

    def __init__(self, damage: str, restore: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("damage_strip")
        self.setProperty("strip", "dg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        said = label(f"{damage}{WHAT_NOW}", wraps=True, selectable=True)
        self.restore = button("从备份恢复…", "damage_restore")
        self.restore.clicked.connect(restore)
        parts = row(said, self.restore, spacing=12, margins=(12, 8, 12, 8))
        parts.setStretch(0, 1)
        self.setLayout(parts)
