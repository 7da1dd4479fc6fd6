"""What is recorded: one module for each aggregate. Importing the package maps all tables."""

from db.models import agency, assignment, case, derived, journal, lawyer, reference

__all__ = ["agency", "assignment", "case", "derived", "journal", "lawyer", "reference"]
