"""The sweep that reminds of what is due, escalates, and finds orphaned work (invariant 5).

Entry points: sweep.sweep, escalation_plan, validity, delivery_failure, tasks.
May import: every other subject of referrals.
"""
