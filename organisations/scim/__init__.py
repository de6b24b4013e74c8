"""SCIM 2.0: an organisation's directory creates, changes and ends its people's accounts here.

Entry points: views (the endpoint), accounts (its verbs).
May import: organisations.sign_on, organisations.roles and below.
"""
