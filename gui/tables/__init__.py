"""Keyed tables: model, columns, delegates."""
