"""What is printed of the pool of advisers."""
