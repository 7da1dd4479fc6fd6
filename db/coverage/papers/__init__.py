"""What is printed of coverage."""
