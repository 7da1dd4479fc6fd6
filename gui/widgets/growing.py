"""A field for several lines of text that is as high as what stands in it."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

FRAME, DENSE_FRAME = 14, 9  # pixels of padding and border above and below the lines


class GrowingText(QPlainTextEdit):
    """Grows with its text from ``least`` to ``most`` lines; Tab goes on to the next field."""

    edited = Signal()

    def __init__(
        self, placeholder: str = "", least: int = 1, most: int = 12, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._is_setting = least, most, False
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._on_changed)
        self._fit()

    def text(self) -> str:
        """Return what stands in the field."""
        return self.toPlainText()

    def value(self) -> object:
        return self.text()

    def set_value(self, value: object) -> None:
        """Show a text without telling."""
        self._is_setting = True
        self.setPlainText("" if value is None else str(value))
        self._is_setting = False
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take in text as it reads: word processors write a break within a paragraph as a vertical tab."""
        self.insertPlainText(source.text().replace("\v", "\n"))

    def is_blank(self) -> bool:
        return not self.toPlainText().strip()

    def trouble(self) -> str:
        return ""

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _on_changed(self) -> None:
        self._fit()
        if not self._is_setting:
            self.edited.emit()

    def _fit(self) -> None:
        """Be as high as the lines need; a plain text's document measures itself in lines."""
        lines = max(self._least, min(self._most, int(self.document().size().height())))
        frame = DENSE_FRAME if self.property("dense") else FRAME
        wanted = lines * self.fontMetrics().lineSpacing() + frame
        is_full = int(self.document().size().height()) > self._most
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_full else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        if self.minimumHeight() != wanted or self.maximumHeight() != wanted:
            self.setFixedHeight(wanted)
