"""Settings of accounts: users, passwords, allauth, the second factor and single sign-on.

Part of `welzijn.settings`, which imports every name of this module.
"""

import os
from typing import Any

from welzijn.config.environment import flag

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
if flag("WELZIJN_TEST"):
    # Tests create hundreds of accounts; the real hasher takes half a second of CPU for each.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60  # an invitation is valid for a week
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home_for_staff"
LOGOUT_REDIRECT_URL = "front_door"
ACCOUNT_ADAPTER = "welzijn.accounts.adapter.StaffAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to an address that has no account
# Mail the account's owner when its password or second factor changes.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {} if flag("WELZIJN_TEST") else {"login_failed": "10/m/ip,5/5m/key"}
SOCIALACCOUNT_ADAPTER = "welzijn.accounts.adapter.StaffSocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
# The provider is trusted for addresses that it marks as verified (adapter.py). Single sign-on is
# no second factor: the user's TOTP or passkey is asked for afterwards.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A link, not a form: `form-action 'self'` of the CSP applies to a form's redirects too.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if os.environ.get("OIDC_ISSUER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "sso",
                "name": os.environ.get("OIDC_NAME", "Inloggen via uw organisatie"),
                "client_id": os.environ["OIDC_CLIENT_ID"],
                "secret": os.environ["OIDC_CLIENT_SECRET"],
                "settings": {"server_url": os.environ["OIDC_ISSUER"]},
            }
        ]
    }
MFA_ADAPTER = "welzijn.accounts.mfa_adapter.StaffMFAAdapter"
MFA_FORMS = {
    "add_webauthn": "welzijn.accounts.forms.AddKeyForm",
    "edit_webauthn": "welzijn.accounts.forms.NameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Voordeur"
# The list of sessions shows where and since when; "last seen" would cost five queries a page.
USERSESSIONS_TRACK_ACTIVITY = False
