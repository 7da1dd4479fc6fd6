"""The demo bureau's lawyers: their terms, what they bring along, what they did, and how it was rated."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.demo.coverage import short_of_services
from db.models.agency import Agency
from db.models.appointment import ChangeFiling
from db.models.assignment import Assignment, Recommendation
from db.models.case import Case
from db.models.lawyer import Lawyer
from db.roster.acts.appointments import appoint, declare, file_change, suspend
from db.roster.acts.lawyers import save_lawyer
from db.roster.rules.appointments import AppointDraft, DeclarationDraft, FilingDraft, SuspendDraft
from db.roster.rules.background import (
    CheckDraft,
    ContractDraft,
    DisciplineDraft,
    OfficeDraft,
    PostDraft,
    RelativeDraft,
)
from db.roster.rules.lawyers import LawyerDraft
from db.services.acts.services import answer_recommendation, assess, rate, save_service
from db.services.rules.services import AnswerDraft, AssessmentDraft, RatingDraft, ServiceDraft
from db.words.assignment import Answer, EndKind
from db.words.lawyer import DisciplineKind, Leaving, OfficeKind, Rank, Relation, SuspensionKind, UnitKind
from db.words.service import Grade, ServiceKind

Data = Mapping[str, Any]
PAUSED = "柴立言"
CONSULTATIONS = (5, 7, 6, 4, 3, 2, 4, 3, 2, 5, 3, 2, 3, 2, 4)
SCORES = (5, 5, 4, 5, 5, 4, 5, 3, 5, 5, 4)


def enter_lawyers(session: Session, data: Data, today: date) -> None:
    """Enter every lawyer with a past term, renew all for the present one; two end soon, one pauses."""
    year = today.year
    ends = {10: today + timedelta(days=21), 11: today + timedelta(days=4)}
    terms: dict[date, list[int]] = {}
    for at, line in enumerate(data["lawyers"]):
        key = save_lawyer(session, _draft(data, at, line, year), today)
        until = ends.get(at, date(year + (1 if at % 3 else 2), 5, 31))
        terms.setdefault(until, []).append(key)
        signed = date(year - 1, 5, 20)
        declare(session, DeclarationDraft(key, signed, "无利益冲突；任职经历与登记一致（示例）。"), today)
    decided = date(year - 1, 5, 26)
    for until, keys in sorted(terms.items()):
        draft = AppointDraft(
            lawyer_ids=tuple(keys),
            from_on=date(year - 1, 6, 1),
            to_on=until,
            batch=f"{year - 1} 年第一批（示例）",
            paper=f"柯司〔{year - 1}〕12号（示例）",
            decided_on=decided,
        )
        appoint(session, draft, decided)
        session.flush()
    for filing in session.scalars(
        select(ChangeFiling).where(ChangeFiling.happened_on == decided, ChangeFiling.filed_on.is_(None))
    ):
        receipt = FilingDraft(decided + timedelta(days=6), f"柯司备〔{year - 1}〕3号（示例）")
        file_change(session, filing.id, receipt, today)
    paused = session.scalars(
        select(Lawyer.id).where(Lawyer.name == PAUSED, Lawyer.removed_at.is_(None))
    ).one()
    pause = SuspendDraft((paused,), SuspensionKind.LEAVE, today - timedelta(days=9), None, "外出进修（示例）")
    suspend(session, pause, today)


def enter_work(session: Session, data: Data, today: date) -> None:
    """Enter services, ratings, answers and last year's assessments, after the cases are there."""
    lawyers = session.scalars(select(Lawyer.id).where(Lawyer.removed_at.is_(None)).order_by(Lawyer.id)).all()
    served = Agency.short_name.not_in(short_of_services())
    agencies = session.scalars(select(Agency.id).where(served).order_by(Agency.place)).all()
    for at, key in enumerate(lawyers):
        _enter_services(session, data["services"], (at, key), agencies, today)
        grade = Grade.EXCELLENT if at in {0, 1, 9} else Grade.COMPETENT
        opinion = "政治坚定，履职尽责，案件质量较好。（示例）"
        draft = AssessmentDraft(key, today.year - 1, grade, opinion, date(today.year, 1, 15), "林一苇")
        assess(session, draft, today)
    _enter_ratings(session, today)
    _enter_answers(session, today)


def _draft(data: Data, at: int, line: Sequence[Any], year: int) -> LawyerDraft:
    name, sex, firm, specialities, since, politics, education = line
    brought = data["backgrounds"].get(name, {})
    return LawyerDraft(
        name=name,
        sex=sex,
        phone=f"1380000{2200 + at * 11:04d}",
        firm=data["firms"][firm],
        licence=f"13308{since}1{int(sex == '女')}{100320 + at * 7919:06d}",
        first_licensed_on=date(since, 7, 1),
        specialities=tuple(specialities),
        term_from=date(year - 3, 6, 1),
        term_to=date(year - 1, 5, 31),
        politics=politics,
        education=education,
        note="示例人员，虚构",
        posts=tuple(
            PostDraft(
                p["unit"],
                UnitKind(p["unit_kind"]),
                p["post"],
                Rank(p["rank"]),
                _day(p["from"]),
                _day(p["to"]),
                Leaving(p["leaving"]),
            )
            for p in brought.get("posts", ())
        ),
        relatives=tuple(
            RelativeDraft(Relation(r["relation"]), r["name"], r["unit"], UnitKind(r["unit_kind"]), r["post"])
            for r in brought.get("relatives", ())
        ),
        offices=tuple(
            OfficeDraft(OfficeKind(o["kind"]), o["body"], _day(o["from"])) for o in brought.get("offices", ())
        ),
        contracts=tuple(
            ContractDraft(c["client"], c["by_firm"], _day(c["from"]), _day(c["to"]))
            for c in brought.get("contracts", ())
        ),
        disciplines=tuple(
            DisciplineDraft(DisciplineKind(d["kind"]), _day(d["on"]), d["by"], d["content"])
            for d in brought.get("disciplines", ())
        ),
        checks=tuple(CheckDraft(each) for each in (year - 1, year - 2)),
    )


def _enter_services(
    session: Session,
    matters: Mapping[str, Sequence[str]],
    who: tuple[int, int],
    agencies: Sequence[int],
    today: date,
) -> None:
    at, key = who
    counts = {
        ServiceKind.CONSULTATION: CONSULTATIONS[at % len(CONSULTATIONS)],
        ServiceKind.LEGALITY_REVIEW: at % 4,
        ServiceKind.CONTRACT_REVIEW: at % 3,
        ServiceKind.OPINION: at % 2,
        ServiceKind.TRAINING: 1 + at % 2,
    }
    for kind, count in counts.items():
        for nth in range(count):
            day = today - timedelta(days=5 + (at * 7 + nth * 23 + list(ServiceKind).index(kind) * 3) % 310)
            titles = matters[kind.value]
            agency = None if kind is ServiceKind.TRAINING else agencies[(at * 5 + nth) % len(agencies)]
            draft = ServiceDraft(
                kind, day, key, agency, None, titles[(at + nth) % len(titles)], "已办结", 2.0 + nth % 3
            )
            save_service(session, draft, today)


def _enter_ratings(session: Session, today: date) -> None:
    served = session.scalars(
        select(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.end_kind == EndKind.SERVED, Case.removed_at.is_(None))
        .order_by(Assignment.id)
    ).all()
    for at, assignment in enumerate(served):
        if at % 5 == 4 or assignment.ended_on is None:  # noqa: PLR2004 - every fifth waits for its rating
            continue
        day = min(assignment.ended_on + timedelta(days=7), today)
        rate(
            session,
            assignment.id,
            RatingDraft(SCORES[at % len(SCORES)], day, "单位联络员（示例）", ""),
            today,
        )


def _enter_answers(session: Session, today: date) -> None:
    alternates = session.scalars(
        select(Recommendation)
        .join(Case, Case.id == Recommendation.case_id)
        .where(Recommendation.place > 0, Case.removed_at.is_(None))
        .where(
            ~select(Assignment.id)
            .where(
                Assignment.party_id == Recommendation.party_id,
                Assignment.lawyer_id == Recommendation.lawyer_id,
            )
            .exists()
        )
        .order_by(Recommendation.id)
    ).all()
    for at, recommendation in enumerate(alternates):
        declined = at % 9 == 4  # noqa: PLR2004 - a few decline
        answer = Answer.DECLINED if declined else Answer.NOT_CHOSEN
        reason = "当日另有庭审（示例）" if declined else "单位选定其他顾问（示例）"
        day = min(recommendation.recommended_on + timedelta(days=2), today)
        answer_recommendation(session, recommendation.id, AnswerDraft(answer, day, reason))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
