"""Small forms for what happens to one or many lawyers: new terms, pausing, coming back, leaving the pool."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QTableWidget, QWidget

from db.errors import Problem, Severity, errors_only
from db.roster.rules.appointments import (
    AppointDraft,
    DismissDraft,
    ReinstateDraft,
    SuspendDraft,
    dismiss_problems,
    reinstate_problems,
    suspend_problems,
)
from db.roster.rules.lawyers import Standing
from db.roster.rules.new_terms import NewTerm, TermFacts, likely_end, new_terms
from db.words.lawyer import DismissalKind, SuspensionKind
from gui.forms.preview_table import fill_preview, preview_table, table_height
from gui.forms.short_form import ShortForm
from gui.widgets.fields import DateField, FieldBox

NAMES_SHOWN = 6
NOTE_HEIGHT = 72


def names_of(names: Sequence[str]) -> str:
    """Return names for a sentence, shortened: 王砚秋、毛文澜等 15 人."""
    if len(names) <= NAMES_SHOWN:
        return "、".join(names)
    return f"{'、'.join(names[:3])}等 {len(names)} 人"


class PoolForm(ShortForm):
    """What these forms share: whom they are about, and what is worth a look about them, above the fields."""

    def __init__(self, title: str, action: str, facts: TermFacts, intro: str, parent: QWidget) -> None:
        super().__init__(title, action, parent, intro=intro)
        self.facts = facts
        self.keys = tuple(facts.lawyers)

    @property
    def who(self) -> str:
        """Everybody it is about, by name."""
        return names_of([one.name for one in self.facts.lawyers.values()])

    def _say_rest(self, found: Iterable[Problem]) -> None:
        """Say above the fields what concerns the persons: what forbids it, or else what is worth a look."""
        rest = [p for p in found if p.field not in self.boxes]
        errors = errors_only(rest)
        self.strip.say("\n".join(p.text for p in errors or rest), "dg" if errors else "wn")


class RenewForm(PoolForm):
    """New terms for one or many: who gets which term and which number of the 聘书, person by person."""

    def __init__(self, facts: TermFacts, batches: Sequence[str], today: date, parent: QWidget) -> None:
        first = not any(one.term for one in facts.lawyers.values())
        verb = "聘任" if first else "续聘"
        count = len(facts.lawyers)
        intro = "聘期起留空时，各人从现聘期的次日接续；已届满或未聘任的从今天起。" + (
            f"{count} 人一次办理，可用 Ctrl+Z 一次撤销。" if count > 1 else ""
        )
        super().__init__(verb, f"{verb} {count} 人", facts, intro, parent)
        self.verb, self._today = verb, today
        self.from_on, self.to_on, self.decided_on = DateField(), DateField(), DateField()
        self.batch, self.paper = QComboBox(), QLineEdit()
        self.batch.setEditable(True)
        self.batch.addItems(list(batches))
        self.batch.setCurrentIndex(-1)
        self.numbered = QCheckBox("同时编发聘书号")
        self.numbered.setChecked(True)
        self.table: QTableWidget = preview_table(
            "renew_preview", ("姓名", "现聘期", "新聘期", "聘书编号", "核对"), (86, 196, 196, 150, 200)
        )
        self._lay_out()
        self.resize(940, 0)
        self.watch_fields()
        self._show_terms()

    def draft(self) -> AppointDraft:
        """Return what is asked for."""
        return AppointDraft(
            lawyer_ids=self.keys,
            from_on=self.from_on.day(),
            to_on=self.to_on.day(),
            batch=self.batch.currentText().strip(),
            paper=self.paper.text().strip(),
            decided_on=self.decided_on.day(),
            numbered=self.numbered.isChecked(),
        )

    def terms(self) -> list[NewTerm]:
        """Return the new term of each lawyer as things stand."""
        return new_terms(self.draft(), self.facts, self._today)

    def problems(self) -> list[Problem]:
        found: list[Problem] = []
        for term in self.terms():
            found += [
                Problem(
                    p.field,
                    p.text if p.field == "to_on" and len(self.keys) == 1 else f"{term.name}：{p.text}",
                    p.severity,
                )
                for p in term.problems
            ]
        if self.to_on.day() is None:
            return [Problem("to_on", "请填写新聘期止。")]
        return found

    def mark_dirty(self, *changed: object) -> None:
        super().mark_dirty(*changed)
        self._show_terms()

    def _lay_out(self) -> None:
        self.to_on.set_date(likely_end(self.facts, self._today))
        self.add_field(FieldBox("新聘期止", self.to_on, "to_on", required=True), (0, 0))
        self.add_field(FieldBox("新聘期起", self.from_on, "from_on", optional=True), (0, 1))
        self.add_field(FieldBox("聘任批次", self.batch, "batch", optional=True), (1, 0))
        self.add_field(
            FieldBox("聘任文件", self.paper, "paper", optional=True, hint="如 柯司〔2026〕18号"), (1, 1)
        )
        self.add_field(FieldBox("决定日期", self.decided_on, "decided_on", optional=True), (2, 0))
        self.add_field(FieldBox("聘书", self.numbered, "numbered"), (2, 1))
        self.table.setMinimumHeight(table_height(len(self.keys)))
        self._grid.addWidget(self.table, 3, 0, 1, 2)

    def _show_terms(self) -> None:
        rows = []
        for term in self.terms():
            old = f"{term.present.from_on} 至 {term.present.to_on}" if term.present else "未聘任"
            new = f"{term.from_on} 至 {term.to_on}" if term.to_on else f"{term.from_on} 起"
            grave = next((p for p in term.problems if p.severity is Severity.ERROR), None)
            said = grave or next(iter(term.problems), None)
            number = term.certificate or ("不编号" if not self.numbered.isChecked() else "—")
            rows.append(((term.name, old, new, number, said.text if said else "可以办理"), said))
        fill_preview(self.table, rows)


class SuspendForm(PoolForm):
    """Pauses lawyers from a day on, with the reason."""

    def __init__(self, facts: TermFacts, today: date, parent: QWidget) -> None:
        super().__init__("暂停承办", "暂停承办", facts, "", parent)
        self.intro.setText(f"暂停 {self.who}。从暂停起的当天开始，不再出现在可选顾问中；恢复后即可再次分派。")
        self.intro.show()
        self.kind = QComboBox()
        self.kind.addItems([kind.value for kind in SuspensionKind])
        self.from_on, self.until_on, self.reason = DateField(), DateField(), QLineEdit()
        self.from_on.set_date(today)
        self.add_field(FieldBox("暂停原因", self.kind, "kind"), (0, 0))
        self.add_field(FieldBox("具体说明", self.reason, "reason", required=True), (0, 1))
        self.add_field(FieldBox("暂停起", self.from_on, "from_on", required=True), (1, 0))
        self.add_field(
            FieldBox("暂停止", self.until_on, "until_on", optional=True, hint="不填则直到办理恢复"), (1, 1)
        )
        self.watch_fields()
        self._say_rest(self.problems())

    def draft(self) -> SuspendDraft:
        """Return what is asked for."""
        return SuspendDraft(
            lawyer_ids=self.keys,
            kind=SuspensionKind(self.kind.currentText()),
            from_on=self.from_on.day(),
            until_on=self.until_on.day(),
            reason=self.reason.text(),
        )

    def problems(self) -> list[Problem]:
        return suspend_problems(self.draft(), self.facts.lawyers)


class ReinstateForm(PoolForm):
    """Brings paused lawyers back."""

    def __init__(self, facts: TermFacts, today: date, parent: QWidget) -> None:
        super().__init__("恢复承办", "恢复承办", facts, "", parent)
        self.intro.setText(f"恢复 {self.who}。从恢复承办的当天起可以再次分派。")
        self.intro.show()
        self.on = DateField()
        self.on.set_date(today)
        self.add_field(FieldBox("恢复承办日期", self.on, "on", required=True), (0, 0))
        self.watch_fields()
        self._say_rest(self.problems())

    def draft(self) -> ReinstateDraft:
        """Return what is asked for."""
        return ReinstateDraft(self.keys, self.on.day())

    def problems(self) -> list[Problem]:
        return reinstate_problems(self.draft(), self.facts.lawyers)


class DismissForm(PoolForm):
    """Takes lawyers out of the pool with grounds; their records stay."""

    def __init__(self, facts: TermFacts, today: date, parent: QWidget) -> None:
        super().__init__("解聘出库", "解聘出库", facts, "", parent)
        self.intro.setText(
            f"解聘 {self.who}。聘期到解聘日期的前一天为止，此后不再出现在可选顾问中；履职记录和档案保留。"
        )
        self.intro.show()
        self.kind = QComboBox()
        self.kind.addItems([kind.value for kind in DismissalKind])
        self.on, self.reason = DateField(), QPlainTextEdit()
        self.reason.setFixedHeight(NOTE_HEIGHT)
        self.reason.setTabChangesFocus(True)
        self.on.set_date(today)
        self.add_field(FieldBox("解聘事由", self.kind, "kind"), (0, 0))
        self.add_field(FieldBox("解聘日期", self.on, "on", required=True), (0, 1))
        self.add_field(FieldBox("具体原因", self.reason, "reason", required=True), (1, 0), wide=True)
        self.watch_fields()
        self._say_rest(self.problems())

    def draft(self) -> DismissDraft:
        """Return what is asked for."""
        return DismissDraft(
            lawyer_ids=self.keys,
            kind=DismissalKind(self.kind.currentText()),
            on=self.on.day(),
            reason=self.reason.toPlainText(),
        )

    def problems(self) -> list[Problem]:
        return dismiss_problems(self.draft(), self.facts.lawyers)


def in_term(facts: TermFacts) -> bool:
    """Say whether anybody has a running or coming term that could be ended."""
    return any(
        one.standing in {Standing.SERVING, Standing.SUSPENDED, Standing.COMING}
        for one in facts.lawyers.values()
    )
