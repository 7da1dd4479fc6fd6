"""What a clerk does with consultations: one function for each act, in the caller's transaction."""
