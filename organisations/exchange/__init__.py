"""Services in and out: HSDS (Open Referral) and spreadsheets.

Entry points: hsds_writing, hsds_reading, incoming, api_views, import_views, urls.
May import: organisations.partnership_file and below.
"""
