"""How long a confirmation of a service holds: the one place that counts the months."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


def due_on(confirmed_on: date, months: int) -> date:
    """Return the day from which a service has to be confirmed anew."""
    return confirmed_on + relativedelta(months=months)


def is_due(confirmed_on: date, months: int, today: date) -> bool:
    """Whether a service has to be confirmed anew."""
    return due_on(confirmed_on, months) <= today


def latest_due(months: int, today: date) -> date:
    """Return the latest day of a confirmation that is due: months differ in length."""
    day = today - relativedelta(months=months)
    while is_due(day + timedelta(days=1), months, today):
        day += timedelta(days=1)
    return day
