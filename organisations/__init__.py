"""Who there is and who picks up what: partnerships, organisations, services, roles, routing.

Entry points: one package a subject; `models` re-exports, `urls` composes.
May import: welzijn.
"""
