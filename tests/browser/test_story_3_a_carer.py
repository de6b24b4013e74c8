"""Story 3: a carer asks for her mother of 81. Her yes is not her mother's."""

import pytest
from playwright.sync_api import Page, expect

from intake.questions.models import Question
from tests.browser.pages import Console
from tests.browser.stories import Story, main_of, press

# Of Stichting Welzijn Putten: two who read what is new, one who reads only what is assigned to
# them, and their coordinator. Piotr coordinates at Stimenz, Hennie is at the desk.
GERRIT, YOUSSEF, ANIL, EMRE = "Gerrit Schuiteman", "Youssef Bouzid", "Anil Kartosen", "Emre Demir"
PIOTR, HENNIE = "Piotr Kowalczyk", "Hennie Pinas"
MOTHER = "Jannie Bosch-Wildeman"


def petra_asks_for_her_mother(story: Story, phone: Page) -> None:
    """Seven pages; her mother doesn't know, and that is said."""
    phone.get_by_role("link", name="Schrijf het op").click()
    press(phone, "Begin")
    phone.get_by_label("Vertel het in uw eigen woorden").fill(
        "Mijn moeder van 81 vergeet te eten. Ik red het niet meer naast mijn werk."
    )
    press(phone, "Verder")
    phone.get_by_label("Over mijn vader of moeder").check()
    phone.get_by_label("Nee").check()
    phone.get_by_label("Hoe heet die persoon?").fill(MOTHER)
    story.journey.check(phone, "her-mother-does-not-know")
    press(phone, "Verder")
    phone.get_by_label("Zorgen voor een ander").check()
    press(phone, "Verder")
    phone.get_by_label("67 of ouder").check()
    phone.get_by_label("Wat is de postcode van uw vader of moeder?").fill("3881")
    press(phone, "Verder")
    phone.get_by_label("Bel mij").check()
    press(phone, "Verder")
    phone.get_by_label("Op welk nummer kunnen wij u bellen?").fill("0341 35 70 01")
    press(phone, "Verder")
    phone.get_by_label("Hoe mogen wij u noemen?").fill("Petra")
    press(phone, "Verder")
    expect(phone.locator("main")).to_contain_text("Eerst vragen wij het aan die persoon zelf")
    story.journey.check(phone, "whose-yes-it-is")
    phone.get_by_label("Ja, dat mag").check()
    press(phone, "Verstuur mijn vraag")
    story.remember_the_receipt(phone)


def nobody_is_shown_her_name(story: Story, console: Console) -> None:
    """Not who helps Petra, not their coordinator, not another one, and no search finds it."""
    reference = story.question().reference
    for name in (GERRIT, YOUSSEF, EMRE):
        page = story.as_staff(name, story.case())
        expect(page.get_by_role("heading", name="Petra")).to_be_visible()
        assert "Jannie" not in page.content()
        page.goto(story.address("putten", "/werk/?lijst=nieuw"))
        assert "Jannie" not in page.content()
    for name in (ANIL, PIOTR):
        page = story.as_staff(name)
        with console.expecting("404"):
            answer = page.goto(story.address("putten", story.case()))
        assert answer is not None
        assert answer.status == 404
    for name in (EMRE, PIOTR):
        page = story.as_staff(name, "/caseload/")
        expect(page.locator("main")).to_contain_text(reference)
        for typed in ("Jannie", "Wildeman"):
            page.get_by_role("searchbox").fill(typed)
            with page.expect_navigation(url="**/zoeken/"):
                page.get_by_role("searchbox").press("Enter")
            expect(page.locator("main")).to_contain_text("Niets gevonden")
            assert reference not in main_of(page)
    desk = story.as_staff(HENNIE, "/balie/")
    with desk.expect_response("**/balie/eerder/"):
        desk.get_by_label("Naam").press_sequentially("Jannie Bosch")
    expect(desk.locator("#eerder")).to_contain_text("Geen open vraag gevonden die u mag zien")


def petra_is_advised_at_once(story: Story) -> Page:
    """Gerrit picks it up and calls her the same morning; her mother stays out of it."""
    gerrit = story.as_staff(GERRIT, story.case())
    press(gerrit, "Pak op")
    expect(gerrit.locator("main")).to_contain_text("nog niet gevraagd")
    story.journey.check(gerrit, "helping-petra-without-her-mother")
    story.at(2026, 11, 24, 11)
    press(gerrit, "Contact vastleggen")
    gerrit.get_by_label("gesproken", exact=True).check()
    gerrit.get_by_label("Wat is afgesproken?").fill(
        "U vraagt op uw werk om zorgverlof. U vraagt uw moeder of wij haar mogen bellen."
    )
    press(gerrit, "Contact vastleggen")
    expect(gerrit.locator("main")).to_contain_text("zorgverlof")
    return gerrit


def her_mother_says(gerrit: Page, answer: str) -> None:
    """By phone, herself; Gerrit writes how he heard it."""
    press(gerrit, "Leg antwoord vast van degene om wie het gaat")
    gerrit.get_by_label(answer, exact=True).check()
    gerrit.get_by_label("zelf", exact=True).check()
    gerrit.get_by_label("aan de telefoon").check()


@pytest.fixture
def phone(story: Story, console: Console) -> Page:
    """Given: Tuesday 10.00, Petra asks; nobody has her mother's name; Petra is advised at once."""
    page = story.phone()
    petra_asks_for_her_mother(story, page)
    story.journey.check(page, "petra-is-told")
    question = story.question()
    assert question.lead.slug == "stichting-welzijn-putten"
    assert question.subject.name == MOTHER
    nobody_is_shown_her_name(story, console)
    return page


def test_story_3_a_carer_whose_mother_says_yes(story: Story, phone: Page, console: Console) -> None:
    gerrit = petra_is_advised_at_once(story)
    # When: her mother says yes, on the phone
    story.at(2026, 11, 25, 9, 30)
    story.as_staff(GERRIT, story.case())
    her_mother_says(gerrit, "Ja")
    story.journey.check(gerrit, "her-mother-says-yes-by-phone")
    press(gerrit, "Leg antwoord vast van degene om wie het gaat")

    # Then: only now Stichting Welzijn Putten has her name, and how the yes was heard
    expect(gerrit.locator("main")).to_contain_text(MOTHER)
    expect(gerrit.locator("main")).to_contain_text("ja, zelf, aan de telefoon, 25 november")
    story.journey.check(gerrit, "now-her-name-is-there")
    assert MOTHER in story.as_staff(YOUSSEF, story.case()).content()
    answered = story.question()
    assert (answered.subject_answer, answered.subject_answer_how) == ("yes", "phone")
    assert answered.subject_answer_recorded_by == story.person(GERRIT)

    # And: nobody else has; Petra reads that her mother agreed, and not a word of what she said
    for name in (ANIL, PIOTR):
        page = story.as_staff(name)
        with console.expecting("404"):
            page.goto(story.address("putten", story.case()))
        assert "Jannie" not in page.content()
    story.follow(phone)
    expect(phone.locator("main")).to_contain_text("vindt het goed dat wij meehelpen")
    story.journey.check(phone, "petra-reads-that-her-mother-agrees")


def test_story_3_a_carer_whose_mother_says_no(story: Story, phone: Page, console: Console) -> None:
    gerrit = petra_is_advised_at_once(story)
    # When: her mother says no
    story.at(2026, 11, 25, 9, 30)
    story.as_staff(GERRIT, story.case())
    her_mother_says(gerrit, "Nee")
    press(gerrit, "Leg antwoord vast van degene om wie het gaat")

    # Then: only Petra is helped, and her mother's name is nowhere
    expect(gerrit.locator("main")).to_contain_text("wil geen hulp: alleen de vrager wordt geholpen")
    story.journey.check(gerrit, "her-mother-says-no")
    nobody_is_shown_her_name(story, console)
    story.follow(phone)
    expect(phone.locator("main")).to_contain_text("Wij helpen u verder met uw eigen vraag")
    assert "Jannie" not in main_of(phone)
    story.journey.check(phone, "petra-is-helped-with-her-own-question")

    # And: it ends as advice to Petra; the name doesn't come up at closing or in a mail either
    story.as_staff(GERRIT, story.case())
    press(gerrit, "Rond af")
    gerrit.get_by_label("advies gegeven").check()
    gerrit.get_by_label("In de woorden van de inwoner").fill("Ik ga eerst op adem komen.")
    gerrit.get_by_label("4, goed").check()
    press(gerrit, "Rond af")
    expect(gerrit.locator("main")).to_contain_text("advies gegeven")
    assert "Jannie" not in gerrit.content()
    story.journey.check(gerrit, "closed-with-advice-to-petra")
    story.until(2026, 11, 27, 9)
    assert not [m for m in story.post("") if "Jannie" in m.subject + m.text + m.html]
    assert Question.objects.get().result == "advised"
