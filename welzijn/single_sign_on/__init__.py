"""Sign-in of staff through their organisation's OpenID Connect provider, and sign-out by it.

Entry points: provider_settings, sources.providers, matching.resolve, logout, hooks.
May import: welzijn.accounts, welzijn.notifications and welzijn.core.
"""
