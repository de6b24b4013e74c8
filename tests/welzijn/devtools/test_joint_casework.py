"""The demo shows what organisations do together: a family, an MDO, a doctor, a report, signals."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.utils import timezone

from intake.households.models import HouseholdLink
from organisations.partnerships.models import Partnership
from referrals.conferences.models import AgendaItem, Conference
from referrals.external_handovers.models import OutsideHandover
from referrals.follow_ups.models import FollowUp
from referrals.meldcode.models import MeldcodeStep
from referrals.signals.models import Signal, SignalBundle
from welzijn.audit.models import Withholding
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
FOLDER = Path(django_settings.BASE_DIR) / "organisations" / "partnerships"


def shown(slug: str) -> Partnership:
    """The demo of one partnership, told twice: the second time changes nothing."""
    call_command("load_partnership", str(FOLDER / f"{slug}.toml"), verbosity=0)
    call_command("demo_people", verbosity=0)
    before = counts()
    call_command("demo_people", verbosity=0)
    assert counts() == before
    return Partnership.objects.get(slug=slug)


def counts() -> list[int]:
    models = (Conference, HouseholdLink, MeldcodeStep, OutsideHandover, Signal, SignalBundle)
    return [model.objects.count() for model in (*models, Message)]


def test_putten_shows_a_partner_outside_an_mdo_a_hidden_report_and_signals() -> None:
    shown("putten")
    assert OutsideHandover.objects.get().status == OutsideHandover.Status.OFFERED
    planned = Conference.objects.get()
    assert planned.status == Conference.Status.PLANNED
    assert planned.starts_at is not None
    assert planned.starts_at > timezone.now()
    assert planned.participants.count() == 3
    reported = MeldcodeStep.objects.get(outcome=MeldcodeStep.Outcome.REPORTED)
    hidden = Withholding.objects.get()
    assert hidden.approved_by is not None
    assert hidden.event.question_id == reported.question_id
    answered = SignalBundle.objects.get()
    assert answered.answer
    assert Signal.objects.waiting().count() == 2


def test_oss_shows_a_family_whose_son_has_a_question_of_his_own() -> None:
    shown("oss")
    links = HouseholdLink.objects.filter(ended_at__isnull=True)
    assert links.count() == 2
    assert links.values("household").distinct().count() == 1
    assert AgendaItem.objects.get().question.asker.contact_wish.interpreter


def test_asten_and_someren_show_a_melding_and_what_each_meeting_heard() -> None:
    shown("asten-someren")
    clock = FollowUp.objects.get(kind="clock", organisation__slug="wmo-someren")
    assert clock.question.kind == "wmo"
    by_place = {b.municipality.name: bool(b.answer) for b in SignalBundle.objects.all()}
    assert by_place == {"Asten": True, "Someren": False}
