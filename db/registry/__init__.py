"""The registry of public lawyers, internal advisers, contracts and sharing."""
