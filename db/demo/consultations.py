"""The demo bureau's consultations: one of each sort, entered through the same acts as a clerk's. All invented."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.consultations.acts.consultations import adopt, cancel, convene, finish_follow_up
from db.consultations.acts.members import answer_invitation, draw_members, name_members
from db.consultations.acts.records import archive, correct, save_record
from db.consultations.queries.detail import ConsultationDetail, consultation_detail, record_draft
from db.consultations.queries.member_candidates import member_candidates
from db.consultations.rules.consultations import (
    AdoptionDraft,
    AnswerDraft,
    CancelDraft,
    ConsultationDraft,
    CorrectionDraft,
    DoneDraft,
    DrawRequest,
    FollowUpDraft,
    MemberDraft,
    OpinionDraft,
    PointDraft,
    QuestionDraft,
    RecordDraft,
    SignInDraft,
)
from db.models.agency import Agency
from db.models.case import Case, Party
from db.models.consultation import Consultation
from db.models.office import IssuedNumber
from db.office.acts.common import remove
from db.office.queries.settings import load_settings
from db.setup import derived
from db.words.case import Side
from db.words.consultation import Adoption, InvitationAnswer, MemberKind, PointKind, Risk, Stance

DATA = Path(__file__).parents[2] / "resources" / "demo" / "consultations.json"
Data = Mapping[str, Any]


def enter_consultations(session: Session, today: date) -> int:
    """Enter the demo's consultations in the order of their days; return how many."""
    data: Data = json.loads(DATA.read_text(encoding="utf-8"))
    session.flush()  # the names of parties and the chains of instances are filled at the end of an act
    derived.refresh(session, {"case_record": session.scalars(select(Case.id)).all()})
    session.expire_all()
    demo = _Demo(session, data, today)
    for at, one in enumerate(data["consultations"]):
        demo.enter(at, one)
    return len(data["consultations"])


def clear_consultations(session: Session) -> None:
    """Move them to the recycle bin, also the archived ones: they were never anybody's record."""
    present = select(Consultation.id).where(Consultation.removed_at.is_(None))
    remove(session, Consultation, session.scalars(present).all())


class _Demo:
    """Plays each consultation as far as its data go."""

    def __init__(self, session: Session, data: Data, today: date) -> None:
        self.session, self.data, self.today = session, data, today
        self.agencies = {a.short_name: a for a in session.scalars(select(Agency))}

    def enter(self, at: int, one: Data) -> None:
        convened_on = self._day(one["convened"])
        draft = self._draft(at, one, convened_on)
        key = convene(self.session, draft, convened_on)
        if one.get("draw"):
            draw_members(self.session, key, DrawRequest(one["draw"], one.get("speciality", "")), convened_on)
        self._name(key, one, convened_on)
        if reason := one.get("leave"):
            first, *others = self._see(key).members
            answer_invitation(
                self.session, first.key, AnswerDraft(InvitationAnswer.LEAVE, reason=reason), self.today
            )
            for member in others[:2]:
                answer_invitation(self.session, member.key, AnswerDraft(InvitationAnswer.ATTENDS), self.today)
        if "cancelled" in one:
            reason, day = one["cancelled"]
            off = CancelDraft(reason, self._day(day), self._see(key).version)
            cancel(self.session, key, off, self.today)
        elif "opinions" in one:
            self._record(key, one)

    def _draft(self, at: int, one: Data, convened_on: date) -> ConsultationDraft:
        series = load_settings(self.session).consultation_series
        is_new = (
            self.session.scalar(select(IssuedNumber.id).where(IssuedNumber.series == series).limit(1)) is None
        )
        return ConsultationDraft(
            topic=one["topic"],
            agency_id=self.agencies[one["agency"]].id,
            grounds=one["grounds"],
            facts=one.get("facts", ""),
            held_on=self._day(one["held"]),
            at_time=one["at"],
            venue=self.data["venue"],
            host=self.data["host"],
            recorder=self.data["recorder"],
            signer=self.data["signer"],
            case_ids=tuple(self._cases(one)),
            questions=tuple(QuestionDraft(text) for text in one["questions"]),
            number=f"{series}〔{convened_on.year}〕{self.data['first']}号" if is_new and not at else "",
        )

    def _cases(self, one: Data) -> Sequence[int]:
        """Return cases of the agency that came in before the day; or the instance that a number begins with."""
        if "chain" in one:
            query = select(Case.id).where(Case.number.startswith(one["chain"])).order_by(Case.id.desc())
            return self.session.scalars(query.limit(1)).all()
        agency = self.agencies[one["agency"]].id
        query = (
            select(Case.id)
            .join(Party, Party.case_id == Case.id)
            .where(Party.agency_id == agency, Party.side == Side.DEFENDANT, Case.removed_at.is_(None))
            .where(Case.received_on < self._day(one["held"]))
            .order_by(Case.received_on.desc(), Case.id)
        )
        return self.session.scalars(query.limit(one.get("cases", 0))).all()

    def _name(self, key: int, one: Data, day: date) -> None:
        free = [c for c in member_candidates(self.session, key, day) if not c.barred and not c.is_member]
        chosen = sorted(free, key=lambda c: (bool(c.findings), c.consultations, c.lawyer_id))
        named = [MemberDraft(lawyer_id=c.lawyer_id) for c in chosen[: one.get("named", 0)]]
        guests = [
            MemberDraft(MemberKind(kind), name=name, unit=unit, post=post)
            for kind, name, unit, post in one.get("guests", ())
        ]
        name_members(self.session, key, [*named, *guests], day)

    def _record(self, key: int, one: Data) -> None:
        held_on, found = self._day(one["held"]), self._see(key)
        save_record(self.session, key, self._record_draft(one, found), held_on)
        if one.get("partial"):
            return
        archive(self.session, key, self._see(key).version, self._day(min(one["held"] + 2, 0)))
        for task, (_, _, _, done, evidence) in zip(self._see(key).follow_ups, one["tasks"], strict=True):
            if done is not None:
                finish_follow_up(self.session, task.key, DoneDraft(self._day(done), evidence), self.today)
        if "adoption" in one:
            word, day, reason, members = one["adoption"]
            given = zip(self._see(key).speakers, members, strict=True)
            draft = AdoptionDraft(
                Adoption(word),
                self._day(day),
                reason,
                tuple((member.key, Adoption(its)) for member, its in given),
                self._see(key).version,
            )
            adopt(self.session, key, draft, self.today)
        if "correction" in one:
            self._correct(key, *one["correction"])

    def _record_draft(self, one: Data, found: ConsultationDetail) -> RecordDraft:
        held_on = self._day(one["held"])
        present = {m.key for m, _ in zip(found.speakers, one["opinions"], strict=False)} | {
            m.key for m in found.guests
        }
        return RecordDraft(
            until_time=one.get("until", ""),
            sign_ins=tuple(
                SignInDraft(
                    m.key,
                    InvitationAnswer.ATTENDS,
                    arrived_at=one["at"] if m.key in present else "",
                    has_declared=m.speaks,
                    signed_on=held_on if m.speaks and m.key in present else None,
                )
                for m in found.members
            ),
            opinions=tuple(
                OpinionDraft(member.key, question.key, Stance(stance), text, risk=Risk(risk))
                for member, (stance, risk, texts) in zip(found.speakers, one["opinions"], strict=False)
                for question, text in zip(found.questions, texts, strict=True)
            ),
            points=tuple(PointDraft(PointKind(kind), text) for kind, text in one["points"]),
            conclusion=one["conclusion"],
            risk=Risk(one["risk"]) if one["risk"] else None,
            follow_ups=tuple(
                FollowUpDraft(task, self.agencies[agency].id, "", self._day(due))
                for task, agency, due, _, _ in one["tasks"]
            ),
            version=found.version,
        )

    def _correct(self, key: int, reason: str, conclusion: str) -> None:
        stored = record_draft(self.session, key)
        if stored is not None:
            draft = CorrectionDraft(reason, record=replace(stored, conclusion=conclusion))
            correct(self.session, key, draft, self._see(key).version, self.today)

    def _see(self, key: int) -> ConsultationDetail:
        self.session.flush()
        self.session.expire_all()
        found = consultation_detail(self.session, key, self.today)
        if found is None:
            raise LookupError(key)
        return found

    def _day(self, days: int) -> date:
        """Return the day so many days from today, on a Friday if it falls on a weekend."""
        day = self.today + timedelta(days=days)
        return day - timedelta(days=max(day.weekday() - 4, 0))
