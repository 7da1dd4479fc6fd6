"""What holds of what is the office's own: pure functions over plain values."""
