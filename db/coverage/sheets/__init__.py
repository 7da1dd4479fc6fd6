"""Workbooks of coverage, in and out."""
