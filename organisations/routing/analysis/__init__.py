"""Proofs about a rule set: dead rules, uncovered cases, differences between two versions.

Entry points: completeness.analyse, difference.
May import: the routing engine; no model.
"""
