"""The section 分派 of the settings: weights of the ranking, caps, letters, and rules that are the office's own policy."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit

from db.assignment.rules.ranking import FactorKind, weights_of
from db.office.rules.settings import CAPTIONS, Settings
from db.words.assignment import Severity
from gui.widgets.basics import column, label, pane
from gui.widgets.fields import FieldBox
from gui.widgets.number_box import number_box
from gui.widgets.scrolling import TallArea

RULES = {
    "C19": "本人或同所律师代理对方起诉本区其他单位",
    "C20": "就同一争议为其他单位提出意见或者代理",
    "C21": "同时代理原行政机关和复议机关",
    "C25": "有行政处罚或行业处分记录",
}
"""The rules of ``db.assignment.rules.conflicts.LOCAL`` in the office's words."""
HEAVY = (1.0, 1.5, 2.0, 2.5, 3.0)  # what a difficult case may count as
LETTERS = ["letter_series", "answer_days", "urging_series", "urging_days", "contact", "contact_phone"]
USUAL = Severity.WARN  # what each of them is where the office has not said otherwise


class AssignSettings(TallArea):
    """Shows the settings, and returns them as they stand."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("assign_settings")
        self.weights = {kind: number_box(weights_of(settings).of(kind), 0, 100) for kind in FactorKind}
        self.capacity = number_box(settings.capacity, 1, 99, " 件")
        self.difficult = QComboBox()
        for value in sorted({*HEAVY, settings.difficult_weight}):
            self.difficult.addItem(f"{value:g} 件", value)
        self.difficult.setCurrentText(f"{settings.difficult_weight:g} 件")
        self.series = QLineEdit(settings.letter_series)
        self.answer_days = number_box(settings.answer_days, 0, 60, " 天")
        self.urging_series = QLineEdit(settings.urging_series)
        self.urging_days = number_box(settings.urging_days, 1, 365, " 天")
        self.contact, self.phone = QLineEdit(settings.contact), QLineEdit(settings.contact_phone)
        self.rules = {rule: _severities(settings.local_rules.get(rule, USUAL.value)) for rule in RULES}
        self.shares = label("", "caption", wraps=True)
        self.boxes = self._boxes()
        self._build()
        for made in self.weights.values():
            made.valueChanged.connect(self._show_shares)
        self._show_shares()

    def settings(self, before: Settings) -> Settings:
        """Return ``before`` with what this section says."""
        local = {rule: made.currentText() for rule, made in self.rules.items()}
        return replace(
            before,
            weight_match=self.weights[FactorKind.MATCH].value(),
            weight_load=self.weights[FactorKind.LOAD].value(),
            weight_experience=self.weights[FactorKind.EXPERIENCE].value(),
            weight_turn=self.weights[FactorKind.TURN].value(),
            weight_rating=self.weights[FactorKind.RATING].value(),
            capacity=self.capacity.value(),
            difficult_weight=float(self.difficult.currentData()),
            letter_series=self.series.text().strip(),
            answer_days=self.answer_days.value(),
            urging_series=self.urging_series.text().strip(),
            urging_days=self.urging_days.value(),
            contact=self.contact.text().strip(),
            contact_phone=self.phone.text().strip(),
            local_rules={rule: word for rule, word in local.items() if word != USUAL.value},
        )

    def _show_shares(self, *_: object) -> None:
        total = sum(made.value() for made in self.weights.values())
        left_out = [kind.value for kind, made in self.weights.items() if not made.value()]
        said = f"合计 {total}，按各项所占比例折算。"
        said += f"不计：{'、'.join(left_out)}。" if left_out else "设为 0 的一项不计分，也不再说明。"
        self.shares.setText(said if total else "五项权重不能都为 0，请至少给一项权重。")

    def _boxes(self) -> dict[str, FieldBox]:
        boxes = {
            f"weight_{kind.name.lower()}": FieldBox(kind.value, made, f"weight_{kind.name.lower()}")
            for kind, made in self.weights.items()
        }
        hint = "加权件数。达到上限的在分派时提示，批量分派不再派给。"
        boxes["capacity"] = FieldBox(CAPTIONS["capacity"], self.capacity, "capacity", hint=hint)
        heavy = "普通案件计 1 件，非诉执行计 0.5 件。"
        boxes["difficult_weight"] = FieldBox(
            CAPTIONS["difficult_weight"], self.difficult, "difficult_weight", hint=heavy
        )
        boxes["letter_series"] = FieldBox(
            CAPTIONS["letter_series"],
            self.series,
            "letter_series",
            required=True,
            hint="如 柯司顾荐〔2026〕41号。",
        )
        boxes["answer_days"] = FieldBox(
            CAPTIONS["answer_days"], self.answer_days, "answer_days", hint="印在推荐函上。"
        )
        boxes["urging_series"] = FieldBox(
            CAPTIONS["urging_series"],
            self.urging_series,
            "urging_series",
            required=True,
            hint="如 柯司催办〔2026〕3号。",
        )
        boxes["urging_days"] = FieldBox(
            CAPTIONS["urging_days"], self.urging_days, "urging_days", hint="印在催办函上，发函时可以改。"
        )
        boxes["contact"] = FieldBox(CAPTIONS["contact"], self.contact, "contact")
        boxes["contact_phone"] = FieldBox(CAPTIONS["contact_phone"], self.phone, "contact_phone")
        for rule, made in self.rules.items():
            boxes[rule] = FieldBox(RULES[rule], made, rule)
        return boxes

    def _build(self) -> None:
        inner = pane("surface")
        weights = [f"weight_{kind.name.lower()}" for kind in FactorKind]
        note = "以下情形法律没有明文规定，轻重由本局决定；其余核对规则依法，不能更改。"
        inner.setLayout(
            column(
                label("候选评分的权重", "heading"),
                self._grid(weights, 5),
                self.shares,
                4,
                label("负荷", "heading"),
                self._grid(["capacity", "difficult_weight"], 2),
                label("推荐函和催办函", "heading"),
                self._grid(LETTERS, 2),
                label("本局自定的核对规则", "heading"),
                label(note, "caption", wraps=True),
                self._grid(list(RULES), 2),
                None,
                spacing=10,
                margins=(24, 16, 24, 16),
            )
        )
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)

    def _grid(self, names: list[str], across: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for at, name in enumerate(names):
            grid.addWidget(self.boxes[name], at // across, at % across)
        for at in range(across):
            grid.setColumnStretch(at, 1)
        return grid


def _severities(word: str) -> QComboBox:
    made = QComboBox()
    made.addItems([severity.value for severity in Severity])
    made.setCurrentText(word)
    return made
