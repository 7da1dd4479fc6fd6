"""What a clerk does with cases: one function for each act, in the caller's transaction."""
