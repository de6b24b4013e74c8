"""A learning session is known by its day, no longer by the order in the partnership's file."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAMESPACE = uuid.UUID("2d4c3a60-6a3c-5d58-8b3e-5f1f0b7a9c11")


def holds(recurrence: dict[str, Any], day: date) -> bool:
    """Whether this recurrence has a session on that day, as it was counted then."""
    if day.isoweekday() != recurrence["weekday"]:
        return False
    match recurrence["every"]:
        case "even_weeks":
            return day.isocalendar().week % 2 == 0
        case "odd_weeks":
            return day.isocalendar().week % 2 == 1
        case "month" if recurrence["which"] == -1:
            return (day + timedelta(days=7)).month != day.month
        case "month":
            return (day.day - 1) // 7 + 1 == recurrence["which"]
    return True


def by_day(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Give each sign-up the uid that its session has from now on."""
    sign_ups = apps.get_model("organisations", "LearningSignUp").objects
    partnerships = apps.get_model("organisations", "Partnership").objects
    for pk in sign_ups.values_list("partnership", flat=True).distinct():
        partnership = partnerships.get(pk=pk)
        sources = [("", partnership.learning_sessions)]
        sources += partnership.neighbourhoods.values_list("slug", "learning_sessions")
        for day in sign_ups.filter(partnership=pk).values_list("day", flat=True).distinct():
            for slug, recurrences in sources:
                _move(sign_ups, pk, slug, recurrences, day)


def _move(sign_ups: Any, pk: uuid.UUID, slug: str, recurrences: list[Any], day: date) -> None:
    held = [
        (r["start"], r["end"], r["name"], number)
        for number, r in enumerate(recurrences)
        if holds(r, day)
    ]
    for place, (*_when, number) in enumerate(sorted(held), start=1):
        old = uuid.uuid5(NAMESPACE, f"{pk}:{slug}:{number}:{day.isoformat()}")
        new = uuid.uuid5(NAMESPACE, f"{pk}:{slug}:{day.isoformat()}:{place}")
        sign_ups.filter(partnership=pk, session=old).update(session=new)


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_client_support"),
    ]

    operations = [migrations.RunPython(by_day, migrations.RunPython.noop)]
