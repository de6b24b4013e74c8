"""Casework: what happens with a question after it came in.

Entry points: one package a subject; `models` re-exports, `urls` composes.
May import: intake, organisations and welzijn.
"""
