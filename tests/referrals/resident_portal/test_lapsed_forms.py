"""A number or address that a resident sent after their hour comes back once the code was given."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intake.people import details
from intake.questions.models import Question
from tests.support import factories as make
from tests.support.refused import shown_again
from tests.support.signing_in import entered

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
PATH = "/volg/vraag/bereiken/"


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}"\s+value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


@pytest.mark.parametrize("cookie_gone", [False, True])
def test_a_number_typed_before_the_hour_was_over_stands_there_after_the_code(
    cookie_gone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = make.world()
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)
    receipt, other = make.submitted(here, "geld"), make.submitted(here, "opgroeien")
    client = entered(receipt)
    seen = hidden(client.get(PATH, headers=HOST).content.decode(), "seen")
    data: dict[str, Any] = {"seen": seen, "ways": ["phone"], "phone": "06 22 33 44 55"}
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY + timedelta(minutes=21))
    if cookie_gone:
        client.cookies.clear()
    asked = client.post(PATH, data, headers=HOST)
    assert asked.status_code == 401
    page = asked.content.decode()
    assert "Wat u typte, staat er daarna weer." in page
    # Nobody reads it on that page, nor in its source.
    assert "22 33 44" not in page
    again = {"kept": hidden(page, "kept"), "reference": receipt.reference}

    # A wrong code loses nothing.
    wrong = shown_again(client, client.post("/volg/", {**again, "code": "0"}, headers=HOST))
    assert hidden(wrong.content.decode(), "kept") == again["kept"]
    if not cookie_gone:
        # It is not shown on another question.
        theirs = Client()
        theirs.cookies = client.cookies
        elsewhere = {**again, "reference": other.reference, "code": other.code}
        assert theirs.post("/volg/", elsewhere, headers=HOST)["Location"] == "/volg/vraag/"
        return
    right = client.post("/volg/", {**again, "code": receipt.code}, headers=HOST)
    page = shown_again(client, right).content.decode()
    assert 'value="06 22 33 44 55"' in page
    person = Question.objects.get(reference=receipt.reference).asker
    assert details.known(person)["phone"] != "+31622334455"
    sent = {**data, "seen": hidden(page, "seen"), "sure": "on"}
    assert client.post(PATH, sent, headers=HOST)["Location"] == "/volg/vraag/"
    assert details.known(person)["phone"] == "+31622334455"


def test_what_is_no_form_of_ours_is_ignored() -> None:
    receipt = make.submitted(make.world(), "geld")
    given = {"reference": receipt.reference, "code": receipt.code, "kept": "iets anders"}
    assert Client().post("/volg/", given, headers=HOST)["Location"] == "/volg/vraag/"
