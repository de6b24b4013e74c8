"""What the settings of production say about cookies and transport."""

import json
import os
import secrets
import subprocess
import sys

from django.conf import settings as configured

PRODUCTION = {
    "ALLOWED_HOSTS": "putten.example",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "DEFAULT_FROM_EMAIL": "noreply@putten.example",
    "DATABASE_URL": "postgresql://nobody:x@127.0.0.1:1/x",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "BEHIND_PROXY": "1",
    "PROXIES": "2",
}


def test_in_production_cookies_and_transport_are_strict() -> None:
    names = (
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "LANGUAGE_COOKIE_NAME",
        "DRAFT_COOKIE_NAME",
        "MESSAGES_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE",
        "SESSION_EXPIRE_AT_BROWSER_CLOSE",
        "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_HTTPONLY",
        "LANGUAGE_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "ALLAUTH_TRUSTED_PROXY_COUNT",
        "DEBUG",
    )
    code = (
        "import json; from welzijn import settings as s; "
        f"print(json.dumps({{n: getattr(s, n) for n in {names!r}}}))"
    )
    unset = ("WELZIJN_TEST", "WELZIJN_DEMO", "DJANGO_SETTINGS_MODULE")
    environment = {k: v for k, v in os.environ.items() if k not in unset} | PRODUCTION
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=configured.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == {
        "SESSION_COOKIE_NAME": "__Host-voordeur",
        "CSRF_COOKIE_NAME": "__Host-formulier",
        "LANGUAGE_COOKIE_NAME": "__Host-taal",
        "DRAFT_COOKIE_NAME": "__Host-concept",
        "MESSAGES_COOKIE_NAME": "__Host-bericht",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "ALLAUTH_TRUSTED_PROXY_COUNT": 2,
        "DEBUG": False,
    }


def test_the_compose_file_passes_the_number_of_proxies() -> None:
    text = (configured.BASE_DIR / "docker-compose.yml").read_text("utf-8")
    assert "PROXIES: ${PROXIES:-1}" in text
