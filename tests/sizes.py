"""Walks every page and dialog of the tour at every size of screen and says what is cut, squeezed or off the screen.

Usage: python -m tests.sizes [--quick | OUT]   (with OUT, a picture of each at the two smallest sizes)

Pages and dialogs come from the tour alone: whatever is added there is measured here too.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import cast

from tests import tour  # before Qt: it sets up an offscreen screen of 1920x1080

# ruff: isort: split
from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QHeaderView,
    QLabel,
    QMainWindow,
    QScrollArea,
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
FRAME = QSize(4, 72)  # the title of a window and the task bar, at the width of a maximised window
SLACK = 1
OF_USE = 48  # pixels of height in which a list still shows two of its lines
REST = (
    700  # milliseconds that anything rests before it begins to read; what rests longer only waits for an hour
)


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
    if isinstance(part, QAbstractItemView):
        return part.objectName() or type(part).__name__
    if isinstance(part, QLabel | QAbstractButton):
        return (part.text() or (part.accessibleName() if isinstance(part, QAbstractButton) else ""))[:24]
    return part.objectName() if isinstance(part, Segments | DateField) else ""


def _squeezed(part: QWidget) -> Iterator[str]:
    if isinstance(part, QHeaderView):
        yield from _elided_heads(part)
    elif isinstance(part, QAbstractItemView):
        rows = part.model().rowCount() if part.model() else 0
        if part.viewport().height() < min(OF_USE, rows * max(part.sizeHintForRow(0), 1)) - SLACK:
            yield f"shows {part.viewport().height()} pixels of its lines"
    elif isinstance(part, QLabel) and part.wordWrap():
        if (needed := part.heightForWidth(part.width())) > part.height() + SLACK:
            yield f"needs a height of {needed}, has {part.height()}"
    elif not isinstance(part, QLabel) or part.pixmap().isNull():
        needed = _needed(part)
        if needed.width() > part.width() + SLACK:
            yield f"needs a width of {needed.width()}, has {part.width()}"
        if needed.height() > part.height() + SLACK:
            yield f"needs a height of {needed.height()}, has {part.height()}"


def _needed(part: QWidget) -> QSize:
    """Return the size in which all of a widget's text or icon is seen."""
    line = part.fontMetrics().height()
    if isinstance(part, QAbstractButton) and not part.text():
        return part.iconSize()
    if isinstance(part, DateField):
        return QSize(part.fontMetrics().horizontalAdvance(part.text() or "2026-11-24") + 12, line)
    if isinstance(part, Segments) and part.folded.isVisibleTo(part):
        return QSize(part.folded.sizeHint().width(), line)
    return QSize(min(part.sizeHint().width(), part.maximumWidth()), line)


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
        sizes: Sequence[QSize],
        folder: Path,
        keep: Callable[[QWidget, str, QSize], object],
    ) -> None:
        self.office, self.sizes, self.folder, self.keep = office, sizes, folder, keep
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

    def dialogs(self) -> None:
        """Go through every dialog that the tour opens."""
        before = tour.CAMERA.look, tour.CAMERA.wait
        tour.CAMERA.look, tour.CAMERA.wait = self.measure, self.settle
        try:
            tour.show_dialogs(self.office, self.folder, self.folder, Mode.LIGHT)
        finally:
            tour.CAMERA.look, tour.CAMERA.wait = before

    def settle(self, _milliseconds: int = 0) -> None:
        """Let what was begun, and what rests a moment before it begins, come to its end."""
        for _ in range(2):  # an answer may begin something in its turn
            QApplication.processEvents()
            while self._is_at_work():
                QTest.qWait(10)

    def _is_at_work(self) -> bool:
        tasks = self.office.tasks
        return bool(tasks._reads or tasks._acts) or any(
            timer.isActive() and timer.isSingleShot() and timer.interval() <= REST
            for top in QApplication.topLevelWidgets()
            for timer in top.findChildren(QTimer)
        )

    def told(self) -> str:
        """Return the faults, one a line, with where each was seen."""
        return "\n".join(
            f"{fault}  [{len(where)}x, {'; '.join(dict.fromkeys(where[:2]))}]"
            for fault, where in sorted(self.found.items())
        )


@contextmanager
def walk(sizes: Sequence[QSize], out: Path | None = None, *, large: bool = False) -> Iterator[Walk]:
    """Open the demo bureau for a walk, and say at the end what was found."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        database = open_office(Path(folder) / "示例.db", "沈青禾")
        load_demo(database, tour.TODAY)
        settings = QSettings(str(Path(folder) / "个人.ini"), QSettings.Format.IniFormat)
        office = build_office(cast("QApplication", app), database, settings, tour.TODAY)
        office.theme.apply(Mode.LIGHT, large=large)
        keep = partial(_keep, out, large) if out else lambda *_: None
        made = Walk(office, sizes, Path(folder), keep)
        office.window.show()
        yield made
        office.close()
    print(len(made.seen), "windows,", len(made.found), "faults" + (" in large letters" if large else ""))
    print(made.told())


def main(out: Path | None) -> int:
    """Walk at all sizes and in both sizes of letters; return how many faults there are."""
    count = 0
    for large in (False, True):
        with walk(SIZES, out, large=large) as made:
            made.pages()
            made.dialogs()
        count += len(made.found)
    return count


def quick() -> int:
    """Walk where something is cut first: the pages in both letters, the dialogs in large ones on the smallest screens."""
    with walk(SMALL) as made:
        made.pages()
        made.office.theme.apply(Mode.LIGHT, large=True)
        made.pages()
        made.sizes = SMALL[1:]
        made.dialogs()
    return len(made.found)


def _keep(out: Path, large: bool, top: QWidget, name: str, size: QSize) -> None:
    if size in SMALL[1:]:
        top.grab().save(str(out / f"{name}-{size.width()}{'-large' if large else ''}.png"))


if __name__ == "__main__":
    given = sys.argv[1:]
    if given == ["--quick"]:
        sys.exit(min(quick(), 1))
    pictures = Path(given[0]) if given else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    sys.exit(min(main(pictures), 1))
