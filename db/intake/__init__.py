"""Cases proposed from pasted papers and messages."""
