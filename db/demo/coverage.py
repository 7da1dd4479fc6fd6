"""The demo bureau's public lawyers, sharings, advisers, contracts and what agencies used them for; all invented.

Days in the data are counted from the day of loading, so that the page always shows a district at work: most agencies
covered and served, a few with nobody or too little, some papers about to end. The same day gives the same bureau.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.formats.spans import Span
from db.models.agency import Agency
from db.models.assignment import Assignment
from db.models.case import Case, Party
from db.models.lawyer import Lawyer
from db.models.public_lawyer import AgencyContract, InternalAdviser, PublicLawyer, Sharing
from db.models.service import Service
from db.office.acts.common import remove
from db.office.acts.settings import put
from db.registry.acts.advisers import save_contract, save_internal_adviser
from db.registry.acts.public_lawyers import save_public_lawyer
from db.registry.acts.sharing import save_sharing
from db.registry.rules.advisers import AgencyContractDraft, InternalAdviserDraft
from db.registry.rules.public_lawyers import CertificateDraft, PostingDraft, PublicLawyerDraft, YearDraft
from db.registry.rules.sharing import SharingDraft
from db.services.acts.services import record_services
from db.services.rules.services import ServiceDraft
from db.words.public_lawyer import AnnualResult, CertificateEnd
from db.words.service import ServiceKind

DATA = Path(__file__).parents[2] / "resources" / "demo" / "coverage.json"
SEED = 20260718
NOTE = "示例人员，虚构"
WRITTEN = 2026  # the year to which years in the data belong
VALID_YEARS = 5
SOON = {"武定波": 20, "容与之": 52}  # days until these certificates end
COMFORTABLE = 120  # days for which the other certificates are good at least
ENOUGH = 6
NEWLY = {"区民宗局", "区消防救援大队", "区医保局", "新新街道", "九华乡", "华墅乡", "沟溪乡", "七里乡"}
"""Agencies that did not yet have enough services a year ago."""
KINDS = (
    *("合法性审查",) * 17,
    *("合同审查",) * 3,
    *("法律意见",) * 2,
    *("应诉出庭", "培训", "调解"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Giver(Span):
    """Somebody who serves an agency for a time: a public lawyer, an internal adviser, or a person by name."""

    public_lawyer_id: int | None = None
    internal_adviser_id: int | None = None
    person: str = ""


def short_of_services() -> frozenset[str]:
    """Return the agencies that the demo leaves with fewer services than they should have."""
    uses = json.loads(DATA.read_text(encoding="utf-8"))["uses"]
    return frozenset(name for name, count in uses.items() if count < ENOUGH)


def enter_coverage(session: Session, firms: Sequence[str], today: date) -> int:
    """Enter the registry and what agencies used it for; return how many public lawyers there are."""
    demo = _Coverage(session, firms, today)
    demo.enter_agencies()
    demo.enter_people()
    demo.enter_advisers()
    demo.enter_services()
    return len(demo.people)


def clear_coverage(session: Session) -> None:
    """Move what was entered to the recycle bin, and take from the agencies what was invented about them."""
    for model in (Sharing, PublicLawyer, InternalAdviser, AgencyContract):
        remove(session, model, session.scalars(select(model.id).where(model.removed_at.is_(None))).all())
    for agency in session.scalars(select(Agency).where(Agency.liaison_post.startswith("示例"))):
        agency.staff_count, agency.qualified_count = None, None
        agency.contact, agency.liaison_post, agency.liaison_filed_on = "", "", None


class _Coverage:
    """Enters the registry through the same acts as a clerk."""

    def __init__(self, session: Session, firms: Sequence[str], today: date) -> None:
        self.session, self.firms, self.today = session, firms, today
        self.random = Random(SEED)  # noqa: S311 - repeatable on purpose
        self.data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
        self.agencies = {a.short_name: a for a in session.scalars(select(Agency))}
        self.people: dict[str, int] = {}
        self.givers: dict[str, list[_Giver]] = {name: [] for name in self.data["uses"]}

    def enter_agencies(self) -> None:
        """Say what each agency is about, how many people it has, and who its liaison officer is."""
        owners = Counter(line[2] for line in self.data["people"])
        for at, name in enumerate(self.data["uses"]):
            agency = self.agencies[name]
            agency.field = self.data["fields"].get(name, "基层治理")
            agency.staff_count = 18 + (at * 7) % 41 + 30 * owners[name]
            agency.qualified_count = owners[name] + at % 3
            if not agency.contact:
                agency.contact, agency.liaison_post = f"示例联络员{at + 1:02d}", "示例，办公室主任"
                agency.liaison_filed_on = self._day(-400 + at)
        put(self.session, "like_fields", self.data["like"])

    def enter_people(self) -> None:
        """Enter the public lawyers, those no longer in force too, and lend some to other agencies."""
        for at, line in enumerate(self.data["people"]):
            self._enter_person(at, line, {})
        for at, how in enumerate(self.data["former"], start=len(self.data["people"])):
            self._enter_person(at, how["person"], how)
        for name, agency, since, until, hours in self.data["shared"]:
            from_on, to_on = self._day(since), self._day(until)
            draft = SharingDraft(
                self.people[name], self._id(agency), "", from_on, to_on, float(hours), "示例"
            )
            save_sharing(self.session, draft, from_on)
            self.givers[agency].append(
                _Giver(public_lawyer_id=self.people[name], from_on=from_on, to_on=to_on)
            )

    def enter_advisers(self) -> None:
        """Enter internal advisers, and contracts with firms of the roster."""
        for at, (name, agency, department, post, since) in enumerate(self.data["internal"]):
            begun = self._day(since)
            draft = InternalAdviserDraft(
                self._id(agency),
                name,
                department,
                post,
                f"A{begun.year - 4}330802{at + 701:04d}（示例）",
                f"1390000{6100 + at * 13:04d}",
                begun,
                None,
                NOTE,
            )
            key = save_internal_adviser(self.session, draft, self.today)
            self.givers[agency].append(_Giver(internal_adviser_id=key, from_on=begun))
        for at, (agency, firm, names, since, until, fee) in enumerate(self.data["contracts"], start=1):
            from_on, to_on = self._day(since), self._day(until)
            contract = AgencyContractDraft(
                agency_id=self._id(agency),
                number=f"示例顾合〔{from_on.year}〕{at}号",
                provider=self.firms[firm],
                lawyers="、".join(names),
                lawyer_id=self._pool[names[0]],
                scope="常年法律顾问：合法性审查、合同审查、法律咨询（示例）",
                fee=float(fee),
                from_on=from_on,
                to_on=to_on,
                note="示例",
            )
            save_contract(self.session, contract, self.today)
            short = self.firms[firm].replace("律师事务所", "律所")
            self.givers[agency].append(_Giver(person=f"{names[0]}（{short}）", from_on=from_on, to_on=to_on))

    def enter_services(self) -> None:
        """Enter what each agency used in the last two years, as far as cases and services do not say it already."""
        present = self._uses_on_record()
        drafts = []
        for name, wanted in self.data["uses"].items():
            last_year = wanted - present[self._id(name)]
            before = round(wanted * (0.45 if name in NEWLY else 0.62))
            if wanted >= ENOUGH and name not in NEWLY:
                before = max(before, ENOUGH)
            ages = [*self._spread(name, 3, 362, last_year), *self._spread(name, 366, 728, before)]
            drafts += [draft for age in ages if (draft := self._service(name, age)) is not None]
        record_services(self.session, drafts, self.today)

    def _spread(self, name: str, first: int, last: int, count: int) -> list[int]:
        """Return ages in days for ``count`` services between two ages, as far back as anybody served the agency."""
        begun = min((giver.first_on for giver in self.givers[name]), default=self.today)
        room = min(last, (self.today - begun).days - 3) - first
        if room <= 0:
            return []
        return [first + int((at + self.random.random()) / count * room) for at in range(count)]

    def _service(self, name: str, age: int) -> ServiceDraft | None:
        day = self._day(-age)
        day -= timedelta(days=max(day.weekday() - 4, 0))
        there = [giver for giver in self.givers[name] if giver.runs_on(day)]
        if not there:
            return None
        giver, kind = self.random.choice(there), self.random.choice(KINDS)
        return ServiceDraft(
            kind=ServiceKind(kind),
            on_date=day,
            agency_id=self._id(name),
            matter=self.random.choice(self.data["matters"][kind]),
            result="已办结",
            hours=float(self.random.randint(1, 5)),
            public_lawyer_id=giver.public_lawyer_id,
            internal_adviser_id=giver.internal_adviser_id,
            person=giver.person,
        )

    def _enter_person(self, at: int, line: Sequence[Any], how: Mapping[str, Any]) -> None:
        name, sex, agency, department, post, specialities, written, politics = line
        year = self.today.year - (WRITTEN - written)
        certificates = self._certificates(name, year, how)
        draft = PublicLawyerDraft(
            name=name,
            sex=sex,
            politics=politics,
            phone=f"1390000{3100 + at * 17:04d}",
            qualification=f"A{year - 4}330802{at + 101:04d}（示例）",
            qualified_on=date(year - 4, 3, 1),
            licence=f"13308{year}6{int(sex == '女')}{200100 + at * 6131:06d}",
            specialities=tuple(specialities),
            note=NOTE,
            postings=self._postings(name, agency, department, post, date(year - 3, 7, 1), how),
            certificates=certificates,
            years=self._years(year, how),
        )
        key = self.people[name] = save_public_lawyer(self.session, draft, self.today)
        for posting in draft.postings:
            place = next(n for n, a in self.agencies.items() if a.id == posting.agency_id)
            for held in certificates:
                first, last = max(posting.first_on, held.first_on), min(posting.last_on, held.last_on)
                if first <= last:
                    self.givers[place].append(_Giver(public_lawyer_id=key, from_on=first, to_on=last))

    def _certificates(self, name: str, year: int, how: Mapping[str, Any]) -> tuple[CertificateDraft, ...]:
        """Return certificates of five years each, one after the other, until one that is still good, or ends as told."""
        ends_in = how.get("over", SOON.get(name))
        until = self._day(COMFORTABLE if ends_in is None else ends_in)
        made: list[CertificateDraft] = []
        while not made or (made[-1].last_on < until and "ended" not in how):
            begun = date(year + VALID_YEARS * len(made), 6, 1)
            last = date(begun.year + VALID_YEARS, 5, 31)
            to_on = last if ends_in is None else min(last, until)
            made.append(CertificateDraft(from_on=begun, to_on=to_on, issuer="浙江省司法厅（示例）"))
        if "ended" not in how:
            return tuple(made)
        ended, begun = self._day(how["ended"]), self._day(how["ended"] - 700)
        end = CertificateDraft(
            from_on=begun,
            to_on=begun + timedelta(days=1400),
            issuer="浙江省司法厅（示例）",
            ended_on=ended,
            end_kind=CertificateEnd(how["kind"]),
            end_reason=how["reason"],
        )
        return (end,)

    def _postings(
        self, name: str, agency: str, department: str, post: str, since: date, how: Mapping[str, Any]
    ) -> tuple[PostingDraft, ...]:
        left = self._day(how["ended"]) if how.get("kind") == "退休" else None
        present = PostingDraft(
            agency_id=self._id(agency),
            department=department,
            post=post,
            from_on=since,
            to_on=left - timedelta(days=1) if left else None,
        )
        if name not in self.data["moved"]:
            return (present,)
        before, its_department, its_post, moved = self.data["moved"][name]
        came = self._day(moved)
        earlier = PostingDraft(
            agency_id=self._id(before),
            department=its_department,
            post=its_post,
            from_on=since,
            to_on=came - timedelta(days=1),
        )
        here = PostingDraft(agency_id=self._id(agency), department=department, post=post, from_on=came)
        return (earlier, here)

    def _years(self, first: int, how: Mapping[str, Any]) -> tuple[YearDraft, ...]:
        if how.get("failed"):
            failed = AnnualResult.INCOMPETENT
            return tuple(YearDraft(self.today.year - back, failed, "示例") for back in (1, 2))
        results = (AnnualResult.EXCELLENT, *(AnnualResult.COMPETENT,) * 4)
        return tuple(
            YearDraft(year, results[(year + first + len(self.people)) % len(results)])
            for year in range(self.today.year - 1, max(first, self.today.year - 4), -1)
        )

    def _uses_on_record(self) -> Counter[int]:
        """Count what agencies used in the last twelve months by what the demo has entered before."""
        since = self.today - timedelta(days=365)
        found: Counter[int] = Counter()
        services = (
            select(Service.agency_id, func.count())
            .where(Service.removed_at.is_(None), Service.agency_id.is_not(None), Service.on_date > since)
            .group_by(Service.agency_id)
        )
        cases = (
            select(Party.agency_id, func.count(Case.id.distinct()))
            .join(Assignment, Assignment.party_id == Party.id)
            .join(Case, Case.id == Party.case_id)
            .where(Party.agency_id.is_not(None), Case.removed_at.is_(None), Assignment.assigned_on > since)
            .group_by(Party.agency_id)
        )
        for query in (services, cases):
            for agency_id, count in self.session.execute(query):
                found[agency_id or 0] += count
        return found

    @cached_property
    def _pool(self) -> dict[str, int]:
        return {x.name: x.id for x in self.session.scalars(select(Lawyer).where(Lawyer.removed_at.is_(None)))}

    def _id(self, short_name: str) -> int:
        return self.agencies[short_name].id

    def _day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)
