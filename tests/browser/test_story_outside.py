"""A GP outside the partnership: a link and a code; a yes, a no, and silence that goes up."""

from playwright.sync_api import Page, expect

from intake.questions.models import Question
from organisations.roles.models import Role
from referrals.external_handovers.models import OutsideHandover
from referrals.follow_ups.models import FollowUp
from tests.browser.elsewhere import Elsewhere
from tests.browser.stories import main_of, press
from tests.support import factories as make

GP = "praktijk@huisartsendorp.example"
SUMMARY = "Een vrouw van in de 40 slaapt al weken slecht. Er zijn zorgen over geld."
SECRETS = ("Zeynep", "Yildiz", "deurwaarder", "drinkt", "06 12345678")


def begins(story: Elsewhere) -> Page:
    """Zeynep asked Stimenz, who has picked it up and talked with her."""
    reach = make.ContactChoices(
        phone="+31612345678",
        email="zeynep@voordeur.example",
        ways=("phone", "email"),
    )
    receipt = make.submitted(
        story,  # type: ignore[arg-type]  # what is used of a world is its partnership
        "geld",
        now=story.now,
        name="Zeynep Yildiz",
        words="brief van de deurwaarder. mijn man drinkt en ik slaap niet",
        postcode="3881",
        reach=reach,
    )
    story.receipts["Zeynep"] = (receipt.reference, receipt.code)
    worker = story.as_one_of("stimenz", path=story.case())
    press(worker, "Pak op")
    press(worker, "Contact vastleggen")
    worker.get_by_label("gesproken", exact=True).check()
    press(worker, "Contact vastleggen")
    return worker


def asks_the_gp(story: Elsewhere, worker: Page) -> tuple[str, str]:
    """The link goes by mail, the code by phone; gives both as the practice has them."""
    worker.goto(story.address("", f"{story.case()}buiten/"))
    worker.get_by_label("Wie vraagt u?").fill("Huisartsen Dorp")
    worker.get_by_label("E-mailadres").fill(GP)
    worker.get_by_label("Waarom zij?").fill("Zij weten meer van slapen.")
    worker.get_by_label("Wat moeten zij weten?").fill(SUMMARY)
    worker.get_by_label("aan de telefoon").check()
    press(worker, "Vraag om hulp")
    code = worker.locator("main .utrecht-alert .vd-reference").inner_text()
    story.beat()
    mail = story.post(GP)[-1]
    for secret in (*SECRETS, "slaapt", "geld", code, story.question().reference):
        assert secret not in mail.subject + mail.text
    path = next(word for word in mail.text.split() if "/overdracht/" in word)
    return "/overdracht/" + path.split("/overdracht/")[1], code


def opens(story: Elsewhere, path: str, code: str) -> Page:
    """At the practice, without an account."""
    practice = story.open_page(phone=True)
    practice.goto(story.address("", path))
    practice.get_by_label("Uw code").fill(code)
    press(practice, "Lees de vraag")
    return practice


def story_of_putten(at_partnership: object) -> Elsewhere:
    return at_partnership("putten")  # type: ignore[operator]


def test_a_gp_outside_says_yes(at_partnership: object) -> None:
    story = story_of_putten(at_partnership)
    journey = story.journey
    worker = begins(story)
    path, code = asks_the_gp(story, worker)
    journey.check(worker, "the-code-to-tell-by-phone")

    # A wrong code opens nothing, and says nothing.
    practice = story.open_page(phone=True)
    practice.goto(story.address("", path))
    practice.get_by_label("Uw code").fill("111 111 111")
    press(practice, "Lees de vraag")
    expect(practice.locator("main")).to_contain_text("Deze code klopt niet.")
    assert "slaapt" not in practice.content()
    journey.check(practice, "a-wrong-code")

    # With the code: a few sentences without the person.
    practice = opens(story, path, code)
    expect(practice.locator("main")).to_contain_text(SUMMARY)
    for secret in SECRETS:
        assert secret not in practice.content()
    journey.check(practice, "the-summary")
    practice.get_by_label("Ja", exact=True).check()
    practice.get_by_label("Uw antwoord").fill("Donderdag om 9 uur is er plek.")
    press(practice, "Verstuur mijn antwoord")
    expect(practice.get_by_role("heading", name="Dank u wel")).to_be_visible()
    journey.check(practice, "thanks")
    assert "slaapt" not in practice.content()

    # The worker has the answer and a next step; the lead stays.
    worker = story.as_one_of("stimenz", path=f"{story.case()}buiten/")
    expect(worker.locator("main")).to_contain_text("Donderdag om 9 uur is er plek.")
    journey.check(worker, "the-answer")
    worker.goto(story.address("", story.case()))
    expect(worker.locator("main")).to_contain_text("Kennismaken met Huisartsen Dorp")
    assert Question.objects.get().lead.slug == "stimenz"

    # Zeynep reads who was asked and what exactly they read.
    zeynep = story.follow_as(story.phone(), "Zeynep")
    expect(zeynep.locator("main")).to_contain_text("Huisartsen Dorp wil u helpen.")
    zeynep.goto(story.address("", "/volg/vraag/buiten/"))
    expect(zeynep.locator("main")).to_contain_text(SUMMARY)
    journey.check(zeynep, "zeynep-reads-what-they-read")


def test_a_gp_outside_says_no(at_partnership: object) -> None:
    story = story_of_putten(at_partnership)
    journey = story.journey
    path, code = asks_the_gp(story, begins(story))
    practice = opens(story, path, code)
    practice.get_by_label("Nee", exact=True).check()
    press(practice, "Verstuur mijn antwoord")
    expect(practice.locator("main")).to_contain_text("Schrijf op waarom niet.")
    journey.check(practice, "a-no-has-a-reason")
    practice.get_by_label("Uw antwoord").fill("Onze praktijk neemt nu niemand aan.")
    press(practice, "Verstuur mijn antwoord")
    expect(practice.get_by_role("heading", name="Dank u wel voor uw antwoord")).to_be_visible()
    worker = story.as_one_of("stimenz", path=f"{story.case()}buiten/")
    expect(worker.locator("main")).to_contain_text("Onze praktijk neemt nu niemand aan.")
    journey.check(worker, "the-worker-reads-why")
    zeynep = story.follow_as(story.phone(), "Zeynep")
    expect(zeynep.locator("main")).to_contain_text("Huisartsen Dorp kan u niet helpen.")
    journey.check(zeynep, "zeynep-hears-that-stimenz-goes-on")


def test_a_gp_outside_is_silent(at_partnership: object) -> None:
    story = story_of_putten(at_partnership)
    journey = story.journey
    worker = begins(story)
    asks_the_gp(story, worker)
    assert FollowUp.objects.get(kind="outside").due_on.isoformat() == "2026-11-26"

    # Thursday: the worker is reminded. Nobody above them yet.
    story.until(2026, 11, 27, 9)
    colleague = story.member("stimenz")
    boss = story.member("stimenz", Role.COORDINATOR)
    reference = story.question().reference
    assert any(reference in mail.text for mail in story.post(colleague.email))
    assert not any(reference in mail.text for mail in story.post(boss.email))
    worker = story.as_one_of("stimenz", path=f"{story.case()}buiten/")
    expect(worker.locator("main")).to_contain_text("Er kwam geen antwoord. Bel zelf.")
    journey.check(worker, "no-answer-came")

    # Two working days later, over a weekend, the coordinators.
    story.until(2026, 12, 1, 9)
    assert any(reference in mail.text for mail in story.post(boss.email))
    for mail in story.post(""):
        assert not any(secret in mail.subject + mail.text for secret in SECRETS)
    over = story.as_one_of("stimenz", Role.COORDINATOR, "/caseload/")
    row = over.get_by_role("row").filter(has_text=reference)
    expect(row).to_contain_text("te laat")
    journey.check(over, "the-coordinator-sees-it")

    # Taken back, the link opens nothing any more.
    worker = story.as_one_of("stimenz", path=f"{story.case()}buiten/")
    press(worker, "Vraag Huisartsen Dorp niet meer")
    assert OutsideHandover.objects.get().status == "withdrawn"
    journey.check(worker, "taken-back")
    assert "Er kwam geen antwoord" not in main_of(worker)
