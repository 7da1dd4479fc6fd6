"""Workbooks of the pool of advisers, in and out."""
