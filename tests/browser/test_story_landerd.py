"""Story 6: a lonely widower comes in at the GP's door, and the residents' initiative has him."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from intake.questions.models import Question, SharingBasis
from organisations.roles.models import Role
from referrals.resident_portal.code_by_phone import Heard
from tests.browser.elsewhere import Elsewhere
from tests.browser.pages import Console
from tests.browser.stories import main_of, press

GP, COOPERATIVE, WELFARE = "huisarts-de-linde", "zorgcooperatie-zeeland", "ons-welzijn"
HIS_WORDS = "Sinds zijn vrouw dood is praat hij alleen nog tegen de kat. Hij eet uit blik."
SECRETS = ("Toon", "kat", "blik", "06 20304050", "0620304050")


@pytest.fixture
def story(at_partnership: Callable[[str], Elsewhere]) -> Elsewhere:
    """Zeeland: the village network of the cooperative, ONS Welzijn and the GP."""
    return at_partnership("landerd")


def the_gp_brings_him_in(story: Elsewhere) -> None:
    """At the partner's door: the patient's yes first, then what he said, then whom he allows."""
    gp = story.as_one_of(GP, Role.PARTNER_DOOR, "/partner/")
    # The page asks whether a draft was kept, and may load once more.
    gp.wait_for_load_state("networkidle")
    story.journey.check(gp, "the-door-of-the-gp")
    gp.get_by_role("group", name="Vindt uw patiënt het goed").get_by_label("ja", exact=True).check()
    gp.get_by_label("De vraag, in de woorden van de inwoner").fill(HIS_WORDS)
    gp.get_by_label("Sociaal contact").check()
    gp.get_by_label("Naam", exact=True).fill("Toon van den Elzen")
    gp.get_by_label("Telefoonnummer").fill("06 20304050")
    gp.get_by_label("Leeftijd van die persoon").select_option("67+")
    gp.get_by_label("Postcode").fill("5411")
    gp.get_by_label("bellen", exact=True).check()
    gp.get_by_role("group", name="Wij mogen zeggen wie wij zijn").get_by_text(
        "ja", exact=True
    ).click()
    story.journey.check(gp, "what-the-patient-said")
    press(gp, "Verder")
    expect(gp.locator("main")).to_contain_text("Zorgcoöperatie Zeeland")
    story.journey.check(gp, "read-aloud")
    press(gp, "Ja (J)")
    expect(gp.locator("main")).to_contain_text("De vraag is binnen met kenmerk")
    story.journey.check(gp, "brought-in")


def test_story_6_a_widower_at_the_gps_door(story: Elsewhere, console: Console) -> None:
    journey = story.journey

    # Given: without a yes nothing is kept; the patient gets a slip to call by themselves.
    gp = story.as_one_of(GP, Role.PARTNER_DOOR, "/partner/")
    gp.get_by_label("nee, of nog niet gevraagd").check()
    gp.get_by_label("De vraag, in de woorden van de inwoner").fill("Wil er nog over denken.")
    press(gp, "Verder")
    expect(gp.locator("main")).to_contain_text("Er is niets bewaard")
    journey.check(gp, "no-yes-no-question")
    assert Question.objects.count() == 0

    # When: Toon says yes. ONS Welzijn has no offer for him; the safety net does.
    the_gp_brings_him_in(story)
    question = story.question()
    assert (question.lead.slug, question.brought_by.slug) == (COOPERATIVE, GP)
    assert question.sharing_bases.get().how == SharingBasis.How.PARTNER
    assert question.decisions.get().reason == "zij helpen met wat nu niemand anders kan doen"

    # And: the next morning the cooperative's daily mail has it, by its reference and no more.
    story.until(2026, 11, 25, 9)
    [mail] = story.post("info@zorgcooperatiezeeland.example")
    assert question.reference in mail.text
    for secret in SECRETS:
        assert secret not in mail.subject + mail.text
    village = story.as_one_of(COOPERATIVE, path="/werk/?lijst=nieuw")
    journey.check(village, "new-at-the-cooperative")
    village.get_by_role("link", name="Toon van den Elzen").click()
    expect(village.locator("main")).to_contain_text("Huisartsenpraktijk De Linde")
    journey.check(village, "his-question")
    village.goto(story.address("", f"{story.case()}waarom/"))
    expect(village.locator("main")).to_contain_text("Vangnet")
    journey.check(village, "why-the-safety-net")
    village.goto(story.address("", story.case()))
    press(village, "Pak op")

    # Then: the GP sees that it is picked up, and nothing of what it is.
    gp = story.as_one_of(GP, Role.PARTNER_DOOR, "/partner/")
    expect(gp.locator("main aside")).to_contain_text(f"{question.reference} opgepakt")
    for secret in SECRETS:
        assert secret not in gp.content()
    journey.check(gp, "the-gp-sees-picked-up")
    with console.expecting("403|404"):
        gp.goto(story.address("", story.case()))
        for secret in SECRETS:
            assert secret not in gp.content()

    # And: ONS Welzijn, which has nothing to do with it, doesn't find it either.
    other = story.as_one_of(WELFARE, path="/werk/?lijst=nieuw")
    assert question.reference not in main_of(other)

    # And: the village supporter calls him, and gives him the code to follow it himself.
    story.at(2026, 11, 25, 9, 30)
    village = story.as_one_of(COOPERATIVE, path=story.case())
    press(village, "Contact vastleggen")
    village.get_by_label("gesproken", exact=True).check()
    village.get_by_label("Wat is afgesproken?").fill(
        "Vandaag haalt Riet u op. U eet mee in het dorpshuis."
    )
    village.get_by_label("Volgende stap op").fill("2026-12-02")
    village.get_by_label("Wat is de volgende stap?").fill("hoe was het samen eten?")
    press(village, "Contact vastleggen")
    village.goto(story.address("", f"{story.case()}nieuwe-code/"))
    journey.check(village, "call-and-give-the-code")
    village.get_by_label(str(Heard.PHONE.label), exact=True).check()
    press(village, "Maak een nieuwe code")
    story.reference, story.code = (
        question.reference,
        village.locator("main .vd-reference").first.inner_text(),
    )
    toon = story.follow(story.phone())
    expect(toon.locator("main")).to_contain_text("zij helpen met wat nu niemand anders kan doen")
    expect(toon.locator("main")).to_contain_text("Vandaag haalt Riet u op.")
    journey.check(toon, "toon-reads-who-helps-him")


def test_story_6_the_cooperative_takes_over_a_task_of_ons_welzijn(story: Elsewhere) -> None:
    journey = story.journey

    # Given: what was a task of ONS Welzijn until June is the village's: the offer says so.
    page = story.phone()
    page.goto(story.address("", "/aanbod/kijk/huisbezoek/"))
    expect(page.locator("main")).to_contain_text("Zorgcoöperatie Zeeland")
    journey.check(page, "a-task-that-went-over")

    # And: Nel asked ONS Welzijn about her letters. They are in order; what is left is the garden,
    # and somebody who looks in.
    story.others_ask(
        1,
        "geld",
        name="Nel van Boekel",
        words="sinds wim dood is liggen alle brieven op de trap en de heg is twee meter",
        postcode="5411",
        age_band="67+",
    )
    question = story.question()
    assert question.lead.slug == WELFARE
    worker = story.as_one_of(WELFARE, path=story.case())
    press(worker, "Pak op")
    press(worker, "Contact vastleggen")
    worker.get_by_label("gesproken", exact=True).check()
    worker.get_by_label("op bezoek").check()
    worker.get_by_label("Wat is afgesproken?").fill("De brieven zijn geregeld.")
    press(worker, "Contact vastleggen")

    # When: they hand it to the residents' initiative, with her yes at the kitchen table.
    press(worker, "Draag warm over")
    worker.get_by_label("Aan wie draagt u over?").select_option(label="Zorgcoöperatie Zeeland")
    worker.get_by_label("Waarom kunnen zij beter helpen?").fill(
        "Mensen uit het dorp doen uw heg, en komen elke week langs."
    )
    worker.get_by_label("Wat moet de ander weten?").fill(
        "Een weduwe van in de 80. De post is op orde. De heg moet kort, en zij is veel alleen."
    )
    worker.get_by_label("Ja, in een gesprek").check()
    journey.check(worker, "ons-welzijn-hands-it-over")
    press(worker, "Draag warm over")
    expect(worker.locator("main")).to_contain_text("De overdracht loopt.")

    # Then: the cooperative reads a few sentences, says yes, and comes along to meet her.
    offered = question.handovers.get()
    village = story.as_one_of(COOPERATIVE, path=f"/vraagstuk/overdracht/{offered.pk}/")
    assert "Nel" not in main_of(village)
    journey.check(village, "the-cooperative-reads-the-summary")
    press(village, "Ja, ik neem het over")
    expect(village.get_by_role("heading", name="Nel van Boekel")).to_be_visible()
    # The sender leads until they have met.
    assert Question.objects.get().lead.slug == WELFARE
    story.at(2026, 11, 26, 14)
    village = story.as_one_of(COOPERATIVE, path=story.case())
    press(village, "Leg kennismaking vast")
    village.get_by_label("op bezoek").check()
    press(village, "Leg kennismaking vast")
    expect(village.locator("main")).to_contain_text("Ligt bij Zorgcoöperatie Zeeland.")
    journey.check(village, "the-cooperative-has-it")
    assert Question.objects.get().lead.slug == COOPERATIVE
