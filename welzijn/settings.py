"""The one settings module: environment variables, safe in production by default.

Nothing here is for one partnership: what differs between partnerships stands in their file.
`WELZIJN_DEMO=1` opens what only a demonstration may have (one-click sign-in, mails in the browser)
and is refused together with a configured `ALLOWED_HOSTS`. `WELZIJN_TEST=1` is for the test runner.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

# Lets classes such as ModelForm take their type in brackets at run time.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    """True where the environment variable `name` is 1, true or yes."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


WELZIJN_DEMO = _flag("WELZIJN_DEMO")
WELZIJN_TEST = _flag("WELZIJN_TEST")
DEBUG = False
_LOOSE = WELZIJN_DEMO or WELZIJN_TEST

# --- Secrets and hosts: production has to say them; a checkout on one's own machine may not ------
_EMBEDDED = not os.environ.get("DATABASE_URL")
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if not (_EMBEDDED or _LOOSE):
        raise ImproperlyConfigured("SECRET_KEY is not set: production does not start without one.")
    from welzijn.devtools import local_services

    SECRET_KEY = local_services.secret_key()
elif len(SECRET_KEY) < 40 and not _LOOSE:
    raise ImproperlyConfigured("SECRET_KEY is too short: use 50 random characters or more.")
SECRET_KEY_FALLBACKS = [k for k in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if k]

_hosts = [h.strip() for h in os.environ.get("ALLOWED_HOSTS", "").split(",") if h.strip()]
if WELZIJN_DEMO and _hosts:
    raise ImproperlyConfigured("WELZIJN_DEMO=1 signs anybody in: it can't go with ALLOWED_HOSTS.")
if "*" in _hosts:
    raise ImproperlyConfigured("ALLOWED_HOSTS may not hold '*': name the hosts.")
if not _hosts and not (_EMBEDDED or _LOOSE):
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set: name the hosts, separated by commas.")
ALLOWED_HOSTS = _hosts or [".localhost", "localhost", "127.0.0.1", "[::1]"]
_SECURE = bool(_hosts) and not _LOOSE

# --- Parts ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "rules",
    "csp",
    "welzijn.apps.WelzijnConfig",
    "welzijn.design_system",
    "welzijn.devtools",
    "welzijn.accounts",
    "welzijn.audit",
    "welzijn.notifications",
    "organisations",
    "intake",
    "referrals",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before whatever may fail: an error page is framed by nobody either.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Before the files: a picture that is opened by itself runs nothing either.
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "organisations.front_door.middleware.FrontDoorMiddleware",
    "welzijn.config.error_views.WrongMethodMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "welzijn.accounts.middleware.SessionTimeMiddleware",
    "welzijn.accounts.middleware.StaffLoginMiddleware",
    "welzijn.accounts.no_store_middleware.PrivatePagesMiddleware",
    "welzijn.accounts.middleware.SecondFactorMiddleware",
    "welzijn.accounts.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "welzijn.urls"
WSGI_APPLICATION = "welzijn.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "welzijn.design_system.context_processors.front_door",
                "organisations.administration.navigation.rail",
            ],
        },
    }
]

# --- PostgreSQL, Redis, Celery ---------------------------------------------------------------
if _EMBEDDED:
    from welzijn.devtools import local_services

    _database_url = local_services.database_url()
else:
    _database_url = os.environ["DATABASE_URL"]
DATABASES: dict[str, Any] = {"default": dj_database_url.parse(_database_url)}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL has to name a PostgreSQL: postgresql://...")
DATABASES["default"]["CONN_MAX_AGE"] = int(os.environ.get("CONN_MAX_AGE", "60"))
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Reading a row by an index costs a modern disk hardly more than reading on: PostgreSQL's own guess
# (4) reads all of a million questions to find a worker's thousand. An address can say otherwise.
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 5,
    "options": "-c random_page_cost=1.1",
    **DATABASES["default"].get("OPTIONS", {}),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if os.environ.get("REDIS_URL"):
    REDIS_URL = os.environ["REDIS_URL"]
else:
    if not (_EMBEDDED or _LOOSE):
        raise ImproperlyConfigured("REDIS_URL is not set: the worker needs a Redis.")
    from welzijn.devtools import local_services

    REDIS_URL = local_services.redis_url()
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BEAT_SYNC_EVERY = 1  # beat's sign of life is that it writes its schedule (alive.py)
CELERY_TIMEZONE = "Europe/Amsterdam"
# Counts failed sign-ins. Shared by all gunicorn processes, and there when Redis is down; only the
# pages for signing in touch it. The table is made by a migration of welzijn.accounts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- Accounts --------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
if WELZIJN_TEST:
    # Tests make hundreds of accounts; the real hash takes half a second of CPU each.
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
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60  # an invitation works a week
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
# Tells the owner of an account that its password or second factor was changed.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {} if WELZIJN_TEST else {"login_failed": "10/m/ip,5/5m/key"}
SOCIALACCOUNT_ADAPTER = "welzijn.accounts.adapter.StaffSocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
# The provider is trusted to have checked an address that it marks as verified (adapter.py). Signing
# in this way is no second factor: the user's own TOTP or passkey is asked after it as well.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A link, not a form: the browser holds `form-action 'self'` against a form's redirects too.
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
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _SECURE
MFA_TOTP_ISSUER = "Voordeur"
# The list of own sessions says where and since when; "last seen" would cost five queries a page.
USERSESSIONS_TRACK_ACTIVITY = False

# --- Sessions and transport ------------------------------------------------------------------
SESSION_ENGINE = "welzijn.accounts.sessions"
STAFF_IDLE_SECONDS = 60 * int(os.environ.get("STAFF_IDLE_MINUTES", "60"))
STAFF_SESSION_SECONDS = 60 * int(os.environ.get("STAFF_SESSION_MINUTES", "480"))
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "voordeur"
SESSION_COOKIE_SECURE = _SECURE
CSRF_COOKIE_SECURE = _SECURE
CSRF_FAILURE_VIEW = "welzijn.config.error_views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [
    o.strip() for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o.strip()
]
SECURE_SSL_REDIRECT = _SECURE and not _flag("PROXY_REDIRECTS_TO_HTTPS")
SECURE_REDIRECT_EXEMPT = [r"^gezond/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("BEHIND_PROXY") else None
# How many of our own proxies a request passes: limits count the client that the outermost saw.
TRUSTED_PROXY_COUNT = int(os.environ.get("PROXIES", "1")) if _flag("BEHIND_PROXY") else 0
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _SECURE
SECURE_HSTS_PRELOAD = _SECURE
# Nothing to other sites. Not "no-referrer": browsers then send "Origin: null" with our own forms,
# and the check against forged requests refuses them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # a text of 1 MB still gets an error at its field
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "img-src": [SELF, "data:"],
    }
}

# --- Words and time --------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
# The second one comes before the catalogue of allauth: its Dutch is stiff, and says "je".
LOCALE_PATHS = [
    BASE_DIR / "welzijn" / "locale",
    BASE_DIR / "welzijn" / "accounts" / "locale",
    BASE_DIR / "organisations" / "partnerships" / "locale",  # what the five files say to residents
]
LANGUAGE_COOKIE_NAME = "taal"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# --- Static files ----------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "static_collected"))
STATICFILES_DIRS = [p for p in (BASE_DIR / "static", BASE_DIR / "static_built") if p.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WELZIJN_TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WELZIJN_TEST

# --- Mail and text messages ------------------------------------------------------------------
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Voordeur <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
if WELZIJN_DEMO:
    EMAIL_BACKEND = "welzijn.devtools.demo_mail_backend.DemoBackend"
# Where mail that can't be delivered comes back; `manage.py receive_bounce` reads it.
BOUNCE_ADDRESS = os.environ.get("BOUNCE_ADDRESS", "")
# Links in messages: a partnership's own host, or its name below localhost on one's own machine.
PUBLIC_URL = os.environ.get(
    "PUBLIC_URL",
    "https://{hostname}"
    if _SECURE
    else f"http://{{slug}}.localhost:{os.environ.get('PORT', '8000')}",
)
SMS_API_URL = os.environ.get("SMS_API_URL", "")
SMS_API_KEY = os.environ.get("SMS_API_KEY", "")
SMS_TEMPLATE_ID = os.environ.get("SMS_TEMPLATE_ID", "")
# What the service shows when it tells what became of a text (/bericht/ontvangst/).
SMS_CALLBACK_TOKEN = os.environ.get("SMS_CALLBACK_TOKEN", "")

# --- Logging: never a person's data ----------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_person": {"()": "welzijn.config.logs.WithoutPersonalData"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["no_person"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
