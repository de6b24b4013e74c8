"""Opening a question, which always logs the access, and the access log as a resident reads it.

Entry points: open_question.open_question, resident_log, retention_notice, bounced_contacts.
May import: intake.consent and below.
"""
