"""Rules over plain values."""
