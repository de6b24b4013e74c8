"""Signing in of residents who wish, with DigiD through an OpenID Connect broker; off by default.

Entry points: broker (the exchange), own_questions (link, list, open), session.signed_in, views.
May import: intake.access_log, intake.resident_access and below, welzijn.single_sign_on.
"""
