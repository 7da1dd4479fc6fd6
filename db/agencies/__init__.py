"""Agencies: names of all times, changes, and who works in them."""
