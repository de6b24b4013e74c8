"""Story 8: "traplift nodig" at Onis Welzijn becomes a melding at the Wmo desk of Someren."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from intake.questions.models import Question
from organisations.roles.models import Role
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover
from referrals.reports import publishing
from tests.browser.elsewhere import Elsewhere
from tests.browser.pages import Console
from tests.browser.stories import main_of, press

ONIS, DESK, OTHER_DESK = "onis-welzijn", "wmo-someren", "wmo-asten"
SUMMARY = "Een vrouw van in de 70 komt de trap niet meer op. Zij slaapt nu op de bank."


@pytest.fixture
def story(at_partnership: Callable[[str], Elsewhere]) -> Elsewhere:
    """Asten and Someren: two municipalities, one practice."""
    return at_partnership("asten-someren")


def onis_notes_it(story: Elsewhere) -> None:
    """Mien stands at the counter of Onis Welzijn in Someren."""
    desk = story.as_one_of(ONIS, Role.FRONT_DESK, "/balie/")
    desk.get_by_label("De vraag, in de woorden van de inwoner").fill("traplift nodig")
    desk.get_by_label("Langer thuis").check()
    desk.get_by_label("Naam", exact=True).fill("Mien Verhees")
    desk.get_by_label("Telefoonnummer").fill("0493 101112")
    desk.get_by_role("textbox", name="E-mailadres").fill("mien@voordeur.example")
    desk.get_by_label("Leeftijd van die persoon").select_option("67+")
    desk.get_by_label("Postcode").fill("5711")
    desk.get_by_label("bellen", exact=True).check()
    desk.get_by_role("checkbox", name="e-mail").check()
    press(desk, "Verder: vraag toestemming")
    expect(desk.locator("main")).to_contain_text("Mag Onis Welzijn lezen")
    press(desk, "Ja (J)")
    story.keep_from_the_desk(desk, "Mien")


def onis_hands_it_over(story: Elsewhere) -> None:
    """After a talk at the kitchen table: the stairs really can't be solved any other way."""
    worker = story.as_one_of(ONIS, path=f"/vraagstuk/{story.question_of('Mien').pk}/")
    press(worker, "Pak op")
    press(worker, "Contact vastleggen")
    worker.get_by_label("gesproken", exact=True).check()
    worker.get_by_label("op bezoek").check()
    worker.get_by_label("Wat is afgesproken?").fill("Wij vragen het aan de gemeente.")
    press(worker, "Contact vastleggen")
    press(worker, "Draag warm over")
    expect(worker.locator("main")).to_contain_text(
        "Geeft u deze vraag aan Wmo-loket gemeente Someren? Dan is het een melding."
    )
    assert "Wmo-loket gemeente Asten?" not in main_of(worker)
    worker.get_by_label("Aan wie draagt u over?").select_option(label="Wmo-loket gemeente Someren")
    worker.get_by_label("Waarom kunnen zij beter helpen?").fill(
        "De gemeente beslist over een traplift."
    )
    worker.get_by_label("Wat moet de ander weten?").fill(SUMMARY)
    worker.get_by_label("Ja, in een gesprek").check()
    story.journey.check(worker, "a-melding-for-the-municipality")
    press(worker, "Draag warm over")
    expect(worker.locator("main")).to_contain_text("De overdracht loopt.")


def test_story_8_a_stair_lift_in_someren(story: Elsewhere, console: Console) -> None:
    journey = story.journey

    # Given: Mien asks for a stair lift at Onis Welzijn; they look for the question behind it first.
    onis_notes_it(story)
    question = story.question()
    assert question.lead.slug == ONIS
    onis_hands_it_over(story)

    # When: the Wmo desk of Someren reads the summary; the desk of Asten has nothing to do with it.
    offered = Handover.objects.get()
    with console.expecting("404"):
        asten = story.as_one_of(OTHER_DESK, path=f"/vraagstuk/overdracht/{offered.pk}/")
        assert "trap" not in main_of(asten)
    story.until(2026, 11, 25, 9)
    mail = story.post("wmo@someren.example")[-1]
    assert question.reference in mail.text
    for secret in ("Mien", "trap", "0493 101112"):
        assert secret not in mail.subject + mail.text
    desk = story.as_one_of(DESK, path=f"/vraagstuk/overdracht/{offered.pk}/")
    expect(desk.locator("main")).to_contain_text("Dit is een melding voor de Wmo")
    assert "Mien" not in desk.content()
    journey.check(desk, "the-desk-reads-the-summary")
    press(desk, "Ja, ik neem het over")

    # Then: the desk sees the six weeks and the free client support, from the day of her yes.
    expect(desk.get_by_role("heading", name="Mien Verhees")).to_be_visible()
    for notified in ("Melding voor de Wmo", "dinsdag 5 januari", "Cliëntondersteuning De Peel"):
        expect(desk.locator("main")).to_contain_text(notified)
    journey.check(desk, "the-desk-sees-the-six-weeks")
    clock = FollowUp.objects.get(kind="clock", status="open")
    assert (clock.due_on.isoformat(), clock.organisation.slug) == ("2027-01-05", DESK)

    # And: Mien reads the same in her own words, with the number, and has a mail that says nothing.
    mien = story.follow_as(story.phone(), "Mien")
    for notified in (
        "Uw melding voor de Wmo",
        "dinsdag 5 januari",
        "Dat is gratis",
        "0493 000 900",
    ):
        expect(mien.locator("main")).to_contain_text(notified)
    journey.check(mien, "mien-reads-six-weeks-and-client-support")
    story.beat()
    news = story.post("mien@voordeur.example")[-1]
    for secret in ("Mien", "Wmo", "Someren", "trap", question.reference):
        assert secret not in news.subject + news.text

    # And: they meet; the lead moves with the clock; Onis is no longer in it.
    story.at(2026, 11, 27, 10)
    desk = story.as_one_of(DESK, path=story.case())
    press(desk, "Leg kennismaking vast")
    desk.get_by_label("op bezoek").check()
    press(desk, "Leg kennismaking vast")
    question = Question.objects.get()
    assert (question.lead.slug, question.kind) == (DESK, "wmo")
    expect(desk.locator("main")).to_contain_text("dinsdag 5 januari")
    journey.check(desk, "the-lead-has-moved")

    # And: a week before the term ends nothing reminds; the day before, the desk is told.
    story.until(2027, 1, 4, 9)
    consultant = story.member(DESK)
    reminded = story.post(consultant.email)[-1]
    assert question.reference in reminded.text
    desk = story.as_one_of(DESK, path="/werk/?lijst=mijn")
    expect(desk.get_by_role("row").filter(has_text="Mien Verhees")).to_be_visible()
    journey.check(desk, "the-day-before")


BOUND = 4  # a figure is at most so far from the truth


def received(page: Page) -> int:
    """The questions that came in, as the report shows them."""
    return int(page.locator(".vd-figure__number").first.inner_text())


def test_story_8_the_report_of_asten_does_not_change(story: Elsewhere) -> None:
    journey = story.journey

    # Given: a quarter in which both villages asked, published, and read by Asten.
    story.at(2026, 9, 15, 10)
    story.others_ask(24, "contact", postcode="5721", age_band="67+")
    story.others_ask(22, "contact", postcode="5711", age_band="67+")
    story.at(2026, 11, 24, 10)
    publishing.publish(partnership=story.partnership, now=story.now)
    asten = story.policy_officer("Asten")
    before = main_of(asten)
    assert abs(received(asten) - 24) <= BOUND
    journey.check(asten, "asten-before")

    # When: a question of Someren goes from Onis Welzijn to the Wmo desk of Someren.
    onis_notes_it(story)
    onis_hands_it_over(story)
    desk = story.as_one_of(DESK, path=f"/vraagstuk/overdracht/{Handover.objects.get().pk}/")
    press(desk, "Ja, ik neem het over")
    press(desk, "Leg kennismaking vast")
    desk.get_by_label("op bezoek").check()
    press(desk, "Leg kennismaking vast")

    # Then: not a letter of Asten's report has changed.
    assert main_of(story.policy_officer("Asten")) == before

    # And: nor does Asten's next quarter know of it: there only Someren counts one more.
    story.others_ask(12, "contact", postcode="5721", age_band="67+")
    story.others_ask(12, "contact", postcode="5711", age_band="67+")
    story.at(2027, 1, 15, 10)
    publishing.publish(partnership=story.partnership, now=story.now)
    asten = story.policy_officer("Asten")
    assert abs(received(asten) - 12) <= BOUND
    assert "Lierop" not in main_of(asten)
    journey.check(asten, "asten-after")
    someren = story.policy_officer("Someren")
    assert abs(received(someren) - 13) <= BOUND
    journey.check(someren, "someren")
