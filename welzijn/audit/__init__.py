"""The access log: who looked at whose data, when and why (invariant 6).

Entry points: access_log.event, access_log.record, models.AccessEvent.
May import: welzijn.accounts and below.
"""
