"""The privacy officer's pages: the log sampled, entries withheld, proofs of deletion.

Entry points: log_sampling, withholding, views, withholding_views, urls.
May import: referrals.retention and below.
"""
