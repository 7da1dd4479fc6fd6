"""What a clerk does with the pool of advisers: one function for each act, in the caller's transaction."""
