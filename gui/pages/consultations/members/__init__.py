"""Who takes part: drawn, named, guests; who came."""
