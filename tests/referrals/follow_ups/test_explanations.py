"""Whatever is due says what, for whom, when and why."""

import pytest
from django.utils.translation import override

from referrals.casework.pick_up import pick_up
from referrals.follow_ups import explanations
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from tests.support import factories as make
from tests.support.html import as_read
from tests.support.signing_in import signed_in

NOW = make.TUESDAY


def test_every_kind_says_why_it_is_due() -> None:
    shown = [str(explanations.BECAUSE[kind]) for kind in FollowUp.Kind]
    assert len(set(shown)) == len(FollowUp.Kind)
    with override("en"):
        assert not set(shown) & {str(explanations.BECAUSE[kind]) for kind in FollowUp.Kind}


@pytest.mark.django_db
@pytest.mark.usefixtures("on_tuesday", "no_second_factor")
def test_the_page_of_what_is_due_says_what_for_whom_when_and_why() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))
    question = make.question(here, "geld")
    pick_up(question=question, by=worker, now=NOW)
    planned = follow_up_actions.plan(
        question=question, what="de bank bellen", due_on=NOW.date(), by=worker, now=NOW
    )
    promised = question.follow_ups.get(kind=FollowUp.Kind.FIRST_CONTACT)
    screen = signed_in(worker)
    page = screen.get(f"/vraagstuk/{question.pk}/afspraak/{planned.pk}/").content.decode()
    for notified in ("De bank bellen", "Fatma de Boer, Stimenz", "dinsdag 24 november"):
        assert notified in as_read(page)
    assert "Dit is zo afgesproken. Opgeschreven door Fatma de Boer, 24 november." in page
    page = screen.get(f"/vraagstuk/{question.pk}/afspraak/{promised.pk}/").content.decode()
    assert "De inwoner is beloofd dat wij voor deze dag iets laten horen." in page
    assert "Opgeschreven door" not in page
