"""Residents at Putten's front door, on an old phone without JavaScript (stories 1 to 4)."""

from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from intake.ask.models import Draft
from intake.questions.models import Question
from tests.browser.conftest import Address, Clock
from tests.browser.pages import Console, Journey, press
from welzijn.notifications.models import Message

# The Friday of story 4; the clock of the other stories stands at the Tuesday before it, 10.00.
FRIDAY_EVENING = datetime(2026, 11, 27, 17, 10, tzinfo=UTC)


def test_story_1_low_literacy_asks_to_be_called(
    putten: None, phone: Page, address: Address, journey: Journey
) -> None:
    page = phone
    page.goto(address("putten", "/"))
    journey.check(page, "front-door")
    page.get_by_role("link", name="Bel mij").click()
    page.get_by_label("Op welk nummer kunnen wij u bellen?").fill("06-12 34 56 78")
    page.get_by_label("Naar wie vragen wij?").fill("Willem")
    page.get_by_label("In de ochtend").check()
    page.get_by_label("Een bericht inspreken").check()
    page.get_by_label("Wilt u al iets vertellen?").fill("brief van deurwaarder snap nie")
    journey.check(page, "call-me")
    press(page)
    journey.check(page, "what-it-may-be-about")
    press(page, "Geld")
    journey.check(page, "check")
    assert "Stimenz kan u helpen" in page.inner_text("main")
    page.get_by_label("Ja, dat mag").check()
    press(page, "Verstuur")
    journey.check(page, "done")
    page.emulate_media(media="print")
    journey._picture(page, "06-printed-360.png")
    question = Question.objects.get()
    assert (question.lead.slug, question.channel) == ("stimenz", "call_me")
    assert question.reference in page.inner_text("main")
    assert "dinsdag 24 november" in page.inner_text("main")


def test_story_2_a_girl_of_15_without_a_name_and_without_post(
    putten: None, phone: Page, address: Address, journey: Journey
) -> None:
    page = phone
    page.goto(address("putten", "/"))
    page.get_by_role("link", name="Ben je jonger dan 18?").click()
    journey.check(page, "before-typing")
    assert "ouders krijgen hier geen bericht" in page.inner_text("main")
    press(page, "Begin")
    page.get_by_label("Vertel het in je eigen woorden").fill("ze doen gemeen in de appgroep")
    journey.check(page, "words")
    press(page)
    page.get_by_label("Over mijzelf").check()
    journey.check(page, "about-whom")
    press(page)
    page.get_by_label("Op straat en online").check()
    journey.check(page, "topic")
    press(page)
    page.get_by_label("12 tot en met 15").check()
    page.get_by_label("Wat is je postcode?").fill("3881")
    journey.check(page, "age-and-postcode")
    press(page)
    page.get_by_label("Liever niet. Ik kijk zelf met mijn code").check()
    journey.check(page, "safe-contact")
    press(page)
    expect(page.get_by_label("Stuur mij geen post")).to_be_checked()
    press(page)
    assert "Mag Jeugd-Punt lezen wat je hebt geschreven?" in page.inner_text("main")
    journey.check(page, "check")
    page.get_by_label("Ja, dat mag").check()
    press(page, "Verstuur mijn vraag")
    journey.check(page, "done")
    question = Question.objects.get()
    assert question.lead.slug == "jeugd-punt"
    assert (question.asker.name, question.asker.contact_wish.no_post) == ("", True)


def test_story_3_a_carer_asks_for_her_mother(
    putten: None, old_phone: Page, address: Address, journey: Journey
) -> None:
    page = old_phone
    page.goto(address("putten", "/vraag/"))
    press(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill(
        "Mijn moeder vergeet te eten. Ik red het niet meer naast mijn werk."
    )
    press(page)
    page.get_by_label("Over mijn vader of moeder").check()
    page.get_by_label("Nee").check()
    page.get_by_label("Hoe heet die persoon?").fill("Jannie")
    journey._picture(page, "01-about-her-mother-360.png")
    press(page)
    page.get_by_label("Zorgen voor een ander").check()
    press(page)
    page.get_by_label("67 of ouder").check()
    page.get_by_label("Wat is de postcode van uw vader of moeder?").fill("3882")
    press(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Welke buurt is het?"
    journey._picture(page, "02-which-neighbourhood-360.png")
    page.get_by_label("Huinen").check()
    press(page)
    page.get_by_label("Bel mij").check()
    press(page)
    page.get_by_label("Op welk nummer kunnen wij u bellen?").fill("0341 35 70 01")
    press(page)
    page.get_by_label("Hoe mogen wij u noemen?").fill("Petra")
    journey._picture(page, "03-safe-contact-360.png")
    press(page)
    text = page.inner_text("main")
    assert "Jannie weet niet dat u dit vraagt." in text
    assert "Eerst vragen wij het aan die persoon zelf" in text
    page.get_by_label("Ja, dat mag").check()
    journey._picture(page, "04-check-360.png")
    press(page, "Verstuur mijn vraag")
    journey._picture(page, "05-done-360.png")
    question = Question.objects.get()
    assert question.lead.slug == "stichting-welzijn-putten"
    assert (question.asker.name, question.subject.name) == ("Petra", "Jannie")


def test_story_4_violence_at_home_on_a_friday_evening(
    putten: None,
    phone: Page,
    address: Address,
    journey: Journey,
    clock: Clock,
    console: Console,
) -> None:
    clock(FRIDAY_EVENING)
    page = phone
    page.goto(address("putten", "/vraag/"))
    text = page.inner_text("main")
    assert "Er is nu niemand die uw vraag leest" in text
    assert "maandag 30 november vanaf 9.00 uur" in text
    assert "0800-2000" in text
    journey.check(page, "before-typing")
    press(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill("hij slaat mij weer")
    press(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Is er nu gevaar?"
    journey.check(page, "numbers-forward")
    press(page, "Ja, er is nu gevaar")
    # It is sent in this step, and only now said.
    assert "Wij hebben het team gewaarschuwd" in page.inner_text("main")
    assert Question.objects.get().urgency == "danger"
    journey.check(page, "where-it-is-safe")
    page.get_by_role("link", name="Sla dit over").click()
    journey.check(page, "reference-and-code")
    page.get_by_role("link", name="Vertel meer").click()
    expect(page).to_have_title("Stap 3 van 8 · Voordeur")
    assert "Wacht niet op ons" in page.inner_text("main")
    page.get_by_label("Over mijzelf").check()
    press(page)
    press(page)
    page.get_by_label("27 tot en met 66").check()
    press(page)
    page.get_by_label("Stuur een mail").check()
    press(page)
    page.get_by_label("Naar welk adres mogen wij u mailen?").fill("gezin@thuis.example")
    journey.check(page, "the-two-mails-to-choose-from")
    press(page)
    expect(page.get_by_label("Hoe mogen wij u noemen?")).to_be_visible()
    press(page)
    journey.check(page, "check")
    press(page, "Klaar")
    journey.check(page, "done")
    question = Question.objects.get()
    assert (question.urgency, question.lead_team) == ("danger", question.partnership.triage_team)
    to_her = Message.objects.get(about_id=question.id, recipient_kind="resident")
    assert to_her.template == "news"
    assert Message.objects.filter(about_id=question.id, urgent=True).exists()
    with console.expecting("ERR_NAME_NOT_RESOLVED", surely=False):
        # The neutral page is not there in a test, so the way to it is what is looked at.
        with page.expect_response("**/snel-weg/") as exit_page:
            page.get_by_role("button", name="Snel weg").click(no_wait_after=True)
        assert exit_page.value.headers["refresh"].startswith("0; url=https://")
    assert Draft.objects.count() == 0
