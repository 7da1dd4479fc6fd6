"""The tests, and the tour of pictures."""
