"""批量分派: a lead lawyer proposed for every waiting case at once, with why, to be accepted one by one or all."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from db.assignment.queries.allocation import Batch, Proposal
from gui.look.icons import icon
from gui.look.theme import colour
from gui.widgets.basics import Strip, button, column, item_at, label, line, pane, row, stretch
from gui.widgets.charts import Change, ChangeChart
from gui.widgets.panels import ElidedLabel
from gui.widgets.scrolling import TallArea, stand

HEADS = (("案件", 236), ("被诉单位", 132), ("拟派顾问", 92), ("综合", 60), ("说明", 160))
SIDE = 320
LEAST = QSize(840, 380)


class BatchDialog(QDialog):
    """Shows the progress of the reckoning, then what it proposes. Knows neither the database nor the solver.

    ``accepted_some`` is told with the proposals to be carried out; ``again_asked`` when all is to be reckoned anew.
    """

    accepted_some = Signal(object)  # tuple[Proposal, ...]
    again_asked = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("batch")
        self.setWindowTitle("批量分派")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.batch: Batch | None = None
        self.taken: set[int] = set()  # cases whose proposal was accepted
        self.bar, self.told = QProgressBar(), label("正在核对待分派案件…", "second")
        self.stop = button("取消计算", "batch_stop")
        self.pages = QStackedWidget()
        self.summary = label("", "second", wraps=True)
        self.strip = Strip("dg")
        self.table = QTableWidget(0, len(HEADS))
        self.who, self.why = label("", "heading"), label("", "second", wraps=True, selectable=True)
        self.against = Strip("wn")
        self.chart = ChangeChart()
        self.again = button("重新计算", "batch_again", "link", "rotate-ccw")
        self.cancel = button("关闭", "cancel")
        self.take = button("采纳所选", "batch_take", "accent")
        self.take_all = button("全部采纳", "batch_take_all", "primary")
        self._build()
        self._connect()
        self.begin()

    # -- states ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Show that the reckoning runs."""
        self.batch, self.taken = None, set()
        self.bar.setRange(0, 0)
        self.told.setText("正在核对待分派案件…")
        self.pages.setCurrentIndex(0)
        self._offer()
        self.stop.setFocus()

    def show_progress(self, at: int, of: int) -> None:
        """Say how many cases have been looked at."""
        self.bar.setRange(0, of)
        self.bar.setValue(at)
        last = at == of
        self.told.setText("正在求解最优方案…" if last else f"正在核对利害关系和评分，第 {at} / {of} 件…")

    def show_batch(self, batch: Batch) -> None:
        """Show what is proposed, and what it does to the loads."""
        self.batch = batch
        self.pages.setCurrentIndex(1)
        self.table.setRowCount(len(batch.proposals))
        for at, proposal in enumerate(batch.proposals):
            self._show_row(at, proposal)
        self.strip.say("")
        self._summarise(batch)
        changed = sorted(batch.loads, key=lambda c: (-c.new, c.name))
        self.chart.show_changes(
            [
                Change(c.lawyer_id, c.name, c.before, c.after, c.capacity, _word(c.after, c.capacity))
                for c in changed
            ]
        )
        if batch.proposals:
            self.table.selectRow(0)
        self.table.setFocus()
        self._offer()

    def show_done(self, proposals: Sequence[Proposal]) -> None:
        """Mark proposals as carried out."""
        self.taken |= {p.case_id for p in proposals}
        if self.batch is not None:
            for at, proposal in enumerate(self.batch.proposals):
                self._show_row(at, proposal)
        self.strip.say("")
        self._offer()

    def say(self, text: str) -> None:
        """Say why nothing was done."""
        self.pages.setCurrentIndex(1)
        self.strip.say(text, "dg")
        self._offer()

    # -- what is chosen --------------------------------------------------------------------

    def open_proposals(self) -> tuple[Proposal, ...]:
        """Return the proposals that can still be accepted."""
        found = self.batch.proposals if self.batch else ()
        return tuple(p for p in found if p.lawyer_id is not None and p.case_id not in self.taken)

    def selected(self) -> tuple[Proposal, ...]:
        """Return those of them that are selected."""
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        found = self.batch.proposals if self.batch else ()
        still = {p.case_id for p in self.open_proposals()}
        return tuple(p for at, p in enumerate(found) if at in rows and p.case_id in still)

    def accept_selected(self) -> None:
        """Accept what is selected."""
        self._accept(self.selected())

    def accept_all(self) -> None:
        """Accept all, as one act."""
        self._accept(self.open_proposals())

    def reject(self) -> None:
        self.cancelled.emit()
        super().reject()

    # -- inside ----------------------------------------------------------------------------

    def _accept(self, proposals: tuple[Proposal, ...]) -> None:
        if proposals and self.take_all.isEnabled():
            self.take.setEnabled(False)
            self.take_all.setEnabled(False)
            self.accepted_some.emit(proposals)

    def _summarise(self, batch: Batch) -> None:
        served = sum(p.lawyer_id is not None for p in batch.proposals)
        left = len(batch.proposals) - served
        said = f"待分派 {len(batch.proposals)} 件，可分派 {served} 件，综合得分合计 {batch.total}。"
        said += "已在回避、上限和均衡条件下求得最优，每件一名主办。" if served else ""
        said += f"其余 {left} 件暂无人可派，原因见各件说明。" if left else ""
        self.summary.setText(said if batch.proposals else "没有待分派的案件。")

    def _show_row(self, at: int, proposal: Proposal) -> None:
        is_done = proposal.case_id in self.taken
        note = "；".join(proposal.warnings)
        if is_done:
            note = "已采纳"
        elif proposal.lawyer_id is None:
            note = "无人可派，见下方原因"
        texts = (
            f"{proposal.number}\n{proposal.parties}",
            proposal.agency,
            proposal.lawyer or "—",
            proposal.total or "—",
            note,
        )
        for place, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.table.setItem(at, place, item)
        sign = ("circle-check", "ok") if is_done else ("ban", "dg") if proposal.lawyer_id is None else None
        sign = sign or (("triangle-alert", "wn") if note else None)
        last = item_at(self.table, at, len(texts) - 1)
        if sign:
            last.setIcon(icon(*sign, 14))
            last.setForeground(colour(sign[1]))
        face = item_at(self.table, at, 2).font()
        face.setBold(not is_done)
        item_at(self.table, at, 2).setFont(face)

    def _on_selected(self) -> None:
        at, batch = self.table.currentRow(), self.batch
        if batch is None or not 0 <= at < len(batch.proposals):
            return
        chosen = batch.proposals[at]
        if chosen.lawyer_id is None:
            self.who.setText(f"{chosen.number}　无人可派")
        else:
            self.who.setText(f"{chosen.number}　拟派 {chosen.lawyer}，综合 {chosen.total}")
        self.why.setText("\n".join(chosen.why))
        self.against.say("；".join(chosen.warnings), "wn")
        self._offer()

    def _offer(self) -> None:
        is_open, chosen = len(self.open_proposals()), len(self.selected())
        self.take.setEnabled(bool(chosen))
        self.take.setText(f"采纳所选 {chosen} 件" if chosen > 1 else "采纳所选")
        self.take_all.setEnabled(bool(is_open))
        self.take_all.setText(f"全部采纳 {is_open} 件" if is_open else "全部采纳")
        self.again.setVisible(self.pages.currentIndex() == 1)

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self._build_table()
        waiting = pane("surface")
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(360)
        waiting.setLayout(
            column(
                None,
                row(None, self.told, None),
                row(None, self.bar, None),
                row(None, self.stop, None),
                None,
                spacing=14,
            )
        )
        self.pages.addWidget(waiting)
        self.pages.addWidget(self._result())
        foot = pane("subtle")
        note = ElidedLabel(
            "逐件或全部采纳，各为一步，可用 Ctrl+Z 撤销。采纳前重新核对，不合适的不写入。", "caption"
        )
        foot.setLayout(row(note, self.cancel, self.take, self.take_all, margins=(20, 11, 20, 11)))
        stretch(foot, 0, 1)
        stand(self, column(self.pages), foot, QSize(1120, 720), LEAST)

    def _result(self) -> QWidget:
        left = QWidget()
        reasons = pane("subtle")
        reasons.setLayout(column(self.who, self.why, self.against, None, spacing=6, margins=(20, 12, 20, 12)))
        scroll = _scrolled(reasons)
        scroll.setFixedHeight(176)
        head = column(
            row(self.summary, self.again, spacing=12), self.strip, spacing=8, margins=(20, 12, 16, 12)
        )
        head.itemAt(0).layout().setStretch(0, 1)  # type: ignore[union-attr,attr-defined,unused-ignore] # the row just made
        left.setLayout(column(head, line(), self.table, line(), scroll, spacing=0))
        stretch(left, 2, 1)
        side = pane("subtle")
        legend = label("深色为本次新增；数字为加权件数，前 → 后", "caption", wraps=True)
        side.setLayout(
            column(
                label("分派前后负荷", "heading"),
                legend,
                self.chart,
                None,
                spacing=8,
                margins=(20, 14, 16, 14),
            )
        )
        chart = _scrolled(side)
        chart.setFixedWidth(SIDE)
        made = QWidget()
        made.setLayout(row(left, line("v"), chart, spacing=0))
        stretch(made, 0, 1)
        return made

    def _build_table(self) -> None:
        self.table.setObjectName("batch_table")
        self.table.setAccessibleName("拟分派方案")
        self.table.setProperty("plain", True)
        self.table.setHorizontalHeaderLabels([title for title, _ in HEADS])
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for at, (_, width) in enumerate(HEADS):
            self.table.setColumnWidth(at, width)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(50)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)

    def _connect(self) -> None:
        self.stop.clicked.connect(self.reject)
        self.cancel.clicked.connect(self.reject)
        self.take.clicked.connect(self.accept_selected)
        self.take_all.clicked.connect(self.accept_all)
        self.again.clicked.connect(self.again_asked)
        self.table.itemSelectionChanged.connect(self._on_selected)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept_all)


def _word(after: float, capacity: int) -> str:
    return "已满" if after >= capacity else ""


def _scrolled(inner: QWidget) -> QScrollArea:
    return TallArea(inner)
