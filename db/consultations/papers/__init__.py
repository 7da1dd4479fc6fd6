"""What is printed of consultations."""
