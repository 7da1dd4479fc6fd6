"""Consultations (会商研判): members, record, minutes."""
