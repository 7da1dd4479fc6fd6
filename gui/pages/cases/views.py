"""The clerk's own views of the case list, beside the ones that every office has."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from db.cases.queries.cases import SORTS, View
from gui.forms.saved_views import ManageViews, NameForm, SavedView, ViewStore
from gui.widgets.basics import button

if TYPE_CHECKING:
    from gui.pages.cases.page import CasesPage

RESERVED = frozenset(view.value for view in View)


class CaseViews(QObject):
    """Holds the button 存为视图 with its menu: keep the present view, put one on, manage them."""

    def __init__(self, page: "CasesPage") -> None:
        super().__init__(page)
        self._page = page
        self.store = ViewStore(page.context.preferences, "cases", SORTS, RESERVED)
        self.button = button("存为视图", "cases_saved_views", "ghost", "bookmark", "存为视图，选用已存的视图")
        self.button.setProperty("small", True)
        self.menu = QMenu(self.button)
        self.menu.setObjectName("cases_views_menu")
        self.menu.aboutToShow.connect(self._fill)
        self.menu.triggered.connect(self._on_triggered)
        self.button.setProperty("hasMenu", "bare")
        self.button.setMenu(self.menu)

    def present(self, name: str = "") -> SavedView:
        """Return what the page shows now as a view."""
        page = self._page
        return SavedView(name, page.filters.state(), page.table.column_state(), page.sort, page.descending)

    def show_current(self) -> None:
        """Say on the button which of the clerk's views is in force, if any."""
        now = self.present()
        current = next((view.name for view in self.store.load() if view.shows_like(now)), "")
        self.button.setText(f" 视图 {current}" if current else " 存为视图")

    def put_on(self, view: SavedView) -> None:
        """Show the list in a saved view."""
        page = self._page
        page.filters.apply(view.filters)
        page.table.reset_columns()
        page.table.restore_columns(view.columns)
        page.sort, page.descending = view.sort, view.descending
        page.table.show_sort(page.sort, descending=page.descending)
        page.refresh()

    def ask_name(self) -> None:
        """Ask under which name to keep the present view."""
        form = NameForm(self.store, "本月开庭", self._page.window())
        form.submitted.connect(self._on_named)
        form.open()

    def manage(self) -> None:
        """Open the list of views for renaming and deleting."""
        dialog = ManageViews(self.store, self._page.window())
        dialog.changed.connect(self.show_current)
        dialog.open()

    def _fill(self) -> None:
        self.menu.clear()
        views, now = self.store.load(), self.present()
        for view in views:
            action = self.menu.addAction(view.name)
            action.setCheckable(True)
            action.setChecked(view.shows_like(now))
            action.setData(view)
        if views:
            self.menu.addSeparator()
        self.menu.addAction("存为视图…").setData("save")
        manage = self.menu.addAction("管理视图…")
        manage.setData("manage")
        manage.setEnabled(bool(views))

    def _on_triggered(self, action: QAction) -> None:
        data = action.data()
        if isinstance(data, SavedView):
            self.put_on(data)
        elif data == "save":
            self.ask_name()
        else:
            self.manage()

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
