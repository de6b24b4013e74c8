"""The texts that residents meet, computed from the rooms they reach, and their six languages.

Entry points: collect.texts, catalogue.missing; `manage.py resident_texts`.
May import: everything; nothing else imports it.
"""
