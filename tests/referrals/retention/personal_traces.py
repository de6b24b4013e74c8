"""Plant a word in every free text about a question, and search every table for what is left.

`plant(question)` puts a word that occurs nowhere else into every free text of every row that leads
to the question, found by looking at the models: a table without a row there fails the test, so a
new table can't be forgotten.
"""

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from intake.people.models import Person
from intake.questions.models import Question
from referrals.conferences.models import Conference
from referrals.retention.history import histories
from tests.support import factories as make
from tests.support import guards
from welzijn.notifications.models import DemoMail, Message

WORD = "zqxvplant"

# --- Planting -------------------------------------------------------------------------------------
# Models that refer to a question without a foreign key, and their column.
BY_ID: dict[str, str] = {"audit.AccessEvent": "question_id", "notifications.Message": "about_id"}
# Free text without personal data: about staff, or the product's own words.
OF_THE_PRODUCT = frozenset(
    {
        "intake.Decision.rule_key",
        "intake.Decision.reason",
        "intake.Decision.fault",
        "intake.Decision.facts",
        "notifications.Message.subject_kind",
        "notifications.Message.recipient_key",
        "notifications.Message.template",
        "notifications.Message.language",
        "notifications.Message.claimed_by",
        "intake.TimelineEntry.sentence",
        "referrals.FollowUp.sentence",
        "audit.AccessEvent.role",
        "audit.AccessEvent.what",
        "audit.AccessEvent.basis",
        "intake.Question.search",
        "referrals.ReportedQuestion.municipality",
        "referrals.ReportedQuestion.channel",
    }
)


def reachable(question: Question) -> dict[type[models.Model], models.QuerySet[Any]]:
    """Return every row that leads to a question, by model: over foreign keys in both directions.

    Starts from the question, its people and its conferences.
    """
    people = Person.objects.filter(pk__in=[question.asker_id, question.subject_id])
    conferences = Conference.objects.filter(agenda__question=question)
    found: dict[type[models.Model], models.QuerySet[Any]] = {}
    waiting: list[models.QuerySet[Any]] = [
        Question.objects.filter(pk=question.pk),
        people,
        conferences,
        *(
            apps.get_model(label)._default_manager.filter(**{column: question.pk})
            for label, column in BY_ID.items()
        ),
    ]
    history = set(histories())
    while waiting:
        rows = waiting.pop()
        if rows.model in found or rows.model in history:
            continue
        found[rows.model] = rows
        ids = list(rows.values_list("pk", flat=True))
        for link in rows.model._meta.related_objects:
            # Don't follow links to other questions: the people are followed already.
            if link.related_model is Question or link.related_model in found:
                continue
            waiting.append(
                link.related_model._default_manager.filter(**{f"{link.field.name}__in": ids})
            )
    return found


def plant(question: Question) -> set[str]:
    """Put WORD in every free text that leads to a question; return the fields.

    Fails for a table that leads to a question and has no row: then extend `full_case.everything`.
    Done twice, so that the history holds the word as well.
    """
    found = reachable(question)
    empty = sorted(model._meta.label for model, rows in found.items() if not rows.exists())
    assert not empty, f"nothing in {empty}: give `full_case.everything` a row there"
    wanted, planted = set[str](), set[str]()
    with guards.switched_off():
        for model, rows in found.items():
            fields = [f for f in model._meta.concrete_fields if _is_free(f)]
            wanted.update(f"{model._meta.label}.{field.name}" for field in fields)
            for row in rows:
                planted.update(_plant_row(row, fields))
    assert wanted == planted, f"nothing could be planted in {sorted(wanted - planted)}"
    _plant_demo_mail(question)
    with connection.cursor() as cursor:
        # What was planted is what these lines of the log say: retention took nothing yet.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE audit_accessevent SET erased_hash = NULL")
        cursor.execute("DELETE FROM audit_logerasure")
        cursor.execute("SET session_replication_role = origin")
    return planted


_number = itertools.count()


def _plant_row(row: models.Model, fields: list[models.Field[Any, Any]]) -> Iterator[str]:
    """Plant twice, so that the history holds it; skip what a constraint of the row forbids."""
    me = type(row)._default_manager.filter(pk=row.pk)
    for field in fields:
        for _time in range(2):
            try:
                with transaction.atomic():
                    me.update(**{field.name: _planted(field)})
            except IntegrityError:
                break
        else:
            yield f"{row._meta.label}.{field.name}"


def _is_free(field: models.Field[Any, Any]) -> bool:
    label = f"{field.model._meta.label}.{field.name}"
    text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    room = field.max_length is None or field.max_length >= len(WORD) + 4
    return text and room and not field.choices and label not in OF_THE_PRODUCT


def _planted(field: models.Field[Any, Any]) -> Any:
    word = f"{WORD}{next(_number)}"
    if isinstance(field, models.JSONField):
        return [word]
    return f"{word}@example.nl" if isinstance(field, models.EmailField) else word


def _plant_demo_mail(question: Question) -> None:
    now = make.TUESDAY
    for message in Message.objects.filter(about_id=question.pk):
        DemoMail.objects.create(
            message_id=message.message_id, recipient=f"{WORD}@example.nl", text=WORD, created_at=now
        )
    DemoMail.objects.create(
        message_id="<daily@x>",
        recipient="team",
        text=f"Kenmerk {question.reference}",
        created_at=now,
    )


# --- Searching ------------------------------------------------------------------------------------
def ids_of(question: Question) -> dict[str, str]:
    """Return what could lead back to a question: ids, tokens, the reference."""
    conference = Conference.objects.get(agenda__question=question)
    names = {
        "reference": question.reference,
        "question": question.pk,
        "submission": question.submission_key,
        "asker": question.asker_id,
        "subject": question.subject_id,
        "conference": conference.pk,
        "guest's address": "bo@voordeur.example",
        "guest": conference.participants.exclude(email="").get().token,
        "outside": question.outside.get().token,
        "basis": question.sharing_bases.first().pk,
    }
    return {name: str(value) for name, value in names.items()}


def traces(needles: Iterable[str]) -> list[tuple[str, str]]:
    """Return (table, needle) for each needle found in any column of any table of the database.

    A whole row is read as text: JSON, arrays, search columns and numbers as they print, bytes in
    hexadecimal; so each needle is also looked for in that form, and an id without its hyphens.
    """
    needle_of = {
        form: needle
        for needle in needles
        for form in (needle.encode().hex(), needle.replace("-", ""), needle)
    }
    found: set[tuple[str, str]] = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(  # the name of a table comes from the database itself
                f"SELECT form FROM unnest(%s::text[]) AS form WHERE EXISTS"  # noqa: S608
                f""" (SELECT FROM "{table}" t WHERE t::text ILIKE '%%' || form || '%%')""",
                [list(needle_of)],
            )
            found.update((table, needle_of[form]) for (form,) in cursor.fetchall())
    return sorted(found)
