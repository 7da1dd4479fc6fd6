"""Reading coverage, as frozen rows."""
