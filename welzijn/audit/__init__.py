"""The access log (invariant 6), its chain, and what may be done with tables that prove something.

Entry points: access_log.event, access_log.record, models.AccessEvent; protection.tables, chain.
May import: welzijn.accounts and below.
"""
