"""Who may do what for which organisation: memberships, roles, duty and permissions.

Entry points: models, commands (grant, end), memberships_of, permissions, decorators.needs.
May import: organisations.directory and below.
"""
