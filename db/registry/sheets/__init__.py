"""Workbooks of the registry, in and out."""
