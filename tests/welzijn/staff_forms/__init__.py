"""Drafts and form keys of staff."""
