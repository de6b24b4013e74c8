"""Giving, ending and recording the bases on which a question is shared (invariant 3).

Entry points: bases.give, bases.end.
May import: intake.questions and below.
"""
