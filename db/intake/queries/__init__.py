"""Reading pasted papers, as frozen rows."""
