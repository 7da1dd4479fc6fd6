"""Reading the registry, as frozen rows."""
