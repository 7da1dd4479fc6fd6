"""Line icons in the colour of their text (Lucide, ISC licence), rendered once for each colour and size."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.look.theme import tokens

FOLDER = Path(__file__).parents[2] / "resources" / "icons"
STROKE = "1.75"


def icon(name: str, token: str = "tx2", size: int = 16) -> QIcon:
    """Return an icon in the colour of ``token``, for normal and high-density screens."""
    t = tokens()
    return _icon(name, t[token], t["tx_dis"], size)


def pixmap(name: str, token: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of ``size`` device-independent pixels, for painting."""
    return _pixmap(name, tokens()[token], size, ratio)


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, disabled: str, size: int) -> QIcon:
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(_pixmap(name, colour, size, ratio))
        made.addPixmap(_pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=1024)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    svg = (
        _source(name)
        .replace("currentColor", QColor(colour).name())
        .replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    )
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
