"""What is recorded: one module for each aggregate. Importing the package maps all tables."""

from db.models import (
    agency,
    appointment,
    assignment,
    background,
    case,
    derived,
    journal,
    lawyer,
    office,
    reference,
    service,
)

__all__ = [
    "agency",
    "appointment",
    "assignment",
    "background",
    "case",
    "derived",
    "journal",
    "lawyer",
    "office",
    "reference",
    "service",
]
