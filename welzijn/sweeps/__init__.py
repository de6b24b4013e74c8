"""Loops over rows in which one bad row stops no other: it is set aside with a term and an alarm.

Entry points: rows.work_off (the loop), rows.steps, set_aside (count, term, alarm), tasks.
May import: welzijn.monitoring, welzijn.core.
"""
