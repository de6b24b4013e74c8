"""The case conference (MDO) around one household.

Entry points: planning, minutes, closing, state_machine, notifications, page, views, urls.
May import: referrals.handovers and below.
"""
