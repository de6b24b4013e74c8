"""What is wrong with a setting is one sentence; production refuses what is not safe."""

import ast
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.platform.processes import CHECKOUT
from welzijn.config import environment, production
from welzijn.config.settings_page import page
from welzijn.config.variable_kinds import Kind
from welzijn.config.variables import VARIABLES

KEY = secrets.token_urlsafe(60)
PRODUCTION = {
    "ALLOWED_HOSTS": "putten.example",
    "SECRET_KEY": KEY,
    "DATABASE_URL": "postgresql://somebody:x@db.example/x",
    "REDIS_URL": "redis://redis.example/0",
    "DEFAULT_FROM_EMAIL": "Voordeur <noreply@putten.example>",
}
# What starts: manage.py, the web server, the worker.
PROGRAMS = {
    "manage": ("manage.py", "check"),
    "web": ("-m", "gunicorn", "-c", "python:welzijn.config.gunicorn"),
    "worker": ("-m", "celery", "--app", "welzijn.celery", "worker"),
}


def started(tmp_path: Path, *program: str, **given: str) -> "subprocess.CompletedProcess[str]":
    kept = {n: v for n, v in os.environ.items() if n not in VARIABLES}
    return subprocess.run(
        [sys.executable, *program],
        cwd=CHECKOUT,
        env={**kept, "WELZIJN_DATA": str(tmp_path), **given},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("STAFF_IDLE_MINUTES", "an hour", "STAFF_IDLE_MINUTES has to be a whole number"),
        ("STAFF_IDLE_MINUTES", "0", "STAFF_IDLE_MINUTES has to be 1 or more"),
        ("PROXIES", "-1", "PROXIES has to be a whole number"),
        ("EMAIL_PORT", "9" * 5000, "EMAIL_PORT has to be a whole number"),
        ("EMAIL_PORT", "65536", "EMAIL_PORT has to be 65535 or less"),
        ("TRACES_PERCENT", "101", "TRACES_PERCENT has to be 100 or less"),
        ("WEB_BIND", "8000", "WEB_BIND has to hold addresses of gunicorn, as address:port"),
        ("WEB_BIND", "127.0.0.1:8000,::1:80", "WEB_BIND has to hold"),
        ("HSTS_PRELOAD", "perhaps", "HSTS_PRELOAD has to be 1 or 0"),
        ("EMAIL_USE_TLS", "2", "EMAIL_USE_TLS has to be 1 or 0"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL has to be one of"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL has to begin with postgresql://"),
        ("DATABASE_URL", "postgresql://a:b@[::1/x", "DATABASE_URL can't be read as a URL"),
        *(
            ("DATABASE_URL", f"postgresql://a:b@db.example:5432{path}", "DATABASE_URL names no dat")
            for path in ("", "/", "/?sslmode=require", "/%20", "/a/b", "//a", f"/{'a' * 64}")
        ),
        ("REDIS_URL", "redis://redis.example/sessions", "REDIS_URL names no such database"),
        ("EMAIL_HOST", "smtp://mail.example", "EMAIL_HOST has to hold the mail server's name"),
        ("EMAIL_HOST", "mail.example:587", "EMAIL_HOST has to hold the mail server's name"),
        ("REDIS_URL", "redis://host:port/0", "REDIS_URL can't be read as a URL"),
        ("REDIS_URL", "redis://", "REDIS_URL names no host"),
        ("DEFAULT_FROM_EMAIL", "Voordeur", "DEFAULT_FROM_EMAIL has to hold a mail address"),
        ("OIDC_ISUER", "https://x.example", "OIDC_ISUER is no setting; OIDC_ISSUER is"),
        ("REDIS_URI", "redis://x", "REDIS_URI is no setting; REDIS_URL is"),
        ("WELZIJN_DEBUG", "1", "WELZIJN_DEBUG is no setting"),
        ("SMS_SENDER", "x", "SMS_SENDER is no setting"),
    ],
)
def test_a_wrong_value_or_name_is_one_sentence(name: str, value: str, expected: str) -> None:
    with pytest.raises(ImproperlyConfigured) as raised:
        environment.check({name: value})
    assert str(raised.value).startswith(expected)
    assert "\n" not in str(raised.value)
    assert len(value) < 8 or value not in str(raised.value)


def test_what_others_call_their_variables_is_no_mistake() -> None:
    environment.check(
        {
            "PATH": "/bin",
            "POSTGRES_PORT": "tcp://10.0.0.1:5432",
            "REDIS_SERVICE_HOST": "10.0.0.1",
            "WEB_PORT_8000_TCP": "tcp://10.0.0.1:8000",
            "EMAIL": "somebody@example.org",
            "REDIS_URL": "redis://ours",
            "REDIS_URI": "redis://of-another-program",
            "HSTS_SECONDS": "",
        }
    )


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_process_ends_with_the_sentence_alone(program: str, tmp_path: Path) -> None:
    done = started(tmp_path, *PROGRAMS[program], **PRODUCTION, STAFF_IDLE_MINUTES="an hour")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        "STAFF_IDLE_MINUTES has to be a whole number (docs/settings.md)."
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"WELZIJN_TEST": "1"}, "WELZIJN_TEST=1"),
        ({"WELZIJN_DEMO": "1"}, "WELZIJN_DEMO=1"),
        ({"WELZIJN_TEST": "1", "ALLOWED_HOSTS": ""}, "WELZIJN_TEST=1 is not for a real database"),
        ({"WELZIJN_DEMO": "1", "ALLOWED_HOSTS": ""}, "WELZIJN_DEMO=1 is not for a real database"),
        (
            {
                "WELZIJN_DEMO": "1",
                "ALLOWED_HOSTS": "",
                "DATABASE_URL": "postgresql://voordeur@localhost:5432/welzijn",
            },
            "WELZIJN_DEMO=1 goes with the local PostgreSQL of a checkout only",
        ),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set, and ALLOWED_HOSTS names"),
        ({"REDIS_URL": ""}, "REDIS_URL is not set, and ALLOWED_HOSTS names"),
        ({"EMAIL_HOST_PASSWORD": "p"}, "EMAIL_HOST_PASSWORD would travel unencrypted"),
        ({"EMAIL_USE_TLS": "1", "EMAIL_USE_SSL": "1"}, "EMAIL_USE_TLS and EMAIL_USE_SSL exclude"),
        ({"PUBLIC_URL": "http://{hostname}"}, "PUBLIC_URL has to begin with https://"),
        ({"DEFAULT_FROM_EMAIL": ""}, "DEFAULT_FROM_EMAIL is at localhost"),
        ({"DEFAULT_FROM_EMAIL": "x@localhost"}, "DEFAULT_FROM_EMAIL is at localhost"),
        ({"DEFAULT_FROM_EMAIL": "x@mailserver"}, "DEFAULT_FROM_EMAIL is at mailserver"),
        ({"BOUNCE_ADDRESS": "bounces@host.localdomain"}, "BOUNCE_ADDRESS is at"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"SECRET_KEY": "k" * 60}, "SECRET_KEY has too few different characters"),
        ({"SECRET_KEY": "vervangdit" * 6}, "SECRET_KEY has too few"),
        ({"SECRET_KEY": "Lq8-x2Vn_0Za" * 6}, "SECRET_KEY repeats itself"),
        ({"SECRET_KEY": "django-insecure-" + KEY}, "SECRET_KEY is a placeholder"),
        ({"SECRET_KEY_FALLBACKS": f"{KEY},old"}, "SECRET_KEY_FALLBACKS is too short"),
        ({"SMS_CALLBACK_TOKEN": "token"}, "SMS_CALLBACK_TOKEN is too short"),
        (
            {
                "OIDC_ISSUER": "http://id.example",
                "OIDC_CLIENT_ID": "x",
                "OIDC_CLIENT_SECRET": "x",
            },
            "OIDC_ISSUER",
        ),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS may not hold"),
    ],
)
def test_production_refuses_what_is_not_safe(
    given: dict[str, str], expected: str, tmp_path: Path
) -> None:
    done = started(tmp_path, "-c", "import welzijn.settings", **{**PRODUCTION, **given})
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"django.core.exceptions.ImproperlyConfigured: {expected}")


def test_production_starts_with_what_is_safe_and_preloading_is_a_choice(tmp_path: Path) -> None:
    code = "from welzijn import settings as s; print(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_PRELOAD)"
    done = started(tmp_path, "-c", code, **PRODUCTION)
    assert (done.stdout.split(), done.stderr) == (["31536000", "False"], "")
    chosen = {"HSTS_PRELOAD": "1", "HSTS_SECONDS": "63072000"}
    done = started(tmp_path, "-c", code, **PRODUCTION, **chosen)
    assert done.stdout.split() == ["63072000", "True"]


def test_random_keys_pass() -> None:
    for _ in range(200):
        for key in (secrets.token_urlsafe(40), secrets.token_hex(32)):
            assert production.weakness_of(key, shortest=50) is None
    assert production.weakness_of("abcdefghijklmnopqrstuvwxyz0123456789", shortest=20)


def test_the_page_of_settings_is_written_from_the_list() -> None:
    assert (CHECKOUT / "docs" / "settings.md").read_text("utf-8") == page()
    assert all(one.about for one in VARIABLES.values())
    assert all(one.default in {"0", "1"} for one in VARIABLES.values() if one.kind is Kind.FLAG)


def test_only_one_module_reads_the_environment() -> None:
    readers = set()
    for app in ("welzijn", "organisations", "intake", "referrals"):
        for path in (CHECKOUT / app).rglob("*.py"):
            name = path.relative_to(CHECKOUT).as_posix()
            if name.startswith("welzijn/devtools/"):
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}:
                    readers.add(name)
    # The last three say which settings module Django reads; the library of metrics reads the folder
    # that multiprocess.py makes for it.
    assert readers == {
        "welzijn/config/environment.py",
        "welzijn/monitoring/multiprocess.py",
        "welzijn/config/gunicorn.py",
        "welzijn/celery.py",
        "welzijn/wsgi.py",
    }
