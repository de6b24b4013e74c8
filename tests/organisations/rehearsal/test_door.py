"""Who comes in while a partnership rehearses, and what every page says."""

from typing import Any

import pytest
from django.test import Client

from organisations.partnerships.models import Partnership
from organisations.rehearsal import rehearsing
from organisations.roles.models import Role
from tests.organisations.partnership_editor.here import client_of
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST: dict[str, Any] = {"host": "putten.localhost"}
MARK = "Dit is een oefening."


def closed() -> make.World:
    here = make.world()
    Partnership.objects.filter(pk=here.partnership.pk).update(live=False)
    here.partnership.refresh_from_db()
    return here


@pytest.mark.django_db(transaction=True)
def test_its_own_people_practise_and_nobody_else_comes_in(settings: Any) -> None:
    settings.WELZIJN_DEMO = True  # no second factor
    here = closed()
    boss = client_of(make.member(here, Role.ADMINISTRATOR, "stimenz"))
    worker = client_of(make.professional(here, "stimenz"))
    stranger = client_of(make.professional(make.world("elders"), "stimenz"))
    assert boss.get("/vraag/", headers=HOST).status_code == 503
    # An administrator comes to the checklist first.
    assert boss.get("/beheer/beginnen/", headers=HOST).context["checklist"].left > 0
    assert worker.get("/beheer/beginnen/", headers=HOST).status_code == 403
    begun = boss.post("/beheer/beginnen/oefenen/", {"doe": "begin"}, headers=HOST)
    assert begun.status_code == 302

    for path in ("/", "/vraag/", "/vraag/bellen/", "/volg/", "/privacy/"):
        assert MARK in worker.get(path, headers=HOST).content.decode(), path
        for outside in (Client(), stranger):
            answer = outside.get(path, headers=HOST)
            assert answer.status_code == 503, path
            assert "nog niet open" in answer.content.decode()
    page = worker.get("/werk/", headers=HOST).content.decode()
    assert MARK in page
    assert "<title>Oefening · " in page
    # Signing in and the way out stay open to everybody.
    assert Client().get("/accounts/login/", headers=HOST).status_code == 200
    assert Client().get("/snel-weg/", headers=HOST).status_code != 503

    rehearsing.start(partnership=here.partnership, now=make.TUESDAY)  # a second time is harmless
    make.question(here, "geld")
    kept = boss.get("/beheer/beginnen/", headers=HOST)
    assert kept.context["practised"] == 1
    assert "Er is 1 oefenvraag." in kept.content.decode()
    boss.post("/beheer/beginnen/oefenen/", {"doe": "wis"}, headers=HOST)
    assert boss.get("/beheer/beginnen/", headers=HOST).context["practised"] == 0
    assert worker.get("/vraag/", headers=HOST).status_code == 200
    boss.post("/beheer/beginnen/oefenen/", {"doe": "stop"}, headers=HOST)
    assert worker.get("/vraag/", headers=HOST).status_code == 503
    boss.post("/beheer/beginnen/oefenen/", {"doe": "x"}, headers=HOST)
    assert worker.get("/vraag/", headers=HOST).status_code == 503


def test_an_open_door_does_not_rehearse(settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    here = make.world()
    boss = client_of(make.member(here, Role.ADMINISTRATOR, "stimenz"))
    said = boss.post("/beheer/beginnen/oefenen/", {"doe": "begin"}, headers=HOST, follow=True)
    assert "De voordeur is open." in said.content.decode()
    make.question(here, "geld")
    Partnership.objects.filter(pk=here.partnership.pk).update(live=False)
    said = boss.post("/beheer/beginnen/oefenen/", {"doe": "begin"}, headers=HOST, follow=True)
    assert "Er zijn al vragen van inwoners." in said.content.decode()
    here.partnership.refresh_from_db()
    assert here.partnership.rehearsing_since is None
