"""The section 覆盖 of the settings: what counts as covered, how far one lends, when ends are watched; consultations."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from db.office.rules.settings import CAPTIONS, Settings
from db.words.agency import AgencyKind, Mode
from db.words.service import ServiceKind
from gui.widgets.basics import column, label, pane
from gui.widgets.fields import FieldBox, FilterButton
from gui.widgets.number_box import number_box
from gui.widgets.scrolling import TallArea

LIKE_HEIGHT = 118
AS_ABOVE = -1  # a kind of agency without a number of its own


class CoverageSettings(TallArea):
    """Shows the settings, and returns them as they stand."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("coverage_settings")
        self.formal = _Ticks(Mode, settings.formal_modes, "formal")
        self.work = _Ticks(Mode, settings.work_modes, "work")
        self.kinds = _Ticks(ServiceKind, settings.service_kinds, "kinds")
        self.threshold = number_box(settings.service_threshold, 0, 999, " 次")
        self.thresholds = {
            kind: number_box(settings.service_thresholds.get(kind.value, AS_ABOVE), AS_ABOVE, 999, " 次")
            for kind in AgencyKind
        }
        self.kinds_of = {kind: _kinds_of(kind, settings) for kind in AgencyKind}
        self.lend = number_box(settings.sharing_capacity, 0, 99, " 个单位")
        self.advise = number_box(settings.adviser_capacity, 1, 99, " 个单位")
        self.series = QLineEdit(settings.sharing_series)
        self.early = number_box(settings.expiry_early_days, 0, 730, " 天")
        self.soon = number_box(settings.expiry_soon_days, 0, 365, " 天")
        self.consultation = QLineEdit(settings.consultation_series)
        self.minutes_days = number_box(settings.minutes_days, 0, 90, " 天")
        self.like = QPlainTextEdit("\n".join(settings.like_fields))
        self.like.setFixedHeight(LIKE_HEIGHT)
        self.like.setTabChangesFocus(True)
        self.boxes = self._boxes()
        self._build()

    def settings(self, before: Settings) -> Settings:
        """Return ``before`` with what this section says."""
        return replace(
            before,
            formal_modes=self.formal.chosen(),
            work_modes=self.work.chosen(),
            service_kinds=self.kinds.chosen(),
            service_threshold=self.threshold.value(),
            service_thresholds={
                kind.value: made.value() for kind, made in self.thresholds.items() if made.value() != AS_ABOVE
            },
            service_kinds_of={
                kind.value: [str(value) for value in made.values()]
                for kind, made in self.kinds_of.items()
                if made.values()
            },
            sharing_capacity=self.lend.value(),
            adviser_capacity=self.advise.value(),
            sharing_series=self.series.text().strip() or before.sharing_series,
            expiry_early_days=self.early.value(),
            expiry_soon_days=self.soon.value(),
            consultation_series=self.consultation.text().strip(),
            minutes_days=self.minutes_days.value(),
            like_fields=[line.strip() for line in self.like.toPlainText().splitlines() if line.strip()],
        )

    def _boxes(self) -> dict[str, FieldBox]:
        hint = "有其中之一即为有形覆盖。"
        boxes = {"formal_modes": FieldBox(CAPTIONS["formal_modes"], self.formal, "formal_modes", hint=hint)}
        hint = "有其中之一即计入工作覆盖率。"
        boxes["work_modes"] = FieldBox(CAPTIONS["work_modes"], self.work, "work_modes", hint=hint)
        boxes["service_kinds"] = FieldBox(CAPTIONS["service_kinds"], self.kinds, "service_kinds")
        hint = "近 12 个月达到这一次数的为有效覆盖；法律没有规定，由本局决定。"
        boxes["service_threshold"] = FieldBox(
            CAPTIONS["service_threshold"], self.threshold, "service_threshold", hint=hint
        )
        hint = "同时在几个单位统筹；个人可另定。"
        boxes["sharing_capacity"] = FieldBox(
            CAPTIONS["sharing_capacity"], self.lend, "sharing_capacity", hint=hint
        )
        boxes["adviser_capacity"] = FieldBox(CAPTIONS["adviser_capacity"], self.advise, "adviser_capacity")
        hint = "如 柯司统筹〔2026〕1号。"
        boxes["sharing_series"] = FieldBox(
            CAPTIONS["sharing_series"], self.series, "sharing_series", hint=hint
        )
        hint = "证书、统筹、合同到期前列入工作台。"
        boxes["expiry_early_days"] = FieldBox(
            CAPTIONS["expiry_early_days"], self.early, "expiry_early_days", hint=hint
        )
        boxes["expiry_soon_days"] = FieldBox(CAPTIONS["expiry_soon_days"], self.soon, "expiry_soon_days")
        hint = "如 柯司会商〔2026〕19号。"
        boxes["consultation_series"] = FieldBox(
            CAPTIONS["consultation_series"],
            self.consultation,
            "consultation_series",
            required=True,
            hint=hint,
        )
        hint = "会商后逾期未归档的，列入工作台。"
        boxes["minutes_days"] = FieldBox(
            CAPTIONS["minutes_days"], self.minutes_days, "minutes_days", hint=hint
        )
        hint = "一行一组，用、隔开；建议统筹时优先同组单位。"
        boxes["like_fields"] = FieldBox(CAPTIONS["like_fields"], self.like, "like_fields", hint=hint)
        return boxes

    def _build(self) -> None:
        inner = pane("surface")
        inner.setLayout(
            column(
                label("覆盖的口径", "heading"),
                self.boxes["formal_modes"],
                self.boxes["work_modes"],
                4,
                label("有效覆盖", "heading"),
                _grid([self.boxes["service_threshold"]], 2),
                self.boxes["service_kinds"],
                label("按单位类型另定", "second"),
                self._by_kind(),
                4,
                label("统筹与外聘", "heading"),
                _grid([self.boxes[n] for n in ("sharing_capacity", "adviser_capacity", "sharing_series")], 2),
                self.boxes["like_fields"],
                4,
                label("到期提醒", "heading"),
                _grid([self.boxes[n] for n in ("expiry_early_days", "expiry_soon_days")], 2),
                4,
                label("会商", "heading"),
                _grid([self.boxes[n] for n in ("consultation_series", "minutes_days")], 2),
                None,
                spacing=10,
                margins=(24, 16, 24, 16),
            )
        )
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)

    def _by_kind(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for at, kind in enumerate(AgencyKind):
            number = self.thresholds[kind]
            number.setSpecialValueText("同上")
            number.setObjectName(f"threshold_{kind.name.lower()}")
            number.setAccessibleName(f"{kind.value} 应有次数")
            grid.addWidget(label(kind.value), at, 0)
            grid.addWidget(number, at, 1)
            grid.addWidget(self.kinds_of[kind], at, 2)
        grid.setColumnStretch(3, 1)
        return grid


class _Ticks(QWidget):
    """Words of a kind, each to be ticked or not."""

    def __init__(self, words: type[StrEnum], chosen: Iterable[str], name: str) -> None:
        super().__init__()
        self.ticks = {word.value: QCheckBox(word.value) for word in words}
        wanted = set(chosen)
        for at, (word, tick) in enumerate(self.ticks.items()):
            tick.setObjectName(f"{name}_{at}")
            tick.setChecked(word in wanted)
        self.setLayout(_grid(self.ticks.values(), 4))

    def chosen(self) -> list[str]:
        """Return the words that are ticked."""
        return [word for word, tick in self.ticks.items() if tick.isChecked()]


def _kinds_of(kind: AgencyKind, settings: Settings) -> FilterButton:
    made = FilterButton("计入", f"kinds_of_{kind.name.lower()}", many=True)
    made.set_options((service.value, service.value) for service in ServiceKind)
    made.choose(*settings.service_kinds_of.get(kind.value, ()))
    made.setToolTip("全部：与上面所选相同")
    return made


def _grid(parts: Iterable[QWidget], across: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(10)
    for at, part in enumerate(parts):
        grid.addWidget(part, at // across, at % across)
    for at in range(across):
        grid.setColumnStretch(at, 1)
    return grid
