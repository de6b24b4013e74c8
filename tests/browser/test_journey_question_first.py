"""A receiver asks something first: the resident reads the answer before the receiver does."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from intake.questions.models import SharingBasis
from referrals.casework import pick_up
from referrals.handovers import services as verbs
from referrals.handovers.models import Handover
from tests.browser.conftest import Address, OpenPage, SignIn
from tests.browser.pages import Console, Journey
from tests.browser.stories import choose, press
from tests.support import factories as make
from tests.support.factories import World

ASKED = "Gaat hij nog naar school?"
FIRST = "Hij is al weken niet op school geweest."
SECOND = "Hij gaat soms. Dat vertelt de moeder liever zelf."


@pytest.fixture
def resident(open_page: OpenPage, address: Address) -> Callable[[str, str], Page]:
    """Opens their own page with reference and code."""

    def of(reference: str, code: str) -> Page:
        page = open_page()
        page.goto(address("putten", "/volg/"))
        page.get_by_label("Uw kenmerk").fill(reference)
        page.get_by_label("Uw code").fill(code)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_load_state()
        return page

    return of


def test_an_answer_about_the_resident_waits_for_their_yes(
    here: World,
    sign_in: SignIn,
    address: Address,
    resident: Callable[[str, str], Page],
    journey: Journey,
    console: Console,
) -> None:
    # Given: a handover that was offered to Jeugd-Punt
    sender, receiver = make.intake_worker(here, "stimenz"), make.intake_worker(here, "jeugd-punt")
    receipt = make.submitted(here, "geld", name="Zeynep Yildiz", postcode="3881")
    question = receipt.question
    pick_up.pick_up(question=question, by=sender, now=make.TUESDAY)
    offered = verbs.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Een moeder met een zoon van 14.",
        by=sender,
        now=make.TUESDAY,
        yes_how=SharingBasis.How.PHONE,
    )

    # When: the receiver asks, and the sender answers without having asked the resident
    theirs = sign_in(receiver)
    theirs.goto(address("putten", f"/vraagstuk/overdracht/{offered.pk}/"))
    theirs.get_by_text("Eerst iets vragen").click()
    theirs.get_by_label("Wat wilt u eerst weten?").fill(ASKED)
    press(theirs, "Vraag het")
    ours = sign_in(sender)
    ours.goto(address("putten", f"/vraagstuk/{question.pk}/"))
    press(ours, "Geef antwoord")
    ours.get_by_label("Uw antwoord").fill(FIRST)
    choose(ours, "Vindt de inwoner dit antwoord goed?", "Nog niet gevraagd")
    journey.check(ours, "the-answer")
    press(ours, "Geef antwoord")
    ours.get_by_text("wacht op de ja van de inwoner").wait_for()
    journey.check(ours, "waits-for-the-resident")

    # Then: the receiver reads that it waits, and not a word of it
    theirs.reload()
    theirs.get_by_text("Het antwoord op uw vraag ligt bij de inwoner").wait_for()
    assert FIRST not in theirs.content()
    journey.check(theirs, "the-receiver-waits")

    # When: the resident reads both and would rather not
    page = resident(receipt.reference, receipt.code)
    page.get_by_role("heading", name="Mag dit antwoord naar Jeugd-Punt?").wait_for()
    assert ASKED in page.content()
    assert FIRST in page.content()
    journey.check(page, "may-they-know-this")
    press(page, "Nee, liever niet")
    page.get_by_text("Stimenz zoekt met u een ander antwoord.").first.wait_for()

    # Then: the sender writes another one, this time read aloud at the phone
    ours.reload()
    ours.get_by_text("de inwoner wilde dit niet").wait_for()
    press(ours, "Geef antwoord")
    ours.get_by_label("Uw antwoord").fill(SECOND)
    choose(ours, "Vindt de inwoner dit antwoord goed?", "Ja, aan de telefoon")
    press(ours, "Geef antwoord")
    theirs.reload()
    theirs.get_by_text(SECOND).wait_for()
    assert FIRST not in theirs.content()
    journey.check(theirs, "the-answer-that-was-approved")
    assert Handover.objects.get().status == "offered"
