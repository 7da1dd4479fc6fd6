"""The kit: a subject that is a list of records is declared, and gets what the house gives to every subject."""
