"""Forms of this page."""
