"""The menu of a list's saved views: put one on, keep the present one, manage them."""

from collections.abc import Collection
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.context import Context
from gui.forms.saved_views import ManageViews, NameForm, SavedView, ViewStore
from gui.widgets.basics import button


class Filters(Protocol):
    """What a view keeps of the filters of a list."""

    def state(self) -> dict[str, Any]: ...
    def apply(self, state: dict[str, Any]) -> None: ...
    def are_set(self) -> bool: ...


class Viewed(Protocol):
    """A list that can be shown in a view."""

    context: Context
    table: Any
    sort: str
    descending: bool

    @property
    def filters(self) -> Filters: ...
    def refresh(self) -> None: ...
    def window(self) -> QWidget: ...


class ViewMenu(QObject):
    """Holds the button with the menu. ``name`` is the list's, ``sorts`` are the columns that it can be sorted by.

    A subclass may call the list without filters by a name (``whole``), and add entries of its own.
    """

    whole = ""
    tip = "存为视图，选用已存的视图"

    def __init__(
        self,
        page: Viewed,
        name: str,
        sorts: Collection[str],
        *,
        reserved: Collection[str] = (),
        example: str = "本月到期",
        first_sort: tuple[str, bool] = ("", False),
    ) -> None:
        super().__init__(page if isinstance(page, QObject) else None)
        self._page, self._example, self._first_sort = page, example, first_sort
        self.store = ViewStore(page.context.preferences, name, sorts, reserved)
        self.button = button("存为视图", f"{name}_saved_views", "ghost", "bookmark", self.tip)
        self.button.setProperty("small", True)
        self.menu = QMenu(self.button)
        self.menu.setObjectName(f"{name}_views_menu")
        self.menu.aboutToShow.connect(self.fill)
        self.menu.triggered.connect(self._on_triggered)
        self.button.setProperty("hasMenu", "bare")
        self.button.setMenu(self.menu)

    # -- what a subclass may change ------------------------------------------------------

    def words(self, current: str) -> str:
        """Return what the button reads while the view of this name is in force, if any."""
        return f"视图 {current}" if current else "存为视图"

    def order(self) -> str:
        """Return in which of several ways names are ordered, where a list has such."""
        return ""

    def set_order(self, order: str) -> None:
        """Order names as a view does."""

    def add_entries(self) -> None:
        """Add entries of the list's own to the menu."""

    def run_entry(self, data: str) -> None:
        """Do what an entry of the list's own stands for."""

    # -- views -----------------------------------------------------------------------------

    def present(self, name: str = "") -> SavedView:
        """Return what the page shows now as a view."""
        page = self._page
        columns = page.table.column_state()
        return SavedView(name, page.filters.state(), columns, page.sort, page.descending, self.order())

    def current(self) -> str:
        """Return the name of the view in force, if any."""
        now = self.present()
        return next((view.name for view in self.store.load() if view.shows_like(now)), "")

    def show_current(self) -> None:
        """Say on the button which view is in force, if any."""
        words = self.words(self.current())
        self.button.setText(f" {words}")
        self.button.setAccessibleName(words)

    def put_on(self, view: SavedView | None) -> None:
        """Show the list in a saved view; ``None`` shows everything in the usual columns and order."""
        page = self._page
        page.filters.apply(view.filters if view else {})
        page.table.reset_columns()
        if view:
            page.table.restore_columns(view.columns)
            self.set_order(view.name_order)
        page.sort, page.descending = (view.sort, view.descending) if view else self._first_sort
        page.table.show_sort(page.sort, descending=page.descending)
        page.refresh()

    def ask_name(self) -> None:
        """Ask under which name to keep the present view."""
        form = NameForm(self.store, self._example, self._page.window())
        form.submitted.connect(self._on_named)
        form.open()

    def manage(self) -> None:
        """Open the list of views for renaming and deleting."""
        dialog = ManageViews(self.store, self._page.window())
        dialog.changed.connect(self.show_current)
        dialog.open()

    def fill(self) -> None:
        """Fill the menu with the views that there are now."""
        self.menu.clear()
        views, current = self.store.load(), self.current()
        if self.whole:
            self.offer(self.whole, "whole", checked=not current and not self._page.filters.are_set())
        for view in views:
            self.offer(view.name, view, checked=view.name == current)
        if self.menu.actions():
            self.menu.addSeparator()
        self.menu.addAction("存为视图…").setData("save")
        manage = self.menu.addAction("管理视图…")
        manage.setData("manage")
        manage.setEnabled(bool(views))
        self.add_entries()

    def offer(self, text: str, data: object, *, checked: bool) -> None:
        """Add an entry that shows whether it is in force."""
        action = self.menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(checked)
        action.setData(data)

    def _on_triggered(self, action: QAction) -> None:
        data = action.data()
        if isinstance(data, SavedView):
            self.put_on(data)
        elif data == "whole":
            self.put_on(None)
        elif data == "save":
            self.ask_name()
        elif data == "manage":
            self.manage()
        else:
            self.run_entry(str(data))

    def _on_named(self, _another: bool) -> None:
        form = self.sender()
        if isinstance(form, NameForm):
            name = form.name.text().strip()
            form.accept()
            kept = {view.name: view for view in self.store.load()}
            kept[name] = self.present(name)  # one of the same name is replaced in its place
            self.store.save(list(kept.values()))
            self.show_current()
            self._page.context.desk.say(f"已存为视图“{name}”，从“视图”菜单中选用")
