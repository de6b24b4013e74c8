"""The tables that prove nothing, each with its reason; the running role may do all with them."""

from __future__ import annotations

_DIRECTORY = "from the partnership file, which an operator keeps; decisions hold what they used"
_SESSION = "of a browser; ends by itself"
_ACCOUNT = "how somebody signs in; what two people did to it is an account request"
_DERIVED = "counted anew from the questions (referrals/reports)"
_REFERENCE = "made by Django"

ORDINARY: dict[str, str] = {
    "auth_permission": _REFERENCE,
    "auth_group_permissions": _REFERENCE,
    "auth_group": _REFERENCE,
    "django_content_type": _REFERENCE,
    "django_session": _SESSION,
    "usersessions_usersession": _SESSION,
    "single_sign_on_signonsession": _SESSION,
    "single_sign_on_usedlogouttoken": "against replay, for an hour",
    "account_emailaddress": _ACCOUNT,
    "account_emailconfirmation": _ACCOUNT,
    "mfa_authenticator": _ACCOUNT,
    "socialaccount_socialapp": _ACCOUNT,
    "socialaccount_socialaccount": _ACCOUNT,
    "socialaccount_socialtoken": _ACCOUNT,
    "organisations_provisioneduser": _ACCOUNT,
    "organisations_tablemembership": "which table gave a role; the role has a history",
    "notifications_message": "a messenger; what was told stands on the timeline",
    "notifications_digestchoice": "a wish for mails",
    "notifications_refusal": "what a mail server said; the breaker counts it, for a time",
    "notifications_demomail": "the demo's mailbox",
    "sweeps_setaside": "what a sweep tries again",
    "organisations_organisation": _DIRECTORY,
    "organisations_participation": _DIRECTORY,
    "organisations_lifedomain": _DIRECTORY,
    "organisations_service": _DIRECTORY,
    "organisations_service_life_domains": _DIRECTORY,
    "organisations_service_neighbourhoods": _DIRECTORY,
    "organisations_team": _DIRECTORY,
    "organisations_team_organisations": _DIRECTORY,
    "organisations_team_neighbourhoods": _DIRECTORY,
    "organisations_municipality": _DIRECTORY,
    "organisations_municipality_partnerships": _DIRECTORY,
    "organisations_neighbourhood": _DIRECTORY,
    "organisations_neighbourhoodpostcode": _DIRECTORY,
    "organisations_partnership": _DIRECTORY,
    "organisations_closingday": _DIRECTORY,
    "organisations_learningsignup": "who comes to a session",
    "organisations_duty": "a plan; who was alerted stands on the question",
    "organisations_routingrule": "published_rules.sql: only the rules of a draft change or go",
    "organisations_routingrule_supporting": "a hint beside a rule; decisions hold their reasons",
    "intake_draft": "not sent yet; goes after an hour",
    "intake_arrival": "counts of the last minutes",
    "intake_accessattempt": "counts of a day",
    "intake_contactdetail": "changes on request; its history is the proof",
    "intake_contactwish": "changes on request; its history is the proof",
    "intake_household": "an id; the links are the proof",
    "intake_questionlifedomain": "a label that staff correct",
    "intake_residentaccount": "how a resident signs in",
    "intake_ownquestion": "which questions a resident keeps in view",
    "referrals_conferenceaction": "a label on a follow-up",
    "referrals_reportedquestion": _DERIVED,
    "referrals_reportcell": _DERIVED,
}
