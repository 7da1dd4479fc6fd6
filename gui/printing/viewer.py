"""The very PDF that will be printed, page by page, with its zoom; serves a page and a dialog alike."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSpinBox, QWidget

from db.documents.pdf import Pdf
from gui.context import Context
from gui.printing.page_view import PageView
from gui.widgets.basics import button, column, label, line, row, stretch


class PaperViewer(QWidget):
    """Shows a PDF below a bar with its title, pages and zoom. ``name`` begins the object names of its parts."""

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_viewer")
        self.title = label("", "heading")
        self.waiting = label("正在排版…", "second")
        self.page_number = QSpinBox()
        self.page_count = label("", "second")
        self.previous = button("", f"{name}_previous", "ghost", "chevron-left", "上一页")
        self.next = button("", f"{name}_next", "ghost", "chevron-right", "下一页")
        self.smaller = button("", f"{name}_smaller", "ghost", "zoom-out", "缩小")
        self.larger = button("", f"{name}_larger", "ghost", "zoom-in", "放大")
        self.zoom = label("", "second")
        self.fit = button("适合宽度", f"{name}_fit", "ghost")
        self.view = PageView(context)
        self._build(name)
        self._connect()

    def show_pdf(self, pdf: Pdf) -> None:
        """Show a PDF."""
        self.waiting.hide()
        self.page_number.setRange(1, max(pdf.pages, 1))
        self.page_count.setText(f"/ {pdf.pages} 页")
        self.view.show_pdf(pdf)
        self._on_current_page(0)

    def fit_page(self) -> None:
        """Show whole pages."""
        self.view.fit(whole=True)

    def _build(self, name: str) -> None:
        self.page_number.setProperty("bare", True)
        self.page_number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page_number.setFixedWidth(48)
        self.page_number.setObjectName(f"{name}_page")
        self.page_number.setAccessibleName("页码")
        self.view.setObjectName(f"{name}_preview")
        self.view.setAccessibleName("预览")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        bar = row(
            self.title,
            None,
            self.waiting,
            8,
            self.previous,
            self.page_number,
            self.page_count,
            self.next,
            8,
            self.smaller,
            self.zoom,
            self.larger,
            self.fit,
            spacing=4,
            margins=(16, 11, 16, 11),
        )
        self.setLayout(column(bar, line(), self.view, spacing=0))
        stretch(self, 2, 1)
        self._show_zoom()

    def _connect(self) -> None:
        self.previous.clicked.connect(self._on_previous)
        self.next.clicked.connect(self._on_next)
        self.smaller.clicked.connect(self._on_smaller)
        self.larger.clicked.connect(self._on_larger)
        self.fit.clicked.connect(self._on_fit)
        self.page_number.valueChanged.connect(self._on_page)
        self.view.page_changed.connect(self._on_current_page)
        self.view.zoom_changed.connect(self._show_zoom)

    def _on_page(self, number: int) -> None:
        self.view.jump(number - 1)

    def _on_previous(self) -> None:
        self.page_number.setValue(self.page_number.value() - 1)

    def _on_next(self) -> None:
        self.page_number.setValue(self.page_number.value() + 1)

    def _on_smaller(self) -> None:
        self.view.zoom_by(0.8)

    def _on_larger(self) -> None:
        self.view.zoom_by(1.25)

    def _on_fit(self) -> None:
        self.view.fit()

    def _show_zoom(self) -> None:
        zoom = self.view.zoom
        self.zoom.setText("适合" if zoom is None else f"{zoom * 100:.0f}%")

    def _on_current_page(self, page: int) -> None:
        self.page_number.blockSignals(True)
        self.page_number.setValue(page + 1)
        self.page_number.blockSignals(False)
