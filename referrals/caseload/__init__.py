"""The coordinator's caseload: all work of the partnership, without people's names or words.

Entry points: listing.show, balance, bulk, spread, export, list_views, dashboard, views, urls.
May import: every subject of referrals but reminders, resident_portal and case_page.
"""
