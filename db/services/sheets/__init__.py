"""Workbooks of services, in and out."""
