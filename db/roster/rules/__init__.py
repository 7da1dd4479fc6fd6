"""What holds of the pool of advisers: pure functions over plain values."""
