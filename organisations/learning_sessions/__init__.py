"""Recurring learning sessions of a neighbourhood, and who comes.

Entry points: schedule.sessions_of, sign_up, views, urls.
May import: organisations.front_door and below.
"""
