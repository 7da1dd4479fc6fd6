"""The side of a lawyer: overview, records, years."""
