"""What an empty roster shows: three ways to begin, and a place to drop a workbook."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from gui.widgets.basics import ChoiceRow, button, column, label, row


class StartPanel(QWidget):
    """Offers to import a roster, to type it, or to load the demo bureau."""

    import_asked = Signal()
    enter_asked = Signal()
    demo_asked = Signal()
    template_asked = Signal()
    dropped = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "subtle")
        self.setAcceptDrops(True)
        self.by_import = ChoiceRow(
            "file-spreadsheet",
            "导入现有 Excel 名册",
            "支持 .xlsx、.xls、.csv。列名不一致也可以，下一步再对应；导入前可逐行检查。",
            "选择文件…",
            "start_import",
            first=True,
        )
        self.by_hand = ChoiceRow(
            "user-plus",
            "手工新增",
            "逐人填写，约 2 分钟一位，适合先建几个人试用。",
            "新增顾问",
            "start_enter",
        )
        self.by_demo = ChoiceRow(
            "flask-conical",
            "载入示例数据",
            "15 名虚构顾问和 60 件虚构案件，用于熟悉操作。随时可以清除，不影响单位名录。",
            "载入示例",
            "start_demo",
        )
        self.template = button("下载名册模板（.xlsx）", "start_template", "link", "download")
        inner = QWidget()
        inner.setFixedWidth(760)
        inner.setLayout(
            column(
                label("先把顾问名册建起来", "page"),
                label("名册建好后，就可以登记案件、分派顾问和打印报表。选一种方式开始：", "second"),
                10,
                self.by_import,
                self.by_hand,
                self.by_demo,
                6,
                row(self.template, None, label("也可以把 Excel 文件直接拖到这里", "caption")),
                spacing=10,
            )
        )
        self.setLayout(column(60, row(None, inner, None), None, spacing=0))
        self.by_import.chosen.connect(self.import_asked)
        self.by_hand.chosen.connect(self.enter_asked)
        self.by_demo.chosen.connect(self.demo_asked)
        self.template.clicked.connect(self.template_asked)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.dropped.emit(Path(url.toLocalFile()))
                return
