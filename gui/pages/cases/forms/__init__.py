"""What is typed of a case: the record, its parties, steps, periods and results."""
