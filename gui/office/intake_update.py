"""What a pasted paper adds to the case on record: each field as it is and as it would be, to be ticked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from db.errors import Problem
from db.intake.queries.known import Match
from db.intake.rules import Intake
from db.intake.rules.updating import CaseUpdate, Change, Likeness, changes, update_of
from gui.widgets.basics import Strip, button, clear, column, label, row
from gui.widgets.fields import DateField

SERVED = "裁判文书送达日期"
SERVED_HINT = "原文没有写，请填写收到的日期，上诉期从次日起算；还没有收到的留空"
NOTHING = "（空）"


@dataclass(frozen=True, slots=True)
class Ties:
    """What the fields of an update refer to: the case before this one, and the court, where they are on record."""

    previous_id: int | None = None
    court_id: int | None = None


class UpdatePane(QWidget):
    """Shows the matched case and what the text changes in it. Nothing is saved here."""

    changed = Signal()
    as_new = Signal()  # the clerk wants another case instead

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("update_pane")
        self.cases = QComboBox()
        self.cases.setObjectName("update_case")
        self.cases.setAccessibleName("已登记的案件")
        self.question, self.hint = Strip("wn"), label("", "second", wraps=True)
        self.new_case = button("不是这件，登记为新案件", "update_as_new", "link")
        self.heading = label("这份文书补充的内容", "heading")
        self.served_on: DateField | None = None  # where a judgment is at hand whose service nobody has told
        self.ticks: dict[str, QCheckBox] = {}
        self._changes: list[Change] = []
        self._matches: Sequence[Match] = ()
        self._read, self._text, self._today = Intake(()), "", date.min
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(10)
        self._rows.setColumnStretch(3, 1)
        self.setLayout(
            column(
                self.question,
                label("已登记的案件", "heading"),
                self.cases,
                row(self.hint, None, self.new_case),
                4,
                self.heading,
                self._rows,
                None,
                spacing=10,
            )
        )
        self.cases.currentIndexChanged.connect(self._show)
        self.new_case.clicked.connect(self.as_new)

    def show_matches(self, matches: Sequence[Match], read: Intake, text: str, today: date) -> None:
        """Show what a text adds to the first of these cases; the clerk may choose another of them."""
        self._matches, self._read, self._text, self._today = matches, read, text, today
        self.cases.blockSignals(True)
        self.cases.clear()
        for match in matches:
            self.cases.addItem(f"{match.record.number or '（未编号）'}　{match.record.title}")
        self.cases.blockSignals(False)
        self._show()

    @property
    def match(self) -> Match | None:
        """The case chosen."""
        at = self.cases.currentIndex()
        return self._matches[at] if 0 <= at < len(self._matches) else None

    def chosen(self) -> list[tuple[str, str]]:
        """Return the fields that are ticked, with their values."""
        found = [
            (change.field, change.after) for change in self._changes if self.ticks[change.field].isChecked()
        ]
        if self.served_on is not None and (day := self.served_on.day()):
            found.append(("served_on", day.isoformat()))
        return found

    def spans(self) -> list[tuple[int, int]]:
        """Return the places in the text that the ticked fields were taken from."""
        return [
            span for change in self._changes if self.ticks[change.field].isChecked() for span in change.spans
        ]

    def problems(self) -> list[Problem]:
        """Say why this cannot be saved as it stands."""
        day = self.served_on.day() if self.served_on else None
        if self.served_on is not None and (text := self.served_on.trouble()):
            return [Problem("update", f"{SERVED}：{text}")]
        if day is not None and day > self._today:
            return [Problem("update", f"{SERVED} {day} 还没有到，请核对。")]
        return (
            [] if self.chosen() else [Problem("update", "没有勾选要更新的内容。请至少勾选一项，或者取消。")]
        )

    def draft(self, ties: Ties) -> CaseUpdate:
        """Return the update as it is ticked."""
        match = self.match
        if match is None:
            return CaseUpdate()
        return update_of(
            self.chosen(),
            self._read,
            match.record,
            self._today,
            self._text,
            previous_id=ties.previous_id,
            court_id=ties.court_id,
        )

    def _show(self, *_: object) -> None:
        match = self.match
        clear(self._rows)
        self.ticks, self._changes, self.served_on = {}, [], None
        if match is None:
            return
        self._changes = changes(self._read, match.record, match.likeness, self._today, self._text)
        for at, change in enumerate(self._changes):
            self._add(at, change)
        if self._asks_served():
            self._add_served(len(self._changes))
        is_near = match.likeness is Likeness.NEAR
        said = self._read.value("number")
        asked = f"原文案号 {said} 与已登记的 {match.record.number} 只差一处。"
        self.question.say(f"{asked}是同一案的，勾选后更新；不是的，登记为新案件。" if is_near else "", "wn")
        self.heading.setVisible(bool(self._changes) or self.served_on is not None)
        nothing = "" if self._changes else "文书写明的内容都已登记，没有要更新的。"
        several = (
            f"案号相同的记录有 {len(self._matches)} 件，请选择要更新的一件。"
            if len(self._matches) > 1
            else ""
        )
        kind = "这份文书是不服该案裁判的上诉材料。" if match.likeness is Likeness.APPEALED else ""
        self.hint.setText(
            f"{kind}{several if not is_near else ''}{nothing}" or "勾选的内容一次保存，可用 Ctrl+Z 撤销。"
        )
        self.changed.emit()

    def _add(self, at: int, change: Change) -> None:
        tick = QCheckBox(change.label)
        tick.setObjectName(f"update_{change.field}")
        tick.setChecked(change.is_chosen)
        tick.setAccessibleName(f"{change.label}：{change.before or '空'}改为{change.after}")
        tick.toggled.connect(self.changed)
        self.ticks[change.field] = tick
        after = label(change.after, "heading", wraps=True, selectable=True)
        for place, part in enumerate(
            (tick, label(change.before or NOTHING, "second", wraps=True), label("→", "second"), after)
        ):
            self._rows.addWidget(part, 2 * at, place, Qt.AlignmentFlag.AlignTop)
        words = " ".join(change.words.split())
        note = label(f"原文“{words[:40]}”{'，' + change.note if change.note else ''}", "hint", wraps=True)
        note.setProperty("severity", "warning" if change.note else "")
        self._rows.addWidget(note, 2 * at + 1, 1, 1, 3)

    def _asks_served(self) -> bool:
        """Say whether a judgment is at hand of which nobody has said when it was served."""
        match = self.match
        is_judgment = (
            bool(self._read.value("outcome"))
            and match is not None
            and match.likeness is not Likeness.APPEALED
        )
        return (
            is_judgment
            and match is not None
            and not match.record.served_on
            and not self._read.value("served_on")
        )

    def _add_served(self, at: int) -> None:
        self._rows.addWidget(label(SERVED), 2 * at, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addWidget(label(NOTHING, "second"), 2 * at, 1, Qt.AlignmentFlag.AlignTop)
        self._rows.addWidget(label("→", "second"), 2 * at, 2, Qt.AlignmentFlag.AlignTop)
        field = DateField()
        field.setObjectName("update_served_on")
        field.setAccessibleName(SERVED)
        field.edited.connect(self.changed)
        self.served_on = field
        self._rows.addWidget(field, 2 * at, 3)
        self._rows.addWidget(label(SERVED_HINT, "hint", wraps=True), 2 * at + 1, 1, 1, 3)
