"""What is printed of the registry."""
