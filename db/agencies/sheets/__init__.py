"""Workbooks of agencies, in and out."""
