"""Reading assignments and conflicts, as frozen rows."""
