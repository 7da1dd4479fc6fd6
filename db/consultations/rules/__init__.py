"""What holds of consultations: pure functions over plain values."""
