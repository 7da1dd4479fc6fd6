"""Copies of an office's database: made and verified as wholes, kept in rotation, with the attachments beside them."""
