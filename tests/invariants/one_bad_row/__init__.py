"""Faults for one row of a hundred in every step of every sweep."""
