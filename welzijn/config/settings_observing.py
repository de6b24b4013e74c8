"""What operators see: logs, figures, traces, error reports, never a person's data.

Part of `welzijn.settings`.
"""

import logging

from welzijn.config.environment import names, number, text
from welzijn.monitoring.logs import FORMATTERS

METRICS_TOKEN = text("METRICS_TOKEN")
# Off while they are empty; the libraries are in requirements/observe.txt.
TRACES_ENDPOINT = text("OTEL_EXPORTER_OTLP_ENDPOINT")
TRACES_HEADERS = names("OTEL_EXPORTER_OTLP_HEADERS")
TRACES_SERVICE_NAME = text("OTEL_SERVICE_NAME")
TRACES_PERCENT = min(number("TRACES_PERCENT"), 100)
SENTRY_DSN = text("SENTRY_DSN")
SENTRY_ENVIRONMENT = text("SENTRY_ENVIRONMENT")

LOG_FORMAT = text("LOG_FORMAT")
# Warnings would stand between the objects as text.
logging.captureWarnings(LOG_FORMAT == "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": FORMATTERS,
    "filters": {"no_person": {"()": "welzijn.monitoring.logs.WithoutPersonalData"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["no_person"],
        }
    },
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL")},
}
