"""What a clerk does with services: one function for each act, in the caller's transaction."""
