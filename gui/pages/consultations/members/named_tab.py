"""Naming members: the whole pool with what speaks against each; whoever is barred can be read but not ticked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from db.consultations.queries.member_candidates import MemberCandidate
from db.consultations.rules.consultations import MemberDraft
from db.words.consultation import MemberOrigin
from gui.look.icons import icon
from gui.widgets.basics import button, column, label, row
from gui.widgets.entries import ChoiceEntry
from gui.widgets.fields import FilterField

HEADS = ("姓名", "律所", "专业", "在办", "需要核对的情况")
ROLE = Qt.ItemDataRole.UserRole


class NamedTab(QWidget):
    """Ticks with Space, adds with Enter; with a speciality chosen they count as taken for it (按专业)."""

    named = Signal(object)  # tuple of MemberDraft

    def __init__(self) -> None:
        super().__init__()
        self._candidates: Sequence[MemberCandidate] = ()
        self._ticked: set[int] = set()
        self.find_field = FilterField("姓名、律所", "named_find")
        self.speciality = ChoiceEntry((), "专业", nothing="全部专业")
        self.list = _Pool()
        self.add = button("加入参会人员", "named_add", "accent")
        self.chosen = label("", "second")
        self._build()
        self.find_field.textChanged.connect(self._show)
        self.speciality.edited.connect(self._show)
        self.list.itemChanged.connect(self._on_ticked)
        self.list.confirmed.connect(self._on_add)
        self.add.clicked.connect(self._on_add)

    def show_pool(self, candidates: Sequence[MemberCandidate]) -> None:
        """Show everybody who is no member yet; ticks stay."""
        self._candidates = [one for one in candidates if not one.is_member]
        words = sorted({word for one in candidates for word in one.specialities})
        chosen = self.speciality.value()
        if words != [self.speciality.itemText(at) for at in range(1, self.speciality.count())]:
            self.speciality.offer([(word, word) for word in words])
            self.speciality.set_value(chosen if chosen in words else None)
        self._ticked &= {one.lawyer_id for one in self._candidates}
        self._show()

    def _show(self, *_: object) -> None:
        word, speciality = self.find_field.text().strip(), self.speciality.value()
        self.list.blockSignals(True)
        self.list.clear()
        for one in self._candidates:
            if speciality and speciality not in one.specialities:
                continue
            if word and word not in one.name and word not in one.firm:
                continue
            self.list.addTopLevelItem(self._item(one))
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        self.list.blockSignals(False)
        self._count()

    def _item(self, one: MemberCandidate) -> QTreeWidgetItem:
        doubts = f"回避：{one.barred}" if one.barred else "；".join(one.warnings)
        fields = "、".join(one.specialities)
        item = QTreeWidgetItem([one.name, one.firm, fields, str(one.running), doubts])
        item.setData(0, ROLE, one.lawyer_id)
        for at in range(len(HEADS)):
            item.setToolTip(at, doubts or item.text(at))
        if one.barred:
            item.setIcon(4, icon("ban", "dg", 14))
            item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
        else:
            if doubts:
                item.setIcon(4, icon("triangle-alert", "wn", 14))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_on = one.lawyer_id in self._ticked
            item.setCheckState(0, Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        return item

    def _on_ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        key = int(item.data(0, ROLE))
        is_on = item.checkState(0) is Qt.CheckState.Checked
        self._ticked = self._ticked | {key} if is_on else self._ticked - {key}
        self._count()

    def _on_add(self) -> None:
        drafts = self.drafts()
        if drafts:
            self._ticked.clear()
            self.named.emit(drafts)

    def drafts(self) -> tuple[MemberDraft, ...]:
        """Return those who are ticked."""
        origin = MemberOrigin.SPECIALITY if self.speciality.value() else MemberOrigin.NAMED
        return tuple(
            MemberDraft(origin=origin, name=one.name, lawyer_id=one.lawyer_id)
            for one in self._candidates
            if one.lawyer_id in self._ticked
        )

    def _count(self) -> None:
        names = "、".join(draft.name for draft in self.drafts())
        self.chosen.setText(f"已勾选：{names}" if names else "空格勾选，回车加入。标“回避”的不能加入。")
        self.add.setEnabled(bool(names))

    def _build(self) -> None:
        self.list.setObjectName("named_pool")
        self.list.setAccessibleName("顾问库")
        self.speciality.setObjectName("named_speciality")
        self.speciality.setAccessibleName("专业")
        self.speciality.setFixedWidth(168)
        foot = row(self.chosen, self.add, spacing=12)
        foot.setStretch(0, 1)
        filters = row(self.find_field, self.speciality)
        filters.setStretch(0, 1)
        self.setLayout(column(filters, self.list, foot, spacing=12, margins=(20, 16, 20, 16)))


class _Pool(QTreeWidget):
    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("plain", True)
        self.setRootIsDecorated(False)
        self.setHeaderLabels(list(HEADS))
        for at, width in enumerate((92, 132, 120, 48)):
            self.setColumnWidth(at, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)
