"""通知文字: what is pasted into a chat group about a case, put on the clipboard."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db.cases.queries.cases import case_rows
from db.workbench.agenda import notice_text
from gui.context import Context


def copy_notice(context: Context, owner: QWidget, key: int) -> None:
    """Copy the 通知文字 of a case; it names no plaintiff, since others read along in a group."""

    def work() -> str:
        with context.database.read() as session:
            rows = case_rows(session, [key], context.today())
        return notice_text(rows[key]) if key in rows else ""

    def copied(text: str) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
            context.desk.say("通知文字已复制，可以粘贴到工作群")

    context.tasks.run(owner, work, copied, context.errors.show)
