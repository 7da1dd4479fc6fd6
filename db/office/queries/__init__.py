"""Reading what is the office's own, as frozen rows."""
