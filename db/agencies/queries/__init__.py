"""Reading agencies, as frozen rows."""
