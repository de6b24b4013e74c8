"""The page of one question at /vraagstuk/, and the actions that it offers.

Entry points: page.of, next_step, action_registry.ACTIONS, views, urls.
May import: every subject but reminders and its neighbours.
"""
