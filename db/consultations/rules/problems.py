"""What is wrong with a consultation as the clerk fills it in, from convening to what the agency did with it.

A record may be saved half written; what a whole one needs is asked for when it is archived.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.consultations.rules.consultations import (
    SPEAKERS,
    AdoptionDraft,
    AnswerDraft,
    CancelDraft,
    ConsultationDraft,
    CorrectionDraft,
    DoneDraft,
    DrawRequest,
    MemberDraft,
    OpinionDraft,
    RecordDraft,
)
from db.errors import Problem, Severity
from db.formats import numbers
from db.formats.text import is_time
from db.words.consultation import Adoption, InvitationAnswer, MemberKind, Secrecy, Stance

MAX_TOPIC = 100
MAX_DRAWN = 30
LONGEST = 200  # characters of what stands on one line: mostly something else that was pasted


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member as far as the record depends on him."""

    name: str
    kind: MemberKind
    attended: bool = False
    spoke: bool = False
    is_signed: bool = False


def convening_problems(draft: ConsultationDraft) -> list[Problem]:
    """Say everything about the convening of a consultation that is wrong (错误) or worth a look (提示)."""
    found = []
    topic = draft.topic.strip()
    if not topic:
        found.append(Problem("topic", "请填写会商题目。"))
    elif len(topic) > MAX_TOPIC:
        found.append(Problem("topic", f"会商题目最多 {MAX_TOPIC} 字，现有 {len(topic)} 字。"))
    found += _lengths(draft, "number", "venue", "host", "recorder", "signer")
    if draft.held_on is None:
        found.append(Problem("held_on", "尚未确定会商日期，确定后请补填。", Severity.WARNING))
    found += _times(draft.at_time, draft.until_time)
    if not any(q.text.strip() for q in draft.questions):
        found.append(Problem("questions", "还没有议题，会商通知和意见表要用。", Severity.WARNING))
    if draft.secrecy is Secrecy.SECRET:
        text = "“秘密”是国家秘密的密级。请先确认本机允许处理，不允许的不要录入内容。"
        found.append(Problem("secrecy", text, Severity.WARNING))
    if draft.agency_id is None:
        found.append(
            Problem(
                "agency_id",
                "没有提请单位，无法核对与该单位的利害关系，也不计入该单位的服务。",
                Severity.WARNING,
            )
        )
    if draft.case_ids and not draft.grounds.strip():
        found.append(Problem("grounds", "请写明列为重大疑难的理由。", Severity.WARNING))
    return found


def member_problems(draft: MemberDraft) -> list[Problem]:
    """Say everything about somebody to be invited that is wrong or worth a look."""
    found = []
    if draft.lawyer_id is None and not draft.name.strip():
        found.append(Problem("name", "请填写姓名。"))
    if draft.kind is MemberKind.ADVISER and draft.lawyer_id is None:
        found.append(Problem("kind", "顾问应从顾问库中选择；库外人员请选“外部专家”。"))
    if draft.kind is not MemberKind.ADVISER and draft.lawyer_id is not None:
        found.append(Problem("kind", "顾问库中的人员应以“顾问”身份参加。"))
    found += _lengths(draft, "name", "unit", "post", "phone")
    if draft.phone.strip() and (text := numbers.phone_problem(draft.phone)):
        found.append(Problem("phone", f"联系电话{text}。", Severity.WARNING))
    return found


def draw_problems(request: DrawRequest, eligible: int, earlier: int = 0) -> list[Problem]:
    """Say what is wrong with a draw from ``eligible`` lawyers, where ``earlier`` draws were held before it.

    A draw is on record once it is shown: nobody draws until he likes the result, so a further one has its reason.
    """
    if earlier and not request.reason.strip():
        text = f"这次会商已抽取过 {earlier} 次。再次抽取应写明原因，例如抽中的顾问请假。"
        return [Problem("reason", text)]
    if not 1 <= request.wanted <= MAX_DRAWN:
        return [Problem("wanted", f"抽取人数应为 1 至 {MAX_DRAWN} 人，现为 {request.wanted}。")]
    if request.wanted > eligible:
        among = f"“{request.speciality}”专业中" if request.speciality else ""
        text = f"{among}可抽取的顾问有 {eligible} 人，不足 {request.wanted} 人。请减少人数，或另行指定。"
        return [Problem("wanted", text)]
    return _lengths(request, "seed", "reason")


def answer_problems(draft: AnswerDraft, today: date) -> list[Problem]:
    """Say what is wrong with an answer to an invitation."""
    found = []
    if draft.answer is None:
        found.append(Problem("answer", "请选择参加或请假。"))
    if draft.answer is InvitationAnswer.LEAVE and not draft.reason.strip():
        found.append(Problem("reason", "请写明请假的原因。"))
    found += _lengths(draft, "reason")
    if draft.answered_on and draft.answered_on > today:
        found.append(Problem("answered_on", f"{draft.answered_on} 还没有到，请核对日期。"))
    return found


def cancel_problems(draft: CancelDraft, today: date) -> list[Problem]:
    """Say what is wrong with calling a consultation off."""
    found = []
    if not draft.reason.strip():
        found.append(Problem("reason", "请写明取消的原因。"))
    found += _lengths(draft, "reason")
    if draft.cancelled_on and draft.cancelled_on > today:
        found.append(Problem("cancelled_on", f"{draft.cancelled_on} 还没有到，请核对日期。"))
    return found


def record_problems(
    draft: RecordDraft,
    members: Mapping[int, MemberFacts],
    questions: Sequence[int],
    at_time: str,
    held_on: date | None,
    today: date,
) -> list[Problem]:
    """Say everything that is wrong with a record; ``members`` and ``questions`` are those of the consultation.

    A field of a row is named by what it belongs to: ``opinions.12.3`` is member 12 on question 3 (0: the whole),
    ``sign_ins.12.arrived_at`` his arrival, ``follow_ups.0.due_on`` the day of the first task.
    """
    found = []
    if held_on is None:
        found.append(Problem("held_on", "请先确定会商日期，再登记会商情况。"))
    elif held_on > today:
        found.append(Problem("held_on", f"会商日期 {held_on} 还没有到，到时再登记会商情况。"))
    found += _times(at_time, draft.until_time)
    found += _sign_ins(draft, members, today)
    for opinion in draft.opinions:
        found += _opinion(opinion, members, questions)
    times = Counter((o.member_id, o.question_id) for o in draft.opinions if not o.is_blank)
    if any(count > 1 for count in times.values()):
        found.append(Problem("opinions", "同一人对同一议题的意见填了两次。"))
    return found + _follow_ups(draft, held_on)


def archive_problems(draft: RecordDraft, members: Mapping[int, MemberFacts]) -> list[Problem]:
    """Say what a record still lacks before it can be archived."""
    found = []
    if not draft.conclusion.strip():
        found.append(Problem("conclusion", "请填写会商结论。"))
    if draft.risk is None:
        found.append(Problem("risk", "请选择风险等级。"))
    speakers = [m for m in members.values() if m.kind in SPEAKERS]
    if not any(m.attended for m in speakers):
        found.append(Problem("sign_ins", "还没有顾问或专家签到。"))
    if silent := [m.name for m in speakers if m.attended and not m.spoke]:
        found.append(Problem("opinions", f"{'、'.join(silent)}到会但没有登记意见。", Severity.WARNING))
    if unsigned := [m.name for m in speakers if m.spoke and not m.is_signed]:
        found.append(Problem("sign_ins", f"{'、'.join(unsigned)}的意见表还没有签名。", Severity.WARNING))
    for place, task in enumerate(draft.follow_ups):
        if task.agency_id is None and not task.unit.strip():
            found.append(Problem(f"follow_ups.{place}.unit", f"请填写第 {place + 1} 项议定事项的责任单位。"))
        if task.due_on is None:
            found.append(
                Problem(f"follow_ups.{place}.due_on", f"请填写第 {place + 1} 项议定事项的完成期限。")
            )
    return found


def correction_problems(draft: CorrectionDraft) -> list[Problem]:
    """Say what is wrong with a correction as such; its parts are looked at like any record."""
    return [] if draft.reason.strip() else [Problem("reason", "请写明更正的理由，理由随新版一并留存。")]


def done_problems(draft: DoneDraft, held_on: date | None, today: date) -> list[Problem]:
    """Say what is wrong with the completion of a follow-up."""
    found = []
    if draft.done_on is None:
        found.append(Problem("done_on", "请填写办结日期。"))
    elif draft.done_on > today:
        found.append(Problem("done_on", f"{draft.done_on} 还没有到，请核对日期。"))
    elif held_on and draft.done_on < held_on:
        found.append(Problem("done_on", f"应不早于会商日期 {held_on}，现为 {draft.done_on}。"))
    if not draft.evidence.strip():
        found.append(Problem("evidence", "请写明办结的依据，如送达回证、会议纪要或附件名称。"))
    return found


def adoption_problems(draft: AdoptionDraft, held_on: date | None, today: date) -> list[Problem]:
    """Say what is wrong with what the agency did with the conclusion."""
    found = []
    if draft.adoption is None:
        found.append(Problem("adoption", "请选择采纳情况。"))
    if draft.adopted_on is None:
        found.append(Problem("adopted_on", "请填写单位反馈的日期。"))
    elif draft.adopted_on > today:
        found.append(Problem("adopted_on", f"{draft.adopted_on} 还没有到，请核对日期。"))
    elif held_on and draft.adopted_on < held_on:
        found.append(Problem("adopted_on", f"应不早于会商日期 {held_on}，现为 {draft.adopted_on}。"))
    whole = draft.adoption is None or draft.adoption is Adoption.FULL
    if not whole and not draft.reason.strip():
        found.append(Problem("reason", "没有全部采纳的，请写明单位的理由。"))
    return found


def _sign_ins(draft: RecordDraft, members: Mapping[int, MemberFacts], today: date) -> list[Problem]:
    found = []
    for sign in draft.sign_ins:
        member, where = members.get(sign.member_id), f"sign_ins.{sign.member_id}.arrived_at"
        time = sign.arrived_at.strip()
        if member is None:
            found.append(Problem("sign_ins", "签到名单中有人已被移出会商。请重新载入后再改。"))
        elif time and not is_time(time):
            found.append(Problem(where, f"{member.name}的到会时间应写成 14:30 的样子，现为“{time}”。"))
        elif time and sign.answer is InvitationAnswer.LEAVE:
            found.append(Problem(where, f"{member.name}登记为请假，不能同时签到。请核对。"))
        if member is not None and sign.signed_on is not None and sign.signed_on > today:
            text = f"{member.name}的意见表签署日 {sign.signed_on} 还没有到，请核对日期。"
            found.append(Problem(f"sign_ins.{sign.member_id}.signed_on", text))
        if member is not None and (length := len(sign.answer_reason.strip())) > LONGEST:
            text = f"{member.name}的请假理由最多 {LONGEST} 个字，现为 {length} 个。"
            found.append(Problem(f"sign_ins.{sign.member_id}.answer_reason", text))
    return found


def _follow_ups(draft: RecordDraft, held_on: date | None) -> list[Problem]:
    found = []
    for place, task in enumerate(draft.follow_ups):
        if not task.task.strip() and (task.agency_id or task.unit.strip() or task.due_on):
            found.append(Problem(f"follow_ups.{place}.task", f"请写明第 {place + 1} 项议定事项的内容。"))
        elif task.due_on and held_on and task.due_on < held_on:
            text = f"第 {place + 1} 项议定事项的期限 {task.due_on} 早于会商日期 {held_on}，请核对。"
            found.append(Problem(f"follow_ups.{place}.due_on", text))
        found += [
            Problem(f"follow_ups.{place}.unit", f"第 {place + 1} 项议定事项的责任单位{problem.text}")
            for problem in _lengths(task, "unit")
        ]
    return found


def _opinion(
    opinion: OpinionDraft, members: Mapping[int, MemberFacts], questions: Sequence[int]
) -> list[Problem]:
    if opinion.is_blank:
        return []
    member = members.get(opinion.member_id)
    if member is None or (opinion.question_id is not None and opinion.question_id not in questions):
        return [Problem("opinions", "所填意见的人员或议题已被删去。请重新载入后再改。")]
    where = f"opinions.{opinion.member_id}.{opinion.question_id or 0}"
    if member.kind not in SPEAKERS:
        return [Problem(where, f"{member.name}是列席人员，不登记意见。")]
    if opinion.stance is None:
        return [Problem(where, f"请选择{member.name}的态度：同意、保留或不同意。")]
    if opinion.stance is not Stance.AGREES and not opinion.text.strip():
        return [Problem(where, f"{member.name}{opinion.stance.value}的，应写明意见内容。")]
    return []


def _lengths(draft: object, *names: str) -> list[Problem]:
    return [
        Problem(name, f"最多 {LONGEST} 个字，现为 {length} 个。请核对是否粘贴了别的内容。")
        for name in names
        if (length := len(str(getattr(draft, name)).strip())) > LONGEST
    ]


def _times(at_time: str, until_time: str) -> list[Problem]:
    found = [
        Problem(field, f"时间应写成 14:30 的样子，现为“{text}”。")
        for field, text in (("at_time", at_time.strip()), ("until_time", until_time.strip()))
        if text and not is_time(text)
    ]
    if not found and at_time.strip() and until_time.strip() and _minute(until_time) <= _minute(at_time):
        text = f"结束时间 {until_time} 应晚于开始时间 {at_time}。"
        found.append(Problem("until_time", text))
    return found


def _minute(text: str) -> int:
    hours, _, minutes = text.strip().partition(":")
    return int(hours) * 60 + int(minutes)
