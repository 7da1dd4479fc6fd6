"""The headline figures above the matrix, and in words how they moved."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.coverage.rules.coverage import ALL, FigureKey, Figures, Trend, TrendPoint
from db.formats import rates
from db.formats.figures import Figure
from db.words.service import ServiceKind
from gui.pages.agencies.coverage.filters import Among
from gui.widgets.basics import line, row, stretch
from gui.widgets.figure_card import FigureCard
from gui.widgets.sparkline import Point

TITLES = {
    "formal": "有形覆盖",
    "effective": "有效覆盖",
    "persons": "公职律师",
    "services": "近 12 个月履职",
}
_RATES = {"formal": FigureKey.FORMAL, "effective": FigureKey.EFFECTIVE}


class Headline(QWidget):
    """Four figures side by side; each narrows the matrix to what it counts."""

    chosen = Signal(str)
    records_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards = {key: FigureCard(key, title, has_trend=key in _RATES) for key, title in TITLES.items()}
        parts: list[QWidget] = []
        for card in self.cards.values():
            parts += [line("v"), card] if parts else [card]
            card.chosen.connect(self.chosen)
            card.records_asked.connect(self.records_asked)
        self.setLayout(row(*parts, spacing=0))
        for at, by in zip(range(0, len(parts), 2), (16, 16, 9, 10), strict=True):
            stretch(self, at, by)

    def show_figures(self, figures: Figures, trend: Trend) -> None:
        """Show the figures of the day and the months before it."""
        whole = figures.whole
        for key, rate_key in _RATES.items():
            figure = whole.figure(rate_key)
            share = f"{figure.numerator} / {figure.denominator}"
            self.cards[key].show_figure(
                percent(figure), share, change_words(trend.change(rate_key)), figure.definition
            )
            self.cards[key].show_trend(_points(trend.points, rate_key))
        persons, services = whole.persons, whole.services
        owners = f"{len(persons.agencies)} 个单位自有"
        self.cards["persons"].show_figure(f"{persons.number}", "人", owners, persons.definition)
        reviews = whole.by_kind.get(ServiceKind.LEGALITY_REVIEW, 0)
        part = f"合法性审查占 {reviews / services.number:.0%}" if services.number else "还没有履职记录"
        self.cards["services"].show_figure(f"{services.number}", "次", part, services.definition)

    def show_chosen(self, among: Among | None) -> None:
        """Show which figure the matrix is narrowed to."""
        for key, card in self.cards.items():
            is_on = among is not None and (among.scope, among.key) == (ALL, key) and not among.missing
            card.set_on(is_on)


def percent(figure: Figure) -> str:
    """Return a rate as a percentage with one place, or — where there is nothing to count."""
    return "—" if figure.rate is None else rates.percent(figure.rate)


def change_words(change: int) -> str:
    """Say how many agencies came or went in twelve months."""
    if change == 0:
        return "12 个月没有变化"
    return f"12 个月{'增' if change > 0 else '减'} {abs(change)} 个"


def _points(points: Sequence[TrendPoint], key: FigureKey) -> list[Point]:
    made = []
    for point in points:
        numerator, denominator = point.pair(key)
        rate = point.rate(key)
        words = f"{point.day:%Y-%m} " + (
            "—" if rate is None else f"{rates.percent(rate)}（{numerator} / {denominator}）"
        )
        made.append(Point(rate, words))
    return made
