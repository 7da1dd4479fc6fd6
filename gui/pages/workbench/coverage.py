"""法律顾问覆盖 beside the things to do: the two rates, and the way to the gaps."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.coverage.queries.headline import CoverageHeadline
from db.formats.figures import Figure
from db.formats.rates import percent
from gui.look.theme import colour
from gui.widgets.basics import button, column, label, line, row
from gui.widgets.panels import ElidedLabel


class ShareBar(QWidget):
    """How much of a whole is done; always shown beside its number."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for token, width in (("bg_sunken", self.width()), ("bar", self.width() * self.share)):
            painter.setBrush(colour(token))
            painter.drawRoundedRect(QRectF(0, 0, width, self.height()), 3, 3)
        painter.end()


class Rate(QWidget):
    """One rate: its name, the agencies counted of how many, the bar, the share and how it moved."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title, self.number, self.of = label(title, "second"), label("—", "figure"), label("", "second")
        self.bar, self.words = ShareBar(), ElidedLabel("", "caption")
        self.setLayout(
            column(self.title, row(self.number, self.of, None, spacing=6), self.bar, 2, self.words, spacing=3)
        )

    def show_figure(self, figure: Figure, change: int) -> None:
        """Show a rate; ``change`` is in agencies since the end of the month before."""
        self.number.setText(str(figure.numerator))
        self.of.setText(f"/ {figure.denominator} 个单位")
        self.bar.share = figure.rate or 0.0
        self.bar.update()
        moved = "较上月末持平" if not change else f"较上月末{'增' if change > 0 else '减'} {abs(change)} 个"
        self.words.setText(moved if figure.rate is None else f"{percent(figure.rate)}，{moved}")
        self.setToolTip(figure.definition)


class CoverageBox(QWidget):
    """Both rates side by side under their heading; hidden until there is an agency."""

    gaps_asked = Signal()
    page_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.link = button("", "coverage_gaps", "link", tip="打开单位与覆盖，只看有缺口的单位")
        self.formal, self.effective = Rate("有形覆盖"), Rate("有效覆盖")
        self._gaps = 0
        rates = row(self.formal, self.effective, spacing=20)
        rates.setStretch(0, 1)
        rates.setStretch(1, 1)
        head = row(label("法律顾问覆盖", "heading"), None, self.link)
        parts = column(head, rates, spacing=8, margins=(20, 14, 20, 14))
        self.setLayout(column(line(), parts, spacing=0))
        self.link.clicked.connect(self._on_link)
        self.hide()

    def show_headline(self, found: CoverageHeadline) -> None:
        """Show both rates and how many gaps there are."""
        self._gaps = found.gaps
        text = f"查看 {found.gaps} 个缺口" if found.gaps else "单位与覆盖"
        self.link.setText(text)
        self.link.setAccessibleName(text)
        self.formal.show_figure(found.formal, found.formal_change)
        self.effective.show_figure(found.effective, found.effective_change)
        self.setVisible(bool(found.formal.base))

    def _on_link(self) -> None:
        (self.gaps_asked if self._gaps else self.page_asked).emit()
