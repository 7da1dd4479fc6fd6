"""A lawyer as the editor holds him, what is wrong with that, and where he stands on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.errors import Problem, Severity
from db.formats import numbers
from db.formats.text import one_line
from db.roster.rules.background import Background, background_problems
from db.words.lawyer import LicenceState

MAX_SPECIALITIES = 5
MAX_CAPACITY = 99
CHECKED_BY = 5  # the month by whose end the yearly check is over
LONGEST = {
    "name": 50,
    "firm": 100,
    "phone": 50,
    "email": 100,
    "certificate": 60,
    "politics": 50,
    "education": 50,
    "position": 50,
}
LONGEST_SPECIALITY = 30


class Standing(StrEnum):
    """Where a lawyer stands on a day; the values are the words on the screen."""

    SERVING = "在聘"
    SUSPENDED = "暂停承办"
    COMING = "未到聘期"
    EXPIRED = "已届满"
    ENDED = "已解聘"
    NONE = "未聘任"


@dataclass(frozen=True, slots=True)
class Term:
    """An appointment (聘期): both days count; ``ended_on`` is the first day after an early end."""

    from_on: date
    to_on: date
    ended_on: date | None = None

    def runs_on(self, day: date) -> bool:
        """Say whether the term runs on ``day``."""
        return self.from_on <= day <= self.last_on

    @property
    def last_on(self) -> date:
        """The last day that counts; before ``from_on`` if the term was ended before it began."""
        return self.to_on if self.ended_on is None else min(self.to_on, self.ended_on - timedelta(days=1))

    @property
    def is_void(self) -> bool:
        """Whether the term was ended before its first day, so that it never runs."""
        return self.last_on < self.from_on

    def overlaps(self, from_on: date, to_on: date) -> bool:
        """Say whether the days on which the term runs meet these days."""
        return not self.is_void and self.from_on <= to_on and from_on <= self.last_on


def term_on(terms: Sequence[Term], day: date) -> Term | None:
    """Return the term that counts on ``day``: the running one, else the one that ran last, else the next."""
    if running := [t for t in terms if t.runs_on(day)]:
        return max(running, key=lambda t: t.to_on)
    if begun := [t for t in terms if t.from_on <= day]:
        return max(begun, key=lambda t: t.last_on)
    return min(terms, key=lambda t: (t.is_void, t.from_on), default=None)


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension: to ``until_on`` (included), or until ``lifted_on``, the first day back; else open."""

    from_on: date
    until_on: date | None = None
    lifted_on: date | None = None
    reason: str = ""

    def runs_on(self, day: date) -> bool:
        """Say whether the lawyer pauses on ``day``."""
        return (
            self.from_on <= day
            and (self.until_on is None or day <= self.until_on)
            and (self.lifted_on is None or day < self.lifted_on)
        )


def pause_on(pauses: Sequence[Pause], day: date) -> Pause | None:
    """Return the suspension that runs on ``day``, the latest begun if there are several."""
    return max((p for p in pauses if p.runs_on(day)), key=lambda p: p.from_on, default=None)


def standing_on(terms: Sequence[Term], day: date, pauses: Sequence[Pause] = ()) -> Standing:
    """Return where a lawyer with these terms and suspensions stands on ``day``."""
    term = term_on(terms, day)
    if term is None:
        return Standing.NONE
    if term.runs_on(day):
        return Standing.SUSPENDED if pause_on(pauses, day) else Standing.SERVING
    if day < term.from_on and not term.is_void:
        return Standing.COMING
    was_ended = term.is_void or (term.ended_on and term.ended_on <= day)
    return Standing.ENDED if was_ended else Standing.EXPIRED


@dataclass(frozen=True, slots=True)
class LawyerDraft(Background):
    """A lawyer with present firm, present (or latest) term and background; ``sex`` is 男, 女 or empty.

    ``firm_since`` is the day on which he joined the firm, ``capacity`` his own cap on running cases (``None``:
    the office's), ``certificate`` the number of the present term's 聘书, ``firm_area`` where the firm has its seat
    and ``firm_former`` what it was called before (empty: as it is known). ``version`` is the one that was read; a newer one in the database refuses the save.
    """

    name: str = ""
    sex: str = ""
    phone: str = ""
    email: str = ""
    id_number: str = ""
    firm: str = ""
    licence: str = ""
    first_licensed_on: date | None = None
    specialities: tuple[str, ...] = ()
    term_from: date | None = None
    term_to: date | None = None
    firm_since: date | None = None
    firm_area: str = ""
    firm_former: str = ""
    licence_state: LicenceState = LicenceState.VALID
    capacity: int | None = None
    certificate: str = ""
    politics: str = ""
    education: str = ""
    position: str = ""
    note: str = ""
    version: int = 0


def lawyer_problems(draft: LawyerDraft, *, min_years: int = 5) -> list[Problem]:
    """Say everything about a lawyer's draft that is wrong (错误) or worth a look (提示).

    ``min_years`` of practice are expected of an adviser (中办发〔2016〕30号; an office setting), and only warned of.
    """
    found = _required(draft, {"name": "请填写姓名。", "firm": "请填写或选择律师事务所。"})
    found += _licence(draft)
    if draft.phone and (text := numbers.phone_problem(draft.phone)):
        found.append(Problem("phone", f"联系电话{text}。", Severity.WARNING))
    found += _id_number(draft)
    if draft.email and (text := numbers.email_problem(draft.email)):
        found.append(Problem("email", f"电子邮箱{text}。"))
    if len(draft.specialities) > MAX_SPECIALITIES:
        found.append(
            Problem(
                "specialities", f"专业领域最多 {MAX_SPECIALITIES} 项，现有 {len(draft.specialities)} 项。"
            )
        )
    if draft.capacity is not None and not 0 <= draft.capacity <= MAX_CAPACITY:
        text = f"在办上限应为 0 至 {MAX_CAPACITY} 件，现为 {draft.capacity}。留空则按本局统一上限。"
        found.append(Problem("capacity", text))
    found += _lengths(draft)
    return found + _term(draft) + _experience(draft, min_years) + background_problems(draft)


def practice_years(began: date, day: date) -> int:
    """Return the full years of practice on ``day`` (执业年限)."""
    return day.year - began.year - ((day.month, day.day) < (began.month, began.day))


def check_due(day: date, first_licensed_on: date | None, licence: str) -> int | None:
    """Return the last year whose 律师年度考核 should be on record on ``day``; ``None`` if he was no lawyer then.

    The check of a year is done by the end of May of the next (律师事务所年度检查考核办法, 律师执业年度考核规则; from
    knowledge, so the lack of a result only warns). Who began in a year is asked from the next year on.
    """
    year = day.year - (1 if day.month > CHECKED_BY else 2)
    parsed = numbers.parse_licence(licence)
    began = first_licensed_on.year if first_licensed_on else parsed.year if parsed else None
    return year if began is None or began < year else None


def _id_number(draft: LawyerDraft) -> list[Problem]:
    if not draft.id_number.strip():
        return []
    if text := numbers.id_number_problem(draft.id_number):
        return [Problem("id_number", f"身份证号{text}。")]
    sex = numbers.sex_of_id_number(draft.id_number)
    if draft.sex and sex != draft.sex:
        text = f"身份证号第 17 位表示{sex}性，性别填为{draft.sex}。请核对。"
        return [Problem("id_number", text, Severity.WARNING)]
    return []


def _licence(draft: LawyerDraft) -> list[Problem]:
    if not draft.licence.strip():
        return [Problem("licence", "请填写 17 位执业证号。")]
    if text := numbers.licence_problem(draft.licence):
        return [Problem("licence", f"执业证号{text}。")]
    parsed = numbers.parse_licence(draft.licence)
    if parsed is None:
        return []
    said = []
    if draft.sex and parsed.sex != draft.sex:
        said.append(f"证号第 11 位表示{parsed.sex}性，性别填为{draft.sex}。请核对。")
    if parsed.category == 6:  # noqa: PLR2004 - 公职律师, domain.md section 7
        said.append("证号第 10 位为 6，表示公职律师，不能受外单位委托办案。请核对。")
    if draft.first_licensed_on and draft.first_licensed_on.year != parsed.year:
        said.append(
            f"证号第 6 至 9 位表示 {parsed.year} 年首次执业，首次执业日期填为 {draft.first_licensed_on}。请核对。"
        )
    if draft.licence_state is not LicenceState.VALID:
        said.append(
            f"执业状态为{draft.licence_state.value}，不能分派案件（律师法第十条、第四十七条至第四十九条）。"
        )
    return [Problem("licence", "".join(said), Severity.WARNING)] if said else []


def _experience(draft: LawyerDraft, min_years: int) -> list[Problem]:
    parsed = numbers.parse_licence(draft.licence)
    began = draft.first_licensed_on.year if draft.first_licensed_on else parsed.year if parsed else None
    if began is None or draft.term_from is None or draft.term_from.year - began >= min_years:
        return []
    text = f"到聘期起执业不满 {min_years} 年（{began} 年起执业）。选聘条件由本局掌握，请核对。"
    return [Problem("first_licensed_on", text, Severity.WARNING)]


def _lengths(draft: LawyerDraft) -> list[Problem]:
    """Say which texts are longer than any paper has room for: mostly something else that was pasted."""
    found = [
        Problem(name, f"最多 {longest} 个字，现为 {length} 个。请核对是否粘贴了别的内容。")
        for name, longest in LONGEST.items()
        if (length := len(str(getattr(draft, name)).strip())) > longest
    ]
    if long := next((word for word in draft.specialities if len(word) > LONGEST_SPECIALITY), None):
        text = f"每项最多 {LONGEST_SPECIALITY} 个字，“{long[:8]}…”为 {len(long)} 个字。"
        found.append(Problem("specialities", text))
    return found


def _term(draft: LawyerDraft) -> list[Problem]:
    if draft.term_from and not draft.term_to:
        return [Problem("term_to", "已填聘期起，请填写聘期止。")]
    if draft.term_to and not draft.term_from:
        return [Problem("term_from", "已填聘期止，请填写聘期起。")]
    if draft.term_from and draft.term_to and draft.term_to <= draft.term_from:
        return [Problem("term_to", f"应晚于聘期起 {draft.term_from}，请重新选择。")]
    if not draft.term_from:
        return [Problem("term_from", "没有填写聘期，该顾问暂不能承办案件。", Severity.WARNING)]
    return []


def _required(draft: object, fields: dict[str, str]) -> list[Problem]:
    return [Problem(name, text) for name, text in fields.items() if not one_line(str(getattr(draft, name)))]
