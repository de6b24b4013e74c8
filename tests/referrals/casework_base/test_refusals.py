"""What can't be done because a colleague was first is a notice with who, and no form error."""

import re
from datetime import timedelta

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from referrals.casework import pick_up
from referrals.follow_ups import staff_actions
from tests.support import factories as make
from tests.support.html import as_read
from tests.support.signing_in import signed_in
from welzijn.config.message_storage import MessageStorage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def test_who_was_first_is_named_once_above_the_form() -> None:
    here = make.world()
    omar = make.intake_worker(here, "stimenz", who=make.user("Omar"))
    sara = make.intake_worker(here, "stimenz", who=make.user("Sara"))
    question = make.question(here, "geld")
    client = signed_in(sara)
    pick_up.pick_up(question=question, by=omar, now=timezone.now())
    url = f"/vraagstuk/{question.pk}/oppakken/"
    page = as_read(client.post(url).content.decode())
    assert page.count("Omar heeft deze vraag net opgepakt.") == 1
    assert "Er klopt" not in page


def test_what_a_colleague_did_already_is_said_with_their_name() -> None:
    here = make.world()
    omar = make.intake_worker(here, "stimenz", who=make.user("Omar"))
    sara = make.intake_worker(here, "stimenz", who=make.user("Sara"))
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=omar, now=timezone.now())
    day = timezone.localdate() + timedelta(days=3)
    plan = staff_actions.plan(
        question=question, due_on=day, what="brief lezen", by=omar, now=timezone.now()
    )
    staff_actions.done(follow_up=plan, by=omar, now=timezone.now())
    url = f"/vraagstuk/{question.pk}/afspraak/{plan.pk}/"
    sent = {"choice": "verzet", "due_on": (day + timedelta(days=7)).isoformat()}
    page = as_read(signed_in(sara).post(url, sent, follow=True).content.decode())
    said = "Dit is al gedaan of niet meer nodig. Omar vinkte af wat er afgesproken was."
    assert re.findall(r'class="utrecht-alert__content"><p>(.*?)</p>', page) == [said]


class Twice(forms.Form):
    """A form whose error belongs to no field."""

    day = forms.CharField()

    def clean(self) -> None:
        """Refuse anything."""
        raise forms.ValidationError("Dat kan niet.")


def test_an_error_of_the_whole_form_is_said_once() -> None:
    page = Template("{% load forms %}{% error_summary form %}{{ form }}")
    assert page.render(Context({"form": Twice({"day": "x"})})).count("Dat kan niet.") == 1
    without_summary = Template("{{ form }}").render(Context({"form": Twice({"day": "x"})}))
    assert without_summary.count("Dat kan niet.") == 1


def test_the_same_confirmation_waits_once() -> None:
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    storage = MessageStorage(request)
    for _time in range(2):
        storage.add(constants.SUCCESS, "Vastgelegd.")
    storage.add(constants.SUCCESS, "Iets anders.")
    assert [str(one) for one in storage] == ["Vastgelegd.", "Iets anders."]
    assert all(isinstance(one, Message) for one in storage)
