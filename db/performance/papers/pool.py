"""The pool's papers from the records: 聘书, 年度履职档案, 续聘名单. What they say is computed, never typed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.assignment.queries.assigning import issue_date
from db.documents.certificate import CertificateStub, certificates
from db.documents.model import Document, Place
from db.documents.parameters import SAMPLE, Parameters
from db.formats.numbers import mask_id_number, mask_phone
from db.law.outcomes import ResultGroup
from db.office.queries.settings import load_settings
from db.office.queries.wording import wording
from db.performance.papers.annual import AnnualCase, AnnualStub, annual_sheets
from db.performance.papers.renewals import RenewalStub, renewal_list
from db.performance.queries.figures import YearRecord, year_record
from db.performance.queries.lines import case_lines, decline_reasons
from db.performance.queries.renewals import RenewalRow, renewals
from db.roster.queries.appointments import term_lines
from db.roster.queries.roster import RosterFilter, RosterRow, roster, roster_rows
from db.roster.rules.lawyers import Standing
from db.services.rules.services import REVIEWS
from db.words.consultation import Adoption
from db.words.service import ServiceKind

CERTIFICATE = "聘书"
ANNUAL = "年度履职档案"
_LISTED = REVIEWS | {ServiceKind.CONSULTATION, ServiceKind.TRAINING}


def certificate_papers(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """聘书 of each lawyer's latest term that was not ended early; one page each, in the order asked for.

    Without a choice of lawyers: of all who serve. They are dated ``issued_on``, or as they were when their
    numbers were given.
    """
    settings, stubs, served = load_settings(session), [], []
    rows = _rows(session, wanted)
    if not wanted.ids:
        rows = [row for row in rows if row.standing in {Standing.SERVING, Standing.SUSPENDED}]
    for row in rows:
        terms = [t for t in term_lines(session, row.key) if t.ended_on is None]
        if terms:
            served.append(row)
            stubs.append(
                CertificateStub(
                    name=row.name,
                    firm=row.firm,
                    number=terms[-1].certificate,
                    body=settings.office_name,
                    from_on=terms[-1].from_on,
                    to_on=terms[-1].to_on,
                    issued_on=issue_date(session, terms[-1].certificate, wanted.issued_on, wanted.today),
                )
            )
    papers = certificates(stubs, wording(session, CERTIFICATE), SAMPLE if settings.is_demo else "")
    return _typed_in(papers, served)


def annual_papers(session: Session, wanted: Parameters) -> tuple[Document, ...]:
    """年度履职档案, one A4 sheet each, of the lawyers chosen, or of all whose terms ran in the year.

    Firm and term are those of the year's last day, or of today while it runs.
    """
    office, year = load_settings(session).stamp(), wanted.for_year
    last = min(date(year, 12, 31), max(wanted.today, date(year, 1, 1)))
    rows = _rows(session, replace(wanted, as_of=last))
    if not wanted.ids:
        rows = [row for row in rows if row.term_to is not None and row.term_to >= date(year, 1, 1)]
    return _typed_in(annual_sheets(_annual_stub(session, row, office, wanted) for row in rows), rows)


def _typed_in(papers: Sequence[Document], rows: Sequence[RosterRow]) -> tuple[Document, ...]:
    """Say of each paper in whose record its facts are typed."""
    return tuple(
        replace(paper, typed_in=(Place("lawyer", row.key, row.name),))
        for paper, row in zip(papers, rows, strict=True)
    )


def renewal_paper(session: Session, wanted: Parameters) -> Document:
    """续聘名单: whose terms end within the office's early warning, and what they did in them."""
    settings = load_settings(session)
    stubs = [_renewal_stub(found) for found in renewals(session, wanted.day)]
    until = wanted.day + timedelta(days=settings.term_early_days)
    return renewal_list(stubs, settings.stamp(), wanted, until)


def _rows(session: Session, wanted: Parameters) -> Sequence[RosterRow]:
    if not wanted.ids:
        return roster(session, wanted.day, RosterFilter(in_pool_only=True))
    rows = roster_rows(session, wanted.ids, wanted.day)
    return [rows[key] for key in wanted.ids if key in rows]


def _annual_stub(session: Session, row: RosterRow, office: str, wanted: Parameters) -> AnnualStub:
    record = year_record(session, row.key, wanted.for_year, wanted.today)
    terms = term_lines(session, row.key)
    return AnnualStub(
        year=wanted.for_year,
        office=office,
        name=row.name,
        sex=row.sex,
        id_number=row.id_number if wanted.unmasked else mask_id_number(row.id_number),
        phone=row.phone if wanted.unmasked else mask_phone(row.phone),
        politics=row.politics,
        education=row.education,
        firm=row.firm,
        position=row.position,
        licence=row.licence,
        first_licensed_on=row.first_licensed_on,
        specialities=row.specialities,
        certificate=next((t.certificate for t in terms if t.from_on == row.term_from), ""),
        term_from=row.term_from,
        term_to=row.term_to,
        led=record.figure("lead").count,
        assisted=record.figure("assist").count,
        consultations=_service(record, ServiceKind.CONSULTATION),
        legality_reviews=_service(record, ServiceKind.LEGALITY_REVIEW),
        contract_reviews=_service(record, ServiceKind.CONTRACT_REVIEW),
        opinions=_service(record, ServiceKind.OPINION),
        other_services=sum(_service(record, kind) for kind in ServiceKind if kind not in _LISTED),
        consulted=tuple((title, record.figure(key).count) for key, title in _CONSULTED),
        trainings=_service(record, ServiceKind.TRAINING),
        declines=tuple(Counter(decline_reasons(session, record)).most_common()),
        results=tuple((group.value, record.figure(f"result:{group.value}").count) for group in ResultGroup),
        rating=record.figure("ratings").mean,
        rated=record.figure("ratings").count,
        cases=tuple(AnnualCase(c.number, c.parties, c.role, c.result) for c in case_lines(session, record)),
        bureau_opinion=record.opinion,
        grade=record.grade,
    )


_CONSULTED = (
    ("opinions", "发表意见"),
    *((f"adopted:{a.value}", f"单位{a.value}") for a in Adoption),
    ("agreed", "与裁判结果相符"),
    ("disagreed", "与裁判结果不符"),
)


def _service(record: YearRecord, kind: ServiceKind) -> int:
    return record.figure(f"service:{kind.value}").count


def _renewal_stub(found: RenewalRow) -> RenewalStub:
    row = found.row
    year, grade = found.grades[0] if found.grades else (0, None)
    return RenewalStub(
        name=row.name,
        firm=row.firm,
        term_to=row.term_to or row.term_from or row.first_licensed_on,  # type: ignore[arg-type] # a renewal has a term
        cases=found.served,
        consultations=found.consultations,
        services=found.reviews,
        rating=row.rating,
        rated=row.ratings,
        grade=f"{year} {grade.value}" if grade else "",
        advice=found.advice,
    )
