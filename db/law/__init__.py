"""Periods, calendar, outcomes, jurisdiction, hearings: pure, with their articles."""
