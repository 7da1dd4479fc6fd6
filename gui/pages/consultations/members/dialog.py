"""Who takes part: drawn by lot, named, by speciality, and experts and guests by hand; and what each answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QTabWidget, QTreeWidget, QTreeWidgetItem

from db.consultations.acts.members import answer_invitation, draw_members, drop_member, name_members
from db.consultations.queries.detail import ConsultationDetail, MemberLine, consultation_detail
from db.consultations.queries.member_candidates import MemberCandidate, member_candidates, next_seed
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.asking import ask_discard
from gui.pages.consultations.forms.short import AnswerForm
from gui.pages.consultations.members.draw_tab import DrawTab
from gui.pages.consultations.members.guest_tab import GuestTab
from gui.pages.consultations.members.named_tab import NamedTab
from gui.widgets.basics import Strip, button, column, label, line, pane, row, stretch
from gui.widgets.scrolling import stand

HEADS = ("姓名", "单位", "方式", "答复")
BEARS_ON_IT = ("consultation", "consultation_member", "consultation_draw", "lawyer", "case_record")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the dialog shows."""

    detail: ConsultationDetail | None
    candidates: list[MemberCandidate]
    seed: str


class _People(QTreeWidget):
    remove_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)


class MembersDialog(QDialog):
    """Every change is an act of its own, taken back with Ctrl+Z; the dialog stays open for the next."""

    def __init__(self, context: Context, key: int, parent: Any) -> None:
        super().__init__(parent)
        self.setObjectName("members_dialog")
        self.setWindowTitle("参会人员")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.context, self.key = context, key
        self.detail: ConsultationDetail | None = None
        self.is_ready = False
        self.topic = label("", "person", wraps=True)
        self.when = label("", "second", wraps=True)
        self.people = _People()
        self.count = label("", "caption")
        self.answer = button("登记答复…", "member_answer", tip="登记参加或请假（Enter）")
        self.remove = button("移出", "member_remove", tip="移出参会人员（Delete）")
        self.strip = Strip("wn")
        self.draw, self.named, self.guests = DrawTab(), NamedTab(), GuestTab()
        self.tabs = QTabWidget()
        self.close_button = button("完成", "members_close", "primary")
        self._asked = 0
        self._build()
        self._connect()
        self.refresh()

    def done(self, result: int) -> None:
        """Close, after asking if somebody stands in the fields who was not taken in."""
        leave = partial(super().done, result)
        if self.guests.is_typed() and self.detail is not None:
            ask_discard(self, "填写的人员还没有加入，要放弃吗？", leave)
        else:
            leave()

    def refresh(self) -> None:
        """Read members and candidates in a worker."""
        self._asked += 1
        self.is_ready = False
        database, key, today = self.context.database, self.key, self.context.today()

        def work() -> Reading:
            with database.read() as session:
                return Reading(
                    consultation_detail(session, key, today),
                    member_candidates(session, key, today),
                    next_seed(session, today),
                )

        self.context.tasks.run(self, work, partial(self._show, self._asked), self._failed)

    def _show(self, asked: int, found: Reading) -> None:
        if asked != self._asked:
            return
        self.detail, self.is_ready = found.detail, True
        if found.detail is None:
            self.reject()
            return
        row_ = found.detail.row
        self.topic.setText(row_.topic)
        day = f"{row_.held_on} {row_.at_time}".strip() if row_.held_on else "日期未定"
        self.when.setText(f"{row_.number}　{day}")
        self._show_people(found.detail)
        self.draw.show_pool(found.candidates, found.seed, found.detail.draws)
        self.named.show_pool(found.candidates)

    def _show_people(self, detail: ConsultationDetail) -> None:
        kept, place = self.current(), self.people.currentIndex().row()
        self.people.clear()
        for member in detail.members:
            answer = member.answer.value if member.answer else "未答复"
            mark = member.origin.value if member.lawyer_id else member.kind.value
            item = QTreeWidgetItem([member.name, member.unit, mark, answer])
            item.setData(0, Qt.ItemDataRole.UserRole, member.key)
            tip = "\n".join((*member.findings, member.answer_reason)).strip()
            for at in range(len(HEADS)):
                item.setToolTip(at, tip or item.text(at))
            self.people.addTopLevelItem(item)
            if kept is not None and member.key == kept.key:
                self.people.setCurrentItem(item)
        if self.people.currentItem() is None and detail.members:
            at = min(max(place, 0), len(detail.members) - 1)
            if (first := self.people.topLevelItem(at)) is not None:
                self.people.setCurrentItem(first)
        answered = sum(m.answer is not None for m in detail.members)
        self.count.setText(f"{len(detail.members)} 人，已答复 {answered} 人")
        for made in (self.answer, self.remove):
            made.setEnabled(bool(detail.members))

    def current(self) -> MemberLine | None:
        """Return the member who is selected."""
        item = self.people.currentItem()
        key = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        members = self.detail.members if self.detail else ()
        return next((m for m in members if m.key == key), None)

    # -- acts ------------------------------------------------------------------------------

    def _on_drawn(self, request: Any) -> None:
        today, key = self.context.today(), self.key
        act = lambda s: draw_members(s, key, request, today)  # noqa: E731 - as the other acts
        perform(self.context, self, "抽取参会顾问", act, self._on_record, self._draw_refused)

    def _on_record(self, _: object) -> None:
        self.strip.say("")
        self.context.desk.say("已抽取，记入会商记录")

    def _draw_refused(self, error: Exception) -> None:
        self.draw.release()
        self._failed(error)

    def _on_named(self, drafts: Any) -> None:
        today, key = self.context.today(), self.key
        names = "、".join(d.name for d in drafts)
        self._run(f"指定参会顾问：{names}", lambda s: name_members(s, key, drafts, today))

    def _on_guest(self, draft: Any) -> None:
        today, key = self.context.today(), self.key
        self._run(
            f"加入{draft.kind.value}：{draft.name}",
            lambda s: name_members(s, key, [draft], today),
            self.guests.begin_again,
        )

    def _on_answer(self) -> None:
        if (member := self.current()) is not None:
            form = AnswerForm(member, self.context.today(), self)
            form.submitted.connect(self._answered)
            form.open()

    def _answered(self, _another: bool) -> None:
        form, today = self.sender(), self.context.today()
        if isinstance(form, AnswerForm):
            draft, key = form.draft(), form.member_id
            word = draft.answer.value if draft.answer else ""
            perform(
                self.context,
                form,
                f"登记答复：{form.name} {word}",
                lambda s: answer_invitation(s, key, draft, today),
                partial(self._accepted, form),
                partial(self._refused, form),
            )

    def _on_remove(self) -> None:
        if (member := self.current()) is not None:
            self._run(f"移出参会人员：{member.name}", lambda s: drop_member(s, member.key, member.version))

    def _run(
        self, label_: str, act: Callable[[Any], object], then: Callable[[], object] | None = None
    ) -> None:
        perform(self.context, self, label_, act, partial(self._done, label_, then), self._failed)

    def _done(self, label_: str, then: Callable[[], object] | None, _: object) -> None:
        self.strip.say("")
        if then is not None:
            then()
        self.context.desk.say(f"已完成：{label_}，可用 Ctrl+Z 撤销")

    def _accepted(self, form: AnswerForm, _: object) -> None:
        form.accept()
        self.people.setFocus()

    def _refused(self, form: AnswerForm, error: Exception) -> None:
        if not form.show_refusal(error):
            self.context.errors.show(error, form)

    def _failed(self, error: Exception) -> None:
        self.context.errors.show(error, self)

    def _on_changed(self, changes: Any) -> None:
        if changes.touch(*BEARS_ON_IT):
            self.refresh()

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.people.setObjectName("members_list")
        self.people.setAccessibleName("参会人员")
        self.people.setProperty("plain", True)
        self.people.setRootIsDecorated(False)
        self.people.setHeaderLabels(list(HEADS))
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for at, width in enumerate((76, 176, 72)):
            self.people.setColumnWidth(at, width)
        self.tabs.setDocumentMode(True)
        self.tabs.setObjectName("members_tabs")
        for title, tab in (("抽取", self.draw), ("指定、按专业", self.named), ("专家、列席", self.guests)):
            self.tabs.addTab(tab, title)
        head = column(self.topic, self.when, spacing=2, margins=(20, 14, 20, 12))
        tools = row(self.answer, self.remove, None, self.count, spacing=8, margins=(16, 10, 16, 10))
        left = pane("subtle")
        left.setFixedWidth(408)
        left.setLayout(column(head, line(), self.people, line(), tools, spacing=0))
        stretch(left, 2, 1)
        foot = pane("subtle", "foot")
        keys = label("Enter 登记答复，Delete 移出，Ctrl+Tab 换方式，Esc 关闭", "hint")
        foot.setLayout(row(keys, None, self.close_button, margins=(20, 11, 20, 11)))
        right = column(self.strip, self.tabs, spacing=0)
        body = row(left, line("v"), right, spacing=0)
        body.setStretch(2, 1)
        stand(self, body, foot, QSize(1060, 700))

    def _connect(self) -> None:
        self.draw.drawn.connect(self._on_drawn)
        self.named.named.connect(self._on_named)
        self.guests.entered.connect(self._on_guest)
        self.answer.clicked.connect(self._on_answer)
        self.remove.clicked.connect(self._on_remove)
        self.people.itemActivated.connect(self._on_answer)
        self.people.remove_asked.connect(self._on_remove)
        self.close_button.clicked.connect(self.accept)
        self.context.bus.changed.connect(self._on_changed)
