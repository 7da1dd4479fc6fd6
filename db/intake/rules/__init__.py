"""Proposing a case, or what a paper adds to one, from pasted text: notices, summonses, judgments, chat messages."""

from db.intake.rules.found import Found, Intake
from db.intake.rules.names import is_agency, party_kind
from db.intake.rules.parts import Part, read_parts
from db.intake.rules.reading import read_text

__all__ = ["Found", "Intake", "Part", "is_agency", "party_kind", "read_parts", "read_text"]
