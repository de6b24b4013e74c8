"""Residents who wish sign in with DigiD through a broker, and see their own questions."""

import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.questions.models import Question
from intake.resident_access import code_entry
from intake.resident_sign_in import broker as digid_broker
from intake.resident_sign_in.models import OwnQuestion, ResidentAccount
from tests.support import factories as make
from tests.support import openid_provider
from tests.support.openid_provider import CLIENT, OTHER_KEY, SECRET, OpenIDProvider
from tests.support.refused import is_refused
from tests.welzijn.single_sign_on.browser import at_provider, shown
from welzijn.audit.models import AccessEvent
from welzijn.single_sign_on import discovery
from welzijn.single_sign_on.provider_settings import ProviderSettings

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"
BSN = "999990019"  # a number for tests, that nobody has


@pytest.fixture
def broker(settings: Any) -> Iterator[OpenIDProvider]:
    """A running broker, switched on for Putten."""
    discovery.forget()
    with openid_provider.running() as found:
        settings.DIGID_BROKER = ProviderSettings(
            id="digid",
            label="DigiD",
            issuer=found.issuer,
            client_id=CLIENT,
            client_secret=SECRET,
            second_factor_acr=(SUBSTANTIAL,),
            scope=("openid",),
            insecure=True,
        )
        settings.DIGID_PARTNERSHIPS = ["putten"]
        settings.DIGID_PSEUDONYM_KEY = "k" * 40
        settings.DIGID_SUBJECT_CLAIM = "urn:nl-eid-gdi:1.0:id:legacy-BSN"
        yield found
    discovery.forget()


@pytest.fixture
def here() -> make.World:
    return make.world()


def sign_in(broker: OpenIDProvider, client: Client | None = None, **claims: Any) -> Client:
    """Sign in with these claims; a valid person of the broker by default."""
    broker.claims = {
        "sub": "abc",
        "acr": SUBSTANTIAL,
        "urn:nl-eid-gdi:1.0:id:legacy-BSN": BSN,
        **claims,
    }
    client = client or Client()
    start = client.get(reverse("resident_sign_in_begin"), headers=HOST)
    assert start.status_code == 302
    client.last = client.get(  # type: ignore[attr-defined]
        at_provider(start["Location"]), headers=HOST, follow=True
    )
    return client


def is_in(client: Client) -> bool:
    """Whether the list opens."""
    return bool(client.get(reverse("own_questions"), headers=HOST).status_code == 200)


def add(client: Client, reference: str, code: str) -> Any:
    return client.post(
        reverse("own_questions"), {"reference": reference, "code": code}, headers=HOST
    )


@pytest.mark.parametrize("name", ["own_questions", "resident_sign_in", "resident_sign_in_begin"])
def test_without_digid_nothing_of_it_exists(here: make.World, name: str) -> None:
    assert Client().get(reverse(name), headers=HOST).status_code == 404
    assert "DigiD" not in shown(Client().get(reverse("follow"), headers=HOST))


def test_it_is_on_for_the_named_partnerships_only(broker: OpenIDProvider, here: make.World) -> None:
    make.world("elders")
    elsewhere = {"host": "elders.localhost"}
    assert Client().get(reverse("resident_sign_in"), headers=elsewhere).status_code == 404
    assert "DigiD" not in shown(Client().get(reverse("follow"), headers=elsewhere))
    assert "DigiD" in shown(Client().get(reverse("follow"), headers=HOST))
    assert "burgerservicenummer niet" in shown(
        Client().get(reverse("resident_sign_in"), headers=HOST)
    )


def test_a_question_with_its_code_once_is_there_without_a_code_afterwards(
    broker: OpenIDProvider, here: make.World
) -> None:
    receipt = make.submitted(here, "geld", now=timezone.now())
    client = sign_in(broker)
    assert "nog geen vraag" in shown(client.last)  # type: ignore[attr-defined]
    assert is_refused(add(client, receipt.reference, "000000000"))
    assert not OwnQuestion.objects.exists()
    assert add(client, receipt.reference, receipt.code).status_code == 302
    again = sign_in(broker)
    page = shown(again.get(reverse("own_questions"), headers=HOST))
    assert receipt.reference in page
    assert receipt.question.words not in page or not receipt.question.words
    opened = again.post(
        reverse("own_question", args=[receipt.question.pk]), headers=HOST, follow=True
    )
    assert opened.redirect_chain[-1][0] == reverse("follow_question")
    assert opened.status_code == 200
    looks = AccessEvent.objects.filter(actor_kind="resident", question_id=receipt.question.pk)
    assert {"list", "read"} <= set(looks.values_list("action", flat=True))


def test_a_question_asked_while_signed_in_is_in_the_list(
    broker: OpenIDProvider, here: make.World
) -> None:
    from intake.resident_sign_in import own_questions

    receipt = make.submitted(here, "geld", now=timezone.now())
    sign_in(broker)
    account = ResidentAccount.objects.get()
    now = timezone.now()
    own_questions.link(
        account=account, question=receipt.question, how=OwnQuestion.How.ASKED, now=now
    )
    question = Question.objects.get(pk=receipt.question.pk)
    code_entry.renew_code(question=question)
    assert own_questions.listed(account=account, now=now) == [question]


def test_a_new_code_ends_the_link_of_who_had_the_old_one(
    broker: OpenIDProvider, here: make.World
) -> None:
    receipt = make.submitted(here, "geld", now=timezone.now())
    client = sign_in(broker)
    add(client, receipt.reference, receipt.code)
    code_entry.renew_code(question=Question.objects.get(pk=receipt.question.pk))
    assert receipt.reference not in shown(client.get(reverse("own_questions"), headers=HOST))
    address = reverse("own_question", args=[receipt.question.pk])
    assert client.post(address, headers=HOST).status_code == 404


def test_nobody_sees_or_opens_the_questions_of_another(
    broker: OpenIDProvider, here: make.World
) -> None:
    receipt = make.submitted(here, "geld", now=timezone.now())
    add(sign_in(broker), receipt.reference, receipt.code)
    other = sign_in(broker, None, **{"urn:nl-eid-gdi:1.0:id:legacy-BSN": "999990020"})
    assert receipt.reference not in shown(other.get(reverse("own_questions"), headers=HOST))
    for name in ("own_question", "own_question_off"):
        other.post(reverse(name, args=[receipt.question.pk]), headers=HOST)
    assert OwnQuestion.objects.count() == 1
    nobody = Client().post(reverse("own_question", args=[receipt.question.pk]), headers=HOST)
    assert nobody["Location"] == reverse("resident_sign_in")


def test_taken_off_the_list_the_question_stays(broker: OpenIDProvider, here: make.World) -> None:
    receipt = make.submitted(here, "geld", now=timezone.now())
    client = sign_in(broker)
    add(client, receipt.reference, receipt.code)
    client.post(reverse("own_question_off", args=[receipt.question.pk]), headers=HOST)
    assert not OwnQuestion.objects.exists()
    assert Question.objects.filter(pk=receipt.question.pk).exists()


def test_the_number_is_stored_nowhere_and_differs_by_partnership(
    broker: OpenIDProvider, here: make.World, settings: Any
) -> None:
    client = sign_in(broker)
    stored = bytes(ResidentAccount.objects.get().pseudonym)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        sessions = [row[0] for row in cursor.fetchall()]
    assert sessions
    assert BSN not in str(dict(client.session))
    there = make.world("elders").partnership
    assert digid_broker.pseudonym(there, BSN) != stored
    # Eight digits are the same number without its first zero; another key gives another pseudonym.
    assert digid_broker.pseudonym(there, "12345678") == digid_broker.pseudonym(there, "012345678")
    settings.DIGID_PSEUDONYM_KEY = "q" * 40
    assert digid_broker.pseudonym(here.partnership, BSN) != stored


@pytest.mark.parametrize(
    "claims",
    [
        {"acr": None},
        {"acr": "http://eidas.europa.eu/LoA/low"},
        {"urn:nl-eid-gdi:1.0:id:legacy-BSN": None},
        {"urn:nl-eid-gdi:1.0:id:legacy-BSN": 999990019},
        {"act": {"sub": "another"}},
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://elders.example"},
        {"exp": int(time.time()) - 3600},
    ],
)
def test_an_answer_that_is_not_right_opens_nothing(
    broker: OpenIDProvider, here: make.World, claims: dict[str, Any]
) -> None:
    client = sign_in(broker, **claims)
    assert not is_in(client)
    assert client.last.status_code == 403  # type: ignore[attr-defined]
    assert not ResidentAccount.objects.exists()


def test_a_forged_answer_opens_nothing(broker: OpenIDProvider, here: make.World) -> None:
    for forge in (
        lambda of, claims: jwt.encode(claims, OTHER_KEY, "RS256", headers={"kid": of.kid}),
        lambda _of, claims: jwt.encode(claims, "", "none"),
    ):
        broker.forge = forge
        assert not is_in(sign_in(broker))


def test_another_browser_or_a_second_time_opens_nothing(
    broker: OpenIDProvider, here: make.World
) -> None:
    sign_in(broker)
    client = Client()
    start = client.get(reverse("resident_sign_in_begin"), headers=HOST)
    back = at_provider(start["Location"])
    assert Client().get(back, headers=HOST).status_code == 403
    assert client.get(back, headers=HOST).status_code == 302
    assert client.get(back, headers=HOST).status_code == 403


def test_cancelled_and_down_have_a_page(broker: OpenIDProvider, here: make.World) -> None:
    back = reverse("resident_sign_in_return")
    page = Client().get(back, {"error": "access_denied"}, headers=HOST)
    assert "gestopt" in shown(page)
    discovery.forget()
    broker.down = True
    page = Client().get(reverse("resident_sign_in_begin"), headers=HOST)
    assert (page.status_code, "kenmerk en code" in shown(page)) == (503, True)


def test_the_client_signs_as_the_profile_asks(
    broker: OpenIDProvider, here: make.World, settings: Any
) -> None:
    broker.client_key = OTHER_KEY.public_key()
    assert not is_in(sign_in(broker))
    settings.DIGID_PRIVATE_KEY = OTHER_KEY.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    ).decode()
    assert is_in(sign_in(broker))
    assert broker.requested["code_challenge_method"] == "S256"
    assert broker.requested["acr_values"] == SUBSTANTIAL
    assert len(broker.requested["state"]) >= 22


def test_signed_out_the_list_and_the_question_close(
    broker: OpenIDProvider, here: make.World
) -> None:
    receipt = make.submitted(here, "geld", now=timezone.now())
    client = sign_in(broker)
    add(client, receipt.reference, receipt.code)
    client.post(reverse("own_question", args=[receipt.question.pk]), headers=HOST)
    client.post(reverse("resident_sign_out"), headers=HOST)
    assert not is_in(client)
    assert client.get(reverse("follow_question"), headers=HOST).status_code == 302
