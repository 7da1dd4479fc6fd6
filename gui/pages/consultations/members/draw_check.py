"""复核抽取: the draw on record, held again from its seed and pool, side by side."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QTreeWidget, QTreeWidgetItem, QWidget

from db.consultations.queries.detail import DrawEntry, DrawLine
from gui.widgets.basics import Strip, button, column, label, pane, row
from gui.widgets.panels import facts_of
from gui.widgets.scrolling import stand

METHOD = (
    "按“种子:序号”依次计算 SHA-256，取前 8 个字节为一个数，用费希尔—耶茨法打乱按编号排列的名单，取前面的人。"
    "不用任何程序自带的随机数，换一台电脑、换一种软件重抽，结果都相同。"
)


class DrawCheck(QDialog):
    """Shows a draw, who was in the pool, who was left out and why, and whether it comes out the same again."""

    def __init__(self, draw: DrawLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("draw_check")
        self.setWindowTitle("复核抽取")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.draw = draw
        self.verdict = Strip("ok")
        self.people = QTreeWidget()
        self.close_button = button("关闭", "draw_check_close", "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self._build()
        self._fill()

    def _fill(self) -> None:
        draw = self.draw
        if draw.matches:
            self.verdict.say(f"复核一致：用种子 {draw.seed} 重抽，得到的人和次序与记录相同。", "ok")
        else:
            self.verdict.say(
                f"复核不一致：记录为 {_names(draw.drawn)}，重抽为 {_names(draw.repeated)}。请查明记录是否被改动。",
                "dg",
            )
        places = {entry.lawyer_id: at for at, entry in enumerate(draw.drawn, 1)}
        for entry in draw.pool:
            at = places.get(entry.lawyer_id)
            self._add(entry.name, f"抽中（第 {at} 位）" if at else "在名单内", entry.reason)
        for entry in draw.excluded:
            self._add(entry.name, "未参加抽取", entry.reason)

    def _add(self, name: str, word: str, reason: str) -> None:
        item = QTreeWidgetItem([name, word, reason])
        item.setToolTip(2, reason)
        self.people.addTopLevelItem(item)

    def _build(self) -> None:
        draw = self.draw
        self.people.setObjectName("draw_people")
        self.people.setAccessibleName("抽取名单")
        self.people.setProperty("plain", True)
        self.people.setRootIsDecorated(False)
        self.people.setHeaderLabels(["姓名", "结果", "说明"])
        self.people.setColumnWidth(0, 110)
        self.people.setColumnWidth(1, 120)
        facts = [
            ("抽取日期", draw.drawn_on.isoformat()),
            ("种子", draw.seed),
            ("人数", f"从 {len(draw.pool)} 人中抽取 {draw.wanted} 人"),
            ("专业", draw.speciality or "不限"),
        ]
        if draw.reason:
            facts.append(("再次抽取的原因", draw.reason))
        foot = pane("subtle", "foot")
        foot.setLayout(row(None, self.close_button, margins=(20, 11, 20, 11)))
        body = column(
            self.verdict,
            *facts_of(facts),
            self.people,
            label(METHOD, "caption", wraps=True),
            spacing=8,
            margins=(20, 16, 20, 16),
        )
        stand(self, body, foot, QSize(640, 620))


def _names(entries: tuple[DrawEntry, ...]) -> str:
    return "、".join(entry.name for entry in entries)
