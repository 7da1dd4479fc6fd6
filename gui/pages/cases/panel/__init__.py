"""The side of a case: its sections, timeline and facts."""
