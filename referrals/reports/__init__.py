"""The municipality's figures: groups, never people (invariant 7). docs/reports.md explains them.

Entry points: publishing.publish, figures, counting, views, urls, tasks.
May import: referrals.casework and below.
"""
