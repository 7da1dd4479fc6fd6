"""Record of this page."""
