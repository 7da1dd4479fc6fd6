"""Coverage of agencies by public lawyers and advisers."""
