"""What is printed of a lawyer's year."""
