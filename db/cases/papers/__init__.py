"""What is printed of cases."""
