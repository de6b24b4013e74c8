"""The public front door: the form, its drafts and its pages.

Entry points: conversation.Conversation, draft, forms/, views/, urls, tasks.
May import: intake.submission and below.
"""
