"""How a question comes in: residents, questions, consent, the public form, the desk.

Entry points: one package a subject; `models` re-exports, `urls` composes.
May import: organisations and welzijn.
"""
