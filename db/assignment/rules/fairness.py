"""How evenly work is spread over the pool."""

from collections.abc import Sequence


def gini(counts: Sequence[int]) -> float:
    """Return the Gini coefficient of non-negative counts: 0 when all are equal, towards 1 when one has all.

    An empty pool, or one without any work, is even: 0.
    """
    total, n = sum(counts), len(counts)
    if total == 0:
        return 0.0
    weighted = sum(rank * count for rank, count in enumerate(sorted(counts), start=1))
    return 2 * weighted / (n * total) - (n + 1) / n


def evenness_words(counts: Sequence[int]) -> str:
    """Say in a sentence how evenly a year's assignments are spread: most, least, the gap, and the Gini coefficient."""
    if not counts:
        return "没有在聘顾问。"
    most, least = max(counts), min(counts)
    return (
        f"最多 {most} 件，最少 {least} 件，相差 {most - least} 件，"
        f"基尼系数 {gini(counts):.2f}（0 为完全均衡）。"
    )
