"""Single sign-on set in the browser: providers, roles by group, and SCIM access, by two people.

Entry points: models.SignOnSetting, proposals, role_table, configured (providers, sign-in hooks).
May import: organisations.roles and below, welzijn.single_sign_on.
"""
