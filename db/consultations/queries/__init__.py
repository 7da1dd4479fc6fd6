"""Reading consultations, as frozen rows."""
