"""What the list pages share: head, filters, table, foot, and a panel that follows the selection."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QWidget

from gui.context import Context
from gui.tables.cells import Column
from gui.tables.keyed_model import KeyedModel
from gui.tables.reader import Reader
from gui.tables.view import KeyedTable
from gui.widgets.basics import column, key_hints, label, line, pane, row, set_property, stretch
from gui.widgets.fields import FilterField
from gui.widgets.scrolling import TallArea

PANEL = 356
OVERLAY_BELOW = 1200  # a window narrower than this shows the panel over the list, by Space


class ListPage(QWidget):
    """A list with a panel. A subclass says which tables it shows, how keys and rows are read, and what the panel shows."""

    filled = Signal()  # the rows are there

    tables: tuple[str, ...] = ()
    name = ""
    title = ""
    hints: Sequence[tuple[str, str]] = ()
    narrowest_panel = 344  # pixels in which its facts stand without being cut off

    def __init__(self, context: Context, columns: Sequence[Column[Any]], sort: str, filter_hint: str) -> None:
        super().__init__()
        self.setObjectName(f"{self.name}_page")
        self.context = context
        self.sort, self.descending = sort, False
        self._is_stale = True
        self.heading = label(self.title, "page")
        self.summary = label("", "caption")
        self.find_field = FilterField(filter_hint, f"{self.name}_filter")
        self.shown_count = label("", "caption")
        self.sums = label("", "caption")
        self.model: KeyedModel[Any] = KeyedModel(columns, self.fetch, self)
        self.table = KeyedTable(self.model, f"{self.name}_table")
        self.table.setAccessibleName(self.title)
        self.panel: QScrollArea = TallArea(least=self.narrowest_panel)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._is_floating = False
        self._docked_width = PANEL
        self.detail_key: int | None = None
        self.reader, self.detail_reader = Reader(context, self), Reader(context, self)
        self._waiting: list[Callable[[], object]] = []

    # -- what a subclass gives -------------------------------------------------------------

    def question(self) -> Callable[[Any], Any] | None:
        """Return what a worker reads with a session for ``show_found``; ``None``: ``read_keys`` reads here."""
        return None

    def show_found(self, found: Any) -> list[int]:
        """Take what ``question`` found; return the keys to show, filtered and in order."""
        raise NotImplementedError

    def read_keys(self) -> list[int]:
        """Return the keys to show, filtered and in order."""
        raise NotImplementedError

    def fetch(self, keys: Sequence[int]) -> dict[int, Any]:
        """Return a row for each key."""
        raise NotImplementedError

    def show_summary(self) -> None:
        """Show the figures in the head and the foot."""

    def show_detail(self, key: int | None) -> None:
        """Show a record in the panel."""
        raise NotImplementedError

    def open_key(self, key: int) -> None:
        """Open a record for editing."""
        raise NotImplementedError

    def clear_filters(self) -> None:
        """Show everything again."""
        raise NotImplementedError

    # -- what the window asks --------------------------------------------------------------

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """The parts that F6 moves between; what is not shown takes no focus."""
        return tuple(part for part in (self.table, self.panel) if part.isVisible())

    def shown(self) -> None:
        """Look again if something changed while the page was hidden."""
        if self._is_stale:
            self.refresh()
        self.table.setFocus()

    def on_changed(self, changes: Any, *, visible: bool) -> None:
        """Look again, now or when next shown, if the change is about something shown here."""
        if changes.touch(*self.tables):
            self._is_stale = True
            if visible:
                self.refresh()

    def refresh(self) -> None:
        """Read keys, figures and the panel again; the selection stays."""
        self._is_stale = False
        if (question := self.question()) is None:
            self._show_keys(self.read_keys())
        else:
            self.reader.ask(question, self._on_found)

    @property
    def is_ready(self) -> bool:
        """Whether the list shows what was last asked for."""
        return not (self.reader.is_busy or self._is_stale or self._waiting)

    def once_shown(self, act: Callable[[], object]) -> None:
        """Do something with the list once it has been read."""
        if self.reader.is_busy or self._is_stale:
            self._waiting.append(act)
        else:
            act()

    def arrange(self) -> None:
        """Choose and order the rows anew, since filters or order changed; a page that keeps them reads nothing."""
        self.refresh()

    def select(self, key: int) -> None:
        """Show this record, taking filters away if they hide it."""
        self.once_shown(partial(self._select, key))

    def start_filter(self) -> None:
        """Put the cursor into the filter."""
        self.find_field.setFocus()
        self.find_field.selectAll()

    def remember(self) -> None:
        """Keep columns and splitter for the next start."""
        self.context.preferences.setValue(f"{self.name}/columns", self.table.column_state())
        if not self._is_floating:
            self.context.preferences.setValue(f"{self.name}/splitter", self.splitter.saveState())

    # -- building --------------------------------------------------------------------------

    def build(
        self,
        tools: Sequence[QWidget],
        filters: Sequence[QWidget | None],
        body: QWidget | None = None,
        *,
        views: QWidget | None = None,
        note: QWidget | None = None,
    ) -> None:
        """Lay out the page from its parts; ``body`` stands in the table's place, ``views`` beside the title.

        ``note`` stands in the foot where the key hints would be.
        """
        beside = [self.summary] if views is None else [views, self.summary]
        gap = 6 if views is None else 14
        head = row(self.heading, gap, *beside, None, *tools, spacing=6, margins=(24, 12, 24, 12))
        bar = row(*filters, self.shown_count, spacing=8, margins=(24, 0, 24, 12))
        foot = row(note or key_hints(*self.hints), None, self.sums, spacing=8, margins=(24, 0, 24, 0))
        foot_area = pane("surface")
        foot_area.setLayout(foot)
        foot_area.setFixedHeight(36)
        left = pane("surface", f"{self.name}_left")
        left.setLayout(column(head, bar, line(), body or self.table, line(), foot_area, spacing=0))
        stretch(left, 3, 1)
        self.panel.setObjectName(f"{self.name}_panel")
        self.panel.setWidgetResizable(True)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.panel)
        self.splitter.setHandleWidth(1)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([1000, PANEL])
        self.setLayout(column(self.splitter))
        self._restore()
        self._connect_list()

    def show_panel(self) -> None:
        """Show the panel beside the list where the window has room for it, else over it once it is asked for."""
        narrow = self.window().width() < OVERLAY_BELOW
        if narrow != self._is_floating:
            self._float() if narrow else self._dock()
        if narrow:
            self._place_floating()
            self.panel.setVisible(self.panel.isVisible() and self.has_panel())
        else:
            self.panel.setVisible(self.has_panel())

    def has_panel(self) -> bool:
        """Say whether there is anything for the panel to show."""
        return True

    def changed_filter(self) -> None:
        """Look again because a filter changed."""
        self.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_floating and event.key() == Qt.Key.Key_Space and self.has_panel():
            self.panel.setVisible(not self.panel.isVisible())
        elif self._is_floating and event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self.panel.hide()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.show_panel()
        elif self._is_floating:
            self._place_floating()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.find_field
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
        ):
            if event.key() == Qt.Key.Key_Down:
                self.table.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.find_field.clear()
                return True
        return super().eventFilter(watched, event)

    def _float(self) -> None:
        """Take the panel out of the splitter, so that it may lie over the list, which keeps its width."""
        self._is_floating = True
        self.panel.setParent(self)  # hides it
        set_property(self.panel, "floating", True)
        self.panel.setViewportMargins(1, 0, 0, 0)  # room for its edge

    def _dock(self) -> None:
        self._is_floating = False
        set_property(self.panel, "floating", False)
        self.panel.setViewportMargins(0, 0, 0, 0)
        self.splitter.addWidget(self.panel)
        self.panel.show()  # a hidden part is given no size
        self.splitter.setSizes([self.width() - self._docked_width, self._docked_width])

    def _place_floating(self) -> None:
        width = min(max(PANEL, self.panel.minimumSizeHint().width()), self.width())
        self.panel.setGeometry(QRect(self.width() - width, 0, width, self.height()))
        self.panel.raise_()

    def _restore(self) -> None:
        if columns := self.context.preferences.value(f"{self.name}/columns"):
            self.table.restore_columns(str(columns))
        if state := self.context.preferences.value(f"{self.name}/splitter"):
            self.splitter.restoreState(state)
            self._docked_width = self.splitter.sizes()[-1] or PANEL
        self.table.show_sort(self.sort, descending=self.descending)

    def _connect_list(self) -> None:
        self.find_field.installEventFilter(self)
        self.find_field.textChanged.connect(self.changed_filter)
        self.model.sort_asked.connect(self._on_sort)
        self.table.opened.connect(self.open_key)
        self.splitter.splitterMoved.connect(self._on_moved)
        self.table.current_changed.connect(self._on_current)
        self.table.clear_asked.connect(self._on_clear)
        self.context.theme.changed.connect(self._on_theme)

    def _on_found(self, found: Any) -> None:
        self._show_keys(self.show_found(found))

    def _show_keys(self, keys: list[int]) -> None:
        self.table.set_keys(keys)
        self.show_summary()
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            self.once_shown(act)
        self.filled.emit()

    def _select(self, key: int) -> None:
        if not self.table.show_key(key):
            self.clear_filters()
            self.arrange()
            self.once_shown(partial(self.table.show_key, key))

    def _on_moved(self, _position: int, _handle: int) -> None:
        self._docked_width = self.panel.width()

    def _on_sort(self, key: str, descending: bool) -> None:
        self.sort, self.descending = key, descending
        self.arrange()

    def _on_current(self, key: int | None) -> None:
        self.detail_key = key
        self.show_detail(key)

    def _on_clear(self) -> None:
        self.clear_filters()
        self.arrange()

    def _on_theme(self) -> None:
        self.show_detail(self.detail_key)
