"""The pages of a PDF under one another; what is in sight is drawn in a worker at the size in which it is seen."""

from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from db.documents.pages import Picture, draw
from db.documents.pdf import Pdf
from gui.context import Context
from gui.look.theme import colour

GAP = 12  # pixels around a page
POINT = 96 / 72  # pixels at 100 %
ZOOMS = (0.3, 3.0)
KEPT = 3  # pages before and after those in sight that stay drawn


def image_of(picture: Picture) -> QImage:
    """Return a drawn page as Qt's, with pixels of its own."""
    shape = (picture.width, picture.height, picture.stride)
    return QImage(picture.data, *shape, QImage.Format.Format_RGB32).copy()


def _set_bar(bar: QScrollBar, whole: int, seen: int) -> None:
    bar.setPageStep(seen)
    bar.setRange(0, max(whole - seen, 0))


class PageView(QAbstractScrollArea):
    """Shows pages as wide as the view, whole, or at a zoom of its own; ``page_changed`` tells which one is read."""

    page_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pdf: Pdf | None = None
        self._images: dict[int, QImage] = {}
        self._rects: list[QRect] = []
        self._is_drawing = self._is_arranging = False
        self._page = 0
        self._zoom: float | None = None  # None: fits
        self._fits_page = False
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # or fitting would chase its own tail
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)

    @property
    def page_total(self) -> int:
        """How many pages there are."""
        return self._pdf.pages if self._pdf else 0

    @property
    def zoom(self) -> float | None:
        """The zoom that was chosen, 1 for the size of paper; ``None`` while pages fit the view."""
        return self._zoom

    def is_drawn(self, page: int) -> bool:
        """Whether a page (the first is 0) is drawn as large as it is seen."""
        return self._is_sharp(page)

    def show_pdf(self, pdf: Pdf) -> None:
        """Show other pages, from the first on."""
        self._pdf, self._images, self._page = pdf, {}, 0
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._ask()

    def fit(self, *, whole: bool = False) -> None:
        """Fit the width of pages to the view, or whole pages."""
        self._zoom, self._fits_page = None, whole
        self._rezoom()

    def zoom_by(self, factor: float) -> None:
        """Show pages larger or smaller than they are seen."""
        self._zoom = min(max(self._scale(self._page) / POINT * factor, ZOOMS[0]), ZOOMS[1])
        self._rezoom()

    def jump(self, page: int) -> None:
        """Bring the top of a page into view."""
        if 0 <= page < len(self._rects):
            self.verticalScrollBar().setValue(self._rects[page].top() - GAP)
            self._read(page)  # the last pages of all do not reach the top

    # -- layout ----------------------------------------------------------------------------

    def _scale(self, page: int) -> float:
        """Return how many pixels a point of this page takes."""
        if self._pdf is None or not self._pdf.sizes:
            return POINT
        if self._zoom is not None:
            return self._zoom * POINT
        width, height = self._pdf.sizes[page]
        room = self.viewport().size() - QSize(2 * GAP, 2 * GAP)
        wide = max(room.width(), 50) / width
        return min(wide, max(room.height(), 50) / height) if self._fits_page else wide

    def _arrange(self) -> None:
        sizes = self._pdf.sizes if self._pdf else ()
        self._rects, top = [], GAP
        for at, (width, height) in enumerate(sizes):
            scale = self._scale(at)
            self._rects.append(QRect(0, top, max(round(width * scale), 1), max(round(height * scale), 1)))
            top += self._rects[-1].height() + GAP
        widest = max((rect.width() for rect in self._rects), default=0) + 2 * GAP
        room = self.viewport().size()
        for rect in self._rects:
            rect.moveLeft((max(widest, room.width()) - rect.width()) // 2)
        self._is_arranging = True  # the bar that comes or goes makes the view another height
        _set_bar(self.horizontalScrollBar(), widest, room.width())
        _set_bar(self.verticalScrollBar(), top, self.viewport().height())
        self._is_arranging = False
        self.viewport().update()

    def _rezoom(self) -> None:
        """Lay the pages out again, and stay where one reads."""
        was_at_top = self.verticalScrollBar().value() == 0
        page, share = self._page, 0.0
        if self._rects:
            share = (self._reading() - self._rects[page].top()) / self._rects[page].height()
        self._arrange()
        if self._rects and not was_at_top:
            rect = self._rects[page]
            moved = rect.top() + round(share * rect.height()) - self._reading()
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)
        self._read(page)
        self._ask()
        self.zoom_changed.emit()

    def _reading(self) -> int:
        """Return how far down one reads: a third of what is in sight."""
        return self.verticalScrollBar().value() + self.viewport().height() // 3

    def _in_sight(self) -> list[int]:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        return [at for at, rect in enumerate(self._rects) if rect.top() < bottom and rect.bottom() > top]

    # -- drawing ---------------------------------------------------------------------------

    def _wanted(self, page: int) -> QSize:
        rect, ratio = self._rects[page], self.devicePixelRatioF()
        return QSize(max(round(rect.width() * ratio), 1), max(round(rect.height() * ratio), 1))

    def _is_sharp(self, page: int) -> bool:
        image = self._images.get(page)
        return image is not None and image.size() == self._wanted(page)

    def _ask(self) -> None:
        """Have the next page drawn: the first in sight, then the one below."""
        if self._is_drawing or self._pdf is None:
            return
        seen = self._in_sight()
        if not seen:
            return
        self._images = {p: i for p, i in self._images.items() if seen[0] - KEPT <= p <= seen[-1] + KEPT}
        after = [seen[-1] + 1] if seen[-1] + 1 < len(self._rects) else []
        page = next((at for at in (*seen, *after) if not self._is_sharp(at)), None)
        if page is None:
            return
        self._is_drawing = True
        pdf, size = self._pdf, self._wanted(page)

        def work() -> QImage:
            return image_of(draw(pdf.data, page, size.width(), size.height()))

        self._context.tasks.run(self, work, partial(self._drawn, pdf, page), self._failed)

    def _drawn(self, pdf: Pdf, page: int, image: QImage) -> None:
        self._is_drawing = False
        if pdf is self._pdf:
            self._images[page] = image
            self.viewport().update()
        self._ask()

    def _failed(self, error: Exception) -> None:
        self._is_drawing = False
        self._context.errors.show(error)

    # -- Qt --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), colour("bg_sunken"))
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for page in self._in_sight():
            rect = self._rects[page].translated(-left, -top)
            image = self._images.get(page)
            if image is None:
                painter.fillRect(rect, Qt.GlobalColor.white)
            else:
                painter.drawImage(QRectF(rect), image)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_arranging:
            self._rezoom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.1 if event.angleDelta().y() > 0 else 1 / 1.1)
        else:
            super().wheelEvent(event)

    def _on_scroll(self, top: int) -> None:
        bar, reading = self.verticalScrollBar(), self._reading()
        page = next((at for at, rect in enumerate(self._rects) if rect.bottom() + GAP >= reading), 0)
        self._read(len(self._rects) - 1 if top == bar.maximum() > 0 else page)
        self.viewport().update()
        self._ask()

    def _read(self, page: int) -> None:
        """Note which page is read."""
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
