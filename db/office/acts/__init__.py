"""What a clerk does with what is the office's own: one function for each act, in the caller's transaction."""
