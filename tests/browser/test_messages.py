"""Mails are read in the browser, and the daily mail is ended from the mail itself."""

from __future__ import annotations

import re

import pytest

from tests.support import factories
from tests.support.factories import TUESDAY
from welzijn.core.ids import uuid7
from welzijn.core.working_days import Calendar
from welzijn.notifications import message_kinds, outbox
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import DemoMail
from welzijn.notifications.recipients import Channel, DeliveryPreferences, Recipient


@pytest.fixture
def notified(settings, monkeypatch):
    """In the demo: news for a resident by mail and text, and a daily mail for a colleague."""
    settings.WELZIJN_DEMO = True
    settings.EMAIL_BACKEND = "welzijn.devtools.demo_mail_backend.DemoBackend"
    monkeypatch.setattr(message_kinds, "_kinds", dict(message_kinds._kinds))
    message_kinds.register("journey", still_valid=message_kinds.always)
    partnership = factories.partnership("putten")
    by_mail = DeliveryPreferences((Channel.EMAIL,), email="sanne@example.nl", may_say_who=True)
    by_text = DeliveryPreferences(
        (Channel.SMS,), phone="+31612345678", may_say_who=True, language="en"
    )
    fatma = Recipient.user(uuid7(), email="fatma@stimenz.example")
    sent_now: list[tuple[Recipient, str, dict[str, str | int]]] = [
        (Recipient.resident(uuid7(), by_mail), "news", {}),
        (Recipient.resident(uuid7(), by_text), "news", {}),
        (fatma, "question_new", {"reference": "PT-2K7-QX", "due_on": "2026-11-26"}),
        (fatma, "handover_offered", {"reference": "PT-8M3-AR", "due_on": "2026-11-27"}),
        (fatma, "followup_overdue", {"reference": "PT-5T1-LW", "working_days": 2}),
    ]
    for recipient, template, context in sent_now:
        outbox.queue(
            partnership_id=partnership.id,
            subject_kind="journey",
            subject_id=uuid7(),
            recipient=recipient,
            template=template,
            context=context,
            now=TUESDAY,
        )
    sweep(now=TUESDAY)
    sweep(now=outbox.next_digest(TUESDAY, Calendar()))


def test_the_demo_lets_one_read_what_would_have_been_sent(journey, page, address, notified):
    page.goto(address("putten", "/demo/post/"))
    journey.check(page, "post")

    page.get_by_role("link", name="Er is nieuws voor u").click()
    page.get_by_text("Er is nieuws over uw vraag.").first.wait_for()
    journey.check(page, "news")

    page.get_by_role("link", name="Bekijk zoals een mailprogramma hem toont").click()
    page.get_by_role("link", name="Bekijk het nieuws").wait_for()
    journey.check(page, "news-as-mail")

    page.goto(address("putten", "/demo/post/?zoek=fatma"))
    page.get_by_role("link", name="Uw werk van vandaag in Voordeur").click()
    page.get_by_role("link", name="Bekijk zoals een mailprogramma hem toont").click()
    page.get_by_text("PT-8M3-AR").wait_for()
    journey.check(page, "daily-mail")

    page.goto(address("putten", "/demo/post/?zoek=niemand"))
    page.get_by_text("Nog geen post").wait_for()
    journey.check(page, "nothing")


def test_the_daily_mail_is_ended_and_had_again(journey, page, address, notified):
    text = DemoMail.objects.get(recipient="fatma@stimenz.example").text
    [path] = re.findall(r"/bericht/uit/\S+", text)
    page.goto(address("putten", path))
    page.get_by_role("button", name="Stop de dagelijkse mail").wait_for()
    journey.check(page, "asked")

    page.get_by_role("button", name="Stop de dagelijkse mail").click()
    page.get_by_role("button", name="Stuur de mail weer").wait_for()
    journey.check(page, "ended")

    page.get_by_role("button", name="Stuur de mail weer").click()
    page.get_by_role("button", name="Stop de dagelijkse mail").wait_for()
