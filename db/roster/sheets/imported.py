"""Importing the roster of the pool."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Problem
from db.exchange import pasted
from db.exchange.header import SheetTable
from db.exchange.importing import Importer
from db.exchange.sheet import Columns, RowPlan, SheetPlan
from db.models.lawyer import Lawyer
from db.roster.acts.lawyers import public_lawyer_problems_of, save_lawyer
from db.roster.queries.lawyers import lawyer_drafts
from db.roster.rules.lawyers import LawyerDraft
from db.roster.sheets import rows as sheet


class RosterImporter(Importer):
    """A sheet with one lawyer in each row; the licence number says who is known already."""

    form = sheet.FORM

    @property
    def verb(self) -> str:
        """What the act is called in the journal."""
        return "导入名册"

    def check(
        self,
        session: Session,
        table: SheetTable,
        mapping: Columns,
        today: date,
        corrections: Mapping[tuple[int, str], str] | None,
        skipped: frozenset[int],
    ) -> SheetPlan:
        """Return what importing the rows would do; a lawyer is known by his licence number."""
        keys = session.scalars(select(Lawyer.id).where(Lawyer.removed_at.is_(None))).all()
        drafts = lawyer_drafts(session, keys, today)
        known = [sheet.Known(key, draft) for key, draft in drafts.items()]

        def twins(draft: LawyerDraft) -> list[Problem]:
            return public_lawyer_problems_of(session, draft, today)

        return sheet.check(table, mapping, known, corrections, skipped, twins)

    def enter(self, session: Session, rows: Sequence[RowPlan], today: date) -> None:
        """Enter or change the lawyers."""
        for row in rows:
            save_lawyer(session, row.draft, today, row.key)

    def guess_by_content(self, table: SheetTable) -> Columns:
        """Return what the columns of a block without header likely are."""
        return pasted.guess_by_content(table)


ROSTER = RosterImporter()
