"""What a clerk does with coverage: one function for each act, in the caller's transaction."""
