"""Settings of Celery, apart from the broker's address; part of `welzijn.settings`."""

from welzijn.config.environment import text

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
CELERY_BEAT_SYNC_EVERY = 1  # the health check of beat looks when its schedule was written
CELERY_BEAT_SCHEDULER = "welzijn.sweeps.beat_scheduler:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = text("BEAT_SCHEDULE")
CELERY_TIMEZONE = "Europe/Amsterdam"
