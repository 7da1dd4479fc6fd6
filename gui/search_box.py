"""Global search: a field with its hits below, grouped; the first is selected, Enter opens, Esc clears."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QWidget

from gui.commands import matching
from gui.look.icons import icon
from gui.widgets.basics import column, label, row

if TYPE_CHECKING:
    from gui.context import Context

WAIT = 120  # milliseconds of rest before searching
GROUPS = {
    "lawyer": "顾问",
    "case_record": "案件",
    "consultation": "会商",
    "public_lawyer": "公职律师",
    "agency": "单位",
    "command": "命令",
}


class SearchBox(QLineEdit):
    """Finds lawyers, cases, consultations, agencies and commands by 汉字, pinyin, initials or digits."""

    opened = Signal(str, int)  # table, key
    commanded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setAccessibleName("搜索")
        self.setPlaceholderText("搜索姓名、案号、单位（支持拼音首字母）")
        self.setClearButtonEnabled(True)
        self.setFixedWidth(448)
        self.addAction(icon("search", "tx2", 16), QLineEdit.ActionPosition.LeadingPosition)
        self._cap = label("Ctrl+K", "keycap")
        self._cap.setParent(self)
        self._context: Context | None = None
        self._asked = ""
        self.popup = QFrame()
        self.popup.setObjectName("search_popup")
        self.popup.setProperty("box", True)
        self.hits = QListWidget()
        self.hits.setObjectName("search_hits")
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.popup.setLayout(column(self.hits, margins=(4, 4, 4, 4)))
        self.popup.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self._ask)
        self.textChanged.connect(self._on_text)
        self.hits.itemClicked.connect(self._open)
        self.installEventFilter(self)

    def set_overlay_parent(self, parent: QWidget) -> None:
        """Say over which widget the hits are shown."""
        self.popup.setParent(parent)
        parent.installEventFilter(self)

    def attach(self, context: "Context") -> None:
        """Take the data to search in."""
        self._context = context

    def start(self) -> None:
        """Put the cursor here and select what is typed."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        size = self._cap.sizeHint()
        self._cap.setGeometry(
            self.width() - size.width() - 8, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self:
            if event.type() == QEvent.Type.Resize and self.popup.isVisible():
                self._place()
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._on_key(event):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.clear()
            self.popup.hide()
            return True
        if not self.popup.isVisible():
            return False
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._move(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and (item := self.hits.currentItem()):
            self._open(item)
            return True
        return False

    def _on_text(self, text: str) -> None:
        self._cap.setVisible(not text)
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self.popup.hide()

    def _ask(self) -> None:
        if (context := self._context) is None or not self.text().strip():
            return
        from db.catalogue.search import search  # noqa: PLC0415 - the frame is painted before SQLAlchemy is imported

        typed = self._asked = self.text()

        def work() -> tuple[str, Any]:
            with context.database.read() as session:
                return typed, search(session, typed)

        context.tasks.run(self, work, self._show, context.errors.show)

    def _show(self, answer: tuple[str, Any]) -> None:
        typed, found = answer
        if typed != self.text():
            return
        self.hits.clear()
        group = ""
        for hit in found:
            if hit.table != group:
                group = hit.table
                self._add_group(GROUPS[group])
            self._add_hit(hit.title, hit.caption, (hit.table, hit.key))
        if commands := matching(typed):
            self._add_group(GROUPS["command"])
            for command in commands:
                self._add_hit(command.title, command.keys, ("command", command.name))
        if not self.hits.count():
            self._add_group(f"没有找到“{typed.strip()}”。可以试试姓名拼音首字母，或案号中的数字")
        self._place()
        self._move(1)

    def _add_group(self, title: str) -> None:
        item = QListWidgetItem()
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(100, 26))
        self.hits.addItem(item)
        made = label(title, "hint")
        made.setContentsMargins(10, 4, 0, 0)
        self.hits.setItemWidget(item, made)

    def _add_hit(self, title: str, caption: str, data: tuple[str, Any]) -> None:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, data)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title} {caption}")
        item.setSizeHint(QSize(100, 32))
        self.hits.addItem(item)
        made = QWidget()
        note: QLabel = label(caption, "caption")
        made.setLayout(row(label(title), 6, note, None, margins=(10, 0, 10, 0)))
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hits.setItemWidget(item, made)

    def _place(self) -> None:
        parent = self.popup.parentWidget()
        if parent is None:
            return
        at = parent.mapFromGlobal(self.mapToGlobal(QPoint(0, self.height() + 4)))
        height = sum(self.hits.sizeHintForRow(i) for i in range(self.hits.count())) + 14
        self.popup.setGeometry(
            at.x(), at.y(), max(self.width(), 560), min(height, parent.height() - at.y() - 40)
        )
        self.popup.show()
        self.popup.raise_()

    def _move(self, step: int) -> None:
        at = self.hits.currentRow()
        while 0 <= at + step < self.hits.count():
            at += step
            if self.hits.item(at).data(Qt.ItemDataRole.UserRole):
                self.hits.setCurrentRow(at)
                return

    def _open(self, item: QListWidgetItem) -> None:
        data = item.data(Qt.ItemDataRole.UserRole)
        if not data:
            return
        table, what = data
        self.popup.hide()
        self.clear()
        if table == "command":
            self.commanded.emit(str(what))
        else:
            self.opened.emit(table, int(what))
