"""Journeys use the same window as the page tests."""

from tests.gui.conftest import demo_desk, desk, qtbot

__all__ = ["demo_desk", "desk", "qtbot"]
