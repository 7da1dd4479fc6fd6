"""Applies the colours and type of one theme to the whole application, and tells who paints for himself."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from gui.look.qss import style_sheet
from gui.look.tokens import DARK, LIGHT, Tokens

FAMILIES = [
    "Noto Sans CJK SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "Source Han Sans SC",
]
BODY = 13
LARGE = 14


class Mode(StrEnum):
    """What the clerk chose; the values are kept in the preferences."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The theme in force; ``changed`` is told after it was applied."""

    changed = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self.mode = Mode.SYSTEM
        self.is_dark = False
        self.body = BODY
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    def apply(self, mode: Mode, *, large: bool = False) -> None:
        """Dress the application in this mode; ``large`` is the 字号 大 of the settings."""
        self.mode = mode
        self.body = LARGE if large else BODY
        system_is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self.is_dark = mode is Mode.DARK or (mode is Mode.SYSTEM and system_is_dark)
        set_tokens(DARK if self.is_dark else LIGHT)
        self._app.setStyle("Fusion")
        self._app.setFont(font(self.body))
        self._app.setPalette(_palette(tokens()))
        self._app.setStyleSheet(style_sheet(tokens(), self.body))
        self.changed.emit()

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self.mode is Mode.SYSTEM:
            self.apply(Mode.SYSTEM, large=self.body == LARGE)


_present: Tokens = LIGHT


def tokens() -> Tokens:
    """Return the colours in force, by role."""
    return _present


def set_tokens(wanted: Tokens) -> None:
    """Put other colours in force; ``Theme`` does this, and pictures for print."""
    global _present  # noqa: PLW0603 - a delegate has no other way to know the theme at every paint
    _present = wanted


def colour(token: str) -> QColor:
    """Return one colour in force."""
    return QColor(_present[token])


def font(size: int, *, bold: bool = False) -> QFont:
    """Return the program's font at a size in device-independent pixels."""
    made = QFont()
    made.setFamilies(families())
    made.setPixelSize(size)
    made.setBold(bold)
    return made


def families() -> list[str]:
    """Return the families to set text in: those of this PC, so that Qt need not look for absent ones."""
    global _families  # noqa: PLW0603 - asked for at every paint, and the same for the program's life
    if _families is None:
        present = set(QFontDatabase.families())
        _families = [name for name in FAMILIES if name in present] or _any_chinese() or ["sans-serif"]
    return _families


_families: list[str] | None = None


def use_families(names: list[str]) -> None:
    """Set text in these families from now on."""
    global _families  # noqa: PLW0603 - see ``families``
    _families = names or None


def has_chinese_font() -> bool:
    """Say whether this PC can show Chinese at all."""
    return families() != ["sans-serif"]


def _any_chinese() -> list[str]:
    return QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)[:1]


def _palette(t: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, token in (
        (role.Window, "bg_window"),
        (role.WindowText, "tx"),
        (role.Base, "bg_surface"),
        (role.AlternateBase, "bg_subtle"),
        (role.Text, "tx"),
        (role.Button, "bg_surface"),
        (role.ButtonText, "tx"),
        (role.BrightText, "on_ac"),
        (role.Highlight, "ac"),
        (role.HighlightedText, "on_ac"),
        (role.ToolTipBase, "tip_bg"),
        (role.ToolTipText, "tip_tx"),
        (role.PlaceholderText, "tx3"),
        (role.Link, "ac_tx"),
        (role.Mid, "line_strong"),
        (role.Light, "bg_surface"),
        (role.Dark, "line_strong"),
        (role.Shadow, "line_strong"),
    ):
        palette.setColor(which, QColor(t[token]))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t["tx_dis"]))
    return palette
