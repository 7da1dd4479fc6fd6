"""Brings saved views and the page together: puts one on, keeps the present one, says which is in force."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.roster.queries.roster import SORTS
from gui.forms.saved_views import ManageViews, NameForm, SavedView, ViewStore
from gui.pages.roster.views import ORDERS, RESERVED, ViewButton

if TYPE_CHECKING:
    from gui.pages.roster.page import RosterPage

ORDER_KEY = "roster/name_order"


class ViewDesk(QObject):
    """Holds the button 视图 and the order of names (pinyin or strokes)."""

    def __init__(self, page: "RosterPage") -> None:
        super().__init__(page)
        self._page = page
        self.store = ViewStore(page.context.preferences, "roster", SORTS, RESERVED)
        self.button = ViewButton()
        kept = str(page.context.preferences.value(ORDER_KEY, "pinyin"))
        self.name_order = kept if kept in dict(ORDERS) else "pinyin"
        self.button.chosen.connect(self.put_on)
        self.button.save_asked.connect(self.ask_name)
        self.button.manage_asked.connect(self.manage)
        self.button.order_chosen.connect(self.order_names)

    def restore(self) -> None:
        """Show the views that were kept; called once the page is built."""
        self.show_current()

    def remember(self) -> None:
        """Keep the order of names for the next start."""
        self._page.context.preferences.setValue(ORDER_KEY, self.name_order)

    def present(self, name: str = "") -> SavedView:
        """Return what the page shows now as a view."""
        page = self._page
        return SavedView(
            name, page.filters.state(), page.table.column_state(), page.sort, page.descending, self.name_order
        )

    def show_current(self) -> None:
        """Say on the button which view is in force, if any."""
        views, now = self.store.load(), self.present()
        current = next((view.name for view in views if view.shows_like(now)), None)
        self.button.show_views(views, current, self.name_order, plain=not self._page.filters.are_set())

    def put_on(self, view: SavedView | None) -> None:
        """Show the roster in a saved view; ``None`` shows everybody in the usual columns, by name."""
        page = self._page
        page.filters.apply(view.filters if view else {})
        page.table.reset_columns()
        if view:
            page.table.restore_columns(view.columns)
            self.name_order = view.name_order
        page.sort, page.descending = (view.sort, view.descending) if view else ("name", False)
        page.table.show_sort(page.sort, descending=page.descending)
        page.refresh()

    def order_names(self, order: str) -> None:
        """Sort by name, in this order of names."""
        page = self._page
        self.name_order = order
        page.sort, page.descending = "name", False
        page.table.show_sort("name", descending=False)
        page.refresh()

    def ask_name(self) -> None:
        """Ask under which name to keep the present view."""
        form = NameForm(self.store, "年底到期", self._page.window())
        form.submitted.connect(self._on_named)
        form.open()

    def manage(self) -> None:
        """Open the list of views for renaming and deleting."""
        dialog = ManageViews(self.store, self._page.window())
        dialog.changed.connect(self.show_current)
        dialog.open()

    def _on_named(self, _another: bool) -> None:
        form = self.sender()
        if isinstance(form, NameForm):
            name = form.name.text().strip()
            form.accept()
            kept = {view.name: view for view in self.store.load()}
            kept[name] = self.present(name)  # one of the same name is replaced in its place
            self.store.save(list(kept.values()))
            self.show_current()
            self._page.context.desk.say(f"已存为视图“{name}”，在“视图”菜单中选用")
