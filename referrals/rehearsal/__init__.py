"""Wipe what a partnership practised before its door opened (organisations/rehearsal).

Entry points: wiping.wipe and wiping.count, which `organisations.rehearsal.rehearsing` calls.
May import: everything of referrals but reminders and backups.
"""
