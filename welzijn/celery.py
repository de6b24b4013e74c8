"""The Celery application and its schedule.

Whatever the broker loses, the next beat finds in PostgreSQL. Every scheduled task expires before
its successor, so that a worker that was down for days finds one task, not thousands.
"""

import os
import sys

from celery import Celery, signals
from celery.schedules import crontab
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.log import configure_logging

from welzijn.monitoring import request_ids

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "welzijn.settings")


def _broker_url() -> str:
    """Read the settings now: Celery would read them later, and show a traceback."""
    try:
        return str(settings.CELERY_BROKER_URL)
    except ImproperlyConfigured as error:
        sys.exit(str(error))


app = Celery("voordeur", broker=_broker_url(), task_cls="welzijn.sweeps.runs:RecordedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Packages inside an app that have a tasks.py; those of the apps themselves are found.
TASK_PACKAGES = [
    "welzijn.audit.chain",
    "intake.ask",
    "intake.attachments",
    "organisations.roles",
    "organisations.services",
    "referrals.reminders",
    "referrals.reports",
    "referrals.retention",
]
app.autodiscover_tasks(TASK_PACKAGES)
app.autodiscover_tasks()
request_ids.connect()


@signals.setup_logging.connect(weak=False)
def _log_like_the_web_server(**_: object) -> None:
    """Keep Django's logging: Celery's own would write exceptions with the rows that they quote."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)


# Shared tasks must use this application in every thread of a web process too.
app.set_default()

SWEEP_EVERY = 30.0  # seconds
RESCHEDULE_DIGESTS_EVERY = 600.0

PUBLISH_EVERY = 6 * 3600.0
FORGET_EVERY = 600.0
NOTIFY_OF_GAPS_EVERY = 3600.0
# Each night in Amsterdam; the next run makes up for a missed one.
RETAIN_AT = crontab(hour="3", minute="10")
RETAIN_EXPIRES = 12 * 3600.0
ASK_KEEPERS_AT = crontab(hour="6", minute="40")
SEAL_EVERY = 60.0
# After the night's deletions, which the anchor then covers.
ANCHOR_AT = crontab(hour="4", minute="20")

app.conf.beat_schedule = {
    "figures": {
        "task": "referrals.reports.tasks.publish_figures",
        "schedule": PUBLISH_EVERY,
        "options": {"expires": PUBLISH_EVERY},
    },
    "drafts": {
        "task": "intake.ask.tasks.delete_expired_rows",
        "schedule": FORGET_EVERY,
        "options": {"expires": FORGET_EVERY},
    },
    "retention": {
        "task": "referrals.retention.tasks.retain_what_is_due",
        "schedule": RETAIN_AT,
        "options": {"expires": RETAIN_EXPIRES},
    },
    "messages": {
        "task": "welzijn.notifications.tasks.sweep_messages",
        "schedule": SWEEP_EVERY,
        "options": {"expires": SWEEP_EVERY},
    },
    "follow-ups": {
        "task": "referrals.reminders.tasks.sweep_follow_ups",
        "schedule": SWEEP_EVERY,
        "options": {"expires": SWEEP_EVERY},
    },
    "attachments": {
        "task": "intake.attachments.tasks.look_after_attachments",
        "schedule": SWEEP_EVERY,
        "options": {"expires": SWEEP_EVERY},
    },
    "duty-gaps": {
        "task": "organisations.roles.tasks.notify_of_duty_gaps",
        "schedule": NOTIFY_OF_GAPS_EVERY,
        "options": {"expires": NOTIFY_OF_GAPS_EVERY},
    },
    "granted-roles": {
        "task": "organisations.roles.tasks.notify_of_granted_roles",
        "schedule": NOTIFY_OF_GAPS_EVERY,
        "options": {"expires": NOTIFY_OF_GAPS_EVERY},
    },
    "services-to-confirm": {
        "task": "organisations.services.tasks.ask_keepers_of_services",
        "schedule": ASK_KEEPERS_AT,
        "options": {"expires": RETAIN_EXPIRES},
    },
    "seal": {
        "task": "welzijn.audit.chain.tasks.seal_access_log",
        "schedule": SEAL_EVERY,
        "options": {"expires": SEAL_EVERY},
    },
    "anchor": {
        "task": "welzijn.audit.chain.tasks.anchor_access_log",
        "schedule": ANCHOR_AT,
        "options": {"expires": RETAIN_EXPIRES},
    },
    "set-aside": {
        "task": "welzijn.sweeps.tasks.forget_old_failures",
        "schedule": PUBLISH_EVERY,
        "options": {"expires": PUBLISH_EVERY},
    },
    "digests": {
        "task": "welzijn.notifications.tasks.reschedule_digests",
        "schedule": RESCHEDULE_DIGESTS_EVERY,
        "options": {"expires": RESCHEDULE_DIGESTS_EVERY},
    },
}
