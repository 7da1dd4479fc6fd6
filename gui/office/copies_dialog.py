"""备份: the copies that there are, and from one of them back into the office, after a look at what would change."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from db.copies.rotation import size_words
from db.copies.shelf import Copy
from db.errors import UserError
from db.setup.restoring import Preview, Restored, preview, restore_office
from gui.context import Context
from gui.office.copy_keeper import CopyKeeper
from gui.office.list_dialog import ListDialog, fill, plain_table
from gui.widgets.basics import Strip, button, column, label, pane, row
from gui.widgets.scrolling import fit, stand

OTHER = "这份备份来自另一个数据库，现有记录全部会被它的记录取代。请核对是否选对了文件。现有数据会先另存一份并核对。"
LOSING = "恢复以后，这份备份之后的 {lost} 次操作不再存在。现有数据会先另存一份并核对，需要时可以再恢复回来。"
KINDS = "备份 (*.db);;所有文件 (*)"


class CopiesDialog(ListDialog):
    """The copies, the newest first."""

    def __init__(self, context: Context, keeper: CopyKeeper, parent: QWidget) -> None:
        super().__init__("备份", ("时间", "缘由", "大小", "状态"), (), parent)
        self.setObjectName("copies_dialog")
        self._context, self._keeper = context, keeper
        self._lines: list[Copy] = []
        self.make = button("立即备份", "back_up")
        self.folder = button("打开所在文件夹", "open_folder", "ghost", "folder-open")
        self.choose = button("选择其他备份文件…", "choose_copy", "ghost")
        self.restore = button("从所选恢复…", "restore_copy", "accent", "rotate-ccw")
        for place, made in enumerate((self.make, self.folder, self.choose)):
            self.foot.insertWidget(place, made)
        self.foot.insertWidget(self.foot.count() - 1, self.restore)
        self.make.clicked.connect(self._make)
        self.folder.clicked.connect(self._open_folder)
        self.choose.clicked.connect(self._choose)
        self.restore.clicked.connect(self._restore)
        self.table.doubleClicked.connect(self._restore)
        keeper.shown.connect(self._show)
        fit(self, QSize(760, 500))
        self._show()
        keeper.refresh()

    def _show(self) -> None:
        self._lines = list(self._keeper.copies)
        self.show_rows(_cells(copy) for copy in self._lines)
        self.note.setText(f"还没有备份。备份放在 {self._keeper.shelf.folder}。")
        self.restore.setEnabled(bool(self._lines))
        self.make.setEnabled(not self._keeper.is_busy)
        if self._lines:
            self.table.selectRow(0)

    def _make(self) -> None:
        self.make.setEnabled(False)
        self._keeper.back_up()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._keeper.shelf.folder)))

    def _choose(self) -> None:
        self._context.files.open_file(self, "选择备份文件", KINDS, self._look_at)

    def _restore(self) -> None:
        if 0 <= (at := self.table.currentRow()) < len(self._lines):
            self._look_at(self._lines[at].path)

    def _look_at(self, path: Path) -> None:
        dialog = RestoreDialog(self._context, path, self)
        dialog.restored.connect(self.accept)
        dialog.restored.connect(self._keeper.refresh)
        dialog.open()


class RestoreDialog(QDialog):
    """What restoring a copy would change; then it is done, if the clerk says so."""

    restored = Signal()

    def __init__(self, context: Context, copy: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("restore_dialog")
        self.setWindowTitle("从备份恢复")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self._context, self._copy = context, copy
        self._is_restoring = False
        self.found: Preview | None = None
        self.strip = Strip("wn")
        self.kinds = label("正在核对备份，并与现在的数据比较…", wraps=True)
        self.cancel = button("取消", "cancel", "primary")
        self.agree = button("恢复", "agree")
        self.agree.setEnabled(False)
        self.acts = plain_table("lost_acts", ("时间", "经办人", "将丢失的操作"))
        self.acts.hide()
        foot = pane("subtle")
        foot.setLayout(row(None, self.agree, self.cancel, margins=(20, 11, 20, 11)))
        top = column(
            label(copy.name, "heading"), self.strip, self.kinds, spacing=10, margins=(20, 16, 20, 12)
        )
        body = column(top, self.acts, None, spacing=0)
        body.setStretch(1, 1)
        stand(self, body, foot, QSize(640, 480))
        self.cancel.clicked.connect(self.reject)
        self.agree.clicked.connect(self._restore)
        url = context.database.url
        context.tasks.run(self, partial(preview, url, copy), self._show, self._refused)

    def reject(self) -> None:
        if not self._is_restoring:
            super().reject()

    def _show(self, found: Preview) -> None:
        self.found = found
        comparison = found.comparison
        self.agree.setEnabled(True)
        if comparison is None:
            self.kinds.setText(f"{found.trouble}，不能逐项比较。恢复时会把原文件另存。")
            return
        if not comparison.is_related:
            self.strip.say(OTHER, "dg")
        elif comparison.lost:
            self.strip.say(LOSING.format(lost=comparison.lost), "wn")
        else:
            self.strip.say("这份备份之后没有新的操作。现有数据仍会先另存一份。", "ok")
        lines = [difference.sentence() for difference in comparison.differences]
        self.kinds.setText("\n".join(lines) or "记录与现在没有差别。")
        self.acts.setVisible(bool(comparison.newest))
        fill(self.acts, [(f"{act.at:%Y-%m-%d %H:%M}", act.clerk, act.label) for act in comparison.newest])

    def _refused(self, error: Exception) -> None:
        self._context.errors.show(error, self)
        self.kinds.setText("没有恢复，现有数据没有改动。")

    def _restore(self) -> None:
        self._is_restoring = True
        self.agree.setEnabled(False)
        self.cancel.setEnabled(False)
        self.agree.setText("正在恢复…")
        work = partial(restore_office, self._context.database, self._copy)
        self._context.tasks.run(self, work, self._done, self._failed, act=self.windowTitle())

    def _done(self, done: Restored) -> None:
        self._context.bus.listen()  # every list is read anew
        self._context.desk.say(f"已从 {done.copy.name} 恢复")
        if done.troubles:
            text = "数据已经恢复，但是：\n" + "\n".join(done.troubles)
            self._context.errors.show(UserError(text), self.window().parentWidget())
        self.restored.emit()
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._is_restoring = False
        self.cancel.setEnabled(True)
        self.agree.setEnabled(True)
        self.agree.setText("恢复")
        self._context.errors.show(error, self)


def _cells(copy: Copy) -> tuple[str, str, str, str]:
    state = "旧版备份，恢复前核对" if copy.is_old else "已核对" if copy.is_whole else "已损坏，不能恢复"
    return f"{copy.made.at:%Y-%m-%d %H:%M}", copy.made.why, size_words(copy.size), state
