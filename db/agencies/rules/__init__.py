"""What holds of agencies: pure functions over plain values."""
