"""The variables of the processes, of what operators see of them, and of backups."""

from welzijn.config.variable_kinds import Group, Kind, Variable

GROUPS_OF_PROCESSES = (
    Group(
        "Processes",
        (
            Variable(
                "WEB_BIND",
                Kind.NAMES,
                "Addresses of gunicorn, as address:port",
                "0.0.0.0:8000",
                shape=r"(\[[0-9a-fA-F:]+\]|[^:\s]+):[0-9]{1,5}",
            ),
            Variable("WEB_CONCURRENCY", Kind.NUMBER, "Processes of gunicorn", "2", 1),
            Variable("WEB_THREADS", Kind.NUMBER, "Threads of each", "4", 1),
            Variable("BEAT_SCHEDULE", Kind.FOLDER, "The schedule file of beat", "/tmp/celerybeat"),  # noqa: S108
            Variable("STATIC_ROOT", Kind.FOLDER, "Where `prepare` collects the static files"),
        ),
    ),
    Group(
        "What operators see (docs/operations.md)",
        (
            Variable(
                "LOG_LEVEL",
                Kind.TEXT,
                "DEBUG, INFO, WARNING or ERROR",
                "INFO",
                choices=("CRITICAL", "DEBUG", "ERROR", "INFO", "WARNING"),
            ),
            Variable(
                "LOG_FORMAT",
                Kind.TEXT,
                "text, or json: an object a line, from every process",
                "text",
                choices=("json", "text"),
            ),
            Variable(
                "METRICS_TOKEN", Kind.SECRET, "Bearer token for Prometheus at /gezond/cijfers/"
            ),
            Variable("PROMETHEUS_MULTIPROC_DIR", Kind.FOLDER, "Set by the web server itself"),
            Variable(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                Kind.URL,
                "A collector that takes traces over OTLP/HTTP; without it there are none",
                schemes=("https", "http"),
            ),
            Variable(
                "OTEL_EXPORTER_OTLP_HEADERS",
                Kind.SECRETS,
                "Headers for the collector: name=value",
            ),
            Variable("OTEL_SERVICE_NAME", Kind.TEXT, "The name of this service", "voordeur"),
            Variable(
                "TRACES_PERCENT",
                Kind.NUMBER,
                "How many of a hundred requests and tasks are traced",
                "10",
                maximum=100,
            ),
            Variable(
                "SENTRY_DSN",
                Kind.URL,
                "Where errors are reported (Sentry, GlitchTip); without it nowhere",
                schemes=("https", "http"),
            ),
            Variable("SENTRY_ENVIRONMENT", Kind.TEXT, "The name of this installation there"),
        ),
    ),
    Group(
        "Photos and PDFs (docs/attachments.md)",
        (
            Variable(
                "CLAMAV_URL",
                Kind.URL,
                "The socket of ClamAV's clamd: unix:///path/to/clamd.sock or tcp://host:3310; "
                "without it files are not scanned",
                schemes=("unix", "tcp"),
            ),
        ),
    ),
    Group(
        "Backups",
        (
            Variable(
                "BACKUP_KEY",
                Kind.SECRET,
                "Encrypts and opens backups with --encrypt. Keep it apart from the backups",
            ),
            Variable(
                "ERASURE_LIST",
                Kind.FOLDER,
                "A file outside the database to which each erasure is added, so that a restored "
                "backup erases it again (docs/operations.md)",
            ),
            Variable("LOG_ANCHORS", Kind.FOLDER, "The access log's anchors (docs/operations.md)"),
        ),
    ),
    Group(
        "Checkouts only",
        (
            Variable("WELZIJN_DEMO", Kind.FLAG, "One-click sign-in, mails in the browser", "0"),
            Variable("WELZIJN_TEST", Kind.FLAG, "For the test runner", "0"),
            Variable("WELZIJN_DATA", Kind.FOLDER, "The folder of the local PostgreSQL and Redis"),
            Variable("PORT", Kind.NUMBER, "The demo's port", "8000", 1, 65_535),
        ),
        local=True,
    ),
)
