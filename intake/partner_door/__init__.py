"""A partner's door at /partner/: a GP or school brings a question in.

Entry points: views, urls.
May import: intake.desk and below.
"""
