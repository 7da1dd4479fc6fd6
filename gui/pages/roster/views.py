"""Saved views of the roster: filters, columns and order under a name, kept as a personal preference."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QMenu, QPushButton, QWidget

from db.errors import Problem, Severity
from db.queries.roster import SORTS
from gui.forms.short_form import ShortForm
from gui.widgets.basics import button, column, label, row
from gui.widgets.fields import FieldBox

EVERYBODY = "全部顾问"
LONGEST_NAME = 20
ORDERS = (("pinyin", "姓名按拼音"), ("strokes", "姓名按笔画"))


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view under its name: ``filters`` and ``columns`` as the page wrote them, and by what it is sorted."""

    name: str
    filters: dict[str, Any]
    columns: str
    sort: str
    descending: bool
    name_order: str

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
    """Keeps the saved views in the preferences."""

    KEY = "roster/views"

    def __init__(self, preferences: QSettings) -> None:
        self._preferences = preferences

    def load(self) -> list[SavedView]:
        """Return the saved views in their order; what is not understood is passed over."""
        try:
            kept = json.loads(str(self._preferences.value(self.KEY, "[]")))
        except ValueError:
            return []
        found = []
        for entry in kept if isinstance(kept, list) else []:
            try:
                view = SavedView(**entry)
            except TypeError:
                continue
            if view.sort in SORTS and isinstance(view.filters, dict):
                found.append(view)
        return found

    def save(self, views: Sequence[SavedView]) -> None:
        """Keep these views instead."""
        entries = [
            {
                "name": v.name,
                "filters": v.filters,
                "columns": v.columns,
                "sort": v.sort,
                "descending": v.descending,
                "name_order": v.name_order,
            }
            for v in views
        ]
        self._preferences.setValue(self.KEY, json.dumps(entries, ensure_ascii=False))


class ViewButton(QPushButton):
    """The menu of views: choose one, keep the present one, put the names in another order."""

    chosen = Signal(object)  # a SavedView, or None for everybody
    save_asked = Signal()
    manage_asked = Signal()
    order_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("roster_views")
        self.setProperty("small", True)
        self.setProperty("hasMenu", True)
        self.setAutoDefault(False)
        self.setToolTip("已存的视图，以及姓名的排序方法")
        menu = QMenu(self)
        menu.setObjectName("roster_views_menu")
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)
        self.show_views([], None, "pinyin", plain=True)

    def show_views(
        self, views: Sequence[SavedView], current: str | None, name_order: str, *, plain: bool
    ) -> None:
        """Offer these views; ``current`` is the name of the one in force, ``plain`` if nothing is filtered."""
        text = f"视图 {current or ('全部' if plain else '自定')}"
        self.setText(f"  {text}")
        self.setAccessibleName(text)
        menu = self.menu()
        menu.clear()
        self._offer(EVERYBODY, "everybody", checked=plain and current is None)
        for view in views:
            self._offer(view.name, view, checked=view.name == current)
        menu.addSeparator()
        menu.addAction("存为视图…").setData("save")
        manage = menu.addAction("管理视图…")
        manage.setData("manage")
        manage.setEnabled(bool(views))
        menu.addSeparator()
        for key, words in ORDERS:
            self._offer(words, f"order:{key}", checked=name_order == key)

    def _offer(self, text: str, data: object, *, checked: bool) -> None:
        action = self.menu().addAction(text)
        action.setCheckable(True)
        action.setChecked(checked)
        action.setData(data)

    def _on_triggered(self, action: QAction) -> None:
        data = action.data()
        if isinstance(data, SavedView):
            self.chosen.emit(data)
        elif data == "everybody":
            self.chosen.emit(None)
        elif data == "save":
            self.save_asked.emit()
        elif data == "manage":
            self.manage_asked.emit()
        else:
            self.order_chosen.emit(str(data).removeprefix("order:"))


class NameForm(ShortForm):
    """Asks under which name the present view is kept."""

    def __init__(self, taken: Sequence[str], parent: QWidget) -> None:
        super().__init__(
            "存为视图",
            "保存视图",
            parent,
            intro="保存现在的筛选条件、显示的列和排序，以后从“视图”菜单中一次选用。只保存在本机。",
            width=440,
        )
        self._taken = taken
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.add_field(FieldBox("视图名称", self.name, "view_name", required=True), (0, 0), wide=True)
        self.watch_fields()

    def problems(self) -> list[Problem]:
        return name_problems(self.name.text(), self._taken)


def name_problems(name: str, taken: Sequence[str]) -> list[Problem]:
    """Say what is wrong with a view's name."""
    name = name.strip()
    if not name:
        return [Problem("view_name", "请填写视图名称，如“年底到期”。")]
    if name in {EVERYBODY, "全部", "自定"}:
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
        found = found or name_problems(name, ())
        if found or len(name) > LONGEST_NAME:
            self.message.setText(found[0].text if found else f"视图名称最多 {LONGEST_NAME} 个字。")
            self._fill()
        else:
            self._views[at] = SavedView(
                name, old.filters, old.columns, old.sort, old.descending, old.name_order
            )
            self._keep(f"已改名为“{name}”。")
        self.list.setCurrentRow(at)

    def _on_remove(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._views):
            name = self._views.pop(at).name
            self._keep(f"已删除视图“{name}”。顾问的数据不受影响。")
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
