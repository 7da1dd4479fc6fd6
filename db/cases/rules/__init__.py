"""What holds of cases: pure functions over plain values."""
