"""Services that lawyers give to agencies."""
