"""A colleague is asked for another question: who asks learns nothing before its resident's yes."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from intake.questions.models import SharingBasis
from intake.questions.status import WrongMomentError
from organisations.roles.models import Role
from referrals.casework.pick_up import pick_up
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.conferences import agenda_requests, planning
from referrals.conferences.models import AgendaRequest, Conference
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY
HOST = {"host": "putten.localhost"}


@pytest.fixture
def here(settings: Any) -> make.World:
    settings.WELZIJN_DEMO = True
    return make.world()


def family(here: make.World) -> tuple[Conference, User, Any, User]:
    """The MDO of the parents with their worker; the son's question with his worker."""
    theirs = make.question(here, "geld", name="Riet")
    worker = make.intake_worker(here, theirs.lead.slug)
    pick_up(question=theirs, by=worker, now=NOW)
    conference = planning.propose(question=theirs, why="rust", by=worker, now=NOW)
    his = make.question(here, "opgroeien", name="Sem")
    other = make.intake_worker(here, his.lead.slug)
    pick_up(question=his, by=other, now=NOW)
    return conference, worker, his, other


def test_the_sons_worker_asks_him_and_puts_it_on_the_agenda(here: make.World) -> None:
    conference, worker, his, other = family(here)
    agenda_requests.ask(
        conference=conference, reference=his.reference, why="rust", by=worker, now=NOW
    )
    (asked,) = agenda_requests.open_for(his)
    assert asked.follow_up is not None
    assert (asked.follow_up.worker, asked.follow_up.created_by) == (other, worker)
    assert "MDO" in asked.follow_up.what
    assert not conference.participants.filter(user=other).exists(), "his worker stays unknown"

    client = signed_in(other)
    page = client.get(f"/vraagstuk/{his.pk}/mdo/", headers=HOST).content.decode()
    assert "Mag deze vraag mee in een MDO?" in page
    answer = f"/vraagstuk/{his.pk}/mdo/gevraagd/{asked.pk}/"
    without = client.post(answer, {"antwoord": "ja", f"{asked.pk}-why": "rust"}, headers=HOST)
    assert without.status_code == 422
    yes = {"antwoord": "ja", f"{asked.pk}-why": "rust", f"{asked.pk}-how": "phone"}
    assert client.post(answer, yes, headers=HOST).status_code == 302
    assert conference.agenda.filter(question=his).exists()
    assert conference.participants.get(user=other).comes
    assert not agenda_requests.open_for(his).exists()
    with pytest.raises(WrongMomentError):
        agenda_requests.decline(request=asked, by=other, now=NOW)


def test_a_reference_that_is_none_of_ours_looks_the_same(here: make.World) -> None:
    conference, worker, his, other = family(here)
    client = signed_in(worker)
    address = f"/mdo/{conference.pk}/vraag-een-collega/"
    pages = [
        client.post(address, {"reference": one, "why": "rust"}, headers=HOST, follow=True)
        for one in (his.reference, "AAAA-AAAA", "geen kenmerk")
    ]
    said = [page.content.decode().count("Loopt deze vraag bij ons") for page in pages]
    assert said == [1, 1, 1]
    assert all(his.reference not in page.content.decode() for page in pages)
    assert AgendaRequest.objects.exclude(question=None).count() == 1
    assert other.name not in pages[0].content.decode()


def test_no_is_told_to_nobody_and_names_are_refused(here: make.World) -> None:
    conference, worker, his, other = family(here)
    with pytest.raises(ValidationError):
        agenda_requests.ask(
            conference=conference, reference=his.reference, why="Riet", by=worker, now=NOW
        )
    agenda_requests.ask(
        conference=conference, reference=his.reference, why="rust", by=worker, now=NOW
    )
    (asked,) = agenda_requests.open_for(his)
    stranger = make.member(here, Role.PROFESSIONAL, "welzijn")
    with pytest.raises(NotAllowedError):
        agenda_requests.decline(request=asked, by=stranger, now=NOW)
    with pytest.raises(NotAllowedError):
        agenda_requests.join(
            request=asked, why="rust", how=SharingBasis.How.PHONE, by=worker, now=NOW
        )
    with pytest.raises(NotAllowedError):
        agenda_requests.ask(conference=conference, reference="x", why="rust", by=stranger, now=NOW)
    agenda_requests.decline(request=asked, by=other, now=NOW)
    assert not conference.agenda.filter(question=his).exists()
    assert not agenda_requests.open_for(his).exists()
