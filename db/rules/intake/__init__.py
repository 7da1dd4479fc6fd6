"""Proposing a case, or what a paper adds to one, from pasted text: notices, summonses, judgments, chat messages."""

from db.rules.intake.found import Found, Intake
from db.rules.intake.names import is_agency, party_kind
from db.rules.intake.reading import read_text

__all__ = ["Found", "Intake", "is_agency", "party_kind", "read_text"]
