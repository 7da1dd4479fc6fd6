"""The pages of declared ledgers: list, editor, short forms and panel, made from the declaration."""
