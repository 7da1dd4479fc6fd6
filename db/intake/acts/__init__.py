"""Acts of the clerk."""
