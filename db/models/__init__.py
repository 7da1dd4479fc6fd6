"""What is recorded: one module for each aggregate."""
