"""The candidates of an assignment as a list for the keyboard: the best first, the barred last with their reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from db.assignment.queries.candidates import Candidate
from db.assignment.rules.conflicts import Finding
from db.words.assignment import Severity
from gui.pages.cases.assigning.candidate_paint import (
    HEIGHTS,
    LINE,
    CandidateDelegate,
    Line,
    LineKind,
    link_of,
)

SHOWN = 7  # at least so many of those who may be chosen, where there is no room for all; the rest is folded
PERSONAL = frozenset({"C08", "C09", "C10", "C11", "C12", "C13", "C14", "C15", "C23"})
"""Rules about what a lawyer is or was: they bar him whoever the parties are."""
Index = QModelIndex | QPersistentModelIndex


class Group(Enum):
    """What can be folded."""

    REST = auto()
    BARRED = auto()


@dataclass(frozen=True, slots=True)
class Ticked:
    """Who is chosen, with the word of his role; ``unfolded`` are the groups that are open.

    ``room`` is the height of the list: who fits into it is not folded away.
    """

    roles: Mapping[int, str]
    unfolded: frozenset[Group]
    room: int


def worst(candidate: Candidate) -> Finding | None:
    """Return the gravest of what speaks against a candidate."""
    return next(iter(candidate.findings), None)


def lines_of(candidates: Sequence[Candidate], ticked: Ticked) -> list[Line]:
    """Return the lines of the list: the best, the rest (folded), the barred."""
    free = [c for c in candidates if not c.is_blocked]
    barred = [c for c in candidates if c.is_blocked]
    fit = _fitting(len(free), len(barred), ticked)
    shown = free if len(free) <= fit + 1 else free[:fit]
    rest = free[len(shown) :]
    lines = [_line(c, ticked) for c in shown]
    if rest:
        is_open = Group.REST in ticked.unfolded
        text = f"其余 {len(rest)} 人可选，综合得分 {rest[0].ranking.total} 以下"
        lines.append(_head(Group.REST, "", text, is_open=is_open))
        lines += [_line(c, ticked) for c in rest if is_open or c.lawyer_id in ticked.roles]
    if barred:
        is_open = Group.BARRED in ticked.unfolded
        text = f"{len(barred)} 人，确有特殊情况须先更正案件或顾问信息"
        lines.append(_head(Group.BARRED, "不可选", text, is_open=is_open))
        lines += [_line(c, ticked) for c in barred if is_open]
    return lines


def _fitting(free: int, barred: int, ticked: Ticked) -> int:
    """Return how many of those who may be chosen are shown without unfolding."""
    is_open = Group.BARRED in ticked.unfolded
    below = (HEIGHTS["GROUP"] + barred * HEIGHTS["BARRED"] * is_open) if barred else 0
    if free * HEIGHTS["FREE"] + below <= ticked.room:
        return free
    return max(SHOWN, (ticked.room - below - HEIGHTS["GROUP"]) // HEIGHTS["FREE"])


def _head(group: Group, title: str, text: str, *, is_open: bool) -> Line:
    return Line(
        LineKind.GROUP, title=title, text=text, link="收起" if is_open else "展开", is_on=is_open, key=group
    )


def _line(candidate: Candidate, ticked: Ticked) -> Line:
    found = worst(candidate)
    if candidate.is_blocked and found is not None:
        return Line(
            LineKind.BARRED,
            title=candidate.name,
            firm=candidate.firm,
            text=found.sentence,
            word="禁止" if found.rule in PERSONAL else "回避",
            link="查看依据",
            candidate=candidate,
            key=candidate.lawyer_id,
        )
    warning = "；".join(
        f"{'须单位同意：' if f.severity is Severity.CONSENT else ''}{f.sentence}" for f in candidate.findings
    )
    return Line(
        LineKind.FREE,
        title=candidate.name,
        firm=candidate.firm,
        text=warning,
        word=ticked.roles.get(candidate.lawyer_id, ""),
        is_on=candidate.lawyer_id in ticked.roles,
        candidate=candidate,
        key=candidate.lawyer_id,
    )


class CandidateModel(QAbstractListModel):
    """The lines of the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return line.spoken()
        if role == Qt.ItemDataRole.CheckStateRole and line.kind is LineKind.FREE:
            return Qt.CheckState.Checked if line.is_on else Qt.CheckState.Unchecked
        return None


class CandidateList(QListView):
    """Space ticks, Enter opens the grounds of the current line or folds its group."""

    ticked = Signal(int)  # lawyer
    grounds_asked = Signal(int)  # lawyer
    rested = Signal(object, bool)  # Candidate or None that mouse or key stays on; whether by key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("candidates")
        self.setAccessibleName("候选顾问，空格键勾选")
        self.rows = CandidateModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(CandidateDelegate(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._candidates: tuple[Candidate, ...] = ()
        self._roles: Mapping[int, str] = {}
        self._unfolded = frozenset({Group.BARRED})

    def show_candidates(self, candidates: Sequence[Candidate], roles: Mapping[int, str]) -> None:
        """Show who may act, and with which role who is chosen; the current line stays."""
        self._candidates, self._roles = tuple(candidates), dict(roles)
        self._show()

    def line(self) -> Line | None:
        """Return the current line."""
        at = self.currentIndex().row()
        return self.rows.lines[at] if 0 <= at < len(self.rows.lines) else None

    def go_to(self, key: object) -> None:
        """Make the line of this lawyer or group the current one."""
        at = next((i for i, line in enumerate(self.rows.lines) if line.key == key), 0)
        self.setCurrentIndex(self.rows.index(at))

    def act(self, *, tick: bool) -> None:
        """Tick the current line, or open what is behind it."""
        line = self.line()
        if line is None:
            return
        if line.kind is LineKind.GROUP and isinstance(line.key, Group):
            self._unfolded ^= {line.key}
            self._show()
        elif line.candidate is not None and tick:
            self.ticked.emit(line.candidate.lawyer_id)
        elif line.candidate is not None:
            self.grounds_asked.emit(line.candidate.lawyer_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.line()
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.act(tick=True)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.act(tick=False)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            if line and line.kind is LineKind.GROUP and line.is_on is (key == Qt.Key.Key_Left):
                self.act(tick=False)
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
            self._rest(self.line(), by_key=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.setCurrentIndex(index)
            line = self.rows.lines[index.row()]
            on_link = line.kind is LineKind.BARRED and link_of(self.visualRect(index), line.link).contains(
                event.position().toPoint()
            )
            self.act(tick=not on_link)
        else:
            super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._rest(self.rows.lines[index.row()] if index.isValid() else None, by_key=False)
        super().mouseMoveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def leaveEvent(self, event: QEvent) -> None:
        self._rest(None, by_key=False)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:  # who comes back finds it as it was
            self._rest(None, by_key=True)
        super().focusOutEvent(event)

    def _rest(self, line: Line | None, *, by_key: bool) -> None:
        self.rested.emit(line.candidate if line else None, by_key)

    def _show(self) -> None:
        kept, scrolled = self.line(), self.verticalScrollBar().value()
        self.rows.show(
            lines_of(self._candidates, Ticked(self._roles, self._unfolded, self.viewport().height()))
        )
        self.go_to(kept.key if kept else None)
        self.verticalScrollBar().setValue(scrolled)
        self.scrollTo(self.currentIndex())
