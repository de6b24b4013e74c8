"""Real flows with planted personal data: no log line, mail, URL, title or history contains it."""

import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from intake.people.models import Person
from intake.questions.models import Question
from tests.intake.resident import HOST, Resident
from tests.support import factories as make
from welzijn.monitoring.logs import WithoutPersonalData
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
NAME, PHONE, MAIL = "Quirina Zwaluwstaart", "06 48765432", "quirina@zwaluwstaart.example"
WORDS = "Het servies is verkocht en ik durf niet meer naar de bank"
PLANTED = ("Quirina", "Zwaluwstaart", "48765432", "zwaluwstaart", "servies", "durf niet")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Capture everything that the product logs from DEBUG on, formatted by its handler."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutPersonalData())
    logged: Any = configured.LOGGING
    handler.setFormatter(logging.Formatter(logged["formatters"]["text"]["format"]))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def _found_in(text: str) -> list[str]:
    return [planted for planted in PLANTED if planted.lower() in text.lower()]


def _asks() -> Question:
    resident = Resident()
    who = resident.writes(
        WORDS,
        bereiken={"ways": ["email", "phone"], "phone": PHONE, "email": MAIL, "name": NAME},
    )
    answer = resident.sends(who)
    assert answer.status_code == 302
    assert _found_in(answer.headers["Location"]) == []
    return Question.objects.get()


def _signed_in(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_question_from_intake_to_mail_leaks_no_person(log: io.StringIO, settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    here = make.world()
    question = _asks()
    worker = make.intake_worker(here, question.lead.slug)
    clients = [
        _signed_in(worker),
        _signed_in(make.coordinator(here, question.lead.slug, reads_new=True)),
        _signed_in(make.desk_worker(here, question.lead.slug)),
    ]
    case = f"/vraagstuk/{question.pk}/"
    titles, addresses = [], []
    for client in clients:
        for path in ("/werk/", case, f"{case}waarom/", "/caseload/", f"/caseload/?zoek={NAME}"):
            page = client.get(path, headers=HOST)
            titles += re.findall(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)
            addresses.append(page.headers.get("Location", ""))
            # What stands in a link is in the history of the browser and in the next Referer; the
            # search itself was typed by who reads it.
            if "zoek" not in path:
                links = re.findall(r'(?:href|action|src)="([^"]*)"', page.content.decode())
                addresses += [link for link in links if not link.startswith(("tel:", "mailto:"))]
        for path in (f"{case}oppakken/", f"{case}contact/", "/balie/", "/balie/eerder/"):
            page = client.post(path, {"name": NAME, "phone": PHONE, "text": WORDS}, headers=HOST)
            addresses.append(page.headers.get("Location", ""))
    sweep(now=timezone.now() + timedelta(days=1))
    assert Message.objects.exists()
    assert _found_in("\n".join(titles)) == []
    assert _found_in("\n".join(addresses)) == []
    assert _found_in(log.getvalue()) == []
    for sent in mail.outbox:
        assert _found_in(str(sent.subject)) == []
        assert _found_in(str(sent.body)) == []
        assert question.reference not in str(sent.subject)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(string_agg(metadata::text, ' '), '') FROM pghistory_context"
        )
        assert _found_in(cursor.fetchone()[0]) == []


def test_an_exception_that_quotes_a_row_is_logged_without_it(log: io.StringIO) -> None:
    """The message of a database error quotes the row; that of a view may quote anything."""
    make.world()
    person = Person.objects.filter(pk=_asks().asker_id)
    try:
        with transaction.atomic():
            person.update(age_band="no such band " * 20)
    except DatabaseError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/werk/")
    try:
        int(f"{NAME} {PHONE} {WORDS}")
    except ValueError:
        logging.getLogger("celery.app.trace").exception("Task failed")
    logging.getLogger("smtp").warning("refused %s, call %s", MAIL, PHONE)
    assert "ValueError" in log.getvalue()
    assert _found_in(log.getvalue()) == []
