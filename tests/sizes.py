"""Walks every page and dialog of the tour at every size of screen and says what is cut, squeezed or off the screen.

Usage: python -m tests.sizes [OUT]   (with OUT, a picture of each at the two smallest sizes)

Pages and dialogs come from the tour alone: whatever is added there is measured here too.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QHeaderView,
    QLabel,
    QMainWindow,
    QScrollArea,
    QToolButton,
    QWidget,
)

from db.demo.demo import load_demo
from db.setup.opening import open_office
from gui.look.theme import Mode
from gui.rail import RailButton
from gui.widgets.fields import DateField, Segments
from gui.widgets.panels import ElidedLabel, ElidedLink
from tests.office import Office, build_office

# what a screen has in the program's own pixels: 1366x768 at 100, 125 and 150 %, 1440x900, 1920x1080 at 100 to 150 %
SMALL = (QSize(1366, 768), QSize(1093, 614), QSize(910, 512))
SIZES = (*SMALL, QSize(1440, 900), QSize(1920, 1080), QSize(1536, 864), QSize(1280, 720))
FRAME = QSize(8, 12)  # what the smallest frame of a window takes; the window's own minimum leaves it this
SLACK = 1


def lay_out(top: QWidget, screen: QSize) -> None:
    """Give a window what it may have of a screen of this size: the page's all, a dialog's own wish if it fits."""
    if isinstance(top, QMainWindow):
        top.resize(screen - FRAME)
    else:
        top.resize(_wish(top).boundedTo(screen - FRAME))
    for _ in range(3):  # what folds when it is narrow asks for its layout once more
        QApplication.processEvents()


def _wish(top: QWidget) -> QSize:
    """Return the size that a dialog came up with, before it was ever measured."""
    if (wish := top.property("first_size")) is None:
        top.setProperty("first_size", wish := top.size())
    return QSize(wish)


def faults(top: QWidget, screen: QSize) -> list[str]:
    """Return one line for each thing in a window that a clerk cannot read or reach on a screen of this size."""
    found = []
    if top.width() > screen.width() or top.height() > screen.height():
        found.append(f"larger than the screen: {top.width()}x{top.height()}")
    for part in top.findChildren(QWidget):
        if part.isVisibleTo(top) and part.window() is top and (name := _said(part)):
            found += [f"{name}: {fault}" for fault in (*_squeezed(part), *_outside(part, top))]
    return found


def _said(part: QWidget) -> str:
    """Return what a widget says, if it is one of those that must be read whole."""
    if isinstance(part, ElidedLabel | ElidedLink | RailButton):
        return ""  # these give way on purpose, and say the whole in their tooltip
    if isinstance(part, QHeaderView):
        return "table head" if part.orientation() is Qt.Orientation.Horizontal and part.count() else ""
    if isinstance(part, QLabel | QAbstractButton):
        return (part.text() or (part.accessibleName() if isinstance(part, QAbstractButton) else ""))[:24]
    return part.objectName() if isinstance(part, Segments | DateField) else ""


def _squeezed(part: QWidget) -> Iterator[str]:
    if isinstance(part, QHeaderView):
        yield from _elided_heads(part)
        return
    if isinstance(part, QLabel) and part.wordWrap():
        needed = part.heightForWidth(part.width())
        if needed > part.height() + SLACK:
            yield f"needs a height of {needed}, has {part.height()}"
        return
    needed = part.sizeHint()
    if isinstance(part, QToolButton) and not part.text():
        needed = part.iconSize()
    if isinstance(part, DateField):
        text = part.fontMetrics().horizontalAdvance(part.text() or "2026-11-24")
        needed = QSize(text + 12, part.fontMetrics().height())
    elif isinstance(part, QAbstractButton) and part.text():
        needed = QSize(min(needed.width(), part.maximumWidth()), part.fontMetrics().height())
    if isinstance(part, QLabel) and not part.pixmap().isNull():
        return
    if needed.width() > part.width() + SLACK:
        yield f"needs a width of {needed.width()}, has {part.width()}"
    elif part.fontMetrics().height() > part.height() + SLACK and not isinstance(part, QToolButton):
        yield f"needs a height of {part.fontMetrics().height()}, has {part.height()}"


def _elided_heads(head: QHeaderView) -> Iterator[str]:
    model = head.model()
    for at in range(head.count()):
        text = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        needed = head.fontMetrics().horizontalAdvance(text)
        if text and not head.isSectionHidden(at) and needed > head.sectionSize(at) + SLACK:
            yield f"{text} needs a width of {needed}, has {head.sectionSize(at)}"


def _outside(part: QWidget, top: QWidget) -> Iterator[str]:
    """Look whether a widget stands inside all it stands in; what can be scrolled to counts as inside."""
    if part.visibleRegion().boundingRect() == part.rect():
        return
    at: QWidget = part
    area = QRect(QPoint(0, 0), part.size())
    while at is not top:
        area.translate(at.pos())
        around = at.parentWidget()
        scrolls = around.parentWidget()
        if isinstance(scrolls, QScrollArea) and scrolls.viewport() is around:
            off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if scrolls.horizontalScrollBarPolicy() == off and at.width() > around.width() + SLACK:
                yield f"cut at the right: {at.width()} in {around.width()}"
                return
            area = QRect(QPoint(0, 0), around.size())
        elif isinstance(around.parentWidget(), QAbstractScrollArea):
            return  # a view scrolls to its own cells
        elif not around.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(area):
            name = around.objectName() or type(around).__name__
            yield f"cut by {name}: {area.getRect()} in {around.width()}x{around.height()}"
            return
        at = around


class Walk:
    """Takes the place of the tour's camera: instead of a picture it notes what is cut at each size and font."""

    def __init__(
        self,
        office: Office,
        sizes: Sequence[QSize] = SMALL,
        keep: Callable[[QWidget, str, QSize], object] = lambda *_: None,
    ) -> None:
        self.office, self.sizes, self.keep = office, sizes, keep
        self.found: dict[str, list[str]] = {}
        self.seen: list[str] = []

    def measure(self, top: QWidget, path: Path) -> None:
        """Look at one window at each size, and give it back as it was."""
        self.seen.append(path.stem)
        before = top.size()
        for size in self.sizes:
            lay_out(top, size)
            for fault in faults(top, size):
                self.found.setdefault(fault, []).append(f"{path.stem}@{size.width()}x{size.height()}")
            self.keep(top, path.stem, size)
        top.resize(before)
        QApplication.processEvents()

    def pages(self) -> None:
        """Go through every page of the window's own register."""
        from gui.main_window import PAGES

        for entry in PAGES:
            self.office.window.go(entry.key)
            self.settle()
            self.measure(self.office.window, Path(entry.key))

    def dialogs(self, folder: Path) -> None:
        """Go through every dialog that the tour opens."""
        from tests import tour

        before = tour.CAMERA.look, tour.CAMERA.wait
        tour.CAMERA.look, tour.CAMERA.wait = self.measure, self.settle
        try:
            tour.show_dialogs(self.office, folder, folder, Mode.LIGHT)
        finally:
            tour.CAMERA.look, tour.CAMERA.wait = before

    def settle(self, milliseconds: int = 120) -> None:
        """Let what was begun, and what rests a moment before it begins, come to its end."""
        QTest.qWait(min(milliseconds, 120))
        while self.office.tasks._reads or self.office.tasks._acts:
            QTest.qWait(5)
        QApplication.processEvents()

    def told(self) -> str:
        """Return the faults, one a line, with where each was seen."""
        return "\n".join(
            f"{fault}  [{len(where)}x, {'; '.join(dict.fromkeys(where[:2]))}]"
            for fault, where in sorted(self.found.items())
        )


def main(out: Path | None) -> int:
    """Walk at all sizes and in both sizes of letters; return how many faults there are."""
    from tests.tour import TODAY

    app = QApplication(sys.argv[:1])
    count = 0
    for large in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            database = open_office(Path(folder) / "示例.db", "沈青禾")
            load_demo(database, TODAY)
            settings = QSettings(str(Path(folder) / "个人.ini"), QSettings.Format.IniFormat)
            office = build_office(app, database, settings, TODAY)
            office.theme.apply(Mode.LIGHT, large=large)
            walk = Walk(office, SIZES, partial(_keep, out, large) if out else lambda *_: None)
            office.window.show()
            walk.pages()
            walk.dialogs(Path(folder))
            print("大字号" if large else "正常字号", len(walk.seen), "windows", len(walk.found), "faults")
            print(walk.told())
            count += len(walk.found)
            office.close()
    return count


def _keep(out: Path, large: bool, top: QWidget, name: str, size: QSize) -> None:
    if size in SMALL[1:]:
        top.grab().save(str(out / f"{name}-{size.width()}{'-large' if large else ''}.png"))


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if given:
        given.mkdir(parents=True, exist_ok=True)
    sys.exit(min(main(given), 1))
