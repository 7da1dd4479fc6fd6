"""Asking agencies in writing for what is missing."""
