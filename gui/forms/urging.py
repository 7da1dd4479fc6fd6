"""发催办函: which agencies with a gap are written to, by when they are to answer, and what each letter says."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from db.coverage.queries.urging import UrgingRow
from db.coverage.queries.urging_offers import UrgingOffers
from db.coverage.rules.urging import Urged, UrgingDraft, urging_problems
from db.errors import Problem
from gui.forms.draft_dialog import DraftDialog
from gui.look.theme import colour
from gui.widgets.basics import button, column, label, line, pane, row, stretch
from gui.widgets.fields import DateField, FieldBox
from gui.widgets.scrolling import stand

SIZE = (1080, 660)
ROW = 30
KEY = Qt.ItemDataRole.UserRole
HEADS = (("单位", 0), ("缺口", 92), ("上次催办", 236))


class UrgingDialog(DraftDialog):
    """Ticks the agencies, shows and changes what each letter says. Knows nothing of the database.

    Those that already have a letter in time are not ticked at first; ``chosen`` ticks just these agencies.
    """

    preview_asked = Signal()

    def __init__(
        self, offers: UrgingOffers, today: date, parent: QWidget, chosen: Collection[int] | None = None
    ) -> None:
        super().__init__("发催办函", "发函", parent)
        self.setObjectName("urging_dialog")
        self._offers, self._today = offers, today
        self._by_key = {one.agency_id: one for one in offers.lines}
        self._texts = {
            one.agency_id: Urged(one.agency_id, one.reason, one.asked, one.name) for one in offers.lines
        }
        self._shown: int | None = None
        self.agencies = QTreeWidget()
        self.all, self.none = (
            button("全选", "urging_all", "link"),
            button("全不选", "urging_none", "link"),
        )
        self.count = label("", "second")
        self.who = label("", "heading", wraps=True)
        self.issued_on, self.answer_by = DateField(), DateField()
        self.reason, self.asked = QPlainTextEdit(), QPlainTextEdit()
        self.preview = button("预览", "urging_preview", "", "printer", "看所选函件打印出来的样子（Ctrl+P）")
        self._fill(chosen)
        self.issued_on.set_date(today)
        self.answer_by.set_date(offers.answer_by)
        self._build()
        self.watch_fields()
        self._connect()
        if items := self._items():
            self.agencies.setCurrentItem(items[0])
        self.agencies.setFocus()
        self._say_count()

    def ticked(self) -> list[int]:
        """Return the agencies that are written to, in order."""
        return [self._key(item) for item in self._items() if item.checkState(0) is Qt.CheckState.Checked]

    def tick(self, keys: Collection[int]) -> None:
        """Tick these agencies and no others."""
        for item in self._items():
            is_in = self._key(item) in keys
            item.setCheckState(0, Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)

    def draft(self) -> UrgingDraft:
        """Return what is to go out."""
        return UrgingDraft(
            urged=tuple(self._texts[key] for key in self.ticked()),
            answer_by=self.answer_by.day(),
            issued_on=self.issued_on.day(),
        )

    def problems(self) -> Sequence[Problem]:
        return urging_problems(self.draft(), self._today)

    # -- building --------------------------------------------------------------------------

    def _fill(self, chosen: Collection[int] | None) -> None:
        self.agencies.setObjectName("urging_agencies")
        self.agencies.setAccessibleName("有缺口的单位")
        self.agencies.setHeaderLabels([title for title, _ in HEADS])
        self.agencies.setRootIsDecorated(False)
        self.agencies.setAllColumnsShowFocus(True)
        self.agencies.setUniformRowHeights(True)
        for one in self._offers.lines:
            item = QTreeWidgetItem([one.name, one.badge, letter_words(one.latest)])
            is_in = not one.is_waiting if chosen is None else one.agency_id in chosen
            item.setCheckState(0, Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
            item.setData(0, KEY, one.agency_id)
            item.setSizeHint(0, QSize(0, ROW))
            item.setToolTip(0, f"{one.name}：{one.reason}")
            item.setToolTip(2, letter_words(one.latest))
            if one.latest is not None and one.latest.is_overdue:
                item.setForeground(2, colour("dg"))
            self.agencies.addTopLevelItem(item)

    def _build(self) -> None:
        head = self.agencies.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at, (_, width) in enumerate(HEADS):
            if width:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                head.resizeSection(at, width)
        left = column(
            row(label("有缺口的单位", "heading"), None, self.all, self.none, margins=(20, 14, 12, 0)),
            row(self.agencies, margins=(14, 0, 0, 0)),
            row(self.count, None, margins=(20, 0, 12, 10)),
        )
        left.setStretch(1, 1)
        for text in (self.reason, self.asked):
            text.setTabChangesFocus(True)
        self.add_field(FieldBox("发函日期", self.issued_on, "issued_on", required=True), (0, 0))
        self.add_field(
            FieldBox("反馈期限", self.answer_by, "answer_by", required=True, hint="印在每份函件上。"), (0, 1)
        )
        self.add_field(FieldBox("催办事由", self.reason, "reason", required=True), (1, 0), wide=True)
        self.add_field(
            FieldBox(
                "要求办理的事项",
                self.asked,
                "asked",
                required=True,
                hint="按单位的缺口拟写，可逐个单位修改。",
            ),
            (2, 0),
            wide=True,
        )
        self._grid.setRowStretch(1, 1)
        self._grid.setRowStretch(2, 1)
        side = pane("subtle")
        side.setFixedWidth(400)
        side.setLayout(column(self.strip, self.who, self._grid, spacing=12, margins=(20, 14, 20, 14)))
        stretch(side, 2, 1)
        foot = self.foot(has_next=False)
        if isinstance(bar := foot.layout(), QHBoxLayout):
            bar.insertWidget(0, self.preview)
        stand(self, row(left, line("v"), side, spacing=0), foot, QSize(*SIZE))

    def _connect(self) -> None:
        self.agencies.currentItemChanged.connect(self._on_agency)
        self.agencies.itemChanged.connect(self._on_ticked)
        self.all.clicked.connect(self._tick_all)
        self.none.clicked.connect(self._tick_none)
        self.reason.textChanged.connect(self._on_text)
        self.asked.textChanged.connect(self._on_text)
        self.preview.clicked.connect(self._on_preview)
        QShortcut(QKeySequence.StandardKey.Print, self).activated.connect(self._on_preview)

    # -- slots -----------------------------------------------------------------------------

    def _on_agency(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None = None) -> None:
        if item is None:
            return
        self._shown = None  # what is put into the fields now was not typed
        one, text = self._by_key[self._key(item)], self._texts[self._key(item)]
        dirty = self._is_dirty
        self.who.setText(f"{one.name}　{one.badge}")
        self.reason.setPlainText(text.reason)
        self.asked.setPlainText(text.asked)
        self._is_dirty = dirty
        self._shown = one.agency_id

    def _on_text(self) -> None:
        if self._shown is not None:
            text = self._texts[self._shown]
            self._texts[self._shown] = replace(
                text, reason=self.reason.toPlainText(), asked=self.asked.toPlainText()
            )

    def _on_ticked(self, _item: QTreeWidgetItem, _column: int) -> None:
        self.strip.say("")
        self._say_count()

    def _tick_all(self) -> None:
        self.tick(list(self._texts))

    def _tick_none(self) -> None:
        self.tick(())

    def _on_preview(self) -> None:
        if self.is_right():
            self.preview_asked.emit()

    def _say_count(self) -> None:
        ticked = len(self.ticked())
        self.count.setText(f"已选 {ticked} 个，共 {len(self._texts)} 个单位有缺口")
        self.save.setText(f"发函 {ticked} 份" if ticked else "发函")

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.agencies.topLevelItem(at) for at in range(self.agencies.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _key(self, item: QTreeWidgetItem) -> int:
        return int(item.data(0, KEY))


def letter_words(letter: UrgingRow | None) -> str:
    """Say in a few words what became of the latest letter to an agency."""
    if letter is None:
        return "未催办"
    if letter.answered_on is not None:
        return f"{letter.number}　已反馈"
    return f"{letter.number}　{'逾期未反馈' if letter.is_overdue else '待反馈'}"
