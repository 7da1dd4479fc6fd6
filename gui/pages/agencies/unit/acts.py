"""What can be done to an agency: enter, edit, rename, end, remove; each form opens over the page."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.agencies.acts.agencies import remove_agencies, save_agency
from db.agencies.queries.agencies import agency_draft
from db.agencies.rules.agencies import AgencyDraft
from db.office.queries.reference import field_names
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.keeping import Keeping
from gui.pages.agencies.unit.editor import AgencyEditor


class AgencyActs(QObject):
    """Opens the forms of agencies; ``entered`` tells which agency is new."""

    entered = Signal(int)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def enter(self) -> None:
        """Open an empty form."""
        self._edit(AgencyDraft(), None)

    def edit(self, key: int) -> None:
        """Open the form of an agency."""
        with self._context.database.read() as session:
            draft = agency_draft(session, key)
        if draft:
            self._edit(draft, key)

    def remove(self, keys: Sequence[int]) -> None:
        """Move agencies to the recycle bin, after asking."""
        text = f"把所选 {len(keys)} 个单位移入回收站？可以随时从回收站恢复。撤销或合并的单位请改用“撤并”，以保留历史。"
        confirm(self._page, "移入回收站", text, "移入回收站", partial(self._remove, list(keys)))

    def _edit(self, draft: AgencyDraft, key: int | None) -> None:
        with self._context.database.read() as session:
            fields = field_names(session)
        editor = AgencyEditor(draft, key, fields, self._context.today(), self._page.window())
        place = ("agency", key or 0, draft.version)
        Keeping(self._context, editor, place, AgencyDraft, editor.draft, editor.restore)
        editor.submitted.connect(self._save)
        editor.open()

    def _save(self, _another: bool) -> None:
        editor = self.sender()
        if isinstance(editor, AgencyEditor):
            draft, key, today = editor.draft(), editor.key, self._context.today()
            text = f"{'修改' if key else '新增'}单位 {draft.short_name.strip() or draft.name.strip()}"

            def act(session: Any) -> int:
                return save_agency(session, draft, today, key)

            then, failed = partial(self._saved, editor, text), partial(self._refused, editor)
            perform(self._context, editor, text, act, then, failed)

    def _saved(self, editor: AgencyEditor, text: str, key: int) -> None:
        editor.accept()
        self._context.desk.say(f"已保存：{text}，可用 Ctrl+Z 撤销")
        if editor.key is None:
            self.entered.emit(key)

    def _refused(self, editor: AgencyEditor, error: Exception) -> None:
        if not editor.show_refusal(error):
            self._context.errors.show(error, editor)

    def _remove(self, keys: list[int]) -> None:
        today = self._context.today()

        def act(session: Any) -> None:
            remove_agencies(session, keys, today)

        text = f"移入回收站：{len(keys)} 个单位"
        perform(self._context, self, text, act, partial(self._removed, text), self._context.errors.show)

    def _removed(self, text: str, _: object) -> None:
        self._context.desk.say(f"{text}，可用 Ctrl+Z 撤销")
