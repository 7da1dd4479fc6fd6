"""What a clerk does with pasted papers: one function for each act, in the caller's transaction."""
