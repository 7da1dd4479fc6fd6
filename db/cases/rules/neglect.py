"""被遗忘: the open cases that something is missing from, and what that is."""

from datetime import date, timedelta

QUIET_DAYS = 30
"""So long nothing may happen in an open case before it counts as forgotten; the office's own measure."""


NO_AGENT = "没有代理人"
NO_ANSWER = "没有答辩期限（未登记收到日期）"
NO_ATTENDANCE = "已定开庭，负责人出庭未安排"


def quiet_before(today: date) -> date:
    """Return the day before which the last step of a forgotten case lies."""
    return today - timedelta(days=QUIET_DAYS)


def neglect(
    *, lacks_agent: bool, lacks_answer: bool, lacks_attendance: bool, last_on: date | None, today: date
) -> tuple[str, ...]:
    """Say why an open case is forgotten; empty when it is not. ``last_on`` is the day of its last step."""
    reasons = []
    if lacks_agent:
        reasons.append(NO_AGENT)
    if lacks_answer:
        reasons.append(NO_ANSWER)
    if lacks_attendance:
        reasons.append(NO_ATTENDANCE)
    if last_on is not None and last_on < quiet_before(today):
        reasons.append(f"{(today - last_on).days} 天没有进展")
    return tuple(reasons)
