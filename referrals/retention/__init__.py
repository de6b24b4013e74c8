"""Data goes when its time is over (invariant 10). docs/retention.md tells the whole.

Entry points: run.retain, on_request, due (which questions' time is over), erase, tasks.
May import: referrals.reports and below.
"""
