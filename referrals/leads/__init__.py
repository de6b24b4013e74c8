"""Giving a question another lead, whatever the cause (invariant 1).

Entry points: assignment.give.
May import: referrals.follow_ups and below.
"""
