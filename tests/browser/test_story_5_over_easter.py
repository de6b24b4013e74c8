"""Story 5: a warm handover over Easter, stopped by the resident while the receiver says yes."""

from datetime import date

from playwright.sync_api import Page, expect

from intake.questions.models import SharingBasis
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover
from tests.browser.pages import Console
from tests.browser.stories import Story, main_of, press

# Aart works at Stimenz, Corrie at Jeugd-Punt; the others coordinate.
AART, CORRIE = "Aart van Ravenswaaij", "Corrie Bakker"
COORDINATORS = ("fatma", "agnieszka", "emre", "piotr")
# Easter 2027: in Putten Good Friday is a day off as well.
EASTER = [date(2027, 3, day) for day in (26, 27, 28, 29)]
PRESSING = "document.documentElement.dataset.pressing = 1;"
AT_ONCE = """(button, at) => new Promise(done => setTimeout(
    () => { button.click(); done(true); }, Math.max(0, at - Date.now())))"""


def zeynep_asks(story: Story, phone: Page) -> None:
    """She is called back about money and a son who stays at home."""
    phone.get_by_role("link", name="Bel mij").click()
    phone.get_by_label("Op welk nummer kunnen wij u bellen?").fill("06 23 45 67 89")
    phone.get_by_label("Naar wie vragen wij?").fill("Zeynep")
    phone.get_by_label("Wilt u al iets vertellen?").fill("schulden, en mijn zoon gaat niet meer")
    press(phone, "Verder")
    press(phone, "Geld")
    phone.get_by_label("Ja, dat mag").check()
    press(phone, "Verstuur")
    expect(phone.get_by_role("heading", name="Gelukt")).to_be_visible()
    story.remember_the_receipt(phone)


def aart_offers_it(story: Story) -> Page:
    """Picked up, called, and offered with her yes on the phone."""
    aart = story.as_staff(AART, story.case())
    press(aart, "Pak op")
    press(aart, "Contact vastleggen")
    aart.get_by_label("gesproken", exact=True).check()
    aart.get_by_label("Wat is afgesproken?").fill("Wij vragen Jeugd-Punt om mee te denken.")
    press(aart, "Contact vastleggen")
    press(aart, "Draag warm over")
    aart.get_by_label("Aan wie draagt u over?").select_option(label="Jeugd-Punt")
    aart.get_by_label("Waarom kunnen zij beter helpen?").fill("Zij kennen de school goed.")
    aart.get_by_label("Wat moet de ander weten?").fill(
        "Een moeder met een zoon van 14 die thuis zit. Er zijn ook schulden."
    )
    aart.get_by_text("Ja, aan de telefoon").click()
    story.journey.check(aart, "her-yes-on-the-phone")
    press(aart, "Draag warm over")
    expect(aart.locator("main")).to_contain_text("De overdracht loopt.")
    return aart


def both_press_at_the_same_moment(one: Page, other: Page) -> None:
    """Two browsers, two buttons, one moment of the machine's clock."""
    buttons = (
        one.locator("main button[value=ja]"),
        other.locator("main button[name=antwoord][value=stop]"),
    )
    at = one.evaluate("Date.now() + 1500")
    for button in buttons:
        button.evaluate(f"(button, at) => {{ {PRESSING} ({AT_ONCE})(button, at); }}", at)
    for page in (one, other):
        # Another document has come: the answer to the button.
        expect(page.locator("html")).not_to_have_attribute("data-pressing", "1")


def test_story_5_a_handover_over_easter_and_the_resident_stops_it(
    story: Story, console: Console
) -> None:
    journey = story.journey
    # Given: Thursday before Easter. Jeugd-Punt has two working days to answer.
    story.at(2027, 3, 25, 10)
    phone = story.phone()
    zeynep_asks(story, phone)
    aart = aart_offers_it(story)
    offered = Handover.objects.get()
    assert (offered.status, offered.due_on) == ("offered", date(2027, 3, 31))
    expect(aart.locator("main")).to_contain_text("wo 31 m")
    journey.check(aart, "two-working-days-over-easter")
    story.beat(story.at(2027, 3, 25, 10, 30))
    assert "Zeynep" not in "".join(m.text for m in story.post("jeugd"))

    # When: Easter passes. Then: nothing goes up, nobody is written to on a day off.
    story.until(2027, 3, 30, 9)
    days_off = [m for m in story.post("") if m.created_at.date() in EASTER]
    assert days_off == []
    assert not [m for who in COORDINATORS for m in story.post(who) if "antwoord" in m.text]
    assert Handover.objects.get().escalated_at is None

    # When: on Tuesday Corrie reads the summary, and Zeynep thinks better of it
    corrie = story.as_staff(CORRIE, "/werk/?lijst=overdracht")
    expect(corrie.locator("main")).to_contain_text("morgen")
    journey.check(corrie, "to-answer-tomorrow")
    corrie.get_by_role("link", name=story.question().reference).click()
    assert "Zeynep" not in corrie.content()
    journey.check(corrie, "what-corrie-reads-first")
    story.follow(phone)
    journey.check(phone, "zeynep-may-stop-it")
    # Whoever comes too late is led to a page; where the door is shut, to a 404.
    with console.expecting("404", surely=False):
        both_press_at_the_same_moment(corrie, phone)

        # Then: one outcome, whoever was first, and each reads a sentence
        expect(phone.get_by_text("Gestopt. Stimenz blijft u helpen.", exact=True)).to_be_visible()
        offered.refresh_from_db()
        assert offered.status == "revoked"
        journey.check(phone, "zeynep-reads-that-it-stopped")

        # And: the door is shut for Jeugd-Punt, the summary included
        corrie.goto(story.address("putten", story.case()))
        assert "Zeynep" not in corrie.content()
        corrie.goto(story.address("putten", f"/vraagstuk/overdracht/{offered.pk}/"))
    expect(corrie.locator("main")).to_contain_text("Deze overdracht is gestopt")
    assert "zoon van 14" not in corrie.content()
    journey.check(corrie, "what-corrie-is-told")

    # And: Stimenz is still the lead, with the same worker
    question = story.question()
    assert (question.lead.slug, question.assigned_to) == ("stimenz", story.person(AART))
    valid = SharingBasis.objects.filter(question=question, ended_at__isnull=True)
    assert [basis.organisation.slug for basis in valid] == ["stimenz"]
    assert not FollowUp.objects.filter(kind="handover", status="open").exists()
    story.as_staff(AART, story.case())
    expect(aart.locator("main")).not_to_contain_text("De overdracht loopt.")
    journey.check(aart, "still-with-aart")
    corrie.goto(story.address("putten", "/werk/?lijst=overdracht"))
    assert question.reference not in main_of(corrie)

    # And: the days after it nothing goes up, because there is nothing left to answer
    story.until(2027, 4, 6, 9)
    assert not [m for who in COORDINATORS for m in story.post(who) if "antwoord" in m.text]
    assert Handover.objects.get().escalated_at is None
