"""The days in a pasted text and what they are: of filing, of receipt, of a hearing, of a judgment, the last to answer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from db.formats.written_dates import RELATIVE, WEEKDAYS, Written, find_dates, find_days_from, find_time
from db.intake.rules.found import Found

NEAR = 40  # signs around a date that may say what it is
NO_YEAR = "原文没有写年份，请核对"
_PLACE = re.compile(
    r"(?:应到处所|应到地点|开庭地点|庭审地点|听证地点|审判庭|(?<![\u4e00-\u9fa5])地点)\s*:\s*(?P<place>[^\n,。;]{2,30})"
    r"|(?:^|(?<=[,;。\s]))(?:开庭|庭审)?地点(?:改?(?:在|为|是))?(?P<said>[^:,。;\n]{2,24}?(?:法庭|审判庭|[会听调庭][议证解审]室))",
    re.MULTILINE,
)
_PLACE_IN = re.compile(r"在(?P<place>[^,。;\n]{2,24}?(?:法庭|审判庭|会议室|听证室|庭审室|调解室))")
_ROOM = re.compile(
    r"(?P<place>(?:本院|[\u4e00-\u9fa5]{2,8}法院)?第?[一二三四五六七八九十\d]{1,3}号?(?:审判)?(?:法庭|审判庭))"
)
_HEARD = re.compile(
    r"开庭|应到时间|听证|公开审理|庭审|庭前会议|证据交换|(?:组织|进行|参加|主持)(?:调解|询问|质证)"
)
_FIXES = re.compile(
    r"(?:定于|改期(?:至|到|为|于)?|改(?:至|到|为|定)|延期(?:至|到)|推迟(?:至|到)|变更(?:为|至)|调整(?:为|至)|应到时间|(?:开庭|听证)(?:时间|日期)(?:为|是|定于)?)"
    r"\s*:?\s*$"
)
_NOT_HEARD = re.compile(r"(?:原定于?|原开庭时间为?|原计划于?)\s*$")
_CAME = r"(?:收到|签收|送达|寄到|送到|拿到)"
_SENT = r"(?:[^,。;\n]{0,6}?|\s*(?:通过|以|由)[^,。;\n]{2,20}?)"
_COPY = r"(?:起诉状|申请书|应诉通知书?|材料)?(?:副本)?"
_BEFORE_THAT = re.compile(r"\s*(?:前|之前|以前|止)")
_MESSAGE = re.compile(
    r"^[^\n,。;:]{0,20}?(?<!\d)(?P<day>(?:20\d\d[年\-/.])?\d{1,2}[月\-/.]\d{1,2})日?[ ]+(?:[上下]午)?\d{1,2}:\d\d(?::\d\d)?[ ]*$",
    re.MULTILINE,
)
"""Who sent a message, and when, in a line of its own."""
APPEAL = "appeal_received"
"""The day on which a copy of the appeal came: of the second instance its receipt, of the first that there is one."""
_JUDGED = r"(?:判决|裁定|调解书|决定书)"
_WHEN = {
    "served_on": (
        re.compile(rf"[^,。;\n]{{0,6}}?(?:收到|签收|送达|领取)[^,。;\n]{{0,24}}?{_JUDGED}"),
        re.compile(
            rf"{_JUDGED}书?(?:[^,。;\n]{{0,8}}?(?:已)?(?:于|:)?|(?:已经?)?(?:来|到|下来|出来|寄来)了[^。;\n]{{0,36}}[,\s])\s*$"
        ),
    ),
    APPEAL: (
        re.compile(r"[^,。;\n]{0,6}?(?:收到|签收|送达|领取)[^,。;\n]{0,12}?上诉状"),
        re.compile(r"上诉状(?:副本)?(?:收到|签收|送达)(?:日期|时间)?(?:为|是|于|:)\s*$"),
    ),
    "filed_on": (
        re.compile(r"\s*起?(?:依法)?(?:予以|决定|正式|已)?(?:登记)?(?:立案|受理)"),
        re.compile(r"(?:立案|受理|收案)(?:日期|时间|之日)?(?:为|是|于|:)?\s*$"),
    ),
    "received_on": (
        re.compile(rf"{_SENT}{_CAME}"),
        re.compile(rf"{_CAME}{_COPY}的?(?:日期|时间)?(?:为|是|于|:)?\s*$"),
    ),
    "judged_on": (
        re.compile(r"\s*(?:作出)?(?:一审|二审)?判决日"),
        re.compile(r"(?:判决|裁判|裁定)(?:日期|时间)(?:为|是|:)\s*$"),
    ),
    "answer_due": (
        re.compile(r"\s*(?:前|之前|以前|止)[^。;\n]{0,20}(?:答辩|举证|证据|答复)"),
        re.compile(
            r"(?:举证|答辩|答复)(?:期限|截止)?(?:届满|截止)?(?:日期|时间|日)?(?:为|是|至|到|于|:)\s*$"
        ),
    ),
}
_SERVED = re.compile(rf"\s*(?:已经?)?{_CAME}")
_SAID = re.compile(r"^\s*\(?(?:周|星期)([一二三四五六日天])\)?|^\s*\)")
_SAID_BEFORE = re.compile(r"(?:周|星期)([一二三四五六日天])\(?\s*$")


_SERVES = re.compile(r"送达文书[^\n:]{0,8}:[^\n]*(?:判决|裁定|调解书|决定书)")
"""A 送达回证 of a judgment: its day is no receipt of a complaint."""


def find_days(flat: str, today: date) -> Iterator[Found]:
    """Yield the days; one whose year is not written is put where the others and today make it belong."""
    all_days = _days(flat, today)
    said = list(_said_days(flat, all_days))
    if _SERVES.search(flat):
        said = [("served_on" if field == "received_on" else field, day) for field, day in said]
    taken = {day.start for _, day in said}
    behind = [_dated(field, day, flat, today) for field, day in said if field != "answer_due"]
    yield from (found for found in behind if found)
    since = max((date.fromisoformat(f.value) for f in behind if f and f.field == "received_on"), default=None)
    for field, day in said:
        if field == "answer_due" and (found := _dated(field, day, flat, today, ahead=True, since=since)):
            yield found
    yield from _hearing(flat, today, [day for day in all_days if day.start not in taken], since)


def find_places(flat: str) -> Iterator[Found]:
    """Yield the place that a form names."""
    for match in _PLACE.finditer(flat):
        which = "place" if match["place"] else "said"
        yield Found("hearing_place", match[which].strip(), match[which], *match.span(which))


def _hearing(flat: str, today: date, free: list[Written], since: date | None) -> Iterator[Found]:
    for match in re.finditer(r"[^。;\n]+", flat):
        words, shift = match[0], match.start()
        if not _HEARD.search(words):
            continue
        here = [day for day in free if shift <= day.start < shift + len(words)]
        day = _day_of_hearing(
            words, [replace(day, start=day.start - shift, end=day.end - shift) for day in here]
        )
        if day is None:
            continue
        moved = Written(day.year, day.month, day.day, shift + day.start, shift + day.end)
        if found := _dated("hearing_on", moved, flat, today, ahead=True, since=since):
            yield found
            if time := find_time(words[day.end :]):
                start, end = shift + day.end + time[1], shift + day.end + time[2]
                yield Found("hearing_time", time[0], flat[start:end], start, end)
        if place := _PLACE_IN.search(words, day.end) or _ROOM.search(words, day.end):
            start, end = place.span("place")
            yield Found("hearing_place", place["place"], place["place"], shift + start, shift + end)
        return


def _day_of_hearing(words: str, days: list[Written]) -> Written | None:
    """Return the day for which a sentence fixes the hearing: not the one it was fixed for, nor a last day for papers."""
    days = [
        day
        for day in days
        if not _NOT_HEARD.search(words[: day.start]) and not _BEFORE_THAT.match(words[day.end :])
    ]
    fixed = [day for day in days if _FIXES.search(words[: day.start])]
    if fixed:
        return fixed[-1]
    heard = _HEARD.search(words)
    ahead = [day for day in days if heard and day.start < heard.start()]
    return ahead[-1] if ahead else days[0] if days else None


def _days(flat: str, today: date) -> list[Written]:
    """Return the days of a text in its order; 今天 in a chat is the day on which the message was sent."""
    found: list[Written] = []
    begin, base = 0, today
    heads = [*_MESSAGE.finditer(flat)]
    for head in (*heads, None):
        end = head.start() if head else len(flat)
        part = flat[begin:end]
        days = (*find_dates(part), *find_days_from(part, base))
        found += [replace(day, start=day.start + begin, end=day.end + begin) for day in days]
        if head:
            begin = head.end()
            sent = next(find_dates(f"{head['day']}日"), None)
            base = (sent and _settled(sent, today, None, ahead=False, since=None)) or today
    return sorted(found, key=lambda day: day.start)


def _said_days(flat: str, days: list[Written]) -> Iterator[tuple[str, Written]]:
    """Yield the dates of which the text says what happened on them; a verb between two dates is the first one's."""
    used = 0
    for day in days:
        after = flat[day.end : day.end + NEAR]
        before = flat[max(used, day.start - NEAR) : day.start]
        for field, (follows, leads) in _WHEN.items():
            is_last = field != "answer_due" and _BEFORE_THAT.match(after)
            if (match := follows.match(after)) and not is_last:
                used = day.end + match.end()
                yield field, day
                break
            if match := leads.search(before):
                if field == "served_on" and not (served := _SERVED.match(after)):
                    continue
                if field == "served_on" and served:
                    used = day.end + served.end()
                yield field, day
                break


def _dated(
    field: str,
    day: Written,
    flat: str,
    today: date,
    *,
    ahead: bool = False,
    since: date | None = None,
) -> Found | None:
    """Return the day found. ``ahead``: it may be one to come, and lies on or after ``since`` where that is known."""
    weekday = _weekday(flat, day)
    on = day.on(day.year) if day.year is not None else _settled(day, today, weekday, ahead=ahead, since=since)
    if on is None:
        return None
    notes = [NO_YEAR] if day.year is None else []
    if RELATIVE.fullmatch(words := flat[day.start : day.end]):
        notes.append(f"原文写“{words}”，按 {today} 写成推算，请核对")
    if weekday is not None and on.weekday() != weekday:
        notes.append(f"原文写周{WEEKDAYS[weekday]}，按日历是周{WEEKDAYS[on.weekday()]}，请核对")
    if ahead and on < today:
        past = (today - on).days
        notes.append(
            f"已逾期 {past} 天，请立即核对" if field == "answer_due" else f"这一天已过 {past} 天，请核对"
        )
    elif not ahead and on > today:
        notes.append("这一天还没有到，请核对")
    return Found(field, on.isoformat(), flat[day.start : day.end], day.start, day.end, "，".join(notes))


def _settled(
    day: Written, today: date, weekday: int | None, *, ahead: bool, since: date | None
) -> date | None:
    """Return a day without a year: after the receipt in the same text, else the nearest; what happened is past."""
    found = [on for on in (day.on(today.year + n) for n in (-1, 0, 1)) if on]
    if weekday is not None and (same := [on for on in found if on.weekday() == weekday]):
        found = same
    if not ahead:
        return max((on for on in found if on <= today), default=None)
    if since is not None:
        return min((on for on in found if on >= since), default=None)
    return min(found, key=lambda on: abs(on - today), default=None)


def _weekday(flat: str, day: Written) -> int | None:
    """Return the weekday that stands beside a date: 12月9日（周三）, 周三（12月9日）."""
    match = _SAID.match(flat[day.end : day.end + 8])
    said = match[1] if match and match[1] else None
    if said is None and (before := _SAID_BEFORE.search(flat[max(day.start - 6, 0) : day.start])):
        said = before[1]
    return WEEKDAYS.index(said.replace("天", "日")) if said else None
