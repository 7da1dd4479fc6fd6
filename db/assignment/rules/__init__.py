"""What holds of assignments and conflicts: pure functions over plain values."""
