"""What a clerk does with the registry: one function for each act, in the caller's transaction."""
