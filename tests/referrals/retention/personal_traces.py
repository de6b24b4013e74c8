"""A question with something in every table that it can reach, and the search for what is left.

`everything(here)` walks the verbs of the product. `plant(question)` then puts a word that occurs
nowhere else into every free text of every row that leads to the question, found by looking at the
models: a table that nobody thought of has no row, and the test says so.
"""

import itertools
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from intake.access_log import open_question
from intake.households import links as household_links
from intake.people.models import Person
from intake.questions.models import Decision, Question, SharingBasis, TimelineEntry
from intake.submission.submission import ContactChoices
from referrals.casework import contact_moments
from referrals.casework.pick_up import pick_up
from referrals.casework_base.models import ContactMoment
from referrals.conferences import minutes as conference_minutes
from referrals.conferences import planning as conference_planning
from referrals.conferences.models import Conference
from referrals.consultations import services as consultation_services
from referrals.external_handovers import services as external_handover_services
from referrals.follow_ups import services as follow_up_services
from referrals.handovers import clarifications
from referrals.handovers import services as handover_services
from referrals.meldcode import services as meldcode_services
from referrals.meldcode.models import MeldcodeStep
from referrals.retention.history import histories
from referrals.routing_review.models import Correction
from tests.support import factories as make
from welzijn.core.working_days import local_date
from welzijn.notifications.models import DemoMail, Message

WORD = "zqxvplant"
TERMS = {"advice": 0, "welfare": 2, "wmo": 15, "debts": 5, "youth_care": 20, "log": 5}


def with_terms(here: make.World, **terms: Any) -> make.World:
    """A world whose partnership says how long it keeps things."""
    here.partnership.retention = {**TERMS, "organisations": {}, **terms}
    here.partnership.save()
    here.partnership.refresh_from_db()
    return here


def ended(question: Question, at: datetime, status: str = "withdrawn") -> Question:
    """The question, ended at that moment with nothing more to come; all that happened is older."""
    Question.objects.filter(pk=question.pk).update(
        status=status,
        closed_at=at,
        last_activity_at=at,
        result="helped" if status == "closed" else "",
        assigned_to=None,
    )
    TimelineEntry.objects.filter(question=question, at__gt=at).update(at=at)
    question.follow_ups.filter(status="open").update(status="cancelled", done_at=at)
    question.refresh_from_db()
    return question


def everything(here: make.World, *, now: datetime = make.TUESDAY) -> Question:
    """A question about somebody else, with a row in every table that leads to it. Not ended."""
    worker = make.intake_worker(here, "stimenz")
    teacher = make.intake_worker(here, "jeugd-punt")
    question = make.question(
        here,
        "geld",
        now=now,
        about="parent",
        name="Sanne",
        subject_name="Riet",
        words="deurwaarder",
        opening_answers=(("Wat wilt u?", "rust"),),
        postcode="3881",
        reach=ContactChoices(
            phone="+31612345678",
            email="sanne@voordeur.example",
            ways=("email", "phone"),
            times_note="na vieren",
        ),
    )
    pick_up(question=question, by=worker, now=now)
    contact_moments.log_contact(
        question=question,
        way=ContactMoment.Way.PHONE,
        outcome=ContactMoment.Outcome.SPOKEN,
        agreed="wij bellen de bank",
        note="klonk moe",
        by=worker,
        now=now,
    )
    follow_up_services.plan(
        question=question,
        what="de bank bellen",
        due_on=local_date(now) + timedelta(days=2),
        by=worker,
        now=now,
    )
    consultation = consultation_services.ask(
        question=question, to=here["jeugd-punt"], text="Wat raad je aan?", by=worker, now=now
    )
    consultation_services.answer(consultation=consultation, text="Bel samen.", by=teacher, now=now)
    _helped_elsewhere(here, question, worker, teacher, now)
    _met(question, worker, now)
    meldcode_services.report(
        question=question,
        way=MeldcodeStep.Way.PHONE,
        ground=MeldcodeStep.Ground.DANGER,
        reason="Hij slaat haar.",
        done_on=local_date(now),
        note="gebeld",
        hide_until=local_date(now) + timedelta(days=20),
        by=worker,
        now=now,
    )
    open_question.open_question(
        user=worker,
        partnership=here.partnership,
        question_id=question.pk,
        why="vraag geopend",
        now=now,
    )
    household_links.link(question=question, other=make.question(here, "geld", now=now), now=now)
    Correction.objects.create(
        decision=Decision.objects.get(question=question),
        partnership=here.partnership,
        from_organisation=here["stimenz"],
        to_organisation=here["actief"],
        why=Correction.Why.NO_ROOM,
        by=worker,
        at=now,
    )
    question.refresh_from_db()
    return question


def _helped_elsewhere(
    here: make.World, question: Question, worker: Any, teacher: Any, now: datetime
) -> None:
    offered = handover_services.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij weten meer van school.",
        summary="Het gaat over geld voor school.",
        by=worker,
        now=now,
        yes_how=SharingBasis.How.PHONE,
    )
    clarifications.ask(handover=offered, text="Is er haast bij?", by=teacher, now=now)
    handover_services.withdraw(handover=offered, by=worker, now=now)
    external_handover_services.offer(
        question=question,
        name="Huisarts Vos",
        email="vos@voordeur.example",
        why="Zij weten meer.",
        summary="Iemand slaapt slecht.",
        yes_how=SharingBasis.How.PHONE,
        by=worker,
        now=now,
    )


def _met(question: Question, worker: Any, now: datetime) -> None:
    conference = conference_planning.propose(
        question=question, why="Samen verder.", by=worker, now=now
    )
    conference_planning.invite_outside(
        conference=conference,
        name="Meester Bo",
        works_at="Basisschool",
        email="bo@voordeur.example",
        by=worker,
        now=now,
    )
    conference_planning.plan(
        conference=conference,
        starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=1, hours=1),
        place="Buurthuis",
        by=worker,
        now=now,
    )
    item = conference.agenda.get()
    conference_planning.say_about_resident(
        item=item, invited=False, why_not="Te druk.", by=worker, now=now
    )
    conference_minutes.add_action(
        item=item,
        what="school bellen",
        participant=conference.participants.exclude(email="").get(),
        due_on=local_date(now) + timedelta(days=5),
        by=worker,
        now=now,
    )
    conference_minutes.write(
        item=item,
        answers=[("Wat wil je?", "rust")],
        plan="elke week bellen",
        best="yes",
        best_words="ja",
        minutes="wij spraken",
        by=worker,
        now=now,
    )


# --- Planting -------------------------------------------------------------------------------------
# What leads to a question without a foreign key, and by which column.
BY_ID: dict[str, str] = {"audit.AccessEvent": "question_id", "notifications.Message": "about_id"}
# Free text that is no person's: who, where and how of staff, or words of the product's own.
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
        "audit.AccessEvent.role",
        "audit.AccessEvent.what",
        "audit.AccessEvent.basis",
        "intake.Question.search",
        "referrals.ReportedQuestion.municipality",
        "referrals.ReportedQuestion.channel",
    }
)


def reachable(question: Question) -> dict[type[models.Model], models.QuerySet[Any]]:
    """Every row that leads to a question, by model: over foreign keys, in both directions.

    From a question to what hangs from it, to its people and what hangs from them, to its
    conferences and what hangs from those.
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
            # Two ways to one question can't lead out of it: who asked it is one of its people.
            if link.related_model is Question or link.related_model in found:
                continue
            waiting.append(
                link.related_model._default_manager.filter(**{f"{link.field.name}__in": ids})
            )
    return found


def plant(question: Question) -> set[str]:
    """Put WORD in every free text that leads to a question; gives the fields.

    Fails for a table that leads to a question and has no row of it: then `everything` has to be
    told. Done twice, so that the history holds it as well.
    """
    found = reachable(question)
    empty = sorted(model._meta.label for model, rows in found.items() if not rows.exists())
    assert not empty, f"nothing in {empty}: give `everything` a row there"
    doors = [
        f"{model._meta.label}:{trigger.name}"
        for model in found
        for trigger in getattr(model._meta, "triggers", [])
        if trigger.name in {"append_only", "unchanged"}
    ]
    wanted, planted = set[str](), set[str]()
    with pgtrigger.ignore(*doors):
        for model, rows in found.items():
            fields = [f for f in model._meta.concrete_fields if _is_free(f)]
            wanted.update(f"{model._meta.label}.{field.name}" for field in fields)
            for row in rows:
                planted.update(_plant_row(row, fields))
    assert wanted == planted, f"nothing could be planted in {sorted(wanted - planted)}"
    _plant_demo_mail(question)
    return planted


_number = itertools.count()


def _plant_row(row: models.Model, fields: list[models.Field[Any, Any]]) -> Iterator[str]:
    """Plant twice, so that the history holds it; not where a constraint of this row forbids it."""
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
    """What could lead back to a question, by what it is: ids, tokens, the reference."""
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
    """(table, needle) for each needle anywhere in any column of any table of the database.

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
