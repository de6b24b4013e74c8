"""Signing in with DigiD in two tabs: the first one back counts, the other says what happened."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.intake.resident_sign_in.test_digid import HOST, add, broker, here, is_in, sign_in
from tests.support import factories as make
from tests.support.openid_provider import OpenIDProvider
from tests.welzijn.single_sign_on.browser import at_provider, shown

__all__ = ["broker", "here"]  # fixtures
pytestmark = pytest.mark.django_db


def begun(client: Client) -> str:
    """Begin in a new tab; return where the broker sends it back to."""
    return at_provider(client.get(reverse("resident_sign_in_begin"), headers=HOST)["Location"])


def token(client: Client) -> str:
    page = shown(client.get(reverse("own_questions"), headers=HOST))
    return re.findall(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', page)[0]


def send(client: Client, name: str, *args: Any, kept: str, **data: str) -> Any:
    data["csrfmiddlewaretoken"] = kept
    return client.post(reverse(name, args=args), data, headers=HOST)


def test_each_tab_that_began_can_come_back(broker: OpenIDProvider, here: make.World) -> None:
    client = sign_in(broker)
    client.post(reverse("resident_sign_out"), headers=HOST)
    first, second = begun(client), begun(client)
    assert client.get(first, headers=HOST).status_code == 302
    assert is_in(client)
    # The same person again: a real answer of the broker, for a tab of this browser.
    assert client.get(second, headers=HOST).status_code == 302
    assert is_in(client)


def test_an_answer_that_came_before_says_that_one_is_in(
    broker: OpenIDProvider, here: make.World
) -> None:
    client = sign_in(broker)
    client.post(reverse("resident_sign_out"), headers=HOST)
    back = begun(client)
    client.get(back, headers=HOST)
    page = client.get(back, headers=HOST)
    assert (page.status_code, "U bent al ingelogd" in shown(page)) == (403, True)
    assert f'href="{reverse("own_questions")}"' in shown(page)
    assert is_in(client)


def test_only_the_last_tabs_are_remembered(broker: OpenIDProvider, here: make.World) -> None:
    client = sign_in(broker)
    client.post(reverse("resident_sign_out"), headers=HOST)
    oldest = begun(client)
    last = [begun(client) for _tab in range(5)]
    assert client.get(oldest, headers=HOST).status_code == 403
    assert not is_in(client)
    assert client.get(last[0], headers=HOST).status_code == 302


def test_a_form_of_an_old_tab_says_what_happened(broker: OpenIDProvider, here: make.World) -> None:
    receipt = make.submitted(here, "geld", now=timezone.now())
    client = sign_in(broker, Client(enforce_csrf_checks=True))
    old_tab = token(client)
    client.get(begun(client), headers=HOST)  # signed in anew: another token
    typed = {"reference": receipt.reference, "code": receipt.code}
    page = send(client, "own_questions", kept=old_tab, **typed)
    assert (page.status_code, "U bent al ingelogd" in shown(page)) == (403, True)
    assert receipt.code not in shown(page)
    for name in ("own_question", "own_question_off"):
        page = send(client, name, receipt.question.pk, kept=old_tab)
        assert (page.status_code, "Naar uw vragen" in shown(page)) == (403, True)
    page = send(client, "resident_sign_out", kept=old_tab)
    assert f'href="{reverse("own_questions")}"' in shown(page)
    assert is_in(client)  # and the page says so


def test_after_signing_out_in_another_tab_that_is_said(
    broker: OpenIDProvider, here: make.World
) -> None:
    receipt = make.submitted(here, "geld", now=timezone.now())
    client = sign_in(broker, Client(enforce_csrf_checks=True))
    kept = token(client)
    send(client, "own_questions", kept=kept, reference=receipt.reference, code=receipt.code)
    send(client, "own_question", receipt.question.pk, kept=token(client))
    send(client, "resident_sign_out", kept=token(client))
    page = send(client, "own_question_off", receipt.question.pk, kept=kept)
    assert (page.status_code, "U bent uitgelogd" in shown(page)) == (403, True)
    assert "Inloggen met DigiD" in shown(page)


def test_adding_a_question_still_works(broker: OpenIDProvider, here: make.World) -> None:
    receipt = make.submitted(here, "geld", now=timezone.now())
    assert add(sign_in(broker), receipt.reference, receipt.code).status_code == 302
