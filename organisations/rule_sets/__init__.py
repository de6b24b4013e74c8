"""Versions of the routing rules: drafts, checks, publishing.

Entry points: drafts.open_draft, drafts.publish.
May import: organisations.front_door and below.
"""
