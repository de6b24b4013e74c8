"""Copies of the database and the way back, such that what was erased stays erased.

Entry points: dump.back_up, restore.restore, rehearsal.rehearse; the commands of the same names.
May import: retention, reports and what lies below them.
"""
