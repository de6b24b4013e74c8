"""Delete data at the end of its term (invariant 10); docs/retention.md explains it in full.

Entry points: run.retain, on_request, due (which questions have expired), erase, tasks.
May import: referrals.reports and below.
"""
