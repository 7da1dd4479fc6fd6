"""The pool of advisers: lawyers, terms, background."""
