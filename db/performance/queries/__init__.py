"""Reading a lawyer's year, as frozen rows."""
