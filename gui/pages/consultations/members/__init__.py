"""Members of this page."""
