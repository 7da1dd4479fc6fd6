"""What a lawyer did in a year, and whose term ends."""
