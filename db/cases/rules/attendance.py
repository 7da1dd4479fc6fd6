"""The head's attendance at a hearing as the editor holds it, and what is wrong with that.

行政诉讼法第三条第三款; 适用解释第一百二十八条至第一百三十二条; 法释〔2020〕3号.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.errors import Problem
from db.law.hearings import Appearance, appearance_problems, head_problem
from db.words.case import AbsenceReason, Attendance, Attends, HeadKind

ABSENCE_PAPER = (
    "负责人不能出庭的，应当提交加盖机关印章或经主要负责人签字的情况说明（法释〔2020〕3号第九条）。"
)


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """How the agency will appear at a hearing, and how it did.

    ``staff`` are the names of its own people who are sent. ``attended`` says whether the head came; ``None``
    until the hearing is over. ``papers_on`` is when the identity certificate, or the explanation of the absence,
    came in.
    """

    attends: Attends = Attends.PENDING
    head: str = ""
    post: str = ""
    head_kind: HeadKind | None = None
    absence: AbsenceReason | None = None
    absence_note: str = ""
    papers_on: date | None = None
    staff: tuple[str, ...] = ()
    attended: bool | None = None
    note: str = ""


def plan_problems(
    draft: PlanDraft, lawyers: int, staff: Iterable[str], hearing_on: date, today: date
) -> list[Problem]:
    """Say everything about a plan that is wrong or worth a look.

    ``lawyers`` and ``staff`` (names) act for the agency in the case already; whoever the plan names is added.
    """
    found = []
    if draft.attended is not None and hearing_on > today:
        found.append(Problem("attended", f"{hearing_on} 开庭，还没有到，不能登记实际出庭情况。"))
    attends = draft.attends
    if draft.attended is not None:
        attends = Attends.YES if draft.attended else Attends.NO
    if attends is Attends.YES and not draft.head.strip():
        found.append(Problem("head", "请填写出庭负责人的姓名。"))
    if attends is Attends.YES and (text := head_problem(draft.post, of_agency_itself=True)):
        found.append(Problem("post", text))
    if attends is Attends.NO and draft.absence is AbsenceReason.OTHER and not draft.absence_note.strip():
        found.append(Problem("absence_note", "选择其他正当事由的，请写明是什么事由。"))
    appearance = Appearance(
        attends=attends,
        head_kind=draft.head_kind,
        absence=draft.absence,
        staff=len({*draft.staff, *staff}),
        lawyers=lawyers,
        has_papers=draft.papers_on is not None,
    )
    return found + appearance_problems(appearance)


def attendance_of(draft: PlanDraft) -> Attendance:
    """Return the one word that lists show for a plan."""
    if draft.attended:
        return Attendance.ATTENDED
    if draft.attended is None and draft.attends is not Attends.NO:
        return Attendance.CONFIRMED if draft.attends is Attends.YES else Attendance.PENDING
    return Attendance.EXCUSED if draft.absence else Attendance.ABSENT
