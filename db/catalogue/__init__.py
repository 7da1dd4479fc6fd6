"""The one list of what the subjects bring: reports, importers, lists, search."""
