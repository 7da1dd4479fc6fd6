"""The versions of an archived record: who made each, when and why, and what it changed, before and after."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from db.consultations.queries.detail import ConsultationDetail, VersionLine
from gui.widgets.basics import button, clear, column, label, line, pane, row, stretch
from gui.widgets.scrolling import TallArea, stand

LIST = 236


class VersionsDialog(QDialog):
    """Lists the versions, the newest first; shows of the chosen one what differs from the one before."""

    def __init__(self, detail: ConsultationDetail, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("versions_dialog")
        self.setWindowTitle(f"各版本　{detail.row.topic}")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self._versions = sorted(detail.versions, key=lambda v: v.serial, reverse=True)
        self.list = QListWidget()
        self.list.setObjectName("version_list")
        self.list.setAccessibleName("版本")
        self.list.setProperty("plain", True)
        self.body = QVBoxLayout()
        self.close_button = button("关闭", "versions_close", "primary")
        self._build()
        self.list.currentRowChanged.connect(self._show)
        self.close_button.clicked.connect(self.accept)
        for version in self._versions:
            when = f"{version.made_at.astimezone():%Y-%m-%d %H:%M}"
            self.list.addItem(QListWidgetItem(f"第 {version.serial} 版　{when}"))
        self.list.setCurrentRow(0)

    def _show(self, at: int) -> None:
        clear(self.body)
        version = self._versions[at]
        when = f"{version.made_at.astimezone():%Y-%m-%d %H:%M}　{version.clerk}"
        self.body.addWidget(label(f"第 {version.serial} 版", "person"))
        self.body.addWidget(label(when, "second"))
        if version.reason:
            self.body.addWidget(label(f"理由：{version.reason}", wraps=True, selectable=True))
        if not version.changes:
            words = "归档时的全部内容。" if version.serial == 1 else "与上一版相同。"
            self.body.addWidget(label(words, "second"))
        for change in _changes(version):
            self.body.addWidget(line())
            self.body.addWidget(change)

    def _build(self) -> None:
        self.body.setSpacing(8)
        inner = pane("surface")
        inner.setLayout(column(self.body, None, margins=(24, 18, 24, 18)))
        area = TallArea(inner)
        left = pane("subtle")
        left.setFixedWidth(LIST)
        left.setLayout(column(self.list))
        foot = pane("subtle", "foot")
        foot.setLayout(row(None, self.close_button, margins=(20, 11, 20, 11)))
        middle = row(left, line("v"), area, spacing=0)
        middle.setStretch(2, 1)
        stand(self, middle, foot, QSize(860, 600))


def _changes(version: VersionLine) -> list[QWidget]:
    return [_change(change.field, change.before, change.after) for change in version.changes]


def _change(what: str, before: str, after: str) -> QWidget:
    made = QWidget()
    lines: list[QWidget | int] = [label(what, "heading", wraps=True)]
    for word, text in (("原为", before), ("改为", after)):
        caption = label(word, "second")
        caption.setFixedWidth(40)
        said = label(text or "（空）", "second" if word == "原为" else "", wraps=True, selectable=True)
        place = QWidget()
        place.setLayout(row(caption, said, spacing=6))
        stretch(place, 1, 1)
        if layout := place.layout():
            layout.setAlignment(caption, Qt.AlignmentFlag.AlignTop)
        lines.append(place)
    made.setLayout(column(*lines, spacing=4))
    return made
