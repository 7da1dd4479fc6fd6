"""Numbers, names, dates, spans: pure."""
