"""The menu of saved views of the roster, and the order of names."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from gui.forms.saved_views import SavedView

EVERYBODY = "全部顾问"
RESERVED = frozenset({EVERYBODY, "全部", "自定"})
ORDERS = (("pinyin", "姓名按拼音"), ("strokes", "姓名按笔画"))


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
