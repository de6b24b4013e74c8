"""What may be done with each table that proves something, held by triggers and by rights.

Entry points: tables.RULES (the one list), install.install (triggers), grants.statements (rights),
erasure.door (the only way to delete).
May import: welzijn.core.
"""
