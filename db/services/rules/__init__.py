"""What holds of services: pure functions over plain values."""
