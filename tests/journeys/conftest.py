"""Journeys use the same window as the page tests."""

from tests.gui.conftest import desk

__all__ = ["desk"]
