"""The pages of an MDO: from proposal to plan, for somebody outside, for a resident."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from referrals.conferences import invitations as conference_invitations
from referrals.conferences.models import Conference, Participant
from tests.referrals.conferences.family_conference import Family
from tests.support import factories as make
from tests.support.refused import is_refused
from tests.support.signing_in import entered, signed_in
from welzijn.core.working_days import Calendar

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


def test_the_pages_from_proposal_to_plan(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WELZIJN_DEMO = True
    family = Family(timezone.now())
    worker = signed_in(family.worker)
    proposing = f"/vraagstuk/{family.question.pk}/mdo/"
    assert worker.post(proposing, {"why": "Over de huur."}, headers=HOST).status_code == 302
    conference = Conference.objects.get()
    base, item = f"/mdo/{conference.pk}/", f"/mdo/punt/{family.item().pk}/"
    outside = {"name": "Dokter Vos", "works_at": "Huisarts", "email": "vos@voordeur.example"}
    day = Calendar().add_working_days(timezone.localdate(), 5).isoformat()
    steps: list[tuple[str, dict[str, Any]]] = [
        (f"{base}tijd/", {"day": day, "begins": "10:00", "ends": "11:00", "place": "Trefpunt"}),
        (f"{base}nodig-uit/", {"members": [str(family.member(family.youth).pk)]}),
        (f"{base}nodig-uit/", outside),
        (base, {"komt": "ja"}),
        (f"{item}delen/", {"organisation": str(family.here["jeugd-punt"].pk), "how": "phone"}),
        (f"{item}verslag/", {"answer0": "rust", "plan": "Samen bellen.", "best": "yes"}),
        (f"{item}actie/", {"what": "bellen", "due_on": day}),
    ]
    for path, given in steps:
        if path.endswith("verslag/"):
            # It can't be reported before it was.
            assert worker.post(path, given, headers=HOST).status_code == 422
            portal = entered(family.parents).get("/volg/vraag/mdo/", headers=HOST)
            assert "Trefpunt" in portal.content.decode()
            begun = Conference.objects.get().starts_at
            monkeypatch.setattr(timezone, "now", lambda begun=begun: begun)
            worker = signed_in(family.worker)
        assert worker.get(path, headers=HOST).status_code == 200
        assert worker.post(path, given, headers=HOST).status_code == 302, path
    assert worker.post(f"{base}nodig-uit/", {}, headers=HOST).status_code == 422
    text = entered(family.parents).get("/volg/vraag/mdo/", headers=HOST).content.decode()
    for shown in ("Samen bellen.", "Is dit de beste oplossing?", "de inwoner zelf"):
        assert shown in text
    assert "Samen bellen." not in (
        entered(family.son).get("/volg/vraag/mdo/", headers=HOST).content.decode()
    )
    assert worker.post(f"{base}zeg-af/", {"why": "Ziek."}, headers=HOST).status_code == 422


def test_it_is_called_off_before_it_was(settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    family = Family(timezone.now())
    conference = family.planned(timezone.now() + timedelta(days=7))
    off = f"/mdo/{conference.pk}/zeg-af/"
    worker = signed_in(family.worker)
    assert worker.post(off, {"why": "Ziek."}, headers=HOST).status_code == 302


def test_an_organiser_adds_a_question_they_work_on_and_no_other(settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    family = Family(timezone.now())
    conference = family.planned(timezone.now() + timedelta(days=7))
    family.share()
    adding = f"/mdo/{conference.pk}/vraag-erbij/"
    given = {"reference": family.sons.reference, "why": "Ook over thuis.", "how": "spoken"}
    refused = [
        signed_in(family.worker).post(adding, {**given, "reference": reference}, headers=HOST)
        for reference in (given["reference"], "BCDF-2345")
    ]
    assert [answer.status_code for answer in refused] == [422, 422]
    for answer in refused:
        assert "U werkt niet (meer) aan deze vraag." in answer.content.decode()
    assert conference.agenda.count() == 1
    assert signed_in(family.youth).get(adding, headers=HOST).status_code == 200
    assert signed_in(family.youth).post(adding, given, headers=HOST).status_code == 302
    assert conference.agenda.filter(question=family.sons).exists()
    again = signed_in(family.youth).post(adding, given, headers=HOST)
    assert again.status_code == 422
    assert "Deze vraag staat al op de agenda." in again.content.decode()


def test_somebody_from_outside_sees_time_and_place_only() -> None:
    family = Family(timezone.now())
    conference = family.planned(timezone.now() + timedelta(days=7))
    who = conference_invitations.invite_outside(
        conference=conference,
        name="Dokter Vos",
        works_at="",
        email="vos@voordeur.example",
        by=family.worker,
        now=family.now,
    )
    page_of = f"/mdo/uitnodiging/{who.token}/"
    client = Client()
    text = client.get(page_of, headers=HOST).content.decode()
    assert "Het Trefpunt" in text
    # Which organisation asks and its number, and nothing of a person.
    assert "Bel Stimenz: " in text
    for secret in (family.parents.reference, "huur", str(family.worker)):
        assert secret not in text
    client.post(page_of, {"komt": "nee"}, headers=HOST)
    assert Participant.objects.get(pk=who.pk).comes is False
    make.world("elders")
    assert client.get(page_of, headers={"host": "elders.localhost"}).status_code == 404


def test_a_resident_asks_on_their_own_page() -> None:
    family = Family(timezone.now())
    client = entered(family.parents)
    assert is_refused(client.post("/volg/vraag/mdo/", {"why": ""}, headers=HOST))
    requested = client.post("/volg/vraag/mdo/", {"why": "Met u allen."}, headers=HOST)
    assert requested.status_code == 302
    assert "Wij zoeken een dag" in client.get("/volg/vraag/mdo/", headers=HOST).content.decode()


def test_a_coordinator_proposes_by_reference_and_reads_nothing(settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    family = Family(timezone.now())
    boss = signed_in(make.coordinator(family.here, "actief"))
    given = {"reference": family.parents.reference, "why": "Samen."}
    assert "/mdo/nieuw/" in boss.get("/mdo/", headers=HOST).content.decode()
    answer = boss.post("/mdo/nieuw/", given, headers=HOST)
    assert answer.status_code == 302
    text = boss.get(answer["Location"], headers=HOST).content.decode()
    assert family.parents.reference not in text
    assert "huur" not in text
