"""What is recorded: one module for each aggregate. Importing the package maps all tables."""

from db.models import (
    agency,
    appointment,
    assignment,
    background,
    case,
    consultation,
    derived,
    journal,
    lawyer,
    office,
    public_lawyer,
    reference,
    service,
)

__all__ = [
    "agency",
    "appointment",
    "assignment",
    "background",
    "case",
    "consultation",
    "derived",
    "journal",
    "lawyer",
    "office",
    "public_lawyer",
    "reference",
    "service",
]
