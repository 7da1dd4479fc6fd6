"""Closing the window: what was begun is answered first, then forms with unsaved text are asked about."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMessageBox, QProgressBar, QWidget
from shiboken6 import isValid

from db.errors import UserError
from gui.context import Context
from gui.forms.keeping import Keeping
from gui.widgets.basics import button, column, label, row

SHOW_AFTER = 250  # milliseconds: most acts are answered before anybody could read a word
LONG = 10_000  # milliseconds after which the clerk may leave without the answer
ASKING = ("discard_box", "confirm")


class WaitBox(QDialog):
    """Says what is waited for; lets the clerk go back, and after a while leave without the answer."""

    def __init__(self, parent: QWidget, back: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setObjectName("wait_box")
        self.setWindowTitle("正在退出")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.text = label("", wraps=True)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        self.back = button("返回窗口", "wait_back", "primary")
        self.leave = button("不等了，退出程序", "wait_leave")
        self.leave.hide()
        self.back.clicked.connect(back)
        self.rejected.connect(back)
        self.leave.clicked.connect(leave)
        foot = row(None, self.leave, self.back)
        self.setLayout(column(self.text, bar, 4, foot, spacing=12, margins=(24, 20, 24, 16)))
        self.setMinimumWidth(460)

    def say_waiting(self, acts: list[str]) -> None:
        """Name what has no answer yet."""
        self.text.setText(f"正在完成{_named(acts)}，完成后就关闭窗口。没有完成的话会告诉您，窗口保留。")

    def say_long(self, acts: list[str]) -> None:
        """Say what is not known, and offer to leave."""
        self.text.setText(
            f"数据库还没有答复，不知道{_named(acts)}是否已经完成。可以继续等，也可以现在退出："
            "已填写的内容会暂存在本机，下次打开时请先核对这一步是否已经保存。"
        )
        self.leave.show()
        self.adjustSize()


class Closing(QObject):
    """Stands between the clerk who closes the window and what is not finished."""

    def __init__(self, context: Context, window: QMainWindow) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._is_wanted, self._is_left = False, False
        self._box: WaitBox | None = None
        self._soon, self._long = _timer(self, SHOW_AFTER), _timer(self, LONG)
        self._soon.timeout.connect(self._show)
        self._long.timeout.connect(self._offer_to_leave)
        context.tasks.refused.connect(self.stay)
        context.tasks.answered.connect(self._go_on)
        context.tasks.unheard.connect(self._tell)

    def may_close(self) -> bool:
        """Say whether the window may close now; if not, it closes by itself once nothing is in the way."""
        if self._is_left:
            return True
        if not self._context.tasks.unanswered and not self._close_dialogs():
            return False
        if self._context.tasks.unanswered:  # also what a closed form wrote as its last word
            self._wait()
            return False
        return True

    def stay(self) -> None:
        """Give up closing: the clerk wants so, or something was refused and must be seen."""
        self._is_wanted = False
        self._soon.stop()
        self._long.stop()
        box, self._box = self._box, None
        if box is not None and isValid(box):  # it goes with the form that it was shown over
            box.close()

    def leave(self) -> None:
        """Close without the answer; what stands in forms is kept on this PC."""
        self.keep_all()
        self._is_left = True
        self._context.database.give_up()
        self.stay()
        for dialog in self._window.findChildren(QDialog):
            dialog.hide()  # not closed: that would be giving up what is typed
        self._window.close()

    def keep_all(self) -> None:
        """Keep on this PC what stands in all forms, at once and without the database."""
        for keeping in self._window.findChildren(Keeping):
            keeping.keep_here()

    def end_session(self) -> bool:
        """Keep everything typed; return whether every act was answered within some seconds."""
        self.keep_all()
        tasks, waiting = self._context.tasks, QEventLoop()
        patience = _timer(self, LONG)
        patience.timeout.connect(waiting.quit)
        tasks.answered.connect(waiting.quit)
        patience.start()
        while tasks.unanswered and patience.isActive():
            waiting.exec()
        return not tasks.unanswered

    # -- inside ----------------------------------------------------------------------------

    def _wait(self) -> None:
        if not self._is_wanted:
            self._is_wanted = True
            self._soon.start()
            self._long.start()

    def _show(self) -> None:
        if self._is_wanted and self._box is None and (acts := self._context.tasks.unanswered):
            self._box = WaitBox(QApplication.activeModalWidget() or self._window, self.stay, self.leave)
            self._box.say_waiting(acts)
            self._box.open()

    def _offer_to_leave(self) -> None:
        self._show()
        if self._box is not None:
            self._box.say_long(self._context.tasks.unanswered)

    def _go_on(self) -> None:
        if self._is_wanted and not self._context.tasks.unanswered:
            self.stay()
            self._window.close()

    def _close_dialogs(self) -> bool:
        """Close what is open over the window, from the top; return false if one of them objects."""
        while (dialog := self._topmost()) is not None:
            if isinstance(dialog, QMessageBox) and dialog.objectName() in ASKING:
                dialog.activateWindow()
                return False
            dialog.close()
            if isValid(dialog) and dialog.isVisible():
                dialog.activateWindow()
                return False
        return True

    def _topmost(self) -> QDialog | None:
        shown = [d for d in self._window.findChildren(QDialog) if d.isVisible()]
        return next((d for d in shown if not any(c.isVisible() for c in d.findChildren(QDialog))), None)

    def _tell(self, act: str, error: Exception) -> None:
        """Say a refusal whose form is gone."""
        if type(error) is UserError:
            error = UserError(f"“{act}”没有完成：{error}")
        self._context.errors.show(error, self._window)


def _timer(parent: QObject, after: int) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(after)
    return made


def _named(acts: list[str]) -> str:
    rest = f"等 {len(acts)} 项" if len(acts) > 1 else ""
    return f"“{acts[0]}”{rest}" if acts else "这一步"
