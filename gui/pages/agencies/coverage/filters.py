"""What narrows the matrix: segments, kind of agency, 行政执法, those to be verified, and what a figure counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox

from db.coverage.rules.coverage import Count, Figures
from db.words.agency import AgencyKind
from gui.pages.agencies.coverage.matrix import Line, Wanted, in_segment
from gui.widgets.basics import button
from gui.widgets.fields import FilterButton, FilterField, Segments

UNVERIFIED, NO_LIAISON = "名称待核对", "联络员未报备"
SEGMENTS = (("all", "全部"), ("departments", "部门"), ("towns", "镇街"), ("gaps", "只看缺口"))


@dataclass(frozen=True, slots=True)
class Among:
    """Only the agencies that the figure ``key`` of a group counts, or with ``missing`` those that it does not."""

    words: str
    scope: str
    key: str
    missing: bool = False

    def agencies(self, figures: Figures) -> frozenset[int]:
        """Return these agencies as of the day of ``figures``."""
        of = next((one for one in figures.sets if one.scope == self.scope), None)
        if of is None:
            return frozenset()
        figures_of = (of.own, of.work, of.formal, of.effective, of.persons, of.services)
        figure = next(f for f in figures_of if f.key == self.key)
        if isinstance(figure, Count):
            return frozenset(figure.agencies)
        return frozenset(figure.missing if self.missing else figure.counted)


class MatrixFilters(QObject):
    """The controls; they combine with *and*."""

    changed = Signal()
    dropped = Signal()  # the clerk no longer wants to see only what a figure counts

    def __init__(self, text: FilterField, parent: QObject) -> None:
        super().__init__(parent)
        self.text = text
        self.segments = Segments(SEGMENTS, "agencies_segments")
        self.kind = FilterButton("筛选", "agencies_kind", many=True)
        self.kind.set_options(
            [*((k.value, k.value) for k in AgencyKind), *((w, w) for w in (UNVERIFIED, NO_LIAISON))]
        )
        self.enforcement = QCheckBox("行政执法单位")
        self.enforcement.setObjectName("agencies_enforcement")
        self.enforcement.setToolTip("只看具有行政执法权的单位")
        self.among: Among | None = None
        self._keys: frozenset[int] | None = None
        self.drop = button("", "agencies_among", "accent", "x", "取消这项筛选")
        self.drop.setProperty("small", True)
        self.drop.hide()
        self.segments.chosen.connect(self._on_changed)
        self.kind.changed.connect(self.changed)
        self.enforcement.clicked.connect(self._on_changed)
        self.drop.clicked.connect(self.dropped)

    def wanted(self, found: frozenset[int] | None) -> Wanted:
        """Return what is asked for; ``found`` are the agencies that the text means."""
        words = set(map(str, self.kind.values()))
        return Wanted(
            segment=self.segments.current(),
            kinds=frozenset(kind for kind in AgencyKind if kind.value in words),
            enforcement_only=self.enforcement.isChecked(),
            unverified_only=UNVERIFIED in words,
            without_liaison=NO_LIAISON in words,
            among=self._keys,
            found=found,
        )

    def show_among(self, among: Among | None, figures: Figures | None = None) -> None:
        """Narrow to the agencies of a figure as of the day of ``figures``, or to nothing in particular."""
        self.among = among
        self._keys = among.agencies(figures) if among and figures else None
        self.drop.setVisible(among is not None)
        if among is not None:
            count = len(self._keys or ())
            self.drop.setText(f" {among.words} {count} 个")
            self.drop.setAccessibleName(f"只看{among.words}的 {count} 个单位，按空格取消")

    def show_counts(self, lines: Sequence[Line]) -> None:
        """Show how many agencies each segment has."""
        for key, _title in SEGMENTS:
            self.segments.set_count(key, sum(in_segment(line.cover, key) for line in lines))

    def clear(self) -> None:
        """Show everything again, without telling."""
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self.segments.choose("all")
        self.kind.choose()
        self.enforcement.setChecked(False)
        self.show_among(None)

    def are_set(self) -> bool:
        """Say whether anything is filtered."""
        return self.wanted(frozenset() if self.text.text().strip() else None) != Wanted()

    def _on_changed(self, _what: object) -> None:
        self.changed.emit()
