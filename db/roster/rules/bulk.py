"""One change of many lawyers at once: what the clerk asks for, and what it makes of each lawyer's draft."""

from dataclasses import dataclass, replace
from datetime import date

from db.errors import Problem, Severity
from db.roster.rules.lawyers import MAX_CAPACITY, LawyerDraft, lawyer_problems
from db.words.lawyer import LicenceState


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What is to change in every chosen lawyer; what is ``None`` or empty stays as it is.

    ``to_office_cap`` takes an own cap away, so that the office's holds again. ``note`` is written below what is
    noted already.
    """

    firm: str = ""
    firm_since: date | None = None
    capacity: int | None = None
    to_office_cap: bool = False
    add: tuple[str, ...] = ()
    take: tuple[str, ...] = ()
    politics: str = ""
    licence_state: LicenceState | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BulkLine:
    """What the change makes of one lawyer: (field, before, after), and what it gives to say about him."""

    key: int
    name: str
    changes: tuple[tuple[str, str, str], ...]
    problems: tuple[Problem, ...]


def applied(draft: LawyerDraft, change: BulkChange) -> LawyerDraft:
    """Return a lawyer's draft with the change made."""
    made = draft
    firm = change.firm.strip()
    if firm and firm != draft.firm:
        made = replace(made, firm=firm, firm_since=change.firm_since, firm_area="", firm_former="")
    if change.to_office_cap:
        made = replace(made, capacity=None)
    elif change.capacity is not None:
        made = replace(made, capacity=change.capacity)
    if change.add or change.take:
        kept = [word for word in draft.specialities if word not in change.take]
        made = replace(made, specialities=tuple(dict.fromkeys((*kept, *change.add))))
    if change.politics.strip():
        made = replace(made, politics=change.politics.strip())
    if change.licence_state is not None:
        made = replace(made, licence_state=change.licence_state)
    if change.note.strip():
        made = replace(made, note="\n".join(part for part in (draft.note, change.note.strip()) if part))
    return made


def bulk_line(key: int, draft: LawyerDraft, change: BulkChange, *, min_years: int) -> BulkLine:
    """Return what the change makes of one lawyer; warnings that he had before are not said again."""
    new = applied(draft, change)
    if new == draft:
        return BulkLine(key, draft.name, (), ())
    before = lawyer_problems(draft, min_years=min_years)
    found = [
        problem
        for problem in lawyer_problems(new, min_years=min_years)
        if problem.severity is Severity.ERROR or problem not in before
    ]
    return BulkLine(key, draft.name, _differences(draft, new), tuple(found))


def bulk_problems(change: BulkChange) -> list[Problem]:
    """Say what is wrong with the change itself, whoever it is made in."""
    found = []
    if change == BulkChange():
        found.append(Problem("", "请至少填写一项要修改的内容。"))
    if change.firm_since and not change.firm.strip():
        found.append(Problem("firm", "已填转入日期，请填写转入哪家律师事务所。"))
    if change.capacity is not None and not 0 <= change.capacity <= MAX_CAPACITY:
        found.append(Problem("capacity", f"在办上限应为 0 至 {MAX_CAPACITY} 件，现为 {change.capacity}。"))
    if both := set(change.add) & set(change.take):
        found.append(Problem("take", f"{'、'.join(sorted(both))}既要增加又要去掉，请只保留一处。"))
    return found


def _differences(old: LawyerDraft, new: LawyerDraft) -> tuple[tuple[str, str, str], ...]:
    pairs = (
        ("律师事务所", old.firm, new.firm),
        ("在办上限", _cap(old.capacity), _cap(new.capacity)),
        ("专业领域", "、".join(old.specialities), "、".join(new.specialities)),
        ("政治面貌", old.politics, new.politics),
        ("执业状态", old.licence_state.value, new.licence_state.value),
        ("备注", old.note.replace("\n", " "), new.note.replace("\n", " ")),
    )
    return tuple((title, before, after) for title, before, after in pairs if before != after)


def _cap(capacity: int | None) -> str:
    return "按本局上限" if capacity is None else f"{capacity} 件"
