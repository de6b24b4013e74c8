"""Households: links that people made or agreed to.

Entry points: links.link, links.leave, models.
May import: intake.access_log and below.
"""
