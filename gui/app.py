"""Builds the application's objects and hands them to each other, once; paints the frame before the heavy imports."""

import gc
import json
import logging
import os
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSettings, Qt, QTimer, QTranslator
from PySide6.QtGui import QFontDatabase, QGuiApplication, QSessionManager
from PySide6.QtWidgets import QApplication, QMessageBox

from db.errors import Damage, Missing
from db.places import default_database, log_file, settings_file
from gui import moved
from gui.errors import ErrorDesk, PrivateLog, RedactingFormatter
from gui.look import theme as look
from gui.look.icons import icon
from gui.look.theme import Mode, Theme
from gui.main_window import MainWindow, first_page, import_pages
from gui.no_database import WayOn, ask_way_on, last_good_copy
from gui.one_window import Arrival, OneWindow
from gui.tasks import TaskRunner

if TYPE_CHECKING:
    from db.copies.shelf import Copy
    from db.engine import Database

AT_END = 5.0  # seconds that the end of the program waits for readings; acts have their answers by then
BENCH = "ADVISOR_POOL_BENCH"  # a start time in seconds: say when frame and data were there, then leave


class Program(QObject):
    """The running program: frame first, then data."""

    def __init__(self, app: QApplication, place: str, only: OneWindow) -> None:
        super().__init__()
        self._app, self._place, self._only = app, place, only
        self.preferences = QSettings(str(settings_file()), QSettings.Format.IniFormat)
        self.theme = Theme(app)
        self.errors = ErrorDesk(log_file())
        self.tasks = TaskRunner()
        self._database: Database | None = None
        self._may_create = False
        self._said = ""
        mode = str(self.preferences.value("theme", Mode.SYSTEM.value))
        large = bool(self.preferences.value("large", False, bool))
        self.theme.apply(Mode(mode) if mode in set(Mode) else Mode.SYSTEM, large=large)
        self.window = MainWindow(self.preferences, self.theme)
        self.window.setWindowIcon(icon("scale", "ac", 32))
        only.called.connect(self.window.raise_up)

    def start(self) -> None:
        """Show the frame; once it is painted, open the database in a worker."""
        self.window.show()
        QTimer.singleShot(0, self._after_first_paint)

    def _after_first_paint(self) -> None:
        self._app.processEvents()
        _bench("frame")
        self.tasks.run(self, self._open, self._opened, self._refused)

    def _open(self) -> "Database":
        from db.setup.opening import default_clerk, open_office  # noqa: PLC0415 - heavy: after the first paint

        clerk = str(self.preferences.value("clerk", "")) or default_clerk()
        database = open_office(self._place, clerk, may_create=self._may_create)
        import_pages(first_page(self.preferences))
        return database

    def _opened(self, database: "Database") -> None:
        self._database = database
        database.waits.limits.hurried = threading.main_thread()
        self._only.opened()
        self.window.data_shown.connect(self._data_shown)
        self.window.attach(build_context(database, self))
        self.window.elsewhere.moved.connect(self._only.moved)
        if self._may_create:
            self._said = f"已新建数据库 {database.file}"
        if self._said:
            self.window.say(self._said)

    def _data_shown(self) -> None:
        self.window.data_shown.disconnect(self._data_shown)
        _bench("data")
        if os.environ.get(BENCH):
            self._app.quit()
            return
        self.tasks.run(self, _warm, _settle, _nothing)
        if self._database is not None and not self._database.damage:
            self.window.copies.begin_day()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Missing | Damage) and not self._may_create:
            find = partial(last_good_copy, self._place)
            self.tasks.run(self, find, partial(self._offer, error), lambda _: self._offer(error, None))
            return
        box = self.errors.show(error, self.window)
        box.finished.connect(self._app.quit)

    def _offer(self, error: Missing | Damage, copy: "Copy | None") -> None:
        """Go back to the last good copy, or make a new database, if the clerk says so.

        The first on this PC is made without asking, unless there are copies: then there was one, and it is gone.
        """
        is_missing = isinstance(error, Missing)
        if copy is None and not is_missing:
            self.errors.show(error, self.window).finished.connect(self._app.quit)
            return
        is_first = (
            isinstance(error, Missing) and not error.is_empty and self._place == str(default_database())
        )
        go = partial(self._go_on, copy)
        if copy is None and is_first:
            go(WayOn.NEW)
        else:
            ask_way_on(str(error), copy, self.window, go, may_make=is_missing)

    def _go_on(self, copy: "Copy | None", way: WayOn) -> None:
        if way is WayOn.LEAVE:
            self._app.quit()
        elif way is WayOn.RESTORE and copy is not None:
            self.tasks.run(self, partial(self._restore, copy.path), self._opened, self._refused)
        else:
            self._may_create = True
            self.tasks.run(self, self._open, self._opened, self._refused)

    def _restore(self, copy: Path) -> "Database":
        from db import backends  # noqa: PLC0415 - heavy: after the first paint
        from db.setup.restoring import restore  # noqa: PLC0415

        restore(backends.url_of(self._place), copy, str(self.preferences.value("clerk", "")))
        self._said = f"已从 {copy.name} 恢复"
        return self._open()

    def end_session(self, manager: QSessionManager) -> None:
        """The clerk logs out or the PC is shut down: keep what is typed, and object while an act has no answer."""
        if not self.window.end_session() and manager.allowsInteraction():
            manager.cancel()

    def stop(self) -> bool:
        """Wait for what runs, then let go of the database; return whether all has ended."""
        self._only.close()
        if self._database is not None:
            self._database.give_up()
        ended = self.tasks.stop(AT_END)
        if ended and self._database is not None:
            self._database.close()
        return ended


def build_context(database: "Database", program: Any) -> Any:
    """Wire the long-lived objects for ``database``."""
    from db.base import today  # noqa: PLC0415 - heavy: after the first paint
    from gui.bus import ChangeBus  # noqa: PLC0415
    from gui.context import Context  # noqa: PLC0415
    from gui.printing.files import QtFileDialogs  # noqa: PLC0415
    from gui.printing.printer import QtPrinters  # noqa: PLC0415
    from gui.tray import QtTray  # noqa: PLC0415

    return Context(
        database=database,
        bus=ChangeBus(database, program.tasks, program),
        tasks=program.tasks,
        errors=program.errors,
        theme=program.theme,
        preferences=program.preferences,
        files=QtFileDialogs(),
        printers=QtPrinters(program.tasks, program.errors),
        tray=QtTray(program),
        today=today,
        desk=program.window,
    )


def run(place: str | None) -> int:
    """Open the window on the database at ``place`` (or this PC's own), and stay until it is closed."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("advisor-pool")
    app.setApplicationDisplayName("行政诉讼法律顾问库")
    _log_to_file()
    if not look.has_chinese_font() and not _use_shipped_font():
        print("本机没有中文字体，请先执行：sudo apt-get install -y fonts-noto-cjk", file=sys.stderr)  # noqa: T201 - no window can say it
        return 1
    _speak_chinese(app)
    if (place := _place_of(place)) is None:
        return 1
    only = OneWindow(place)
    arrival = only.arrive()
    if arrival is Arrival.RAISED:
        print("这个数据库已经打开，已把它的窗口调到前面。")  # noqa: T201 - for whoever started it from a terminal
        return 0
    if arrival is Arrival.SILENT and not _open_another():
        return 1
    program = Program(app, place, only)
    sys.excepthook = program.errors.hook
    program.start()
    app.commitDataRequest.connect(program.end_session)
    code = app.exec()
    if not program.stop():  # a server hangs; Python would wait for its worker for ever
        logging.shutdown()
        os._exit(code)
    return code


def _place_of(given: str | None) -> str | None:
    """Return what to open: the file that is named, or where its work went on; ``None`` if the clerk gives up."""
    named = given or str(default_database())
    if "://" in named or (given and Path(given).exists()):
        return named
    preferences = QSettings(str(settings_file()), QSettings.Format.IniFormat)
    place = moved.newest(preferences, Path(named))
    if place == Path(named) or place.exists():
        return str(place)
    text = f"上次把全部数据另存到了 {place}，现在找不到这个文件。如果在 U 盘或移动硬盘上，请插好后再打开。"
    box = QMessageBox(QMessageBox.Icon.Warning, "找不到数据库", text)
    box.setObjectName("moved_away")
    go = box.addButton(f"改用 {named}", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton("退出", QMessageBox.ButtonRole.RejectRole))
    box.exec()
    if box.clickedButton() is not go:
        return None
    moved.forget(preferences, Path(named))
    return named


def _open_another() -> bool:
    """Ask what to do beside a window that does not answer; two windows spoil nothing, they take turns."""
    text = "这个数据库已经在另一个窗口中打开，但那个窗口没有回应。可以等它恢复，或者在任务管理器中结束它；也可以另开一个窗口继续工作。"
    box = QMessageBox(QMessageBox.Icon.Warning, "已经打开", text)
    box.setObjectName("silent_window")
    go = box.addButton("另开一个窗口", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton("退出", QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is go


def _use_shipped_font() -> bool:
    """Show Chinese in the font that papers are set in, where the PC has none of its own."""
    from db.documents.fonts import SHIPPED  # noqa: PLC0415 - only on such a PC

    number = QFontDatabase.addApplicationFont(str(SHIPPED / "AdvisorSerifSC-Regular.otf"))
    look.use_families(QFontDatabase.applicationFontFamilies(number) if number >= 0 else [])
    return number >= 0


def _speak_chinese(app: QApplication) -> None:
    """Let Qt's own dialogs (files, printer, colour) speak Chinese too."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def _log_to_file() -> None:
    handler = PrivateLog(log_file(), maxBytes=1 << 20, backupCount=3, encoding="utf-8")
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)


def _warm() -> None:
    """Load what the first save and the first report will need, while the clerk looks at the list."""
    from db.formats import pinyin  # noqa: PLC0415

    import_pages()
    pinyin.full("汪")


def _settle(_: object) -> None:
    """Let the collector pass over what stays for the program's life: modules, mappings, the frame itself."""
    gc.collect()
    gc.freeze()


def _nothing(_: object) -> None:
    """Take an answer that nobody waits for."""


def _bench(what: str) -> None:
    if started := os.environ.get(BENCH):
        print(json.dumps({what: time.time() - float(started)}), flush=True)  # noqa: T201 - read by bench
