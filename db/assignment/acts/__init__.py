"""What a clerk does with assignments and conflicts: one function for each act, in the caller's transaction."""
