"""The files kept with a record: added by a button or by dropping them, opened, and moved to the recycle bin."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QDragEnterEvent, QDropEvent, QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from db.office.acts.attachments import attach_files, remove_attachments
from db.office.queries.attachments import AttachmentRow, attachments, file_to_open
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.widgets.basics import button, chip, clear, column, label, row, set_property, stretch
from gui.widgets.panels import ElidedLabel

PHOTO = "照片"
PHOTO_SIZE = QSize(72, 96)


class AttachmentList(QWidget):
    """Shows the files of one record of ``table``; ``kinds`` are what the clerk may say that a file is."""

    def __init__(self, context: Context, table: str, kinds: Sequence[str], title: str = "附件") -> None:
        super().__init__()
        self.context, self._table, self._key = context, table, 0
        self.setObjectName(f"{table}_attachments")
        self.setAccessibleName(title)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.add = button("添加", "attachment_add", "link", tip="添加文件；也可以把文件拖到这里")
        self.menu = QMenu(self.add)
        self.photo = QLabel()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        for kind in kinds:
            self.menu.addAction(f"{kind}…").setData(kind)
        self.add.setMenu(self.menu)
        self.add.setProperty("hasMenu", "link")
        self.photo.setAccessibleName(PHOTO)
        head = row(label(title, "heading"), None, self.add)
        self.setLayout(column(head, self.photo, self._rows, spacing=8, margins=(20, 14, 20, 14)))
        self.menu.triggered.connect(self._on_kind)

    def show_record(self, key: int) -> None:
        """Show the files of the record with this key."""
        self._key = key
        with self.context.database.read() as session:
            found = attachments(session, self._table, key)
        clear(self._rows)
        self._show_photo(next((a for a in reversed(found) if a.kind == PHOTO), None))
        for one in found:
            self._rows.addWidget(self._line(one))
        if not found:
            self._rows.addWidget(label("还没有附件。点“添加”，或把文件拖到这里。", "second", wraps=True))

    def attach(self, paths: Sequence[Path], kind: str = "") -> None:
        """Keep these files with the record shown."""
        database, table, key, today = self.context.database, self._table, self._key, self.context.today()

        def work() -> list[int]:
            return attach_files(database, table, key, paths, today, kind)

        said = paths[0].name if len(paths) == 1 else f"{len(paths)} 个文件"
        then = partial(self._told, f"已添加附件：{said}")
        self.context.tasks.run(self, work, then, self.context.errors.show, act=f"添加附件 {said}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._key and _files(event):
            event.acceptProposedAction()
            set_property(self, "dropping", True)

    def dragLeaveEvent(self, event: Any) -> None:
        set_property(self, "dropping", False)

    def dropEvent(self, event: QDropEvent) -> None:
        set_property(self, "dropping", False)
        if paths := _files(event):
            event.acceptProposedAction()
            self.attach(paths)

    def _show_photo(self, photo: AttachmentRow | None) -> None:
        picture = QPixmap()
        if photo is not None:
            reader = QImageReader(str(photo.path))
            reader.setDecideFormatFromContent(True)
            reader.setAutoTransform(True)
            if (size := reader.size()).isValid():
                reader.setScaledSize(size.scaled(PHOTO_SIZE, Qt.AspectRatioMode.KeepAspectRatio))
            picture = QPixmap.fromImage(reader.read())
        self.photo.setPixmap(picture)
        self.photo.setVisible(not picture.isNull())

    def _line(self, one: AttachmentRow) -> QWidget:
        link = button("打开", "attachment_open", "link")
        link.setAccessibleName(f"打开 {one.name}")
        remove = button("", "attachment_remove", "ghost", "trash-2", "移入回收站")
        remove.setAccessibleName(f"把 {one.name} 移入回收站")
        remove.setProperty("small", True)
        for made in (link, remove):
            made.setProperty("key", one.key)
            made.setProperty("file", one.name)
        link.clicked.connect(self._on_open)
        remove.clicked.connect(self._on_remove)
        said = [chip(one.kind)] if one.kind else []
        name = ElidedLabel(one.name)
        name.setToolTip(f"{one.name}\n{one.added_on} 添加" + (f"\n{one.note}" if one.note else ""))
        made_row = QWidget()
        size = label(size_words(one.size), "caption")
        made_row.setLayout(row(*said, name, size, link, remove, spacing=6))
        stretch(made_row, len(said), 1)
        return made_row

    def _on_kind(self, action: QAction) -> None:
        kind = str(action.data())
        kinds = "图片 (*.jpg *.jpeg *.png *.bmp *.webp)" if kind == PHOTO else "所有文件 (*)"
        self.context.files.open_file(self, f"添加{kind}", kinds, partial(self._add_one, kind))

    def _add_one(self, kind: str, path: Path) -> None:
        self.attach([path], kind)

    def _on_open(self) -> None:
        database, key = self.context.database, int(self.sender().property("key"))

        def work() -> Path:
            with database.read() as session:
                return file_to_open(session, key)

        self.context.tasks.run(self, work, _open, self.context.errors.show)

    def _on_remove(self) -> None:
        key, name = int(self.sender().property("key")), str(self.sender().property("file"))
        text = f"把附件“{name}”移入回收站？可以随时从回收站恢复。"
        confirm(self, "移入回收站", text, "移入回收站", partial(self._remove, key, name))

    def _remove(self, key: int, name: str) -> None:
        def act(session: Any) -> None:
            remove_attachments(session, [key])

        label_ = f"移入回收站：附件 {name}"
        then = partial(self._told, f"已完成：{label_}")
        perform(self.context, self, label_, act, then, self.context.errors.show)

    def _told(self, text: str, _: object) -> None:
        self.context.desk.say(f"{text}，可用 Ctrl+Z 撤销")


def size_words(size: int) -> str:
    """Return a file's size as people say it: 820 KB, 1.4 MB."""
    kilobytes = size / 1024
    return f"{kilobytes / 1024:.1f} MB" if kilobytes >= 1000 else f"{max(kilobytes, 1):.0f} KB"  # noqa: PLR2004 - no 1003 KB


def _files(event: QDropEvent) -> list[Path]:
    """Return the files that are dragged in; folders and links from a browser are passed over."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
