"""Somebody falls ill and nothing stays behind; and a resident who isn't helped after all says so.

The rest of issue 4's journeys: a decline with a reason is in test_journey_work.py; silence up to
the coordinator and the check from the mail are in test_journey_work_time.py.
"""

from datetime import date

from playwright.sync_api import expect

from intake.questions.models import Question, SharingBasis
from referrals.casework import close as casework_close
from referrals.casework import pick_up
from referrals.casework import support as casework_support
from referrals.casework_base.grounds import Ground
from referrals.follow_ups.models import FollowUp
from referrals.handovers import services as handover_services
from tests.browser.stories import Story, main_of, press
from tests.support import factories as make
from tests.support.factories import World

AART, OMAR, PIOTR = "Aart van Ravenswaaij", "Omar al-Khatib", "Piotr Kowalczyk"
CORRIE, AGNIESZKA, GERRIT = "Corrie Bakker", "Agnieszka Nowak", "Gerrit Schuiteman"


def at_putten(story: Story) -> World:
    """The story's partnership for the factories."""
    team = story.partnership.triage_team
    assert team is not None
    return World(story.partnership, {}, {}, {}, team)


def test_a_colleague_falls_ill_and_everything_goes_along(story: Story) -> None:
    journey, here = story.journey, at_putten(story)
    aart, gerrit = story.person(AART), story.person(GERRIT)
    # Given: Aart has two questions, helps along with Gerrit's, and is to meet somebody of Corrie's
    for name in ("Willem", "Zeynep"):
        mine = make.question(here, "geld", name=name, now=story.now)
        pick_up.pick_up(question=mine, by=aart, now=story.now)
    helped = make.question(here, "vervoer", name="Riet", now=story.now)
    pick_up.pick_up(question=helped, by=gerrit, now=story.now)
    casework_support.bring_in(
        question=helped, organisation=mine.lead, ground=Ground(), by=gerrit, now=story.now
    )
    FollowUp.objects.filter(question=helped, organisation=mine.lead).update(worker=aart)
    met = make.question(here, "opgroeien", age_band="16-17", name="Sem", now=story.now)
    pick_up.pick_up(question=met, by=story.person(CORRIE), now=story.now)
    offered = handover_services.propose(
        question=met,
        to=mine.lead,
        why="Het gaat vooral over geld.",
        summary="Een jongen van 17 met een schuld.",
        by=story.person(CORRIE),
        now=story.now,
        yes_how=SharingBasis.How.PHONE,
    )
    handover_services.accept(handover=offered, by=aart, now=story.now)

    # When: on Wednesday morning he calls in sick; his coordinator gives all of it to Omar at once
    story.at(2026, 11, 25, 8, 30)
    piotr = story.as_staff(PIOTR, "/caseload/verdeling/")
    journey.check(piotr, "who-has-what")
    piotr.get_by_role("row").filter(has_text=AART).get_by_role("link", name="Verdeel").click()
    expect(piotr.get_by_role("heading", name=f"Het werk van {AART}")).to_be_visible()
    piotr.get_by_label("Naar").select_option(label=OMAR)
    journey.check(piotr, "all-of-it-to-omar")
    press(piotr, "Verdeel het werk")
    expect(piotr.locator("main")).to_contain_text("2 vragen verdeeld.")
    journey.check(piotr, "nothing-left-with-aart")

    # Then: nothing is left on Aart's name, and Omar has it all in his own list
    assert not Question.objects.open().filter(assigned_to=aart).exists()
    assert not FollowUp.objects.filter(worker=aart, status="open").exists()
    omar = story.as_staff(OMAR, "/werk/?lijst=mijn")
    for name in ("Willem", "Zeynep"):
        expect(omar.get_by_role("link", name=name)).to_be_visible()
    journey.check(omar, "omar-has-it")
    omar.goto(story.address("putten", "/werk/?lijst=overdracht"))
    expect(omar.locator("main")).to_contain_text(met.reference)
    journey.check(omar, "omar-makes-the-acquaintance")
    story.beat(story.at(2026, 11, 25, 8, 35))
    story.until(2026, 11, 26, 9)
    assert any(mine.reference in mail.text for mail in story.post("omar"))

    # And: Aart's own list is empty
    story.as_staff(AART, "/werk/?lijst=mijn")
    page = story.as_staff(AART, "/werk/?lijst=mijn")
    expect(page.get_by_text("U heeft geen vragen opgepakt")).to_be_visible()


def test_a_resident_who_is_not_helped_says_so_on_their_own_page(story: Story) -> None:
    journey, here = story.journey, at_putten(story)
    aart = story.person(AART)
    receipt = make.submitted(here, "geld", name="Henk", now=story.now)
    story.reference, story.code = receipt.reference, receipt.code
    pick_up.pick_up(question=receipt.question, by=aart, now=story.now)
    casework_close.close(
        question=receipt.question,
        result=Question.Result.HELPED,
        words="De brief is weg.",
        by=aart,
        now=story.now,
    )
    # When: he reads that it is over, and it isn't
    story.at(2026, 11, 26, 19)
    phone = story.phone()
    story.follow(phone)
    journey.check(phone, "is-this-a-good-solution")
    phone.get_by_label("Nee, niet echt").check()
    phone.locator("main textarea").first.fill("Er kwam weer een brief.")
    press(phone, "Verstuur mijn antwoord")
    expect(phone.locator("main")).to_contain_text("Wij gaan samen met u verder.")
    journey.check(phone, "we-go-on-together")

    # Then: the same worker has it, due, and reads why
    question = story.question()
    assert (question.lead.slug, question.assigned_to) == ("stimenz", aart)
    assert question.due_on >= date(2026, 11, 26)
    story.until(2026, 11, 27, 9)
    page = story.as_staff(AART, "/werk/?lijst=mijn")
    page.get_by_role("link", name="Henk").click()
    expect(page.locator("main")).to_contain_text("Er kwam weer een brief.")
    assert "Neem contact op" in main_of(page)
    journey.check(page, "open-again-with-the-same-worker")
