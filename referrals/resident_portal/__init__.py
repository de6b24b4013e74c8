"""The resident's own pages at /volg/: what happens, who looked, withdrawing, taking data along.

Entry points: page.page_for, consent_withdrawal, data_export, code_by_phone, views, urls.
May import: every subject but case_page, caseload and reminders.
"""
