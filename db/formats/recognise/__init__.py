"""Knowing again whom a name means, however it is written: one recogniser for each kind of thing that has names.

What is certain acts, what is probable asks; nothing is ever matched to a mere neighbour. Pure functions over plain values.
"""
