"""Assigning of this page."""
