"""Pages of the privacy officer (log sample, proofs of deletion), and withholding log entries.

Entry points: log_sampling, withholding, views, withholding_views, urls.
May import: referrals.retention and below.
"""
