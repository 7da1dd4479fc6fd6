"""The papers of the office: each is a function that returns documents, from a session or from plain values."""
