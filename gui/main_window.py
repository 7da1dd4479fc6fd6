"""The frame: rail, search, pages, status bar, undo and redo. Knows pages by their registration only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDesktopServices,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from gui.commands import MENUS, NEW, Command
from gui.look.icons import icon
from gui.look.theme import Mode, Theme
from gui.rail import Rail
from gui.search_box import SearchBox
from gui.widgets.basics import button, column, label, line, pane, recolour, row, stretch
from gui.widgets.scrolling import Room

if TYPE_CHECKING:
    from gui.context import Context
    from gui.forms.closing import Closing

FIRST_SIZE = QSize(1440, 860)
FOLD_BELOW = 1400
MINIMUM = QSize(900, 430)  # 1366x768 at 150 %, less the title and the task bar
WAITING = "正在等待另一个窗口写完…"
SAY_FOR = 6000  # milliseconds that a success stays in the status bar
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page by its registration: its key, its name and icon in the rail, and where its class is."""

    key: str
    title: str
    icon: str
    module: str
    name: str


PAGES = (
    PageEntry("workbench", "工作台", "list-checks", "gui.pages.workbench.page", "WorkbenchPage"),
    PageEntry("roster", "顾问库", "users", "gui.pages.roster.page", "RosterPage"),
    PageEntry("cases", "案件", "scale", "gui.pages.cases.page", "CasesPage"),
    PageEntry(
        "consultations", "会商", "messages-square", "gui.pages.consultations.page", "ConsultationsPage"
    ),
    PageEntry("agencies", "单位与覆盖", "building-2", "gui.pages.agencies.page", "AgenciesPage"),
    PageEntry("reports", "报表", "file-chart-column", "gui.pages.reports.page", "ReportsPage"),
)
PAGE_OF_TABLE = {
    "lawyer": "roster",
    "case_record": "cases",
    "consultation": "consultations",
    "agency": "agencies",
}


def first_page(preferences: QSettings) -> str:
    """Return the page to begin with: the one that was left."""
    wanted = str(preferences.value("page", "workbench"))
    return wanted if wanted in {entry.key for entry in PAGES} else "workbench"


def import_pages(*keys: str) -> None:
    """Import these pages' modules, or all; done in a worker while the frame is on the screen already."""
    import_module("gui.office.dialogs")
    for entry in PAGES:
        if not keys or entry.key in keys:
            import_module(entry.module)


class _Pages(QStackedWidget):
    """The pages; as small as the one that is shown can be, so that a narrow screen scrolls only for that one."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page else super().minimumSizeHint()


class MainWindow(QMainWindow):
    """The program's window; ``attach`` gives it its data once they are there."""

    data_shown = Signal()

    def __init__(self, preferences: QSettings, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("行政诉讼法律顾问库")
        self._preferences, self._theme = preferences, theme
        self._context: Context | None = None
        self._closing: Closing | None = None
        self._pages: dict[str, Any] = {}
        self.rail = Rail([(entry.key, entry.title, entry.icon) for entry in PAGES])
        self.search = SearchBox()
        self.stack = _Pages()
        self._room = Room(self.stack)
        self.new_menu = button("新建", "new_menu", "ghost", "plus")
        self.undo_button = _tool("undo-2", "撤销（Ctrl+Z）", "undo")
        self.redo_button = _tool("redo-2", "重做（Ctrl+Y）", "redo")
        self.bell = _tool("bell", "提醒", "bell")
        self.bell.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.theme_button = _tool("sun", "外观", "theme")
        self.menu_button = _tool("ellipsis", "菜单（F10）", "main_menu")
        self.help_button = _tool("circle-question-mark", "快捷键（F1）", "help")
        self.place = button("", "place")
        self.backup = button("", "backup")
        self.notice = label("")
        self.demo_mark = label("")
        self.clerk = button("", "clerk")
        self.clock = label("")
        self._say_timer = QTimer(self)
        self._clock_timer = QTimer(self)
        self._build()
        self._connect()
        self._restore()

    # -- what pages may ask of the window -------------------------------------------------

    def say(self, text: str) -> None:
        """Say a success in the status bar for some seconds."""
        self.notice.setText(text)
        self._say_timer.start()

    def say_waiting(self, waits: bool) -> None:
        """Say that an act waits for another window's, until it does so no longer."""
        self._say_timer.stop()
        self.notice.setText(WAITING if waits else "")

    def go(self, page: str, key: int | None = None) -> None:
        """Show another page, with this record selected."""
        if self._context is None:
            return
        made = self._page(page)
        self.stack.setCurrentWidget(made)
        self.rail.choose(page)
        made.shown()
        if key is not None:
            made.select(key)
        self._preferences.setValue("page", page)

    def run(self, command: str, *given: object) -> None:
        """Run one of the window's commands by name, as ``page.command`` or as the window's own."""
        page, _, name = command.rpartition(".")
        if page:
            self.go(page)
            getattr(self._page(page), name)(*given)
        else:
            getattr(self._office, name)(*given)

    # -- life ------------------------------------------------------------------------------

    def attach(self, context: "Context") -> None:
        """Take the data, build the first page, and begin to listen."""
        self._context = context
        self.copies = import_module("gui.office.copy_keeper").CopyKeeper(context, self.backup, self)
        self._office = import_module("gui.office.dialogs").OfficeDialogs(context, self, self.copies)
        self._closing = import_module("gui.forms.closing").Closing(context, self)
        self.elsewhere = import_module("gui.office.elsewhere").Elsewhere(context, self)
        self.elsewhere.moved.connect(self._show_office)
        self.search.attach(context)
        self.reminder = import_module("gui.office.reminder").Reminder(context, self.bell, self)
        self.reminder.opened.connect(self._open_reminder)
        self.reminder.raised.connect(self.come_up)
        if context.database.damage:
            self._warn_of_damage(context)
        context.bus.changed.connect(self._on_changed)
        context.bus.waiting.connect(self.say_waiting)
        context.bus.start()
        self._set_enabled(True)
        self._show_office()
        first = "roster" if self._office.state().is_new else first_page(self._preferences)
        self._page(first).filled.connect(self.data_shown)
        self.go(first)
        self.reminder.start()
        self.copies.refresh()
        import_module("gui.office.share_advice").advise(context, self)

    def _warn_of_damage(self, context: "Context") -> None:
        strip = import_module("gui.office.damage_strip").DamageStrip(
            context, lambda: self.run("show_copies"), self
        )
        self._right.insertWidget(self._right.indexOf(self._room), strip)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing is not None and not self._closing.may_close():
            event.ignore()
            return
        self._preferences.setValue("geometry", self.saveGeometry())
        for page in self._pages.values():
            page.remember()
        self._preferences.sync()
        if self._context is not None:
            self._context.bus.stop()
            self.reminder.stop()
            self.copies.stop()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_folded(self.width() < FOLD_BELOW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self.menuBar().setVisible(not self.menuBar().isVisible())
        super().keyPressEvent(event)

    def end_session(self) -> bool:
        """Keep what is typed, and wait a little for what was begun; return whether all of it is answered."""
        return self._closing is None or self._closing.end_session()

    # -- acts ------------------------------------------------------------------------------

    def raise_up(self) -> None:
        """Come to the front, with the form that is open over the window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        front = QApplication.activeModalWidget() or self
        front.raise_()
        front.activateWindow()

    def come_up(self) -> None:
        """Come to the front with the workbench, from wherever the clerk was."""
        self.raise_up()
        self.go("workbench")

    def undo(self) -> None:
        """Take back the last act and say what it was."""
        if context := self._context:
            context.tasks.run(self, context.database.undo, self._undone, context.errors.show, act="撤销")

    def redo(self) -> None:
        """Do again what was taken back and say what it was."""
        if context := self._context:
            context.tasks.run(self, context.database.redo, self._redone, context.errors.show, act="重做")

    def next_pane(self) -> None:
        """Move the focus between rail, list and panel."""
        self._move_pane(1)

    def previous_pane(self) -> None:
        """The same, the other way."""
        self._move_pane(-1)

    def _move_pane(self, step: int) -> None:
        page = self.stack.currentWidget()
        panes: Sequence[QWidget] = (self.rail, *getattr(page, "panes", ()))
        at = next(
            (i for i, p in enumerate(panes) if p.hasFocus() or p.isAncestorOf(self.focusWidget() or p)), 0
        )
        panes[(at + step) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _undone(self, label_text: str) -> None:
        self.say(f"已撤销：{label_text}。按 Ctrl+Y 可以重做")

    def _redone(self, label_text: str) -> None:
        self.say(f"已重做：{label_text}")

    def _page(self, key: str) -> Any:
        if key not in self._pages:
            entry = next(e for e in PAGES if e.key == key)
            page = getattr(import_module(entry.module), entry.name)(self._context)
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    def _on_changed(self, changes: Any) -> None:
        current = self.stack.currentWidget()
        for page in self._pages.values():
            page.on_changed(changes, visible=page is current)
        self._show_office()

    def _show_office(self) -> None:
        if (context := self._context) is None:
            return
        state = self._office.state()
        name = state.settings.office_name
        self.setWindowTitle(
            f"行政诉讼法律顾问库 — {name}" + ("（示例数据）" if state.settings.is_demo else "")
        )
        self.demo_mark.setText("示例数据" if state.settings.is_demo else "")
        self.place.setText(f" {state.place}")
        self.place.setToolTip(f"{context.database.file or state.place}，点击打开所在文件夹")
        self.clerk.setText(f" {context.database.clerk}（经办人）")
        self.undo_button.setEnabled(bool(state.undo))
        self.undo_button.setToolTip(f"撤销 {state.undo}（Ctrl+Z）" if state.undo else "没有可以撤销的操作")
        self.redo_button.setEnabled(bool(state.redo))
        self.redo_button.setToolTip(f"重做 {state.redo}（Ctrl+Y）" if state.redo else "没有可以重做的操作")
        self.rail.set_count("cases", state.unassigned)

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.setMinimumSize(MINIMUM)
        self._fit_screen()
        top = QWidget()
        top.setObjectName("topbar")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top.setFixedHeight(48)
        top.setLayout(
            row(
                self.search,
                None,
                self.undo_button,
                self.redo_button,
                8,
                self.new_menu,
                8,
                self.bell,
                self.theme_button,
                self.help_button,
                self.menu_button,
                spacing=4,
                margins=(24, 0, 20, 0),
            )
        )
        loading = pane("surface", "loading")
        loading.setLayout(column(None, row(None, label("正在打开数据库…", "second"), None), None))
        self.stack.addWidget(loading)
        self._right = right = column(top, line(), self._room, spacing=0)
        right.setStretch(2, 1)
        centre = QWidget()
        centre.setLayout(row(self.rail, line("v"), right, spacing=0))
        stretch(centre, 2, 1)
        self.setCentralWidget(centre)
        self.search.set_overlay_parent(centre)
        self._build_menus()
        self._build_status()
        self._set_enabled(False)

    def _fit_screen(self) -> None:
        """Begin as large as drawn, or fill a smaller screen."""
        room = QGuiApplication.primaryScreen().availableSize()
        if room.width() <= FIRST_SIZE.width() or room.height() <= FIRST_SIZE.height():
            self.resize(room)
            self.setWindowState(Qt.WindowState.WindowMaximized)
        else:
            self.resize(FIRST_SIZE)

    def _build_menus(self) -> None:
        menu = QMenu(self)
        for command in NEW:
            _offer(menu, command)
        menu.triggered.connect(self._run_action)
        self.new_menu.setMenu(menu)
        self.new_menu.setProperty("hasMenu", "ghost")
        looks = QMenu(self)
        for text, mode in (("跟随系统", Mode.SYSTEM), ("浅色", Mode.LIGHT), ("深色", Mode.DARK)):
            action = looks.addAction(text)
            action.setCheckable(True)
            action.setData(f"look:{mode.value}")
        looks.addSeparator()
        looks.addAction("大字号").setData("look:size")
        looks.triggered.connect(self._look)
        self.theme_button.setMenu(looks)
        self.theme_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._build_menu_bar()

    def _build_menu_bar(self) -> None:
        """The same menus stand in the bar that Alt shows, and behind a button that is always there."""
        bar, whole = self.menuBar(), QMenu(self)
        for title, commands in MENUS:
            menu = bar.addMenu(title)
            for command in commands:
                _offer(menu, command)
            menu.triggered.connect(self._run_action)
            whole.addMenu(menu)
        bar.setVisible(False)
        self.menu_button.setMenu(whole)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _build_status(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self.place.setProperty("icon_name", "database")
        self.clerk.setProperty("icon_name", "user-round")
        self.clerk.setToolTip("更改经办人")
        for widget in (self.place, self.backup, self.demo_mark, self.notice):
            bar.addWidget(widget)
        for widget in (self.clerk, self.clock):
            bar.addPermanentWidget(widget)
        bar.setContentsMargins(8, 0, 12, 0)
        self._say_timer.setSingleShot(True)
        self._say_timer.setInterval(SAY_FOR)
        self._clock_timer.setInterval(20_000)
        self._tick()
        self._clock_timer.start()

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.rail.commanded.connect(self.run)
        self.search.opened.connect(self._open_hit)
        self.search.commanded.connect(self.run)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.help_button.clicked.connect(self._show_help)
        self.place.clicked.connect(self._open_folder)
        self.backup.clicked.connect(self._show_copies)
        self.clerk.clicked.connect(self._show_settings)
        self._say_timer.timeout.connect(self.notice.clear)
        self._clock_timer.timeout.connect(self._tick)
        self._theme.changed.connect(self._recolour)
        for keys, slot in (
            ("Ctrl+K", self.search.start),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("F6", self.next_pane),
            ("Shift+F6", self.previous_pane),
            ("F1", self._show_help),
            ("F10", self.menu_button.showMenu),
            ("Ctrl+N", self._enter),
            ("Ctrl+E", self._export),
            ("Ctrl+P", self._print),
            ("Ctrl+F", self._find),
            ("Ctrl+Shift+V", self._enter_from_text),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        for at, entry in enumerate(PAGES, start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{at}"), self)
            shortcut.setProperty("page", entry.key)
            shortcut.activated.connect(self._go_by_key)

    def _restore(self) -> None:
        geometry = self._preferences.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self._recolour()

    def _set_enabled(self, enabled: bool) -> None:
        for widget in (
            self.rail,
            self.search,
            self.new_menu,
            self.menu_button,
            self.undo_button,
            self.redo_button,
            self.bell,
            self.clerk,
            self.place,
            self.backup,
        ):
            widget.setEnabled(enabled)

    # -- small slots -----------------------------------------------------------------------

    def _run_action(self, action: QAction) -> None:
        if self._context is not None:
            self.run(str(action.data()))

    def _look(self, action: QAction) -> None:
        what = str(action.data()).removeprefix("look:")
        large = self._preferences.value("large", False, bool)
        if what == "size":
            large = not large
            self._preferences.setValue("large", large)
            self._theme.apply(self._theme.mode, large=bool(large))
        else:
            self._preferences.setValue("theme", what)
            self._theme.apply(Mode(what), large=bool(large))

    def _recolour(self) -> None:
        for tool in (self.undo_button, self.redo_button, self.bell, self.help_button, self.menu_button):
            tool.setIcon(icon(str(tool.property("icon_name")), "tx2", 18))
        self.theme_button.setIcon(icon("moon" if self._theme.is_dark else "sun", "tx2", 18))
        for action in self.theme_button.menu().actions():
            if action.isCheckable():
                action.setChecked(action.data() == f"look:{self._theme.mode.value}")
        self.rail.recolour()
        for made in self.findChildren(QPushButton):
            recolour(made)

    def _open_hit(self, table: str, key: int) -> None:
        if table == "public_lawyer":
            self.run("show_public_lawyers", key)
        else:
            self.go(PAGE_OF_TABLE[table], key)

    def _open_reminder(self, todo: Any) -> None:
        self.go("workbench")
        if todo is not None:
            self._page("workbench").choose(todo)

    def _go_by_key(self) -> None:
        self.go(str(self.sender().property("page")))

    def _on_page(self, name: str) -> None:
        act = getattr(self.stack.currentWidget(), name, None)
        if act is not None:
            act()

    def _enter(self) -> None:
        self._on_page("enter")

    def _enter_from_text(self) -> None:
        if self._context is not None:
            self._office.enter_from_text()

    def _export(self) -> None:
        self._on_page("export")

    def _print(self) -> None:
        self._on_page("print_out")

    def _find(self) -> None:
        self._on_page("start_filter")

    def _show_help(self) -> None:
        if self._context is not None:
            self._office.show_help()

    def _show_settings(self) -> None:
        self._office.show_settings()

    def _show_copies(self) -> None:
        self._office.show_copies()

    def _open_folder(self) -> None:
        if self._context is not None and (file := self._context.database.file):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.absolute().parent)))

    def _tick(self) -> None:
        now = datetime.now().astimezone()
        self.clock.setText(f"{now:%Y-%m-%d} 周{WEEKDAYS[now.weekday()]} {now:%H:%M}")


def _offer(menu: QMenu, command: Command) -> None:
    text = f"{command.title}\t{command.keys}" if command.keys else command.title
    menu.addAction(text).setData(command.name)


def _tool(icon_name: str, tip: str, name: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setProperty("icon_name", icon_name)
    made.setIcon(icon(icon_name, "tx2", 18))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    return made
