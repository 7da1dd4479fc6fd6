"""What is to be done, of all subjects."""
