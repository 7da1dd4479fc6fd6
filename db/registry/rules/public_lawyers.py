"""Public lawyers (公职律师): the words, the drafts, what is wrong with them, and where one stands on a day.

The measure (公职律师管理办法，司发通〔2018〕131号) asks for an assessment by his own unit each year, and for the certificate
to be taken back after two years of 不称职 in a row, when he leaves public service, or when his unit withdraws its consent.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from db.errors import Problem, Severity
from db.formats import numbers
from db.formats.spans import Span, held_until, overlapping, span_on
from db.formats.text import one_line
from db.words.public_lawyer import AnnualResult, CertificateEnd

MEASURE = "公职律师管理办法，司发通〔2018〕131号"
PUBLIC = 6  # the category of a 公职律师 in the number, domain.md section 7
MAX_SPECIALITIES = 5
MAX_CAPACITY = 99
FIRST_YEAR = 2002  # the trial of 公职律师 began
LONGEST = {"name": 50, "politics": 50, "phone": 50, "qualification": 60}
LONGEST_TEXT = 200  # signs in one field of a line


class CertificateState(StrEnum):
    """Where a public lawyer stands on a day; the values are the words on the screen."""

    VALID = "有效"
    SOON = "将到期"
    AWAY = "不在岗"  # the certificate runs, but no agency is known where he works
    COMING = "未生效"
    EXPIRED = "已到期"
    ENDED = "已终止"  # shown with its kind: 注销, 收回 …
    NONE = "未持证"


IN_FORCE = frozenset({CertificateState.VALID, CertificateState.SOON})
"""Whoever stands here counts for his agency and may be lent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingDraft(Span):
    """Works in an agency from a day to a day, in a department (内设机构) and post."""

    agency_id: int | None = None
    department: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateDraft(Span):
    """A time for which the 公职律师证 is valid, and how it ended early."""

    issuer: str = ""
    end_kind: CertificateEnd | None = None
    end_reason: str = ""


@dataclass(frozen=True, slots=True)
class YearDraft:
    """The result of one year's assessment."""

    year: int | None = None
    result: AnnualResult = AnnualResult.COMPETENT
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublicLawyerDraft:
    """A public lawyer with his postings, certificates and yearly results; ``sex`` is 男, 女 or empty.

    ``capacity`` is to how many other agencies he may be lent (``None``: the office's setting). ``version`` is the one
    that was read; a newer one in the database refuses the save.
    """

    name: str = ""
    sex: str = ""
    politics: str = ""
    id_number: str = ""
    phone: str = ""
    qualification: str = ""
    qualified_on: date | None = None
    licence: str = ""
    specialities: tuple[str, ...] = ()
    capacity: int | None = None
    note: str = ""
    postings: tuple[PostingDraft, ...] = ()
    certificates: tuple[CertificateDraft, ...] = ()
    years: tuple[YearDraft, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class TransferDraft:
    """A move to another agency: the old posting ends the day before ``on``."""

    public_lawyer_id: int
    agency_id: int | None = None
    department: str = ""
    post: str = ""
    on: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class CertificateIssueDraft:
    """A certificate that was issued or renewed."""

    public_lawyer_id: int
    from_on: date | None = None
    to_on: date | None = None
    issuer: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class CertificateEndDraft:
    """The early end of the certificate; ``on`` is the first day without it."""

    public_lawyer_id: int
    kind: CertificateEnd = CertificateEnd.CANCELLED
    on: date | None = None
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class YearResultDraft:
    """The result of one year, entered by itself; a second one for the year corrects the first."""

    public_lawyer_id: int
    year: int | None = None
    result: AnnualResult | None = None
    note: str = ""
    version: int = 0


def state_on(
    certificates: Sequence[CertificateDraft],
    postings: Sequence[Span],
    day: date,
    soon_days: int = 30,
) -> CertificateState:
    """Return where somebody with these certificates and postings stands on ``day``."""
    certificate = span_on(certificates, day)
    if certificate is None:
        return CertificateState.NONE
    if certificate.runs_on(day):
        if not any(posting.runs_on(day) for posting in postings):
            return CertificateState.AWAY
        last = held_until(certificates, day) or date.max
        return (
            CertificateState.SOON
            if last < date.max and (last - day).days <= soon_days
            else CertificateState.VALID
        )
    if day < certificate.first_on and not certificate.is_void:
        return CertificateState.COMING
    was_ended = certificate.ended_on is not None and certificate.ended_on <= day
    return CertificateState.ENDED if was_ended or certificate.is_void else CertificateState.EXPIRED


def state_words(state: CertificateState, certificate: CertificateDraft | None) -> str:
    """Return the state as lists show it: an early end by its kind."""
    if state is CertificateState.ENDED and certificate is not None and certificate.end_kind is not None:
        return certificate.end_kind.value
    return state.value


def is_to_be_withdrawn(years: Sequence[YearDraft]) -> bool:
    """Say whether the last two years in a row were 不称职, so that the certificate is to be taken back."""
    return bool(_failed_twice(years)) and _failed_twice(years)[-1] == max(y.year or 0 for y in years)


def public_lawyer_problems(draft: PublicLawyerDraft, today: date) -> list[Problem]:
    """Say everything about a public lawyer's draft that is wrong (错误) or worth a look (提示)."""
    found = []
    if not one_line(draft.name):
        found.append(Problem("name", "请填写姓名。"))
    found += _licence(draft)
    found += _id_number(draft)
    if draft.phone.strip() and (said := numbers.phone_problem(draft.phone)):
        found.append(Problem("phone", f"联系电话{said}。", Severity.WARNING))
    if draft.qualified_on and draft.qualified_on > today:
        found.append(Problem("qualified_on", f"{draft.qualified_on} 还没有到，请核对。"))
    if len(draft.specialities) > MAX_SPECIALITIES:
        text = f"专业领域最多 {MAX_SPECIALITIES} 项，现有 {len(draft.specialities)} 项。"
        found.append(Problem("specialities", text))
    if draft.capacity is not None and not 0 <= draft.capacity <= MAX_CAPACITY:
        text = f"统筹上限应为 0 至 {MAX_CAPACITY} 个单位，现为 {draft.capacity}。留空则按本局统一上限。"
        found.append(Problem("capacity", text))
    found += _postings(draft.postings)
    found += [*_certificates(draft), *_undated(draft)]
    found += _years(draft.years, today)
    return [*found, *_lengths(draft)]


def transfer_problems(
    draft: TransferDraft, postings: Sequence[PostingDraft], names: dict[int, str] | None = None
) -> list[Problem]:
    """Say what is wrong with a move; ``postings`` are the present ones."""
    found = []
    present = span_on(postings, draft.on) if draft.on else None
    if draft.agency_id is None:
        found.append(Problem("agency_id", "请选择调入的单位。"))
    elif present and present.agency_id == draft.agency_id and present.runs_on(draft.on or date.min):
        name = (names or {}).get(draft.agency_id, "该单位")
        found.append(Problem("agency_id", f"当日已在{name}任职。只改内设机构或职务的，请在编辑中修改。"))
    if draft.on is None:
        found.append(Problem("on", "请填写到任日期。"))
    elif later := next((p for p in postings if p.from_on and p.from_on >= draft.on), None):
        found.append(Problem("on", f"已登记自 {later.from_on} 起的任职，到任日期应晚于这一天。"))
    return found


def issue_problems(draft: CertificateIssueDraft, certificates: Sequence[CertificateDraft]) -> list[Problem]:
    """Say what is wrong with an issue or renewal; ``certificates`` are those on record."""
    if draft.from_on is None:
        return [Problem("from_on", "请填写有效期起。")]
    if draft.to_on and draft.to_on < draft.from_on:
        return [Problem("to_on", f"应不早于有效期起 {draft.from_on}，现为 {draft.to_on}。")]
    new = Span(from_on=draft.from_on, to_on=draft.to_on)
    if other := next((c for c in certificates if c.overlaps(new)), None):
        text = f"与已登记的有效期 {other.text()} 重叠。续期应从原有效期届满的次日起，或先在编辑中更正。"
        return [Problem("from_on", text)]
    return []


def end_problems(draft: CertificateEndDraft, certificates: Sequence[CertificateDraft]) -> list[Problem]:
    """Say what is wrong with ending the certificate."""
    if draft.on is None:
        return [Problem("on", "请填写终止日期。")]
    if not any(c.runs_on(draft.on) for c in certificates):
        return [Problem("on", f"{draft.on} 没有有效的公职律师证，不需要终止。请核对日期。")]
    if not draft.reason.strip():
        return [Problem("reason", "请写明原因和依据的文件。")]
    return []


def year_result_problems(draft: YearResultDraft, years: Sequence[YearDraft], today: date) -> list[Problem]:
    """Say what is wrong with a year's result; ``years`` are those on record."""
    found = []
    if draft.result is None:
        found.append(Problem("result", "请选择考核结果。"))
    others = [y for y in years if y.year != draft.year]
    new = YearDraft(draft.year, draft.result or AnnualResult.COMPETENT, draft.note)
    own = f"years.{len(others)}."
    return found + [
        Problem(p.field.removeprefix(own), p.text, p.severity)
        for p in _years([*others, new], today)
        if p.field.startswith(own)
    ]


def _id_number(draft: PublicLawyerDraft) -> list[Problem]:
    if not draft.id_number.strip():
        return []
    if text := numbers.id_number_problem(draft.id_number):
        return [Problem("id_number", f"身份证号{text}。")]
    sex = numbers.sex_of_id_number(draft.id_number)
    if draft.sex and sex != draft.sex:
        text = f"身份证号第 17 位表示{sex}性，性别填为{draft.sex}。请核对。"
        return [Problem("id_number", text, Severity.WARNING)]
    return []


def _licence(draft: PublicLawyerDraft) -> list[Problem]:
    if not draft.licence.strip():
        missing = "没有填写公职律师证号，无法核对是否同时登记在顾问库中。"
        return [Problem("licence", missing, Severity.WARNING)]
    if text := numbers.licence_problem(draft.licence):
        return [Problem("licence", f"公职律师证号{text}。")]
    parsed = numbers.parse_licence(draft.licence)
    if parsed is None:
        return []
    said = []
    if parsed.category != PUBLIC:
        said.append(
            f"证号第 10 位为 {parsed.category}，表示{parsed.category_name}律师，公职律师证应为 {PUBLIC}。请核对。"
        )
    if draft.sex and parsed.sex != draft.sex:
        said.append(f"证号第 11 位表示{parsed.sex}性，性别填为{draft.sex}。请核对。")
    first = min((c.from_on for c in draft.certificates if c.from_on), default=None)
    if first and first.year < parsed.year:
        said.append(f"证号第 6 至 9 位表示 {parsed.year} 年颁证，最早的有效期起于 {first}。请核对。")
    return [Problem("licence", "".join(said), Severity.WARNING)] if said else []


def _undated(draft: PublicLawyerDraft) -> Iterator[Problem]:
    """A number without a time counts for nobody; whoever saves it must hear so."""
    if draft.licence.strip() and not draft.certificates:
        text = "有公职律师证号，没有登记有效期：登记前不计入所在单位的公职律师，也不能统筹。请核对后补登。"
        yield Problem("certificates", text, Severity.WARNING)


def _postings(postings: Sequence[PostingDraft]) -> Iterator[Problem]:
    if not postings:
        yield Problem("postings.0.agency_id", "请选择所在单位。")
    for at, posting in enumerate(postings):
        if posting.agency_id is None:
            yield Problem(f"postings.{at}.agency_id", "请从列表选择单位，或删去这一行。")
        yield from _order(f"postings.{at}", posting)
    for at, before in overlapping(postings):
        text = f"与另一段任职（{before.text()}）重叠。同一时间只能有一个所在单位，请核对起止日期。"
        yield Problem(f"postings.{at}.from_on", text)


def _certificates(draft: PublicLawyerDraft) -> Iterator[Problem]:
    for at, one in enumerate(draft.certificates):
        line = f"certificates.{at}"
        if one.from_on is None:
            yield Problem(f"{line}.from_on", "请填写有效期起。")
        elif draft.qualified_on and one.from_on < draft.qualified_on:
            text = f"早于取得法律职业资格的日期 {draft.qualified_on}。请核对。"
            yield Problem(f"{line}.from_on", text, Severity.WARNING)
        yield from _order(line, one)
        if one.ended_on and one.end_kind is None:
            yield Problem(f"{line}.end_kind", "已填终止日期，请选择终止的情形。")
        if one.end_kind and one.ended_on is None:
            yield Problem(f"{line}.ended_on", f"已选{one.end_kind.value}，请填写终止日期。")
        if one.ended_on and one.from_on and one.ended_on < one.from_on:
            yield Problem(f"{line}.ended_on", f"应不早于有效期起 {one.from_on}，现为 {one.ended_on}。")
    for at, before in overlapping(draft.certificates):
        yield Problem(f"certificates.{at}.from_on", f"与另一段有效期（{before.text()}）重叠。请核对。")


def _years(years: Sequence[YearDraft], today: date) -> Iterator[Problem]:
    count = Counter(one.year for one in years)
    failed = _failed_twice(years)
    for at, one in enumerate(years):
        field = f"years.{at}.year"
        if one.year is None or not FIRST_YEAR <= one.year <= today.year:
            yield Problem(
                field, f"考核年度应为 {FIRST_YEAR} 至 {today.year} 之间的年份，如 {today.year - 1}。"
            )
        elif count[one.year] > 1:
            yield Problem(field, f"{one.year} 年度填写了 {count[one.year]} 次，请只留一行。")
        elif one.year in failed:
            text = f"{one.year - 1}、{one.year} 连续两年不称职，应报请收回公职律师证（{MEASURE}）。"
            yield Problem(f"years.{at}.result", text, Severity.WARNING)


def _failed_twice(years: Sequence[YearDraft]) -> list[int]:
    """Return the years that were 不称职 like the year before."""
    failed = {one.year for one in years if one.result is AnnualResult.INCOMPETENT and one.year}
    return sorted(year for year in failed if year - 1 in failed)


def _order(line: str, span: Span) -> Iterator[Problem]:
    if span.from_on and span.to_on and span.to_on < span.from_on:
        yield Problem(f"{line}.to_on", f"应不早于起始日期 {span.from_on}，现为 {span.to_on}。")


def _lengths(draft: PublicLawyerDraft) -> Iterator[Problem]:
    for name, longest in LONGEST.items():
        if (length := len(str(getattr(draft, name)).strip())) > longest:
            text = f"最多 {longest} 个字，现为 {length} 个。请核对是否粘贴了别的内容。"
            yield Problem(name, text)
    for held in ("postings", "certificates", "years"):
        for at, one in enumerate(getattr(draft, held)):
            for part in fields(one):
                length = len(text) if isinstance(text := getattr(one, part.name), str) else 0
                if length > LONGEST_TEXT:
                    said = f"最多 {LONGEST_TEXT} 个字，现为 {length} 个。"
                    yield Problem(f"{held}.{at}.{part.name}", said)
