"""The list of a form's sections, with how many places in each are still to mend."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.look.icons import pixmap
from gui.look.theme import colour

COUNT_ROLE = Qt.ItemDataRole.UserRole
HEIGHT = 34
ICON = 13


class SectionDelegate(QStyledItemDelegate):
    """Paints the title at the left and the count in red, with its sign, at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        if not (count := index.data(COUNT_ROLE)):
            return
        rect: QRect = option.rect  # type: ignore[attr-defined,unused-ignore]
        text = f"{count} 处"
        painter.save()
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(text)
        left = rect.right() - 10 - width
        painter.setPen(colour("dg"))
        painter.drawText(rect.adjusted(0, 0, -10, 0), _RIGHT, text)
        top = rect.top() + (rect.height() - ICON) // 2
        painter.drawPixmap(left - ICON - 4, top, pixmap("circle-alert", "dg", ICON, 2.0))
        painter.restore()


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SectionList(QListWidget):
    """Titles of sections; choosing one is for the form to act on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sections")
        self.setAccessibleName("分节")
        self.setToolTip("Ctrl+PgUp、Ctrl+PgDn 到上一节、下一节")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("nav", True)
        self.setItemDelegate(SectionDelegate(self))

    def add(self, title: str) -> None:
        """Add a section."""
        self.addItem(QListWidgetItem(title))

    def set_count(self, at: int, count: int) -> None:
        """Show how many places of a section are to mend; 0 shows nothing."""
        item = self.item(at)
        item.setData(COUNT_ROLE, count)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}，{count} 处需要修改" if count else item.text()
        )

    def count_at(self, at: int) -> int:
        """Return how many places of a section are to mend."""
        return int(self.item(at).data(COUNT_ROLE) or 0)

    def show_current(self, at: int) -> None:
        """Mark a section without telling."""
        self.blockSignals(True)
        self.setCurrentRow(at)
        self.blockSignals(False)
