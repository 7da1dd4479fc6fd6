"""Reading services, as frozen rows."""
