"""Panel of this page."""
