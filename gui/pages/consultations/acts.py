"""What a clerk does with a consultation: each opens its form, and carries the act out when it is confirmed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from db.catalogue.reports import REPORTS, Parameters, make
from db.consultations.acts.consultations import (
    adopt,
    cancel,
    hold_after_all,
    remove_consultations,
    reopen_follow_up,
)
from db.consultations.acts.follow_ups import finish_with_file
from db.consultations.acts.records import archive
from db.consultations.queries.detail import ConsultationDetail
from db.consultations.rules.consultations import RecordDraft
from db.consultations.rules.problems import archive_problems
from db.errors import Severity
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.draft_dialog import DraftDialog
from gui.pages.consultations.forms.short import AdoptionForm, CancelForm, DoneForm
from gui.pages.consultations.members.dialog import MembersDialog
from gui.pages.consultations.members.draw_check import DrawCheck
from gui.pages.consultations.record.versions import VersionsDialog
from gui.pages.consultations.record.writing import Writing
from gui.printing.preview import PaperPreview

if TYPE_CHECKING:
    from gui.pages.consultations.page import ConsultationsPage

ARCHIVE = (
    "把“{topic}”归档？\n归档后记录只读，不能撤销；以后有错漏的，用“更正”写明理由另存一版，原来的各版都保留。"
    "\n议定事项从现在起列入工作台，直到登记办结。"
)


class ConsultationActs(QObject):
    """Acts on the consultation that the page shows."""

    def __init__(self, context: Context, page: "ConsultationsPage") -> None:
        super().__init__(page)
        self.context, self._page = context, page
        self.writing = Writing(context, page)

    @property
    def detail(self) -> ConsultationDetail | None:
        """The consultation that the page shows."""
        return self._page.detail

    def convene(self, case_id: int | None) -> None:
        """Open the form of a new consultation, filled with what is known of a case."""
        self.writing.convene(case_id)

    def ask(self, what: str, key: int) -> None:
        """Do what a link, menu or button of the page asks."""
        detail = self.detail
        if detail is None or not what:
            return
        if what.startswith("paper:"):
            self.show_paper(what.removeprefix("paper:"), detail)
            return
        known: dict[str, Callable[[], object]] = {
            "edit": partial(self.writing.edit, detail.row.key),
            "members": self.members,
            "record": partial(self.writing.record, detail.row.key),
            "archive": self.archive,
            "correct": partial(self.writing.record, detail.row.key),
            "correct_convening": partial(self.writing.edit, detail.row.key),
            "versions": self.versions,
            "adopt": self.adopt,
            "cancel": self.cancel,
            "hold": self.hold,
            "remove": self.remove,
            "done": partial(self.finish, key),
            "reopen": partial(self.reopen, key),
            "draw": partial(self.check_draw, key),
            "case": partial(self.context.desk.go, "cases", key),
        }
        known[what]()

    # -- people, versions, papers ----------------------------------------------------------

    def members(self) -> None:
        """Show who takes part, and change that."""
        if self.detail is not None:
            MembersDialog(self.context, self.detail.row.key, self._window()).open()

    def check_draw(self, key: int) -> None:
        """Repeat a draw from what is on record, and show whether the same people come out."""
        detail = self.detail
        found = next((draw for draw in detail.draws if draw.key == key), None) if detail else None
        if found is not None:
            DrawCheck(found, self._window()).open()

    def versions(self) -> None:
        """Show what each version changed."""
        if self.detail is not None and self.detail.versions:
            VersionsDialog(self.detail, self._window()).open()

    def show_paper(self, name: str, detail: ConsultationDetail) -> None:
        """Show a paper of the consultation as it will print."""
        database, today, key = self.context.database, self.context.today(), detail.row.key

        def papers() -> Sequence[Any]:
            wanted = Parameters(today.replace(month=1, day=1), today, today, ids=(key,), maker=database.clerk)
            return make(database, name, wanted)

        PaperPreview(self.context, papers, name, self._window(), wording=REPORTS[name].wording).open()

    # -- one decision each -----------------------------------------------------------------

    def archive(self) -> None:
        """Make the record read-only, after saying what that means."""
        if (detail := self.detail) is not None:
            today, key, version = self.context.today(), detail.row.key, detail.version
            text = ARCHIVE.format(topic=detail.row.topic)
            found = archive_problems(
                RecordDraft(), detail.member_facts
            )  # its errors are said when it is tried
            if doubts := [p.text for p in found if p.severity is Severity.WARNING]:
                text += "\n\n请先核对：\n" + "\n".join(doubts)
            then = partial(
                self._run,
                f"会商归档：{detail.row.topic}",
                lambda s: archive(s, key, version, today),
                undo=False,
            )
            confirm(self._page, "归档", text, "归档", then)

    def cancel(self) -> None:
        """Call the consultation off."""
        if self.detail is not None:
            self._open(CancelForm(self.detail, self.context.today(), self._window()), self._on_cancel)

    def hold(self) -> None:
        """Hold after all what was called off."""
        if (detail := self.detail) is not None:
            key, version = detail.row.key, detail.version
            self._run(f"恢复召开：{detail.row.topic}", lambda s: hold_after_all(s, key, version))

    def adopt(self) -> None:
        """Enter what the agency did with it."""
        if self.detail is not None and self.detail.is_archived:
            self._open(AdoptionForm(self.detail, self.context.today(), self._window()), self._on_adopt)

    def finish(self, key: int) -> None:
        """Enter what proves that an agreed task is done."""
        detail = self.detail
        task = next((t for t in detail.follow_ups if t.key == key), None) if detail else None
        if detail is not None and task is not None and task.done_on is None:
            self._open(DoneForm(self.context, task, detail.row.held_on, self._window()), self._on_done)

    def reopen(self, key: int) -> None:
        """Take back that a task is done, after asking."""
        detail = self.detail
        task = next((t for t in detail.follow_ups if t.key == key), None) if detail else None
        if task is not None:
            text = f"“{task.task}”改回未办结？已登记的凭据文字将清除，附件保留。"
            then = partial(
                self._run, f"改回未办结：{task.task}", lambda s: reopen_follow_up(s, key, task.version)
            )
            confirm(self._page, "改回未办结", text, "改回未办结", then)

    def remove(self) -> None:
        """Move the consultation to the recycle bin, after asking."""
        if (detail := self.detail) is not None:
            what, key = detail.row.topic, detail.row.key
            text = f"把会商“{what}”移入回收站？可以随时从回收站恢复，编号不另作他用。"
            then = partial(self._run, f"移入回收站：会商 {what}", lambda s: remove_consultations(s, [key]))
            confirm(self._page, "移入回收站", text, "移入回收站", then)

    def _on_cancel(self, _another: bool) -> None:
        form, today = self.sender(), self.context.today()
        if isinstance(form, CancelForm):
            draft, key = form.draft(), form.key
            self._confirm(form, f"取消会商：{form.topic}", lambda s: cancel(s, key, draft, today))

    def _on_adopt(self, _another: bool) -> None:
        form, today = self.sender(), self.context.today()
        if isinstance(form, AdoptionForm):
            draft, key = form.draft(), form.key
            word = draft.adoption.value if draft.adoption else ""
            label = f"登记采纳情况：{form.topic} {word}"
            self._confirm(form, label, lambda s: adopt(s, key, draft, today))

    def _on_done(self, _another: bool) -> None:
        form, today = self.sender(), self.context.today()
        if not isinstance(form, DoneForm):
            return
        draft, key, file, database = form.draft(), form.task.key, form.file, self.context.database
        label = f"议定事项办结：{form.task.task}"

        def work() -> None:
            finish_with_file(database, label, key, draft, file, today)

        then, failed = partial(self._done, form, label), partial(self._refused, form)
        self.context.tasks.run(form, work, then, failed, act=label)

    # -- inside ----------------------------------------------------------------------------

    def _window(self) -> Any:
        return self._page.window()

    def _open(self, dialog: DraftDialog, slot: Callable[[bool], None]) -> None:
        dialog.submitted.connect(slot)
        dialog.open()

    def _confirm(self, dialog: DraftDialog, label: str, act: Callable[[Any], object]) -> None:
        then, failed = partial(self._done, dialog, label), partial(self._refused, dialog)
        perform(self.context, dialog, label, act, then, failed)

    def _run(self, label: str, act: Callable[[Any], object], *, undo: bool = True) -> None:
        perform(self.context, self, label, act, partial(self._told, label, undo), self._failed)

    def _done(self, dialog: DraftDialog, label: str, _: object) -> None:
        dialog.accept()
        self._told(label, True, None)

    def _refused(self, dialog: DraftDialog, error: Exception) -> None:
        if not dialog.show_refusal(error):
            self.context.errors.show(error, dialog)

    def _failed(self, error: Exception) -> None:
        self.context.errors.show(error, self._window())

    def _told(self, label: str, undo: bool, _: object) -> None:
        self.context.desk.say(f"已完成：{label}" + ("，可用 Ctrl+Z 撤销" if undo else ""))
