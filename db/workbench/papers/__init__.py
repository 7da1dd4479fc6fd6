"""What is printed of what is to be done."""
