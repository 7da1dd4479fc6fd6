"""The facts at the right of a record: who was asked and how, the papers, the cases, the versions."""

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from db.consultations.queries.detail import ConsultationDetail, DrawLine, MemberLine, VersionLine
from db.consultations.rules.consultations import State
from db.office.queries.history import ActLine
from db.words.consultation import MemberKind, MemberOrigin
from gui.forms.attachments import AttachmentList
from gui.pages.consultations.record.words import answer_cell
from gui.tables.cell_label import CellLabel
from gui.widgets.basics import button, chip, clear, column, label, line, row, stretch
from gui.widgets.panels import ElidedLabel, section

SHOWN = 6  # acts of the history
TOLD = 3  # changes of each that are told
LONGEST = 60  # characters of a change; the rest is in its tip
NAME = 58


class SidePane(QWidget):
    """Shows the facts; asks for the next act by a signal."""

    asked = Signal(str, int)

    def __init__(self, papers: AttachmentList) -> None:
        super().__init__()
        self.papers = papers
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "subtle")
        self.people, self.rest = QVBoxLayout(), QVBoxLayout()
        for layout in (self.people, self.rest):
            layout.setSpacing(0)
        self.setLayout(column(self.people, line(), self.papers, self.rest, None, spacing=0))

    def show_detail(
        self,
        detail: ConsultationDetail,
        acts: tuple[ActLine, ...],
        changes: Mapping[int, Sequence[str]],
    ) -> None:
        """Show the facts of a consultation, and who changed what in it."""
        clear(self.people)
        clear(self.rest)
        self.people.addLayout(self._members(detail))
        if others := [m for m in detail.members if m.kind is not MemberKind.ADVISER]:
            self.people.addWidget(line())
            parts: list[QWidget | QLayout] = [_person(m, m.kind.value, detail) for m in others]
            self.people.addLayout(section("专家、列席", f"{len(others)} 人", parts))
        self.papers.show_record(detail.row.key)
        for part in (self._cases(detail), self._versions(detail), _history(acts, changes)):
            if part is not None:
                self.rest.addWidget(line())
                self.rest.addLayout(part)

    def _members(self, detail: ConsultationDetail) -> QLayout:
        advisers = [m for m in detail.members if m.kind is MemberKind.ADVISER]
        origins = Counter(m.origin for m in advisers)
        said = "，".join(f"{origin.value} {origins[origin]}" for origin in MemberOrigin if origins[origin])
        can_change = detail.row.state in {State.COMING, State.TO_WRITE}
        fact: str | QWidget = said
        if can_change:
            fact = self._link("参会人员…" if advisers else "抽取、指定…", "members", 0)
        parts: list[QWidget | QLayout] = [_person(m, m.origin.value, detail) for m in advisers]
        if can_change and said:
            parts.insert(0, label(said, "caption"))
        if not advisers:
            parts.append(label("还没有确定参会顾问", "second"))
        parts += [self._draw(one) for one in detail.draws]
        return section("参会顾问", fact, parts)

    def _draw(self, one: DrawLine) -> QLayout:
        said = ElidedLabel(f"抽取种子 {one.seed}", "caption")
        said.setToolTip(f"{one.drawn_on} 从 {len(one.pool)} 人中抽取 {len(one.drawn)} 人，种子 {one.seed}")
        made = row(said, self._link("复核抽取", "draw", one.key), spacing=6)
        made.setStretch(0, 1)
        return made

    def _cases(self, detail: ConsultationDetail) -> QLayout:
        parts: list[QWidget | QLayout] = []
        for case in detail.cases:
            link = self._link(case.number, "case", case.key)
            link.setToolTip(f"{case.parties}\n{case.court}　{case.cause}".strip())
            link.setAccessibleName(f"打开案件 {case.number}")
            said = ElidedLabel(case.parties, "caption")
            parts.append(column(row(link, None), said, spacing=0))
        if not parts:
            parts.append(label("没有关联案件", "second"))
        return section("关联案件", f"{len(detail.cases)} 件" if detail.cases else "", parts)

    def _versions(self, detail: ConsultationDetail) -> QLayout | None:
        if not detail.versions:
            return None
        latest_first = sorted(detail.versions, key=lambda v: v.serial, reverse=True)
        parts: list[QWidget | QLayout] = [_version(one) for one in latest_first]
        has_changes = len(detail.versions) > 1
        fact: str | QWidget = self._link("比较版本", "versions", 0) if has_changes else ""
        return section("版本", fact, parts)

    def _link(self, text: str, what: str, key: int) -> QWidget:
        made = button(text, f"side_{what}", "link")
        made.setProperty("what", what)
        made.setProperty("key", key)
        made.clicked.connect(self._on_link)
        return made

    def _on_link(self) -> None:
        sender = self.sender()
        self.asked.emit(str(sender.property("what")), int(sender.property("key")))


def _person(member: MemberLine, word: str, detail: ConsultationDetail) -> QWidget:
    made = QWidget()
    name = label(member.name)
    name.setMinimumWidth(NAME)
    unit = ElidedLabel(member.unit, "second")
    parts: list[QWidget] = [name, unit]
    if detail.row.state in {State.COMING, State.TO_WRITE} or member.answer_reason:
        answer = CellLabel(answer_cell(member))
        answer.setToolTip(member.answer_reason or answer.toolTip())
        parts.append(answer)
    mark = chip(word)
    if member.findings:
        mark.setToolTip("选定时的提示：\n" + "\n".join(member.findings))
    made.setLayout(row(*parts, mark, spacing=8))
    stretch(made, 1, 1)
    return made


def _version(one: VersionLine) -> QLayout:
    when = f"{one.made_at.astimezone():%Y-%m-%d %H:%M}"
    what = "归档" if one.serial == 1 else f"更正 {len(one.changes)} 处"
    lines: list[QWidget] = [label(f"第 {one.serial} 版　{what}"), label(f"{when}　{one.clerk}", "caption")]
    if one.reason and one.serial > 1:
        lines.append(label(f"理由：{one.reason}", "caption", wraps=True))
    return column(*lines, spacing=1)


def _history(acts: tuple[ActLine, ...], changes: Mapping[int, Sequence[str]]) -> QLayout | None:
    if not acts:
        return None
    parts: list[QWidget | QLayout] = []
    for act in acts[:SHOWN]:
        when = f"{act.at.astimezone():%m-%d %H:%M}　{act.clerk}" + ("（已撤销）" if act.undone else "")
        said = [_short(text) for text in changes.get(act.gesture, ())[:TOLD]]
        made = column(label(act.label, "second", wraps=True), label(when, "caption"), *said, spacing=1)
        if rest := len(changes.get(act.gesture, ())) - len(said):
            more = label(f"另有 {rest} 处改动", "caption")
            more.setToolTip("\n".join(changes[act.gesture][TOLD:]))
            made.addWidget(more)
        parts.append(made)
    return section("操作记录", "", parts)


def _short(text: str) -> QWidget:
    made = label(text if len(text) <= LONGEST else f"{text[:LONGEST]}…", "caption", wraps=True)
    made.setToolTip(text if len(text) > LONGEST else "")
    return made
