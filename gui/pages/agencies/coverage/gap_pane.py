"""The right side: 缺口与建议, with how many there are and the letters to all of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.coverage.rules.coverage import Gap, GapKind
from gui.pages.agencies.coverage.gap_list import GapItem, GapList
from gui.tables.cells import Badge
from gui.widgets.basics import button, column, label, line, row, stretch

NEW = (
    "还没有登记公职律师、统筹、内部顾问和外聘合同，所以全部单位都是缺口。"
    "请先用“办理”登记，或者在“公职律师名册”中导入，再看下一步。"
)
NO_AGENCIES = "还没有单位。请先用“办理”新增或者导入单位。"
_BADGES = {
    GapKind.NONE: ("dg", "circle-alert"),
    GapKind.EXPIRED: ("dg", "calendar-clock"),
    GapKind.SHORT: ("wn", "triangle-alert"),
}


class GapPane(QWidget):
    """The list of gaps under its heading."""

    def __init__(self) -> None:
        super().__init__()
        self.count = label("", "caption")
        self.urge = button("催办…", "gaps_urge", "link", tip="给有缺口的单位发催办函")
        self.list = GapList("gap_list")
        self.none = label("没有缺口，全部单位达标。", "second", wraps=True)
        self.none.setContentsMargins(20, 16, 20, 16)
        self.none.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "subtle")
        head = row(
            label("缺口与建议", "heading"), self.count, None, self.urge, spacing=8, margins=(20, 0, 20, 0)
        )
        head_area = QWidget()
        head_area.setLayout(head)
        head_area.setFixedHeight(55)
        self.setLayout(column(head_area, line(), self.none, self.list, spacing=0))
        stretch(self, 3, 1)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusProxy(self.list)

    def show_gaps(self, gaps: Sequence[tuple[str, Gap]], *, complete: bool, missing: str = "") -> None:
        """Show these gaps by the short names of their agencies; ``complete``: no filter hides others.

        ``missing`` says what a new office has to enter before its gaps mean anything.
        """
        self.count.setText(f"{len(gaps)} 个")
        self.urge.setEnabled(bool(gaps))
        none = "没有缺口，全部单位达标。" if complete else "筛选出的单位没有缺口。"
        self.none.setText(missing if missing and complete else none)
        self.none.setVisible(not gaps or (bool(missing) and complete))
        self.list.show_gaps([item_of(name, gap) for name, gap in gaps])


def item_of(name: str, gap: Gap) -> GapItem:
    """Return a gap as the list shows it."""
    kind, icon = _BADGES[gap.kind]
    return GapItem(
        key=gap.agency_key,
        name=name,
        badge=Badge(kind, gap.badge, icon),
        sentence=gap.remedy.sentence,
        action=gap.remedy.kind.value,
        tip=f"{gap.reason}\n{gap.remedy.sentence}",
    )
