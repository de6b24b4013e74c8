"""Partnerships, their municipalities and neighbourhoods, retention terms and translations.

Entry points: models, retention_terms, translations; the five files *.toml.
May import: welzijn.
"""
