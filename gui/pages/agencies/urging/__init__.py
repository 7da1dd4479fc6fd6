"""Urging of this page."""
