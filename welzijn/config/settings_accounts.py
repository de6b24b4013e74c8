"""Settings of accounts: users, passwords, allauth, the second factor and single sign-on.

Part of `welzijn.settings`, which imports every name of this module.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from welzijn.config import digid
from welzijn.config.environment import flag, names, starting_with, text
from welzijn.single_sign_on.provider_settings import from_environment

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
    {"NAME": "welzijn.accounts.context_words.ContextWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home_for_staff"
LOGOUT_REDIRECT_URL = "front_door"
ACCOUNT_ADAPTER = "welzijn.single_sign_on.adapters.SignOnAccountAdapter"
ACCOUNT_FORMS = {"reset_password": "welzijn.accounts.account_mail.AskNewPasswordForm"}
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
# Wrong passwords, counted per address of an account and network (welzijn/accounts/adapter.py).
# "login" bounds the load of one network; an office of colleagues behind one address stays below it.
STAFF_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "5/5m/key,15/h/key"}
ACCOUNT_RATE_LIMITS = {} if flag("WELZIJN_TEST") else STAFF_RATE_LIMITS
# One account from all networks together, and one network over all accounts; not for a browser that
# signed in to this account before, which has a limit of its own.
STAFF_LOGIN_LIMITS = {"account": "100/h/key", "network": "60/m/key", "known": "5/m/key"}
SOCIALACCOUNT_ADAPTER = "welzijn.single_sign_on.adapters.StaffSocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
# Who belongs to which account is decided in single_sign_on/matching.py, before allauth looks.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
# A link, not a form: `form-action 'self'` of the CSP applies to a form's redirects too.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
try:
    # A provider on this machine over http is for tests and the demo.
    SIGN_ON_PROVIDERS = from_environment(
        starting_with("OIDC_"), insecure=flag("WELZIJN_TEST") or flag("WELZIJN_DEMO")
    )
except ValueError as error:
    raise ImproperlyConfigured(str(error)) from None
try:
    _digid = digid.from_environment(
        starting_with("DIGID_"),
        acr=names("DIGID_ACR"),
        scope=text("DIGID_SCOPE"),
        insecure=flag("WELZIJN_TEST") or flag("WELZIJN_DEMO"),
    )
except ValueError as error:
    raise ImproperlyConfigured(str(error)) from None
DIGID_BROKER = _digid.broker
DIGID_PRIVATE_KEY = _digid.private_key
DIGID_PSEUDONYM_KEY = text("DIGID_PSEUDONYM_KEY")
DIGID_PARTNERSHIPS = names("DIGID_PARTNERSHIPS")
DIGID_KEY_ID = text("DIGID_KEY_ID")
DIGID_SUBJECT_CLAIM = text("DIGID_SUBJECT_CLAIM")
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
