"""Danger in what a resident writes, at every door: heard, recorded, told, and what helps now.

Entry points: listening (the one door for a resident's text), alarm, reach, help_at_hand.
May import: intake.floods and below.
"""
