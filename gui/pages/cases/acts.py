"""What a clerk does with the selected case: each opens its form, and carries the act out when it is confirmed."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from db.assignment.acts.assignments import end_assignment
from db.cases.acts.attendance import save_plan
from db.cases.acts.cases import change_event, record_event, remove_cases, remove_event
from db.cases.acts.chains import link_duplicate
from db.cases.acts.marks import clear_mark, extend_period, fix_period, mark_done
from db.cases.acts.registration import Ties, tie
from db.cases.acts.results import conclude
from db.cases.acts.submissions import submit
from db.cases.queries.detail import CaseDetail, InstanceLine
from db.cases.queries.picker import find_cases, series_names
from db.cases.rules.marks import MarkKind
from db.law.period_rules import PeriodRule
from db.law.periods import BY_ID, Period
from db.law.steps import next_step
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import confirm
from gui.forms.copying import copy_notice
from gui.forms.draft_dialog import DraftDialog
from gui.pages.cases.assigning.acts import Assigning
from gui.pages.cases.assigning.agent_changes import AgentChanges
from gui.pages.cases.forms.attendance import AttendanceForm
from gui.pages.cases.forms.periods import DoneForm, ExtendForm, FixForm, PeriodForm, SubmitForm
from gui.pages.cases.forms.result import ResultForm
from gui.pages.cases.forms.steps import EndDialog, EventDialog
from gui.pages.cases.forms.ties import TiesForm
from gui.pages.cases.panel.nodes import current_period, event_of, period_of

if TYPE_CHECKING:
    from gui.pages.cases.page import CasesPage

PERIOD_FORMS: dict[str, type[PeriodForm]] = {
    "submit": SubmitForm,
    "fix": FixForm,
    "extend": ExtendForm,
    "done": DoneForm,
}
UNMARKED = {"unfix": MarkKind.FIXED, "unextend": MarkKind.EXTENDED, "undone": MarkKind.DONE}


class CaseActs(QObject):
    """Acts on the case that the panel shows."""

    def __init__(self, context: Context, page: "CasesPage") -> None:
        super().__init__(page)
        self.context, self._page = context, page
        self.assigning = Assigning(context, page)
        self.changes = AgentChanges(context, page)

    @property
    def detail(self) -> CaseDetail | None:
        """The case that the panel shows."""
        return self._page.detail

    def ask(self, what: str, key: int) -> None:
        """Do what a link or menu of the panel asks."""
        if self.detail is None:
            return
        page = self._page
        if what.startswith("paper:"):
            self.assigning.show_paper(what.removeprefix("paper:"), self.detail.row.key)
            return
        known: dict[str, Callable[[], object]] = {
            "assign": self.assign,
            "end": partial(self.end, key),
            "replace": partial(self.changes.replace, key),
            "rate": partial(self.changes.rate, key),
            "answer": partial(page.answers.ask, self.detail.row.key, key),
            "attend": partial(self.attend, key),
            "result": self.result,
            "ties": self.ties,
            "convene": self.convene,
            "consultation": partial(self.context.desk.go, "consultations", key),
            "case": partial(page.select, key),
            "series": partial(page.show_series, key),
            "edit": page.edit_current,
            "copy": partial(copy_notice, self.context, page, self.detail.row.key),
            "remove": page.remove_current,
            "duplicate": partial(self._mark_duplicate, key),
            "unduplicate": partial(self._mark_duplicate, None),
        }
        known[what]()

    def on_node(self, node: str, act: str) -> None:
        """Do what was chosen at a point of the timeline."""
        detail = self.detail
        if detail is None:
            return
        if event := event_of(detail, node):
            if act == "attend":
                self.attend(event.key)
            elif act == "remove":
                self._remove_event(event.key, detail.version, event.kind.value)
            else:
                self._open(
                    EventDialog(detail, event.kind, self.context.today(), self._window(), event), self._change
                )
            return
        period = period_of(detail, node)
        rule = BY_ID.get(node.split(":")[1])
        if rule is None:
            return
        if act in UNMARKED:
            kind, parties = UNMARKED[act], period.parties if period else ()
            self._run(
                f"取消{kind.value}：{rule.title}",
                lambda s: clear_mark(s, detail.row.key, rule.id, kind, detail.version, parties),
            )
        else:
            self._open_period(act, rule, period)

    # -- steps and periods -----------------------------------------------------------------

    def record(self) -> None:
        """Record a step of the case, the usual next one proposed."""
        detail = self.detail
        if detail is not None:
            proposed = next_step(detail.row.stage, detail.row.procedure)
            self._open(EventDialog(detail, proposed, self.context.today(), self._window()), self._record)

    def submit(self) -> None:
        """Record that the paper of the nearest period was handed in."""
        if self.detail is not None and (period := current_period(self.detail)):
            self._open_period("submit", period.rule, period)

    def _open_period(self, act: str, rule: PeriodRule, period: Period | None) -> None:
        if (detail := self.detail) is not None:
            form = PERIOD_FORMS[act](detail, rule, period, self.context.today(), self._window())
            self._open(form, self._on_period)

    def _on_period(self, _another: bool) -> None:
        form = self.sender()
        if isinstance(form, PeriodForm) and (act := self._period_act(form)) is not None:
            self._confirm(form, form.windowTitle(), act)

    def _period_act(self, form: PeriodForm) -> Callable[[Any], object] | None:
        case_id, rule, version, today = form.case_id, form.rule.id, form.version, self.context.today()
        parties = form.parties()
        match form:
            case SubmitForm():
                submission = form.draft()
                return lambda s: submit(s, case_id, rule, submission, version, today, parties)
            case FixForm():
                fixed = form.draft()
                return lambda s: fix_period(s, case_id, rule, fixed, version, parties)
            case ExtendForm():
                extended = form.draft()
                return lambda s: extend_period(s, case_id, rule, extended, version, parties)
            case DoneForm():
                done = form.draft()
                return lambda s: mark_done(s, case_id, rule, done, version, today, parties)
        return None

    def _record(self, _another: bool) -> None:
        dialog, today = self.sender(), self.context.today()
        if isinstance(dialog, EventDialog):
            draft, case_id, version = dialog.draft(), dialog.case_id, dialog.version
            self._confirm(
                dialog, f"登记{draft.kind.value}", lambda s: record_event(s, case_id, draft, version, today)
            )

    def _change(self, _another: bool) -> None:
        dialog, today = self.sender(), self.context.today()
        if isinstance(dialog, EventDialog) and dialog.corrected is not None:
            draft, event_id, version = dialog.draft(), dialog.corrected.key, dialog.version
            self._confirm(
                dialog, f"更正{draft.kind.value}", lambda s: change_event(s, event_id, draft, version, today)
            )

    def _remove_event(self, event_id: int, version: int, word: str) -> None:
        self._run(f"删去进程：{word}", lambda s: remove_event(s, event_id, version))

    # -- people ----------------------------------------------------------------------------

    def assign(self) -> None:
        """Open the assignment of the case."""
        if self.detail is not None and self.detail.row.is_open:
            self.assigning.open(self.detail)

    def replace_barred(self) -> None:
        """Replace the first agent who has come into a conflict."""
        if conflict := next(iter(self._page.conflicts), None):
            self.changes.replace(conflict.assignment_id)

    def end(self, assignment_id: int) -> None:
        """End an assignment."""
        lines = [a for p in self.detail.parties for a in p.agents] if self.detail else []
        agent = next((a for a in lines if a.assignment_id == assignment_id), None)
        if agent is not None and agent.assigned_on is not None:
            today = self.context.today()
            self._open(
                EndDialog(assignment_id, agent.name, agent.assigned_on, today, self._window()), self._end
            )

    def attend(self, event_id: int) -> None:
        """Arrange who attends a hearing, or record who came."""
        detail = self.detail
        hearing = next((h for h in detail.hearings if h.event_id == event_id), None) if detail else None
        if detail is not None and hearing is not None:
            self._open(AttendanceForm(detail, hearing, self.context.today(), self._window()), self._attend)

    def attend_latest(self) -> None:
        """Arrange who attends the latest hearing."""
        if self.detail is not None and self.detail.hearings:
            self.attend(self.detail.hearings[-1].event_id)

    def _attend(self, _another: bool) -> None:
        form, today = self.sender(), self.context.today()
        if isinstance(form, AttendanceForm):
            draft, event_id, version = form.draft(), form.event_id, form.version
            self._confirm(form, "安排负责人出庭", lambda s: save_plan(s, event_id, draft, version, today))

    def _end(self, _another: bool) -> None:
        dialog = self.sender()
        if isinstance(dialog, EndDialog):
            draft, key = dialog.draft(), dialog.assignment_id
            self._confirm(dialog, dialog.windowTitle(), lambda s: end_assignment(s, key, draft))

    # -- result, ties, recycle bin ---------------------------------------------------------

    def result(self) -> None:
        """Record how the case ended."""
        if self.detail is not None:
            self._open(ResultForm(self.detail, self.context.today(), self._window()), self._on_result)

    def ties(self) -> None:
        """Tie the case to the proceedings before it, and to a series."""
        if self.detail is not None:
            with self.context.database.read() as session:
                names = series_names(session)
            find = partial(self.find, self.detail.row.key)
            self._open(TiesForm(self.detail, find, names, self._window()), self._on_ties)

    def convene(self) -> None:
        """Convene a consultation about the case; one that is not marked 重大疑难 is asked about first."""
        detail = self.detail
        if detail is None:
            return
        then = partial(self.context.desk.run, "consultations.enter_for_case", detail.row.key)
        if detail.row.is_difficult:
            then()
            return
        text = f"{detail.row.number} 还没有列为重大疑难案件。仍要发起会商？可以随后在“编辑案件”中标明并写明理由。"
        confirm(self._page, "发起会商", text, "发起会商", then)

    def find(
        self, but: int | None, owner: QObject, typed: str, then: Callable[[list[InstanceLine]], None]
    ) -> None:
        """Find the cases that ``typed`` means, without the case ``but``, in a worker; call back for ``owner``."""
        database = self.context.database

        def work() -> list[InstanceLine]:
            with database.read() as session:
                return find_cases(session, typed, but)

        self.context.tasks.run(owner, work, then, self._failed)

    def remove(self, keys: list[int], what: str) -> None:
        """Move cases to the recycle bin, after asking."""
        text = f"把 {what} 移入回收站？可以随时从回收站恢复。"
        label = f"移入回收站：{what}"
        confirm(
            self._page, "移入回收站", text, "移入回收站", partial(self._run, label, partial(_remove, keys))
        )

    def _on_result(self, _another: bool) -> None:
        form, today = self.sender(), self.context.today()
        if isinstance(form, ResultForm):
            closing, case_id, version = form.closing(), form.case_id, form.version

            self._confirm(
                form,
                f"登记结果：{closing.result.outcome}",
                lambda s: conclude(s, case_id, closing.result, closing.closed_on, version, today),
            )

    def _on_ties(self, _another: bool) -> None:
        form = self.sender()
        if isinstance(form, TiesForm):
            ties, case_id, version = Ties(form.previous.key(), form.series.text()), form.case_id, form.version
            self._confirm(form, "关联案件", lambda s: tie(s, case_id, ties, version))

    def _mark_duplicate(self, other: int | None) -> None:
        if (detail := self.detail) is not None:
            label = "标为重复登记" if other is not None else "取消重复标记"
            self._run(
                f"{label}：{detail.row.number}",
                lambda s: link_duplicate(s, detail.row.key, other, detail.version),
            )

    # -- inside ----------------------------------------------------------------------------

    def _window(self) -> Any:
        return self._page.window()

    def _open(self, dialog: DraftDialog, slot: Callable[[bool], None]) -> None:
        dialog.submitted.connect(slot)
        dialog.open()

    def _confirm(self, dialog: Any, label: str, act: Callable[[Any], object]) -> None:
        """Carry out what a dialog asked for; it stays open with what is wrong if that is refused."""
        perform(
            self.context,
            dialog,
            label,
            act,
            partial(self._done, dialog, label),
            partial(self._refused, dialog),
        )

    def _run(self, label: str, act: Callable[[Any], object]) -> None:
        perform(self.context, self, label, act, partial(self._told, label), self._failed)

    def _done(self, dialog: Any, label: str, _: object) -> None:
        dialog.accept()
        self._told(label, None)

    def _refused(self, dialog: Any, error: Exception) -> None:
        if not dialog.show_refusal(error):
            self.context.errors.show(error, dialog)

    def _failed(self, error: Exception) -> None:
        self.context.errors.show(error, self._window())

    def _told(self, label: str, _: object) -> None:
        self.context.desk.say(f"已完成：{label}，可用 Ctrl+Z 撤销")


def _remove(keys: list[int], session: Any) -> None:
    remove_cases(session, keys)
