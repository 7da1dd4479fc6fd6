"""Unit of this page."""
