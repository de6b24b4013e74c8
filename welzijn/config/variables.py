"""Every environment variable that the product reads, with its type and default.

The one list: `environment` reads only what stands here, docs/settings.md is written from it
(`manage.py settings_docs`), and docker-compose.yml passes each of them on.
"""

from welzijn.config.variable_kinds import NUMBER_OR_NOTHING, ONE_NAME, Group, Kind, Variable
from welzijn.config.variables_of_processes import GROUPS_OF_PROCESSES

GROUPS = (
    Group(
        "Hosts and keys",
        (
            Variable(
                "SECRET_KEY",
                Kind.SECRET,
                "Signs sessions and links, and encrypts drafts. 50 random characters or more; "
                "required in production",
            ),
            Variable(
                "SECRET_KEY_FALLBACKS",
                Kind.SECRETS,
                "Earlier values of SECRET_KEY that are still accepted (docs/operations.md, Keys)",
            ),
            Variable(
                "ALLOWED_HOSTS",
                Kind.NAMES,
                "The host names of the partnerships; required in production",
            ),
            Variable(
                "CSRF_TRUSTED_ORIGINS",
                Kind.NAMES,
                "Other origins whose forms are accepted: https://name",
            ),
            Variable(
                "PUBLIC_URL",
                Kind.TEXT,
                "Start of the links in messages, with {hostname} or {slug} of the partnership. "
                "Default https://{hostname}",
            ),
        ),
    ),
    Group(
        "Behind a proxy",
        (
            Variable(
                "BEHIND_PROXY",
                Kind.FLAG,
                "Believe X-Forwarded-Proto and X-Forwarded-For (docs/security.md)",
                "0",
            ),
            Variable("PROXIES", Kind.NUMBER, "Your own proxies that a request passes", "1", 1),
            Variable(
                "PROXY_REDIRECTS_TO_HTTPS",
                Kind.FLAG,
                "The proxy itself sends http to https; the product then doesn't",
                "0",
            ),
            Variable(
                "HSTS_SECONDS",
                Kind.NUMBER,
                "How long browsers insist on https; 0 sends no HSTS header",
                "31536000",
            ),
            Variable(
                "HSTS_SUBDOMAINS", Kind.FLAG, "HSTS counts for the hosts below these too", "1"
            ),
            Variable(
                "HSTS_PRELOAD",
                Kind.FLAG,
                "Ask browsers' makers to build the domain in. A choice for the domain's owner: "
                "it can't be taken back for months",
                "0",
            ),
        ),
    ),
    Group(
        "PostgreSQL and Redis",
        (
            Variable(
                "DATABASE_URL",
                Kind.URL,
                "postgresql://user:password@host:port/database; required in production",
                schemes=("postgresql", "postgres"),
                path=ONE_NAME,
            ),
            Variable(
                "CONN_MAX_AGE",
                Kind.NUMBER,
                "Seconds that a connection is kept open; 0 with a pooler that keeps them itself",
                "60",
            ),
            Variable(
                "RUNNING_ROLE",
                Kind.TEXT,
                "The role that web, worker and beat connect as; `prepare` and `restore` grant it "
                "its rights (docs/security.md)",
            ),
            Variable(
                "RUNNING_ROLE_PASSWORD",
                Kind.SECRET,
                "Its password, for `prepare` and `restore` only",
            ),
            Variable(
                "REDIS_URL",
                Kind.URL,
                "redis://:password@host:port/0; required in production",
                schemes=("redis", "rediss", "unix"),
                path=NUMBER_OR_NOTHING,
            ),
        ),
    ),
    Group(
        "Mail",
        (
            Variable(
                "DEFAULT_FROM_EMAIL",
                Kind.MAILBOX,
                'The sender: "Voordeur <noreply@voordeur.example>"; required in production',
                "Voordeur <noreply@localhost>",
            ),
            Variable(
                "BOUNCE_ADDRESS",
                Kind.MAILBOX,
                "Where undeliverable mail returns to (docs/messages.md)",
            ),
            Variable("BOUNCE_DELIMITER", Kind.TEXT, "Sign before its detail; or none", "+"),
            Variable(
                "SECURITY_CONTACT",
                Kind.TEXT,
                "Mail address or https address in /.well-known/security.txt",
            ),
            Variable(
                "EMAIL_HOST",
                Kind.TEXT,
                "The mail server's name or address, without a port",
                "localhost",
                shape=r"[^\s:/@]+|[0-9A-Fa-f:.]+",
            ),
            Variable("EMAIL_PORT", Kind.NUMBER, "Its port", "25", 1, 65_535),
            Variable("EMAIL_HOST_USER", Kind.TEXT, "The account at the mail server"),
            Variable("EMAIL_HOST_PASSWORD", Kind.SECRET, "Its password; only together with TLS"),
            Variable("EMAIL_USE_TLS", Kind.FLAG, "STARTTLS (port 587)", "0"),
            Variable("EMAIL_USE_SSL", Kind.FLAG, "TLS from the first byte (port 465)", "0"),
        ),
    ),
    Group(
        "Text messages",
        (
            Variable(
                "SMS_API_URL",
                Kind.URL,
                "The service's address; without it no texts",
                schemes=("https", "http"),
            ),
            Variable("SMS_API_KEY", Kind.SECRET, "Its key"),
            Variable("SMS_TEMPLATE_ID", Kind.TEXT, "The service's template"),
            Variable(
                "SMS_CALLBACK_TOKEN",
                Kind.SECRET,
                "The bearer token of delivery receipts at /bericht/ontvangst/",
            ),
        ),
    ),
    Group(
        "Staff sign in",
        (
            Variable("STAFF_IDLE_MINUTES", Kind.NUMBER, "Signed out after so long idle", "60", 1),
            Variable("STAFF_SESSION_MINUTES", Kind.NUMBER, "Signed out after", "480", 1),
            Variable(
                "OIDC_ISSUER",
                Kind.URL,
                "One OpenID Connect provider (docs/accounts.md)",
                schemes=("https", "http"),
            ),
            Variable("OIDC_CLIENT_ID", Kind.TEXT, "The client's id at that provider"),
            Variable("OIDC_CLIENT_SECRET", Kind.SECRET, "The client's secret"),
            Variable(
                "OIDC_NAME", Kind.TEXT, "The words on its button", "Inloggen via uw organisatie"
            ),
            Variable("OIDC_PROVIDERS", Kind.TEXT, "Several providers, as JSON (docs/accounts.md)"),
            Variable("OIDC_PROVIDERS_FILE", Kind.FOLDER, "The same in a file"),
        ),
    ),
    Group(
        "Residents sign in with DigiD (docs/accounts.md)",
        (
            Variable(
                "DIGID_PARTNERSHIPS",
                Kind.NAMES,
                "Slugs of the partnerships whose residents may sign in with DigiD",
            ),
            Variable("DIGID_ISSUER", Kind.URL, "The broker", schemes=("https", "http")),
            Variable("DIGID_CLIENT_ID", Kind.TEXT, "The client's id at the broker"),
            Variable(
                "DIGID_PRIVATE_KEY_FILE",
                Kind.FOLDER,
                "The key (PEM) that the client signs with, as the NLGov profile asks",
            ),
            Variable("DIGID_KEY_ID", Kind.TEXT, "The id (kid) of that key at the broker"),
            Variable("DIGID_CLIENT_SECRET", Kind.SECRET, "A secret, for a broker without keys"),
            Variable(
                "DIGID_SUBJECT_CLAIM",
                Kind.TEXT,
                "The claim that says who it is; a pseudonym rather than a BSN",
                "sub",
            ),
            Variable(
                "DIGID_ACR",
                Kind.NAMES,
                "Levels of assurance that are enough",
                "http://eidas.europa.eu/LoA/substantial,http://eidas.europa.eu/LoA/high",
            ),
            Variable("DIGID_SCOPE", Kind.TEXT, "What is asked of the broker", "openid"),
            Variable(
                "DIGID_PSEUDONYM_KEY",
                Kind.SECRET,
                "Makes the pseudonyms: 40 random characters or more, never changed",
            ),
        ),
    ),
    *GROUPS_OF_PROCESSES,
)
VARIABLES = {one.name: one for group in GROUPS for one in group.variables}
# A name that begins like this is ours: a variable that isn't listed above is a mistake.
OWN_PREFIXES = (
    *("WELZIJN_", "SECRET_KEY_", "HSTS_", "RUNNING_ROLE_", "EMAIL_", "SMS_", "STAFF_"),
    *("OIDC_", "DIGID_", "BACKUP_", "ERASURE_", "CLAMAV_"),
)
