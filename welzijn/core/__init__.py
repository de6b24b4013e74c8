"""Plain building blocks: ids, working days, text, contact details, form fields, SQL files.

Entry points: working_days.Calendar, text_cleaning, contact_details, form_fields, ids.uuid7.
May import: Django and libraries only.
"""
