"""Ending the daily mail, and the demo's mail page."""

from __future__ import annotations

import pytest
from django.core import mail, signing
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from tests.welzijn.notifications.conftest import TUESDAY, by_text
from welzijn.core.ids import uuid7
from welzijn.devtools.demo_mail_backend import DemoBackend
from welzijn.notifications import digest
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import DemoMail

pytestmark = pytest.mark.django_db
KEY = "user:0197"


@pytest.fixture
def stop_url() -> str:
    return reverse("stop_digest", args=[signing.dumps(KEY, salt=digest._SALT)])


@pytest.fixture
def demo(settings) -> None:
    settings.WELZIJN_DEMO = True
    settings.EMAIL_BACKEND = "welzijn.devtools.demo_mail_backend.DemoBackend"


def test_opening_the_link_changes_nothing(client, stop_url) -> None:
    page = client.get(stop_url)
    assert page.status_code == 200
    assert "Stop de dagelijkse mail" in page.content.decode()
    assert not digest.is_stopped(KEY)


def test_a_mail_program_may_post_without_a_cookie(stop_url) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    page = strict.post(stop_url, {"List-Unsubscribe": "One-Click"})
    assert page.status_code == 200
    assert digest.is_stopped(KEY)


def test_it_can_be_had_again(client, stop_url) -> None:
    client.post(stop_url)
    page = client.post(stop_url, {"weer": "1"})
    assert "Stop de dagelijkse mail" in page.content.decode()
    assert not digest.is_stopped(KEY)


@pytest.mark.parametrize("token", ["x", "dXNlcjow:1:abc"])
def test_a_made_up_link_is_nothing(client, token) -> None:
    assert client.post(reverse("stop_digest", args=[token])).status_code == 404


def test_mail_is_nobodys_to_read_outside_the_demo(client, settings) -> None:
    settings.WELZIJN_DEMO = False
    row = DemoMail.objects.create(message_id="a", recipient="a@b.nl", text="t", created_at=TUESDAY)
    assert client.get(reverse("demo_mailbox")).status_code == 404
    assert client.get(reverse("demo_mail", args=[row.id])).status_code == 404
    assert client.get(reverse("demo_mail_html", args=[row.id])).status_code == 404


def test_the_demo_shows_what_would_have_gone_out(queue, client, demo) -> None:
    queue()
    queue(by_text())
    assert sweep(now=TUESDAY).sent == 2
    assert mail.outbox == []
    box = client.get(reverse("demo_mailbox")).content.decode()
    assert "aydin@example.nl" in box
    assert "+31612345678" in box
    sent = DemoMail.objects.get(recipient="aydin@example.nl")
    page = client.get(reverse("demo_mail", args=[sent.id])).content.decode()
    assert "Er is nieuws over uw vraag." in page
    assert "Auto-Submitted" in page


def test_the_mail_itself_is_shown_under_a_strict_policy(queue, client, demo) -> None:
    queue()
    sweep(now=TUESDAY)
    page = client.get(reverse("demo_mail_html", args=[DemoMail.objects.get().id]))
    policy = page.headers["Content-Security-Policy"]
    assert "style-src 'self' 'sha256-" in policy
    assert "unsafe-inline" not in policy
    assert "Bekijk het nieuws" in page.content.decode()


def test_a_text_is_kept_once_on_a_second_try(demo) -> None:
    from welzijn.notifications.channels import sms

    for second in (False, True):
        sms.client().send(phone="+31612345678", text="t", reference="r", second_try=second)
    assert DemoMail.objects.count() == 1


def test_the_box_can_be_searched_with_anything(client, demo) -> None:
    DemoMail.objects.create(
        message_id="a", recipient="a@b.nl", subject="Er is nieuws", text="t", created_at=TUESDAY
    )
    address = reverse("demo_mailbox")
    assert "a@b.nl" in client.get(address, {"zoek": "nieuws"}).content.decode()
    assert "a@b.nl" not in client.get(address, {"zoek": "elders"}).content.decode()
    for odd in ("\x00", "x" * 2000, "%", "'"):
        assert client.get(address, {"zoek": odd}).status_code == 200
    assert client.get(address, {"pagina": "duizend"}).status_code == 200


def test_mail_of_other_parts_lands_there_too(demo) -> None:
    other = EmailMultiAlternatives("Uw inlogcode", "123", to=["a@b.nl", "c@d.nl"])
    assert DemoBackend().send_messages([other]) == 1
    assert DemoMail.objects.count() == 2


def test_an_unknown_mail_is_404(client, demo) -> None:
    assert client.get(reverse("demo_mail", args=[uuid7()])).status_code == 404
