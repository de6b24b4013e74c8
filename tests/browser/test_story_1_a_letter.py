"""Story 1: "brief van deurwaarder snap nie", called the same day, and a date that threatens."""

from playwright.sync_api import Page, expect

from intake.questions.models import Question
from referrals.follow_ups.models import FollowUp
from tests.browser.stories import Story, main_of, press

AART, EMRE = "Aart van Ravenswaaij", "Emre Demir"


def willem_asks_to_be_called(story: Story, phone: Page) -> None:
    """Two pages and a yes; he keeps what he was given."""
    phone.get_by_role("link", name="Bel mij").click()
    phone.get_by_label("Op welk nummer kunnen wij u bellen?").fill("06-12 34 56 78")
    phone.get_by_label("Naar wie vragen wij?").fill("Willem")
    phone.get_by_label("In de ochtend").check()
    phone.get_by_label("Een bericht inspreken").check()
    phone.get_by_label("Wilt u al iets vertellen?").fill("brief van deurwaarder snap nie")
    press(phone, "Verder")
    press(phone, "Geld")
    expect(phone.locator("main")).to_contain_text("Stimenz kan u helpen")
    phone.get_by_label("Ja, dat mag").check()
    press(phone, "Verstuur")
    expect(phone.get_by_role("heading", name="Gelukt")).to_be_visible()
    story.remember_the_receipt(phone)


def test_story_1_a_letter_he_does_not_understand(story: Story) -> None:
    journey = story.journey

    # Given: Tuesday 10.00. Willem asks to be called; he hears who has it and when they call.
    phone = story.phone()
    willem_asks_to_be_called(story, phone)
    journey.check(phone, "willem-is-told-who-calls-today")
    assert "dinsdag 24 november" in main_of(phone)
    question = story.question()
    assert (question.lead.slug, question.channel) == ("stimenz", "call_me")

    # When: Aart of Stimenz looks at his work. It is new, and due today.
    aart = story.as_staff(AART, "/werk/?lijst=nieuw")
    row = aart.get_by_role("row").filter(has_text="Willem")
    expect(row).to_contain_text("vandaag")
    expect(row).to_contain_text("brief van deurwaarder snap nie")
    journey.check(aart, "new-and-due-today")
    aart.get_by_role("link", name="Willem").click()
    expect(aart.locator("main")).to_contain_text("06 12345678")
    expect(aart.locator("main")).to_contain_text("ochtend")
    journey.check(aart, "how-willem-wants-to-be-called")

    # And: he picks it up and calls within the working day.
    press(aart, "Pak op")
    expect(aart.locator("main")).to_contain_text("Neem contact op met de inwoner.")
    story.at(2026, 11, 24, 11, 20)
    press(aart, "Contact vastleggen")
    aart.get_by_label("gesproken", exact=True).check()
    aart.get_by_label("Wat is afgesproken?").fill("U legt de brief klaar. Wij bellen terug.")
    aart.get_by_label("Werkaantekening").fill("Ontruiming staat op 4 december.")
    journey.check(aart, "the-call")
    press(aart, "Contact vastleggen")
    expect(aart.locator("main")).to_contain_text("Vastgelegd.")

    # Then: the letter threatens eviction. Aart says so, and the clock of three working days starts.
    aart.get_by_text("Meer", exact=True).click()
    aart.get_by_role("link", name="Soort vraag").click()
    aart.get_by_label("uitzetting of afsluiting dreigt").check()
    journey.check(aart, "what-kind-of-question")
    press(aart, "Opslaan")
    clock = FollowUp.objects.get(kind="clock", status="open")
    assert clock.due_on.isoformat() == "2026-11-27"
    expect(aart.locator("main")).to_contain_text("schulden met een dreigende datum")
    expect(aart.locator("main")).to_contain_text("binnen 3 werkdagen")
    journey.check(aart, "the-clock-on-the-case")
    story.follow(phone)
    expect(phone.locator("main")).to_contain_text("uiterlijk vrijdag 27 november.")
    assert "Ontruiming" not in main_of(phone)
    journey.check(phone, "willem-reads-that-it-presses")

    # And: a day before it is agreed; both show in his list, to the coordinator and to Willem.
    press(aart, "Plan")
    aart.get_by_label("Wat gaat u doen?").fill("brief samen lezen, 10 uur in De Aker")
    aart.get_by_label("Wanneer?").fill("2026-11-26")
    aart.get_by_label("De inwoner mag dit lezen").check()
    press(aart, "Plan")
    expect(aart.locator("main")).to_contain_text("Termijn van de wet: vr 27 nov")
    journey.check(aart, "an-appointment-before-the-clock")
    story.as_staff(AART, "/werk/?lijst=mijn")
    row = aart.get_by_role("row").filter(has_text="Willem")
    expect(row).to_contain_text("do 26 nov")
    expect(row).to_contain_text("termijn van de wet: vr 27 nov")
    journey.check(aart, "the-clock-in-the-work-list")
    emre = story.as_staff(EMRE, "/caseload/")
    row = emre.get_by_role("row").filter(has_text=question.reference)
    expect(row).to_contain_text("termijn van de wet: vr 27 nov")
    assert "Willem" not in main_of(emre)
    journey.check(emre, "the-clock-in-the-caseload")
    story.follow(phone)
    expect(phone.locator("main")).to_contain_text(
        "donderdag 26 november: brief samen lezen, 10 uur in De Aker"
    )
    journey.check(phone, "willem-reads-the-next-day")

    # And: on Thursday morning the daily mail names it, by reference only.
    story.until(2026, 11, 26, 9)
    mail = story.post("aart")[-1]
    for secret in ("Willem", "deurwaarder", "ontruiming"):
        assert secret not in mail.subject + mail.text
    assert question.reference in mail.text
    inbox = story.as_staff(AART, "/demo/post/?zoek=aart")
    journey.check(inbox, "aarts-mailbox")
    inbox.get_by_role("link", name=mail.subject).first.click()
    expect(inbox.locator("main")).to_contain_text(question.reference)
    journey.check(inbox, "the-daily-mail")
    assert Question.objects.get().urgency == "soon"

    # And: they read the letter together, so the appointment and the term of the law are done.
    story.at(2026, 11, 26, 10, 45)
    story.as_staff(AART, f"{story.case()}contact/")
    aart.get_by_label("gesproken", exact=True).check()
    aart.get_by_label("aan de balie").check()
    aart.get_by_label("Wat is afgesproken?").fill("Wij bellen samen de deurwaarder.")
    aart.get_by_label("Brief samen lezen, 10 uur in De Aker (26 november)").check()
    aart.get_by_label("Eerste gesprek over de dreigende schuld").check()
    journey.check(aart, "the-letter-is-read-together")
    press(aart, "Contact vastleggen")
    assert not FollowUp.objects.filter(kind__in=["clock", "agreed"], status="open").exists()
    assert "termijn van de wet" not in main_of(aart).lower()
    assert FollowUp.objects.get(kind="clock").status == "done"
