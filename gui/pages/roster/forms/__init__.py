"""What is typed of a lawyer: the record, background, terms; many at once."""
