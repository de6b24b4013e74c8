"""Urls, one module a subject."""
