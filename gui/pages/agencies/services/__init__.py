"""Services: the form of many lines, and the log."""
