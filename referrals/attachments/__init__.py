"""Adding photos and PDFs of letters to a question, by its resident, its workers and the desk.

Entry points: services (the verbs), views of staff. The files themselves: intake.attachments.
May import: referrals.follow_ups and below, intake.attachments.
"""
