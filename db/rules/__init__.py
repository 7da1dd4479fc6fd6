"""Law, policy and formats as pure functions over plain values."""
