"""What a clerk does with agencies: one function for each act, in the caller's transaction."""
