"""The agencies of a new office with invented people who do their legal work, for papers and letters about coverage."""

from datetime import date, timedelta

from sqlalchemy import select

from db.models.agency import Agency
from db.models.public_lawyer import (
    AgencyContract,
    Certificate,
    InternalAdviser,
    Posting,
    PublicLawyer,
    Sharing,
)
from db.models.service import Service
from db.words.service import ServiceKind
from tests.conftest import TODAY

SINCE = date(2024, 1, 1)


def cover(database, today=TODAY):
    """Give the 49 agencies every sort of coverage: own (two of them expired), shared, internal, external, none."""
    with database.write("示例配备") as session:
        agencies = session.scalars(
            select(Agency).where(Agency.removed_at.is_(None)).order_by(Agency.place)
        ).all()
        lawyers = []
        for n, agency in enumerate(agencies):
            agency.staff_count, agency.qualified_count = 20 + n, n % 4
            if n % 3 == 0:
                lawyer = PublicLawyer(
                    name=f"示例{n}", sort_key=f"示例{n}", licence=f"133082021{60000000 + n}"
                )
                session.add(lawyer)
                session.flush()
                ends = today - timedelta(days=10) if n in (0, 3) else date(2027, 12, 31)
                session.add(
                    Posting(public_lawyer_id=lawyer.id, agency_id=agency.id, post="法规科科长", from_on=SINCE)
                )
                session.add(Certificate(public_lawyer_id=lawyer.id, from_on=SINCE, to_on=ends))
                lawyers.append(lawyer)
            elif n % 3 == 1 and n < 20:
                session.add(
                    AgencyContract(
                        agency_id=agency.id,
                        number=f"柯顾合〔2026〕{n}号",
                        provider="示例双港律师事务所",
                        lawyers="汪示例",
                        from_on=date(2026, 1, 1),
                        to_on=date(2026, 12, 31),
                        fee=30000.0,
                    )
                )
            elif n % 3 == 1 and n < 35:
                session.add(
                    InternalAdviser(agency_id=agency.id, name=f"内部{n}", sort_key=f"内部{n}", from_on=SINCE)
                )
            elif n % 3 == 2 and n < 30 and lawyers:
                session.add(
                    Sharing(
                        public_lawyer_id=lawyers[-1].id,
                        agency_id=agency.id,
                        paper=f"柯司统筹〔2026〕{n}号",
                        from_on=date(2026, 3, 1),
                        to_on=date(2027, 2, 28),
                    )
                )
            for _ in range(n % 9):
                session.add(
                    Service(
                        agency_id=agency.id,
                        kind=ServiceKind.LEGALITY_REVIEW,
                        on_date=today - timedelta(days=30 + n),
                        matter="示例审查",
                        person="示例",
                    )
                )
