"""The agenda of a worker: a day or a week on a page, and a feed for their own calendar.

Entry points: entries.between, feeds (make, end, of_address), views, urls.
May import: referrals.privacy and below, organisations.learning_sessions.
"""
