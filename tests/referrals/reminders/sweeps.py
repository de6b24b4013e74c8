"""Run the sweep at set moments, and list who was notified."""

from datetime import date, datetime, timedelta

from referrals.follow_ups import services as follow_up_services
from referrals.reminders import sweep as reminder_sweep
from welzijn.core.working_days import local_moment
from welzijn.notifications.models import Message


def morning(day: date) -> datetime:
    """Just past six, when the first sweep of the day runs."""
    return local_moment(day, follow_up_services.DAY_BEGINS) + timedelta(seconds=20)


def notified(template: str) -> list[str]:
    """Who was told by this template, in the order of queueing."""
    rows = Message.objects.filter(template=template).order_by("created_at", "id")
    return [row.recipient_key for row in rows]


def every_day(start: date, end: date) -> None:
    """The sweeps of some days, several a day."""
    day = start
    while day <= end:
        for hour in (0, 6, 9, 17, 23):
            reminder_sweep.sweep(now=local_moment(day) + timedelta(hours=hour, minutes=1))
        day += timedelta(days=1)
