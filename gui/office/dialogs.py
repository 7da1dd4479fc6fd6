"""The office's own dialogs: recycle bin, acts, keys, demo data; settings, calendar and courts are opened here."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db.agencies.acts.agencies import restore_agency
from db.cases.acts.cases import restore_case
from db.cases.queries.cases import View, case_counts
from db.consultations.acts.consultations import restore_consultation
from db.office.acts.attachments import restore_attachment
from db.office.queries.history import BinLine, recent_acts, recycle_bin, undo_state
from db.office.queries.settings import load_settings
from db.office.rules.settings import Settings
from db.registry.acts.advisers import restore_contract, restore_internal_adviser
from db.registry.acts.public_lawyers import restore_public_lawyer
from db.registry.acts.sharing import restore_sharing
from db.roster.acts.lawyers import restore_lawyer
from db.roster.queries.roster import roster
from db.services.acts.services import restore_service
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.office.calendar import CalendarDialog
from gui.office.copies_dialog import CopiesDialog
from gui.office.copy_keeper import CopyKeeper
from gui.office.intake import IntakeDialog
from gui.office.intake_quotes import read_offers
from gui.office.jurisdiction import JurisdictionDialog
from gui.office.list_dialog import ListDialog
from gui.office.settings_dialog import SettingsDialog
from gui.pages.agencies.registry.opening import Registry
from gui.widgets.basics import button

KEYS = (
    ("Ctrl+K", "搜索"),
    ("Ctrl+N", "新增（本页）"),
    ("Ctrl+F", "在列表中筛选"),
    ("Enter / F2", "打开、编辑"),
    ("Ctrl+Enter", "分派顾问；在对话框中确认"),
    ("F4", "登记案件进程"),
    ("Ctrl+D", "在工作台登记办结所选期限；在案件页登记提交"),
    ("↑ ↓ / 回车 / 空格", "法定期间中：移动、钉住依据和推算、选择操作"),
    ("Ctrl+C", "在工作台复制通知文字；在列表中复制所选行"),
    ("Ctrl+Shift+V", "把复制的通知、传票或者消息登记为案件"),
    ("Ctrl+Z / Ctrl+Y", "撤销 / 重做"),
    ("Ctrl+R / Ctrl+B", "续聘 / 批量修改所选顾问"),
    ("Delete", "解聘出库（写明原因）"),
    ("Ctrl+V", "在顾问库粘贴从 Excel 复制的名册"),
    ("Shift+F10", "对所选行的全部操作"),
    ("Ctrl+E / Ctrl+P", "导出 / 打印"),
    ("Ctrl+1 … 6", "切换页面"),
    ("F6 / Shift+F6", "在左栏、列表、详情之间移动"),
    ("Space", "勾选；窗口较窄时展开详情"),
    ("Alt", "显示菜单栏"),
)
LONGEST_TEXT = 20_000  # characters: a paper has a few thousand, a clipboard may hold a book


@dataclass(frozen=True, slots=True)
class OfficeState:
    """What the frame shows of the office."""

    settings: Settings
    place: str
    undo: str
    redo: str
    unassigned: int
    is_new: bool  # neither lawyers nor cases yet


RESTORES = {
    "lawyer": restore_lawyer,
    "case_record": restore_case,
    "consultation": restore_consultation,
    "agency": restore_agency,
    "service": restore_service,
    "attachment": restore_attachment,
    "public_lawyer": restore_public_lawyer,
    "sharing": restore_sharing,
    "internal_adviser": restore_internal_adviser,
    "agency_contract": restore_contract,
}


class OfficeDialogs:
    """Opens the office's dialogs over the window."""

    def __init__(self, context: Context, window: QWidget, copies: CopyKeeper) -> None:
        self._context, self._window, self._copies = context, window, copies
        self._registry: Registry | None = None

    def state(self) -> OfficeState:
        """Return what the frame shows."""
        context = self._context
        with context.database.read() as session:
            undo = undo_state(session, context.database.hand)
            counts = case_counts(session, context.today())
            settings = load_settings(session)
            is_new = not counts[View.ALL] and not roster(session, context.today())
        return OfficeState(
            settings, context.database.title, undo.undo, undo.redo, counts[View.UNASSIGNED], is_new
        )

    def show_settings(self) -> None:
        """Change the office's name, caps, the clerk's name and the look."""
        SettingsDialog(self._context, self.state().settings, self._window).open()

    def registry(self) -> Registry:
        """Return the acts of the registry of public lawyers, which open their forms over the window."""
        if self._registry is None:
            self._registry = Registry(self._context, self._window)
        return self._registry

    def show_public_lawyers(self, key: int | None = None) -> None:
        """Open 公职律师名册, with a person selected."""
        self.registry().show_list(key)

    def act_on_registry(self, act: str, key: int) -> None:
        """Do one act of the registry, such as open_sharing, to one record."""
        getattr(self.registry(), act)(key)

    def show_bin(self) -> None:
        """Show what was removed, and bring it back."""
        BinDialog(self._context, self._window).open()

    def show_history(self) -> None:
        """Show who did what."""
        HistoryDialog(self._context, self._window).open()

    def back_up(self) -> None:
        """Make a copy now."""
        self._copies.back_up()

    def show_copies(self) -> None:
        """Show the copies, and restore one."""
        CopiesDialog(self._context, self._copies, self._window).open()

    def show_calendar(self) -> None:
        """Show the days off of each year, and take in the notice of another."""
        CalendarDialog(self._context, self._window).open()

    def show_jurisdiction(self) -> None:
        """Show the rules that propose a court."""
        JurisdictionDialog(self._context, self._window).open()

    def enter_from_text(self) -> None:
        """Register a case from what is on the clipboard."""
        with self._context.database.read() as session:
            offers = read_offers(session)
        text = QGuiApplication.clipboard().text()
        IntakeDialog(self._context, offers, text[:LONGEST_TEXT], self._window).open()

    def show_help(self) -> None:
        """Show the keys."""
        ListDialog("快捷键", ("按键", "作用"), KEYS, self._window).open()

    def load_demo(self) -> None:
        """Fill the empty database with the demo bureau."""
        from db.demo.demo import load_demo  # noqa: PLC0415 - only when asked for

        context = self._context
        context.desk.say("正在载入示例数据…")

        def work() -> str:
            return load_demo(context.database, context.today())

        context.tasks.run(self._window, work, self._loaded, context.errors.show, act="载入示例数据")

    def clear_demo(self) -> None:
        """Move the demo bureau to the recycle bin."""
        if not self.state().settings.is_demo:
            self._context.desk.say("现在没有示例数据")
            return
        text = "把全部示例顾问、律所和案件移入回收站，开始登记正式数据？单位名录保留。"
        confirm(self._window, "清除示例数据", text, "清除示例数据", self._clear)

    def _clear(self) -> None:
        from db.demo.demo import clear_demo  # noqa: PLC0415

        context = self._context

        def work() -> None:
            clear_demo(context.database)

        context.tasks.run(self._window, work, self._cleared, context.errors.show, act="清除示例数据")

    def _loaded(self, counts: str) -> None:
        self._context.desk.say(f"已载入示例数据：{counts}。不再需要时，用“工具”菜单中的“清除示例数据”")

    def _cleared(self, _: object) -> None:
        self._context.desk.say("示例数据已移入回收站，可用 Ctrl+Z 撤销")


class HistoryDialog(ListDialog):
    """Who did what, the newest first."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        with context.database.read() as session:
            acts = recent_acts(session, limit=300)
        rows = [
            (f"{a.at.astimezone():%Y-%m-%d %H:%M}", a.clerk, f"{a.label}（已撤销）" if a.undone else a.label)
            for a in acts
        ]
        super().__init__("操作记录", ("时间", "经办人", "操作"), rows, parent)
        self.setObjectName("history_dialog")


class BinDialog(ListDialog):
    """What was removed; the selected record can be restored."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._context = context
        super().__init__("回收站", ("移入时间", "类别", "名称"), (), parent)
        self.setObjectName("bin_dialog")
        self.restore = button("恢复所选", "restore", "accent", "rotate-ccw")
        self.foot.insertWidget(0, self.restore)
        self.restore.clicked.connect(self._restore)
        self._lines: list[BinLine] = []
        self._show()

    def _show(self) -> None:
        with self._context.database.read() as session:
            self._lines = recycle_bin(session)
        self.show_rows((f"{x.removed_at.astimezone():%Y-%m-%d %H:%M}", x.kind, x.title) for x in self._lines)
        self.note.setText("回收站是空的")
        self.restore.setEnabled(bool(self._lines))
        if self._lines:
            self.table.selectRow(0)

    def _restore(self) -> None:
        at = self.table.currentRow()
        if not 0 <= at < len(self._lines):
            return
        line = self._lines[at]
        restore = RESTORES[line.table]

        def act(session: Any) -> None:
            restore(session, line.key)

        text = f"恢复{line.kind} {line.title}"
        perform(self._context, self, text, act, partial(self._restored, text), self._context.errors.show)

    def _restored(self, text: str, _: object) -> None:
        self._context.desk.say(f"已{text}，可用 Ctrl+Z 撤销")
        self._show()
