"""Reading cases, as frozen rows."""
