"""What the head and the foot of the roster say in figures."""

from collections.abc import Sequence

from db.roster.queries.roster import RosterRow
from db.roster.rules.lawyers import Standing
from gui.pages.roster.columns import TERM_SOON


def head_words(rows: Sequence[RosterRow]) -> str:
    """Return who is in the pool: 15 人，在聘 14，暂停承办 1，30 天内到期 2."""
    if not rows:
        return "还没有顾问"
    serving = sum(row.standing is Standing.SERVING for row in rows)
    paused = sum(row.standing is Standing.SUSPENDED for row in rows)
    soon = sum(row.days_left is not None and row.days_left <= TERM_SOON for row in rows)
    parts = [f"{len(rows)} 人", f"在聘 {serving}"]
    parts += [f"暂停承办 {paused}"] if paused else []
    return "，".join([*parts, f"{TERM_SOON} 天内到期 {soon}"])


def foot_words(rows: Sequence[RosterRow], everybody: int, chosen: Sequence[RosterRow]) -> str:
    """Return the sums over what is shown, or over what is chosen when that is more than one row."""
    if len(chosen) > 1:
        begin, rows = f"已选 {len(chosen)} 人", chosen
    else:
        begin = f"显示 {len(rows)} / {everybody}"
    parts = [
        begin,
        f"在办合计 {sum(row.running for row in rows)} 人次",
        f"本年分派 {sum(row.this_year for row in rows)} 人次",
    ]
    if mean := mean_rating(rows):
        parts.append(f"平均评价 {mean:.1f}")
    return "，".join(parts)


def mean_rating(rows: Sequence[RosterRow]) -> float | None:
    """Return the mean over all single ratings, so that who was rated often weighs as much as he was rated."""
    count = sum(row.ratings for row in rows)
    total = sum((row.rating or 0) * row.ratings for row in rows)
    return total / count if count else None
