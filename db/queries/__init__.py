"""Reading: frozen rows for screens and papers."""
