"""What holds of the registry: pure functions over plain values."""
