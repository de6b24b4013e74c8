"""Settings of the project, read from environment variables; the defaults are safe in production.

Nothing here differs between partnerships: a partnership's own settings are in its file.
`WELZIJN_DEMO=1` enables what only a demo may have (one-click sign-in, mails in the browser) and is
refused together with `ALLOWED_HOSTS`. `WELZIJN_TEST=1` is for the test runner. The variables are
listed in `config/variables.py`; what production refuses is in `config/production.py`.
"""

from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from welzijn.config import development, environment, production
from welzijn.config.environment import flag, is_set, names, number, text
from welzijn.config.settings_accounts import *  # noqa: F403 (Django reads one module)
from welzijn.config.settings_celery import *  # noqa: F403
from welzijn.config.settings_cookies import *  # noqa: F403
from welzijn.config.settings_cookies import SECURE as _SECURE
from welzijn.config.settings_observing import *  # noqa: F403
from welzijn.core.languages import OWN_NAMES

# Makes generic classes such as ModelForm subscriptable at run time.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent


def _local_services(missing: str) -> development.LocalServices:
    """Return the local services, which stand in for the environment variable `missing`."""
    found = development.local_services()
    if found is None:
        raise ImproperlyConfigured(f"{missing} is not set.")
    return found


WELZIJN_DEMO = flag("WELZIJN_DEMO")
WELZIJN_TEST = flag("WELZIJN_TEST")
DEBUG = False
_LOOSE = WELZIJN_DEMO or WELZIJN_TEST

# --- Secrets and hosts: required in production, generated in a local checkout ------------------
environment.check()
_LOCAL_DATABASE = not is_set("DATABASE_URL")
_hosts = names("ALLOWED_HOSTS")
if WELZIJN_DEMO and _hosts:
    raise ImproperlyConfigured("WELZIJN_DEMO=1 signs anybody in: it can't go with ALLOWED_HOSTS.")
if _LOOSE:
    _own = development.local_services() if not _LOCAL_DATABASE else None
    production.refuse_loose_mode(
        "WELZIJN_DEMO" if WELZIJN_DEMO else "WELZIJN_TEST",
        hosts=_hosts,
        database_url=text("DATABASE_URL"),
        own_database_url=_own.database_url() if _own else None,
    )
if "*" in _hosts:
    raise ImproperlyConfigured("ALLOWED_HOSTS may not hold '*': name the hosts.")
_missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not is_set(name)]
production.refuse_local_services(hosts=_hosts, missing=_missing)
SECRET_KEY = text("SECRET_KEY")
if not SECRET_KEY:
    if not (_LOCAL_DATABASE or _LOOSE):
        raise ImproperlyConfigured("SECRET_KEY is not set: production does not start without one.")
    SECRET_KEY = _local_services("SECRET_KEY").secret_key()
SECRET_KEY_FALLBACKS = names("SECRET_KEY_FALLBACKS")
if not _hosts and not (_LOCAL_DATABASE or _LOOSE):
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set: name the hosts, separated by commas.")
ALLOWED_HOSTS = _hosts or [".localhost", "localhost", "127.0.0.1", "[::1]"]

# --- Apps and middleware ------------------------------------------------------------------------
INSTALLED_APPS = [
    "welzijn.accounts",  # before Django's: its createsuperuser says what to use instead
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
    "allauth.usersessions",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "rules",
    "csp",
    "welzijn.apps.WelzijnConfig",
    "welzijn.design_system",
    "welzijn.single_sign_on",
    "welzijn.staff_forms",
    "welzijn.audit",
    "welzijn.notifications",
    "welzijn.sweeps",
    "organisations",
    "intake",
    "referrals",
]
if not _SECURE:
    # Commands that add accounts with a known password have no place in production.
    INSTALLED_APPS += development.apps()

MIDDLEWARE = [
    "welzijn.monitoring.request_ids.RequestIdMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # First, so that error pages of later middleware can't be framed either.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "welzijn.config.permissions_policy.PermissionsPolicyMiddleware",
    # Must precede WhiteNoise so that static files carry the CSP.
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "welzijn.config.compression.FirstVisitCompression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "welzijn.config.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "welzijn.config.language_switch.LanguageSwitchMiddleware",
    "organisations.front_door.middleware.FrontDoorMiddleware",
    "welzijn.config.error_views.LongAddressMiddleware",
    "welzijn.config.error_views.WrongMethodMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "welzijn.accounts.middleware.SessionTimeMiddleware",
    "welzijn.staff_forms.session_over.StaffLoginMiddleware",
    "welzijn.accounts.no_store_middleware.PrivatePagesMiddleware",
    "welzijn.accounts.middleware.SecondFactorMiddleware",
    "welzijn.accounts.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
    # Last: a POST claims its form key once nothing else can refuse it.
    "welzijn.staff_forms.middleware.StaffFormsMiddleware",
]

ROOT_URLCONF = "welzijn.urls"
WSGI_APPLICATION = "welzijn.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": ["welzijn.design_system.template_loader.CachedLoader"],
            # Its csrf_token also writes the form key of staff: no form can lack one.
            "builtins": ["welzijn.staff_forms.templatetags.form_tokens"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "welzijn.design_system.context_processors.front_door",
                "organisations.administration.navigation.navigation",
            ],
        },
    }
]

# --- PostgreSQL, Redis, Celery ---------------------------------------------------------------
if _LOCAL_DATABASE:
    _database_url = _local_services("DATABASE_URL").database_url()
else:
    _database_url = text("DATABASE_URL")
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        _database_url, conn_max_age=number("CONN_MAX_AGE"), conn_health_checks=True
    )
}
# No "options" here: a pooler such as PgBouncer refuses them (welzijn/config/database_settings.py).
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = text("REDIS_URL")
if not REDIS_URL:
    if not (_LOCAL_DATABASE or _LOOSE):
        raise ImproperlyConfigured("REDIS_URL is not set: the worker needs a Redis.")
    REDIS_URL = _local_services("REDIS_URL").redis_url()
CELERY_BROKER_URL = REDIS_URL
# Counts failed sign-ins, across all gunicorn processes and also while Redis is down; only the
# sign-in pages use it. A migration of welzijn.accounts creates the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- Sessions and transport ------------------------------------------------------------------
STAFF_IDLE_SECONDS = 60 * number("STAFF_IDLE_MINUTES")
STAFF_SESSION_SECONDS = 60 * number("STAFF_SESSION_MINUTES")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _SECURE
CSRF_FAILURE_VIEW = "welzijn.config.stale_forms.csrf_failure"
CSRF_TRUSTED_ORIGINS = names("CSRF_TRUSTED_ORIGINS")
SECURE_SSL_REDIRECT = _SECURE and not flag("PROXY_REDIRECTS_TO_HTTPS")
SECURE_REDIRECT_EXEMPT = [r"^gezond/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY") else None
# The number of our own proxies before this server; rate limits count the client that the
# outermost one saw (accounts/adapter.py).
ALLAUTH_TRUSTED_PROXY_COUNT = number("PROXIES") if flag("BEHIND_PROXY") else 0
SECURE_HSTS_SECONDS = number("HSTS_SECONDS") if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _SECURE and flag("HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = _SECURE and flag("HSTS_PRELOAD")
# HSTS, preloading and who redirects http are choices of the domain's owner (docs/settings.md).
SILENCED_SYSTEM_CHECKS = [f"security.{one}" for one in ("W004", "W005", "W008", "W021")]
# No referrer for other sites. With "no-referrer" browsers would send "Origin: null" with our own
# forms, and the CSRF check would refuse them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # bytes; up to that, an error at the field
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["welzijn.core.uploads.MemoryUploadHandler"]
# Where photos and PDFs are scanned (docs/attachments.md); without it they are not.
CLAMAV_URL = text("CLAMAV_URL")
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

# --- Languages and time -----------------------------------------------------------------------
LANGUAGE_CODE = "nl"
# Residents choose from all; staff screens are in the first two (welzijn/config/language.py).
LANGUAGES = [(code, OWN_NAMES[code]) for code in ("nl", "en", "ar", "tr", "pl", "uk")]
# The second one precedes allauth's own catalogue, whose Dutch is formal in tone yet says "je".
LOCALE_PATHS = [
    BASE_DIR / "welzijn" / "locale",
    BASE_DIR / "welzijn" / "accounts" / "locale",
    BASE_DIR / "organisations" / "partnerships" / "locale",  # texts of the five files
]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# --- Static files ----------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(text("STATIC_ROOT") or BASE_DIR / "static_collected")
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
# Each test client loads the middleware anew; listing all static files would cost too much.
WHITENOISE_AUTOREFRESH = WELZIJN_TEST

# --- Mail and text messages ------------------------------------------------------------------
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_HOST = text("EMAIL_HOST")
EMAIL_PORT = number("EMAIL_PORT")
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = "welzijn.notifications.channels.bounded_smtp.Backend"
if WELZIJN_DEMO:
    EMAIL_BACKEND = "welzijn.devtools.demo_mail_backend.DemoBackend"
# Takes text messages in the demo, where no service is configured.
DEMO_TEXT_SENDER = "welzijn.devtools.demo_mail_backend.DemoTexts"
# The return path for undeliverable mail; `manage.py receive_bounce` reads what arrives there.
BOUNCE_ADDRESS = text("BOUNCE_ADDRESS")
# Between its name and the mark of one message; a mail server delivers both to one mailbox.
BOUNCE_DELIMITER = "" if text("BOUNCE_DELIMITER") == "none" else text("BOUNCE_DELIMITER")
SECURITY_CONTACT = text("SECURITY_CONTACT")
# Links in messages: the partnership's host, or its slug below localhost in a local checkout.
PUBLIC_URL = text("PUBLIC_URL") or (
    "https://{hostname}" if _SECURE else f"http://{{slug}}.localhost:{number('PORT')}"
)
SMS_API_URL = text("SMS_API_URL")
SMS_API_KEY = text("SMS_API_KEY")
SMS_TEMPLATE_ID = text("SMS_TEMPLATE_ID")
# The bearer token of the service's delivery receipts (/bericht/ontvangst/).
SMS_CALLBACK_TOKEN = text("SMS_CALLBACK_TOKEN")

# --- Backups ---------------------------------------------------------------------------------
BACKUP_KEY = text("BACKUP_KEY")
ERASURE_LIST = text("ERASURE_LIST")
LOG_ANCHORS = text("LOG_ANCHORS")

if _SECURE or not (_LOCAL_DATABASE or _LOOSE):
    production.refuse_insecure(globals())
