"""Importing public lawyers: any clerk's sheet; somebody is known by his 证号, his id number, or name and agency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.agencies.queries.in_time import agencies_in_time
from db.agencies.rules.in_time import AgenciesInTime, AgencyInTime
from db.errors import Problem, Severity
from db.exchange import values
from db.exchange.cells import CellReader, readers
from db.exchange.header import SheetTable
from db.exchange.importing import Importer
from db.exchange.sheet import (
    Action,
    Columns,
    RowPlan,
    SheetPlan,
    changes_of,
    in_sheet,
    merged,
    missing_columns,
)
from db.formats.spans import span_on
from db.models.public_lawyer import PublicLawyer
from db.office.queries.settings import load_settings
from db.registry.acts.public_lawyers import save_public_lawyer
from db.registry.queries.public_lawyers import public_lawyer_drafts
from db.registry.rules.public_lawyers import (
    CertificateDraft,
    CertificateState,
    PostingDraft,
    PublicLawyerDraft,
    YearDraft,
    public_lawyer_problems,
)
from db.registry.sheets.columns import ASSESSED, ENDED, FORM
from db.roster.queries.one_person import Person, pool_problem, pool_twin
from db.words.public_lawyer import AnnualResult


@dataclass(frozen=True, slots=True)
class Known:
    """A public lawyer who is in the database already; ``agencies`` are all in which he works or worked."""

    key: int
    draft: PublicLawyerDraft
    agencies: frozenset[int]


class PublicLawyerImporter(Importer):
    """A sheet with one public lawyer in each row."""

    form = FORM

    def check(
        self,
        session: Session,
        table: SheetTable,
        mapping: Columns,
        today: date,
        corrections: Mapping[tuple[int, str], str] | None,
        skipped: frozenset[int],
    ) -> SheetPlan:
        """Return what importing the rows would do."""
        if missing := missing_columns(FORM, mapping):
            return SheetPlan(FORM, table, dict(mapping), (), missing)
        keys = session.scalars(select(PublicLawyer.id).where(PublicLawyer.removed_at.is_(None))).all()
        known = [
            Known(key, draft, frozenset(p.agency_id for p in draft.postings if p.agency_id is not None))
            for key, draft in public_lawyer_drafts(session, keys).items()
        ]
        facts = AgenciesInTime(agencies_in_time(session))
        seen: dict[str, tuple[str, PublicLawyerDraft]] = {}
        capacity = load_settings(session).sharing_capacity
        rows = []
        for read in readers(FORM, table, mapping, corrections):
            row = _Row(session, read, facts, known, seen, capacity, today)
            rows.append(row.plan(skip=read.row.number in skipped))
        return SheetPlan(FORM, table, dict(mapping), tuple(rows))

    def enter(self, session: Session, rows: Sequence[RowPlan], today: date) -> None:
        """Enter or change the public lawyers."""
        for row in rows:
            save_public_lawyer(session, row.draft, today, row.key)


PUBLIC_LAWYERS = PublicLawyerImporter()


@dataclass
class _Row:
    """One row while it is looked at; ``seen`` remembers the people of the rows above."""

    session: Session
    read: CellReader
    facts: AgenciesInTime
    known: Sequence[Known]
    seen: dict[str, tuple[str, PublicLawyerDraft]]
    capacity: int  # to how many agencies the office lends somebody who has no cap of his own
    today: date

    def plan(self, *, skip: bool) -> RowPlan:
        """Return what the row would do."""
        agency = self._agency()
        new = self._draft(agency)
        if skip:
            self.read.say("", Severity.NOTE, "已选择跳过此行")
            return self._planned(Action.SKIP, new, agency)
        known = self._find(new, agency)
        self.read.tell_masked(known.draft if known else None)
        whole = (
            self._joined(known, self.read.spare(known.draft, new), agency) if known else self._entered(new)
        )
        self._judge(whole, known)
        unit = agency.key if agency else ""
        trace = f"#{known.key}" if known else new.licence or new.id_number or f"{new.name}@{unit}"
        where, above = self.seen.setdefault(trace, (self.read.row.words, whole))
        if where != self.read.row.words:
            self.read.say_repeated(where, "同一人", is_same=above == whole)
            return self._planned(Action.SKIP, whole, agency)
        changes = self._changes(known.draft, whole) if known else ()
        if known:
            self._tell_update(known, len(changes))
        action = Action.NEW if not known else Action.UPDATE if changes else Action.SKIP
        if self.read.has_errors:
            action = Action.MEND
        return self._planned(action, whole, agency, known.key if known else None, changes)

    def _agency(self) -> AgencyInTime | None:
        typed = values.name_of(self.read.cells.get("agency"))
        if not typed:
            if "agency" not in self.read.spoken | set(self.read.masked):
                self.read.say("agency", Severity.ERROR, "请写明所在单位")
            return None
        agency = self.facts.agency_called(typed)
        if agency is None:
            self.read.say("agency", Severity.ERROR, self.facts.agency_trouble(typed).rstrip("。"))
        return agency

    def _draft(self, agency: AgencyInTime | None) -> PublicLawyerDraft:
        read = self.read
        sex = values.sex_of(read.cells.get("sex"))
        if read.text("sex") and not sex:
            read.say("sex", Severity.WARNING, f"应为男或女，现为“{read.text('sex')}”，将留空")
        posting = PostingDraft(
            agency_id=agency.key if agency else None,
            department=read.text("department"),
            post=read.text("post"),
            from_on=read.day("posted_on"),
        )
        return PublicLawyerDraft(
            name=read.name("name"),
            sex=sex,
            politics=read.text("politics"),
            id_number=read.long_number("id_number"),
            phone=read.phone("phone"),
            qualification=read.text("qualification"),
            qualified_on=read.day("qualified_on"),
            licence=read.long_number("licence"),
            specialities=values.list_of(read.cells.get("specialities")),
            capacity=read.whole_number("capacity"),
            note=read.text("note"),
            postings=(posting,) if agency else (),
            certificates=self._certificates(),
            years=self._years(),
        )

    def _certificates(self) -> tuple[CertificateDraft, ...]:
        read = self.read
        from_on, to_on = read.both_ends("valid", "valid_from", "valid_to")
        if from_on is None:
            if not read.spoken & {"valid", "valid_from"}:
                text = "没有发证日期，只登记人员，不登记证书，不计入配备"
                read.say("valid_from", Severity.WARNING, text, shown="valid")
            return ()
        return (CertificateDraft(from_on=from_on, to_on=to_on, issuer=read.text("issuer")),)

    def _years(self) -> tuple[YearDraft, ...]:
        typed = self.read.text("assessed")
        found = {int(year): AnnualResult(result) for year, result in ASSESSED.findall(typed)}
        if typed and not found:
            text = f"应写明年度和结果，如 {self.today.year - 1} 称职，现为“{typed}”，没有导入"
            self.read.say("assessed", Severity.WARNING, text)
        return tuple(YearDraft(year, result) for year, result in sorted(found.items()))

    def _entered(self, new: PublicLawyerDraft) -> PublicLawyerDraft:
        """Return somebody new: a cap that is the office's is not his own, and no certificate that ended becomes valid."""
        if new.capacity == self.capacity:
            new = replace(new, capacity=None)
        state = self.read.text("state")
        if state in ENDED and new.certificates:
            text = f"表中状态为{state}，只登记人员，不登记证书（{new.certificates[0].text()}）"
            self.read.say("state", Severity.WARNING, text)
            return replace(new, certificates=())
        if state == CertificateState.AWAY:
            self.read.say("state", Severity.WARNING, "表中状态为不在岗，任职按所在单位登记，请核对")
        return new

    def _find(self, new: PublicLawyerDraft, agency: AgencyInTime | None) -> Known | None:
        for field in ("licence", "id_number"):
            if wanted := getattr(new, field):
                found = next((k for k in self.known if getattr(k.draft, field) == wanted), None)
                if found is not None:
                    return found
        alike = [
            k
            for k in self.known
            if k.draft.name == new.name
            and agency is not None
            and agency.key in k.agencies
            and not (k.draft.licence and new.licence)
        ]
        fitting = [
            k for k in alike if all(self.read.hides(f, getattr(k.draft, f)) for f in ("licence", "id_number"))
        ]
        if len(fitting) == 1:
            return fitting[0]
        if alike:
            text = f"该单位已有“{new.name}”，号码写得不全，认不出是不是同一人。请填写完整的公职律师证号"
            self.read.say("licence" if "licence" in self.read.masked else "name", Severity.ERROR, text)
        return None

    def _joined(self, known: Known, new: PublicLawyerDraft, agency: AgencyInTime | None) -> PublicLawyerDraft:
        """Return what is known with what the sheet gives; a sheet moves nobody and ends no certificate."""
        old = known.draft
        if new.capacity == self.capacity and old.capacity is None:
            new = replace(new, capacity=None)
        whole = merged(old, replace(new, postings=(), certificates=(), years=()))
        whole = replace(whole, years=self._years_of(old, new))
        present = span_on(old.postings, self.today)
        if present is None:
            whole = replace(whole, postings=new.postings)
        elif agency is not None and present.agency_id != agency.key:
            there = self.facts.agencies.get(present.agency_id or 0)
            name = there.short_name if there else "另一单位"
            text = f"库内在{name}任职，任职没有改动；如已调动，请用“调动”办理"
            self.read.say("agency", Severity.WARNING, text)
        elif new.postings:
            filled = merged(present, replace(new.postings[0], agency_id=None))
            whole = replace(whole, postings=tuple(filled if p is present else p for p in old.postings))
        if new.certificates:
            whole = replace(whole, certificates=self._certificates_of(old, new.certificates[0]))
        return whole

    def _certificates_of(
        self, old: PublicLawyerDraft, given: CertificateDraft
    ) -> tuple[CertificateDraft, ...]:
        if any(one.from_on == given.from_on for one in old.certificates):
            return old.certificates
        if any(one.overlaps(given) for one in old.certificates):
            text = "与库内证书的有效期重叠，证书没有改动；请在公职律师名册中核对"
            self.read.say("valid_from", Severity.WARNING, text, shown="valid")
            return old.certificates
        return tuple(sorted((*old.certificates, given), key=lambda one: one.first_on))

    def _years_of(self, old: PublicLawyerDraft, new: PublicLawyerDraft) -> tuple[YearDraft, ...]:
        known = {one.year: one for one in old.years}
        for one in new.years:
            if one.year in known and known[one.year].result is not one.result:
                text = f"库内 {one.year} 年度为{known[one.year].result.value}，没有改动；如有更正，请在公职律师名册中修改"
                self.read.say("assessed", Severity.WARNING, text)
        return (*old.years, *(one for one in new.years if one.year not in known))

    def _judge(self, draft: PublicLawyerDraft, known: Known | None) -> None:
        spoken = self.read.spoken
        found = list(public_lawyer_problems(draft, self.today))
        if known is None:
            person = Person(draft.name, draft.phone, draft.id_number, draft.licence)
            found += pool_problem(pool_twin(self.session, person, self.today))
        for problem in found:
            key = _column_of(problem)
            if key not in spoken | set(self.read.masked) and not (key == "agency" and not draft.postings):
                shown = "valid" if key.startswith("valid") else ""
                self.read.say(key, problem.severity, in_sheet(FORM, key, problem.text), shown=shown)

    def _changes(self, old: PublicLawyerDraft, new: PublicLawyerDraft) -> tuple[tuple[str, str, str], ...]:
        changed = list(changes_of(FORM, old, new))
        for title, before, after in (
            ("任职", old.postings, new.postings),
            ("证书有效期", old.certificates, new.certificates),
        ):
            if before != after:
                changed.append((title, _spans(before), _spans(after)))
        if old.years != new.years:
            changed.append(("年度考核", _results(old.years), _results(new.years)))
        return tuple(changed)

    def _tell_update(self, known: Known, changes: int) -> None:
        if changes:
            text = f"库内已有“{known.draft.name}”，将更新 {changes} 项"
            self.read.say("name", Severity.NOTE, text)
        else:
            self.read.say("", Severity.NOTE, f"与库内“{known.draft.name}”完全一致，跳过")

    def _planned(
        self,
        action: Action,
        draft: PublicLawyerDraft,
        agency: AgencyInTime | None,
        key: int | None = None,
        changes: tuple[tuple[str, str, str], ...] = (),
    ) -> RowPlan:
        valid = draft.certificates[-1].text() if draft.certificates else ""
        words = (agency.short_name if agency else "", f"证书 {valid}" if valid else "没有证书")
        return RowPlan(
            number=self.read.row.number,
            action=action,
            draft=draft,
            key=key,
            changes=changes,
            problems=tuple(self.read.problems),
            title=draft.name,
            summary="，".join(word for word in words if word),
            aside="、".join(draft.specialities),
        )


def _column_of(problem: Problem) -> str:
    """Return the column of the sheet that a problem of the draft is about."""
    match problem.field.split("."):
        case ["postings", _, "from_on" | "to_on"]:
            return "posted_on"
        case ["postings", *_]:
            return "agency"
        case ["certificates", _, "to_on"]:
            return "valid_to"
        case ["certificates", *_]:
            return "valid_from"
        case ["years", *_]:
            return "assessed"
    return problem.field


def _spans(spans: Sequence[PostingDraft] | Sequence[CertificateDraft]) -> str:
    return "；".join(span.text() for span in spans)


def _results(years: Sequence[YearDraft]) -> str:
    return "、".join(f"{one.year} {one.result.value}" for one in years)
