"""The one shape of a rate: what is counted among what, and how both are defined."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A rate with the agencies behind it: ``counted`` are in the numerator, ``base`` in the denominator."""

    key: str
    title: str
    counted: tuple[int, ...]
    base: tuple[int, ...]
    definition: str

    @property
    def numerator(self) -> int:
        """How many agencies are counted."""
        return len(self.counted)

    @property
    def denominator(self) -> int:
        """Of how many."""
        return len(self.base)

    @property
    def rate(self) -> float | None:
        """The share, 0 to 1; ``None`` where there is nothing to count."""
        return len(self.counted) / len(self.base) if self.base else None

    @property
    def missing(self) -> tuple[int, ...]:
        """The agencies of the denominator that are not counted."""
        counted = set(self.counted)
        return tuple(key for key in self.base if key not in counted)
