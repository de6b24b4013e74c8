"""Signed-in test clients; for a browser see tests/browser/signing_in.py."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone

from intake.questions.models import Question
from intake.resident_access import code_entry
from intake.submission.submit import Receipt
from welzijn.accounts.models import User

_AT_PUTTEN = {"host": "putten.localhost"}


def signed_in(user: User, **options: Any) -> Client:
    """A colleague's client at putten.localhost; `options` are those of Django's `Client`.

    A second factor is required as in production, unless the fixture `no_second_factor` is used.
    """
    client = Client(headers=_AT_PUTTEN, **options)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def entered(receipt: Receipt) -> Client:
    """A resident's client at putten.localhost, who gave the reference and code of `receipt`."""
    client = Client(headers=_AT_PUTTEN)
    answer = client.post("/volg/", {"reference": receipt.reference, "code": receipt.code})
    assert answer.status_code == 302
    return client


def with_open_question(client: Client, question_id: UUID) -> Client:
    """The client with this question open at /volg/, without a code having been given."""
    request = RequestFactory().get("/volg/")
    request.session = session = client.session
    code_entry.remember(request, Question.objects.get(pk=question_id), timezone.now())
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client
