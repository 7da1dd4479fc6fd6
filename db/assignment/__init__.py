"""Who is recommended, assigned and barred, and how work is spread."""
