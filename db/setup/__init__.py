"""Opening, checking and restoring an office's database."""
