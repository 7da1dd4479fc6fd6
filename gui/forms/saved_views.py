"""Saved views of a list: filters, columns and order under a name, kept as a personal preference."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from db.errors import Problem, Severity
from gui.forms.short_form import ShortForm
from gui.widgets.basics import button, column, label, row
from gui.widgets.fields import FieldBox

LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view under its name: ``filters`` and ``columns`` as the page wrote them, and by what it is sorted."""

    name: str
    filters: dict[str, Any]
    columns: str
    sort: str
    descending: bool
    name_order: str = ""

    def shows_like(self, other: "SavedView") -> bool:
        """Say whether both show the same, whatever they are called and however wide the columns are."""
        return (self.filters, self.sort, self.descending, self.name_order, _shape(self.columns)) == (
            other.filters,
            other.sort,
            other.descending,
            other.name_order,
            _shape(other.columns),
        )


class ViewStore:
    """Keeps the saved views of the list ``name`` in the preferences.

    ``sorts`` are the columns that it can be sorted by; ``reserved`` are names that the program uses itself.
    """

    def __init__(
        self, preferences: QSettings, name: str, sorts: Collection[str], reserved: Collection[str]
    ) -> None:
        self._preferences, self._key = preferences, f"{name}/views"
        self._sorts, self.reserved = sorts, reserved

    def load(self) -> list[SavedView]:
        """Return the saved views in their order; what is not understood is passed over."""
        try:
            kept = json.loads(str(self._preferences.value(self._key, "[]")))
        except ValueError:
            return []
        found = []
        for entry in kept if isinstance(kept, list) else []:
            try:
                view = SavedView(**entry)
            except TypeError:
                continue
            if view.sort in self._sorts and isinstance(view.filters, dict):
                found.append(view)
        return found

    def save(self, views: Sequence[SavedView]) -> None:
        """Keep these views instead."""
        entries = [asdict(view) for view in views]
        self._preferences.setValue(self._key, json.dumps(entries, ensure_ascii=False))


class NameForm(ShortForm):
    """Asks under which name the present view is kept."""

    def __init__(self, store: ViewStore, example: str, parent: QWidget) -> None:
        super().__init__(
            "存为视图",
            "保存视图",
            parent,
            intro="保存现在的筛选条件、显示的列和排序，以后从“视图”菜单中一次选用。只保存在本机。",
            width=440,
        )
        self._store, self._example = store, example
        self._taken = [view.name for view in store.load()]
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.add_field(FieldBox("视图名称", self.name, "view_name", required=True), (0, 0), wide=True)
        self.watch_fields()

    def problems(self) -> list[Problem]:
        return name_problems(self.name.text(), self._taken, self._store.reserved, self._example)


def name_problems(
    name: str, taken: Collection[str], reserved: Collection[str], example: str = "年底到期"
) -> list[Problem]:
    """Say what is wrong with a view's name."""
    name = name.strip()
    if not name:
        return [Problem("view_name", f"请填写视图名称，如“{example}”。")]
    if name in reserved:
        return [Problem("view_name", f"“{name}”由程序使用，请另取一个名称。")]
    if name in taken:
        return [Problem("view_name", f"已有视图“{name}”，保存后将替换它。", Severity.WARNING)]
    return []


class ManageViews(QDialog):
    """Renames and deletes saved views; every change is kept at once."""

    changed = Signal()

    def __init__(self, store: ViewStore, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("manage_views")
        self.setWindowTitle("管理视图")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self._store = store
        self._views = store.load()
        self.list = QListWidget()
        self.list.setObjectName("view_list")
        self.list.setAccessibleName("已存的视图")
        self.message = label("按 F2 改名，按 Delete 删除。", "caption", wraps=True)
        self.rename = button("改名", "view_rename")
        self.remove = button("删除视图", "view_remove")
        self.close_button = button("关闭", "view_close", "primary")
        self._build()
        self._connect()

    def _build(self) -> None:
        self._fill()
        self.list.setCurrentRow(0)
        foot = row(self.rename, self.remove, None, self.close_button)
        self.setLayout(column(self.list, self.message, foot, spacing=12, margins=(20, 20, 20, 16)))
        self.resize(400, 340)

    def _connect(self) -> None:
        self.list.itemChanged.connect(self._on_renamed)
        self.rename.clicked.connect(self._on_rename)
        self.remove.clicked.connect(self._on_remove)
        self.close_button.clicked.connect(self.accept)
        QShortcut(QKeySequence("Delete"), self.list).activated.connect(self._on_remove)

    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for view in self._views:
            item = QListWidgetItem(view.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
        self.list.blockSignals(False)
        for made in (self.rename, self.remove):
            made.setEnabled(bool(self._views))

    def _on_rename(self) -> None:
        if item := self.list.currentItem():
            self.list.editItem(item)

    def _on_renamed(self, item: QListWidgetItem) -> None:
        at = self.list.row(item)
        old, name = self._views[at], item.text().strip()
        others = [v.name for v in self._views if v is not old]
        found = [Problem("view_name", f"已有视图“{name}”，请另取一个名称。")] if name in others else []
        found = found or name_problems(name, (), self._store.reserved)
        if found or len(name) > LONGEST_NAME:
            self.message.setText(found[0].text if found else f"视图名称最多 {LONGEST_NAME} 个字。")
            self._fill()
        else:
            self._views[at] = replace(old, name=name)
            self._keep(f"已改名为“{name}”。")
        self.list.setCurrentRow(at)

    def _on_remove(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._views):
            name = self._views.pop(at).name
            self._keep(f"已删除视图“{name}”。记录不受影响。")
            self.list.setCurrentRow(min(at, len(self._views) - 1))

    def _keep(self, text: str) -> None:
        self._store.save(self._views)
        self._fill()
        self.message.setText(text)
        self.changed.emit()


def _shape(columns: str) -> list[tuple[str, bool]]:
    """Return the columns in their order and whether they are hidden, without their widths."""
    try:
        return [(str(c["key"]), bool(c["hidden"])) for c in json.loads(columns)]
    except (ValueError, TypeError, KeyError):
        return []
