"""Floods at the public form: counted arrivals, a proof of work or a wait, and what is suspected.

Entry points: arrivals (counts), gate (proof or wait), suspicion (what a flood looks like).
May import: questions and below.
"""
