"""设置: the office, how it assigns, and this clerk's own PC."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QTabWidget, QWidget

from db.errors import Conflict, Invalid, Problem
from db.formats.merging import rebased
from db.office.acts.settings import save_settings
from db.office.queries.settings import load_settings
from db.office.rules.reminders import DEFAULT_TIMES, parse_times
from db.office.rules.settings import CAPTIONS, Settings
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import ask_discard
from gui.look.icons import icon
from gui.look.theme import Mode
from gui.office.assign_settings import AssignSettings
from gui.office.copy_keeper import SECOND
from gui.office.coverage_settings import CoverageSettings
from gui.widgets.basics import Strip, button, column, label, line, pane, row, stretch
from gui.widgets.fields import FieldBox
from gui.widgets.scrolling import TallArea, fit

SECOND_HINT = (
    "每天和立即备份时再存一份到这个 U 盘或网络文件夹，只用于本机；没有插好时会提示，不影响本机的备份。"
)
MODES = {"跟随系统": Mode.SYSTEM, "浅色": Mode.LIGHT, "深色": Mode.DARK}


class SettingsDialog(QDialog):
    """The office's settings, and this clerk's own."""

    def __init__(self, context: Context, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settings_dialog")
        self.setWindowTitle("设置")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self._context, self._settings = context, settings  # what the fields were filled with
        self.office = QLineEdit(settings.office_name)
        self.pool = QLineEdit(settings.pool_name)
        self.assigning = AssignSettings(settings)
        self.coverage = CoverageSettings(settings)
        self.clerk = QLineEdit(context.database.clerk)
        self.look = QComboBox()
        self.look.addItems(list(MODES))
        self.look.setCurrentIndex(list(MODES.values()).index(context.theme.mode))
        preferences = context.preferences
        self.remind = QCheckBox("程序开着时，从任务栏右下角提醒逾期和今天到期的事项")
        self.remind.setObjectName("remind")
        self.remind.setChecked(bool(preferences.value("remind", True, bool)) and context.tray.is_available())
        self.remind.setEnabled(context.tray.is_available())
        self.remind_at = QLineEdit(str(preferences.value("remind_at", DEFAULT_TIMES)))
        self.remind_at.setEnabled(self.remind.isChecked())
        self.second = QLineEdit(str(preferences.value(SECOND, "")))
        self.second.setPlaceholderText("如 E:\\，不填则只备份在本机")
        choose = self.second.addAction(icon("folder-open"), QLineEdit.ActionPosition.TrailingPosition)
        choose.setToolTip("选择文件夹")
        choose.triggered.connect(self._choose_second)
        self.boxes = {
            "office_name": FieldBox(
                CAPTIONS["office_name"],
                self.office,
                "office_name",
                required=True,
                hint="印在报表抬头“填报单位”处。",
            ),
            "pool_name": FieldBox(CAPTIONS["pool_name"], self.pool, "pool_name", hint="印在报表标题中。"),
            "clerk": FieldBox("经办人姓名", self.clerk, "clerk_name", hint="本机的操作记在此名下。"),
            "look": FieldBox("外观", self.look, "look"),
            "second": FieldBox("备份另存到", self.second, "second", hint=SECOND_HINT),
            "remind_at": FieldBox("提醒时间", self.remind_at, "remind_at", hint=self._remind_hint()),
        }
        self.strip = Strip("dg")
        self.cancel = button("取消", "cancel")
        self.save = button("保存", "save", "primary")
        self.save.setDefault(True)
        self.tabs = QTabWidget()
        self._build()
        self._before = self._entered()
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        self.remind.toggled.connect(self.remind_at.setEnabled)

    def _build(self) -> None:
        office = pane("surface")
        office.setLayout(
            column(
                label("本单位", "heading"),
                *(self.boxes[name] for name in ("office_name", "pool_name")),
                label("本机", "heading"),
                row(self.boxes["clerk"], self.boxes["look"], spacing=16),
                self.boxes["second"],
                self.remind,
                self.boxes["remind_at"],
                None,
                spacing=12,
                margins=(24, 16, 24, 16),
            )
        )
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(TallArea(office), "单位与本机")
        self.tabs.addTab(self.assigning, "分派")
        self.tabs.addTab(self.coverage, "覆盖与会商")
        foot = pane("subtle")
        foot.setLayout(row(None, self.cancel, self.save, margins=(20, 11, 20, 11)))
        self.setLayout(column(row(self.strip, margins=(24, 8, 24, 0)), self.tabs, line(), foot, spacing=0))
        stretch(self, 1, 1)
        fit(self, QSize(600, 660))

    def _remind_hint(self) -> str:
        there = self._context.tray.is_available()
        return "打开程序时和这些时间提醒，如 09:00、14:00。" if there else "本机桌面没有托盘，不能提醒。"

    def reject(self) -> None:
        """Close, after asking if anything was changed."""
        if self._entered() == self._before:
            super().reject()
        else:
            ask_discard(self, "改动的设置还没有保存，要放弃吗？", super().reject)

    def _entered(self) -> tuple[object, ...]:
        """Return what stands in all the fields."""
        return (
            self._wanted(),
            self.clerk.text(),
            self.look.currentText(),
            self.second.text(),
            self.remind.isChecked(),
            self.remind_at.text(),
        )

    def _wanted(self) -> Settings:
        return replace(
            self.coverage.settings(self.assigning.settings(self._settings)),
            office_name=self.office.text().strip(),
            pool_name=self.pool.text().strip(),
        )

    def _choose_second(self) -> None:
        self._context.files.choose_folder(self, "选择备份另存到的文件夹", self._take_second)

    def _take_second(self, folder: Path) -> None:
        self.second.setText(str(folder))

    def _save(self) -> None:
        if parse_times(self.remind_at.text()) is None:
            text = f"提醒时间应写成 09:00、14:00 的样子，现为“{self.remind_at.text().strip()}”。"
            self.boxes["remind_at"].say(text, "error")
            self.tabs.setCurrentIndex(0)
            self.remind_at.setFocus()
            return
        second = self.second.text().strip()
        if second and not Path(second).is_absolute():
            self.boxes["second"].say(f"请写完整的路径，如 E:\\ 或 /media/U盘，现为“{second}”。", "error")
            self.tabs.setCurrentIndex(0)
            self.second.setFocus()
            return
        wanted, context = self._wanted(), self._context
        clerk = self.clerk.text().strip()
        if clerk:
            context.database.clerk = clerk
            context.preferences.setValue("clerk", clerk)
        context.preferences.setValue(SECOND, second)
        mode = MODES[self.look.currentText()]
        context.preferences.setValue("theme", mode.value)
        if context.tray.is_available():
            context.preferences.setValue("remind", self.remind.isChecked())
            context.preferences.setValue("remind_at", self.remind_at.text().strip())
        if mode is not context.theme.mode:
            context.theme.apply(mode, large=bool(context.preferences.value("large", False, bool)))

        read = self._settings

        def act(session: Any) -> None:
            save_settings(session, wanted, read)

        perform(context, self, "修改设置", act, self._saved, self._refused)

    def _saved(self, _: object) -> None:
        self._context.desk.say("设置已保存")
        self._context.bus.listen()
        self.accept()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Conflict):  # said at the fields; who saves again has read it
            with self._context.database.read() as session:
                present = load_settings(session)
            self._settings = rebased(self._settings, present, [p.field for p in error.problems])
        if isinstance(error, Invalid | Conflict) and error.problems:
            self._show_problems(error.problems)
        else:
            self._context.errors.show(error, self)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        """Say each problem under its field, and go to the first."""
        sections = (self.boxes, self.assigning.boxes, self.coverage.boxes)
        boxes = {name: box for section in sections for name, box in section.items()}
        for box in boxes.values():
            box.clear()
        found = [(p.field if p.field in boxes else p.field.partition(".")[2], p) for p in problems]
        for name, problem in found:
            if name in boxes:
                boxes[name].say(problem.text, "error")
        self.strip.say("；".join(p.text for name, p in found if name not in boxes), "dg")
        first = next((name for name, _ in found if name in boxes), "")
        if not first:
            return
        self.tabs.setCurrentIndex(next(at for at, section in enumerate(sections) if first in section))
        boxes[first].editor.setFocus()
