"""Convening, and the short forms."""
