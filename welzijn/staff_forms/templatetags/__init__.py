"""Template tags of forms of staff."""
