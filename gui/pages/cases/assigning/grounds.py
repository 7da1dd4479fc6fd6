"""查看依据: everything that speaks against a lawyer in a case, with the rule and its source."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QWidget

from db.assignment.queries.candidates import Candidate
from db.assignment.rules.conflicts import LOCAL, Finding
from db.words.assignment import Severity
from gui.widgets.basics import badge, button, column, label, line, pane, row
from gui.widgets.scrolling import stand

KINDS = {Severity.BLOCK: "dg", Severity.CONSENT: "wn", Severity.WARN: "wn"}
MEANS = {
    Severity.BLOCK: "不能推荐。登记的事实有误的，先更正案件或顾问信息，再回到这里。",
    Severity.CONSENT: "取得单位的书面知情同意后可以推荐，同意人和内容随分派留存，并印在推荐函上。",
    Severity.WARN: "可以推荐，须在推荐理由中说明核对的情况。",
}


class GroundsDialog(QDialog):
    """Shows the facts and the articles; nothing is changed here."""

    def __init__(self, candidate: Candidate, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("grounds")
        self.setWindowTitle(f"依据：{candidate.name}")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.candidate = candidate
        self.close_button = button("知道了", "grounds_close", "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        inner = pane("surface")
        parts: list[QWidget | None] = [label(f"{candidate.name}　{candidate.firm}", "person")]
        for finding in candidate.findings:
            parts += [line(), *_ground(finding)]
        if not candidate.findings:
            parts.append(label("没有发现与本案的利害关系。", "second"))
        inner.setLayout(column(*parts, None, spacing=8, margins=(24, 20, 24, 16)))
        foot = pane("subtle")
        foot.setLayout(row(None, self.close_button, margins=(20, 11, 20, 11)))
        high = min(180 + 118 * max(1, len(candidate.findings)), 560)
        stand(self, column(inner), foot, QSize(520, high))


def _ground(finding: Finding) -> list[QWidget]:
    head = QWidget()
    is_local = "，轻重由本局设定" if finding.rule in LOCAL else ""
    rule = label(f"核对规则 {finding.rule}{is_local}", "caption")
    head.setLayout(row(badge(finding.severity.value, KINDS[finding.severity]), rule, None))
    return [
        head,
        label(finding.sentence, wraps=True, selectable=True),
        label(f"依据：{finding.article}", "second", wraps=True, selectable=True),
        label(MEANS[finding.severity], "caption", wraps=True),
    ]
