"""Administration at /beheer/: people, roles, duty; and the start page of staff.

Entry points: views, home_views, navigation, urls, home_urls.
May import: every other subject of organisations but partnership_file.
"""
