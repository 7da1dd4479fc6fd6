"""Changing: what a clerk does, one function for each act."""
