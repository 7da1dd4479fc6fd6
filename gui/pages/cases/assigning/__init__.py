"""Recommending, assigning, replacing; one case or all that wait."""
