"""What holds of coverage: pure functions over plain values."""
