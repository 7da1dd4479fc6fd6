"""What is printed of assignments and conflicts."""
