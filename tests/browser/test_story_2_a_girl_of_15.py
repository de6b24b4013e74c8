"""Story 2: a girl of 15 without a name and without post; her father phones the desk in vain."""

from playwright.sync_api import Page, expect

from intake.people.models import ContactDetail
from intake.questions.models import SharingBasis
from tests.browser.stories import Story, main_of, press
from welzijn.audit.models import AccessEvent
from welzijn.notifications.models import Message

CORRIE, HENNIE = "Corrie Bakker", "Hennie Pinas"
WORDS = "ze doen gemeen in de appgroep en hebben een foto van mij"


def she_asks(story: Story, phone: Page) -> None:
    """Six pages in "je", without a name, a number or an address."""
    phone.get_by_role("link", name="Ben je jonger dan 18?").click()
    expect(phone.locator("main")).to_contain_text("ouders krijgen hier geen bericht")
    story.journey.check(phone, "her-parents-hear-nothing")
    press(phone, "Begin")
    phone.get_by_label("Vertel het in je eigen woorden").fill(WORDS)
    press(phone, "Verder")
    if phone.get_by_role("heading", name="Is er nu gevaar?").count():
        press(phone, "Nee, ga verder")
    phone.get_by_label("Over mijzelf").check()
    press(phone, "Verder")
    phone.get_by_label("Op straat en online").check()
    press(phone, "Verder")
    phone.get_by_label("12 tot en met 15").check()
    phone.get_by_label("Wat is je postcode?").fill("3881")
    press(phone, "Verder")
    phone.get_by_label("Liever niet. Ik kijk zelf met mijn code").check()
    press(phone, "Verder")
    expect(phone.get_by_label("Stuur mij geen post")).to_be_checked()
    story.journey.check(phone, "no-post-no-call")
    press(phone, "Verder")
    expect(phone.locator("main")).to_contain_text("Mag Jeugd-Punt lezen wat je hebt geschreven?")
    for word in ("je ouder", "vader", "moeder", "voogd"):
        assert word not in main_of(phone).lower()
    phone.get_by_label("Ja, dat mag").check()
    press(phone, "Verstuur mijn vraag")
    expect(phone.get_by_role("heading", name="Gelukt")).to_be_visible()
    story.remember_the_receipt(phone)


def her_father_phones(story: Story) -> None:
    """Hennie types all that he says; her screen shows nothing, and says what not to say."""
    desk = story.as_staff(HENNIE, "/balie/")
    shown = {
        "Naam": "Noa Schut",
        "Telefoonnummer": "06 22 33 44 55",
        "E-mailadres": "noa.schut@thuis.example",
        "Postcode": "3881",
    }
    empty = "Geen open vraag gevonden die u mag zien. Noem tegen een beller nooit of iemand een"
    for label, typed in shown.items():
        field = desk.get_by_label(label, exact=False).first
        if label == "Postcode":
            field.fill(typed)
        else:
            with desk.expect_response("**/balie/eerder/"):
                field.press_sequentially(typed)
        expect(desk.locator("#eerder")).to_contain_text(empty)
        assert story.reference not in desk.content()
        assert "Jeugd-Punt" not in desk.locator("#eerder").inner_text()
    story.journey.check(desk, "the-volunteers-screen")

    # He has seen the reference on her phone, and wants a code. It is answered like a wrong one.
    answers = []
    for reference in (story.reference, "BCDF-GHJK"):
        desk.goto(story.address("putten", "/balie/nieuwe-code/"))
        desk.get_by_label("Kenmerk").fill(reference)
        desk.get_by_label("Telefoonnummer, e-mailadres of naam").fill("Noa Schut")
        press(desk, "Geef een nieuwe code")
        expect(desk.locator("main")).to_contain_text("Geef nooit een code aan iemand die belt.")
        if reference == story.reference:
            story.journey.check(desk, "no-code-for-a-caller")
        desk.get_by_label("De inwoner staat zelf aan de balie").check()
        press(desk, "Geef een nieuwe code")
        expect(desk.locator("main")).to_contain_text("Dit hoort niet bij elkaar.")
        answers.append(main_of(desk).replace(reference, ""))
    assert answers[0] == answers[1]


def test_story_2_a_girl_of_15_and_her_father_on_the_phone(story: Story) -> None:
    journey = story.journey

    # Given: Tuesday 10.00. She asks; it goes to Jeugd-Punt on her own yes, and nobody else's.
    phone = story.phone()
    she_asks(story, phone)
    journey.check(phone, "jeugd-punt-has-it")
    question = story.question()
    assert question.lead.slug == "jeugd-punt"
    assert (question.asker.name, question.asker.contact_wish.no_post) == ("", True)
    assert not ContactDetail.objects.filter(person=question.asker).exists()
    basis = SharingBasis.objects.get(question=question, ended_at__isnull=True)
    assert (basis.given_by, basis.organisation.slug) == (question.asker, "jeugd-punt")

    # When: Corrie of Jeugd-Punt picks it up; no parent is asked for anywhere.
    corrie = story.as_staff(CORRIE, "/werk/?lijst=nieuw")
    corrie.get_by_role("link", name="Zonder naam").click()
    expect(corrie.locator("main")).to_contain_text("De inwoner komt zelf terug")
    assert "ouder met gezag" not in main_of(corrie)
    press(corrie, "Pak op")
    journey.check(corrie, "she-comes-back-herself")
    press(corrie, "Schrijf een antwoord")
    corrie.get_by_label("Uw antwoord").fill(
        "Wat naar voor je. Je kunt woensdag na school langskomen op de inloop. Vraag naar Corrie."
    )
    journey.check(corrie, "an-answer-for-her-page")
    press(corrie, "Schrijf een antwoord")
    expect(corrie.locator("main")).to_contain_text("Uw antwoord staat op de pagina")

    # And: her father phones the desk at noon.
    story.at(2026, 11, 24, 12)
    looks = AccessEvent.objects.filter(question_id=question.pk).count()
    her_father_phones(story)

    # Then: nothing was found, so nothing stands in her list, and nothing was sent to anybody.
    assert AccessEvent.objects.filter(question_id=question.pk).count() == looks
    story.until(2026, 11, 25, 9)
    assert not Message.objects.filter(about_id=question.pk, recipient_kind="resident").exclude(
        status="shown"
    )
    assert not [m for m in story.post("") if "schut" in (m.recipient + m.text).lower()]

    # And: the next day she reads that Jeugd-Punt has it, and not a word of her father.
    story.follow(phone)
    page = main_of(phone)
    assert "Jeugd-Punt" in page
    assert "Ons antwoord: Wat naar voor je." in page
    for word in ("Hennie", "balie", "vader", "je ouder", "Noa", "gezocht", "nieuwe code"):
        assert word not in page
    journey.check(phone, "her-own-page")
