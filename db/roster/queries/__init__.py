"""Reading the pool of advisers, as frozen rows."""
