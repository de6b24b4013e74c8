"""The work of the whole partnership on one screen, without anybody's story on it.

Entry points: listing.show, balance, views, urls.
May import: every subject of referrals but reminders, resident_portal and case_page.
"""
