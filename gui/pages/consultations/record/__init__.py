"""What was said and decided: reading, writing, versions."""
