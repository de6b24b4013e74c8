"""A professional's day: pick up, speak to, hand over warmly, close; and a handover declined."""

from datetime import UTC, datetime, timedelta
from typing import Any

from intake.questions.models import Question, SharingBasis, TimelineEntry
from referrals.casework import pick_up
from referrals.handovers import services as verbs
from referrals.handovers.models import Handover
from tests.browser.conftest import Address, SignIn
from tests.browser.pages import Console, Journey
from tests.browser.stories import press
from tests.support import factories as make
from tests.support.factories import World


def test_from_picking_up_to_a_warm_handover_and_closing(
    here: World,
    sign_in: SignIn,
    address: Address,
    journey: Journey,
    console: Console,
    clock: Any,
) -> None:
    sender = make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))
    receiver = make.intake_worker(here, "jeugd-punt", who=make.user("Joris Bakker"))
    question = make.question(
        here,
        "geld",
        name="Zeynep Yildiz",
        words="brief van deurwaarder snap nie. en mn zoon gaat nie meer naar school",
        postcode="3881AB",
    )

    # Given: something new for Stimenz
    page = sign_in(sender)
    page.goto(address("putten", "/werk/"))
    page.get_by_text("Niets meer voor vandaag").wait_for()
    journey.check(page, "nothing-today")
    page.get_by_role("link", name="Nieuw", exact=False).first.click()
    page.get_by_role("link", name="Zeynep Yildiz").wait_for()
    journey.check(page, "new")
    page.get_by_role("link", name="Zeynep Yildiz").click()
    page.get_by_text("Nog niet opgepakt.").wait_for()
    journey.check(page, "the-question")

    # When: she picks it up and phones
    press(page, "Pak op")
    page.get_by_text("Neem contact op met de inwoner.").wait_for()
    journey.check(page, "picked-up")
    press(page, "Contact vastleggen")
    page.get_by_text("gesproken", exact=True).click()
    page.get_by_label("Wat is afgesproken?").fill("Wij kijken samen naar de brieven.")
    page.get_by_label("Werkaantekening").fill("Ze schaamt zich. Rustig aan doen.")
    page.get_by_label("Volgende stap op").fill("2026-11-27")
    page.get_by_label("Wat is de volgende stap?").fill("brieven doorlopen")
    journey.check(page, "contact")
    press(page, "Contact vastleggen")
    page.get_by_text("Brieven doorlopen").first.wait_for()

    # And: Jeugd-Punt can help better; Zeynep says yes on the phone
    press(page, "Draag warm over")
    page.get_by_label("Aan wie draagt u over?").select_option(label="Jeugd-Punt")
    page.get_by_label("Waarom kunnen zij beter helpen?").fill("Zij kennen de school goed.")
    page.get_by_label("Wat moet de ander weten?").fill("Zeynep heeft een zoon die thuis zit.")
    page.get_by_text("Ja, aan de telefoon").click()
    press(page, "Draag warm over")
    page.get_by_text("Er staat een naam in.").first.wait_for()
    journey.check(page, "a-name-in-the-summary")
    page.get_by_label("Wat moet de ander weten?").fill(
        "Een moeder met een zoon van 14 die thuis zit. Er zijn ook schulden."
    )
    press(page, "Draag warm over")
    page.get_by_text("De overdracht loopt.").first.wait_for()
    journey.check(page, "offered")

    # Then: Joris reads the summary and no more, asks something, and says yes
    other = sign_in(receiver)
    other.goto(address("putten", "/werk/?lijst=overdracht"))
    journey.check(other, "handovers-to-answer")
    other.get_by_role("link", name=question.reference).click()
    other.get_by_role("heading", name="Stimenz vraagt of u dit overneemt").wait_for()
    assert "Zeynep" not in other.content()
    assert "deurwaarder" not in other.content()
    journey.check(other, "minimal-summary")
    other.get_by_text("Eerst iets vragen").click()
    other.get_by_label("Wat wilt u eerst weten?").fill("Is leerplicht al betrokken?")
    press(other, "Vraag het")
    other.get_by_text("Is leerplicht al betrokken?").wait_for()
    page.goto(address("putten", f"/vraagstuk/{question.id}/"))
    page.get_by_text("Jeugd-Punt vraagt iets over de overdracht.").wait_for()
    press(page, "Geef antwoord")
    page.get_by_label("Uw antwoord").fill("Nog niet.")
    page.get_by_text("Ja, aan de telefoon").click()
    press(page, "Geef antwoord")
    other.reload()
    other.get_by_text("Nog niet.").wait_for()
    press(other, "Ja, ik neem het over")
    other.get_by_text("Maak kennis met de inwoner.").first.wait_for()
    other.get_by_role("heading", name="Zeynep Yildiz").wait_for()
    journey.check(other, "accepted")

    # And: they plan to meet, meet, and the lead moves
    press(other, "Plan het gesprek")
    other.get_by_label("Dag").fill("2026-11-26")
    other.get_by_label("Tijd").fill("10:30")
    other.get_by_label("Waar?").fill("De Aker, spreekkamer 2")
    journey.check(other, "meeting")
    press(other, "Plan het gesprek")
    clock(datetime(2026, 11, 26, 11, 0, tzinfo=UTC))
    page, other = sign_in(sender), sign_in(receiver)
    other.goto(address("putten", f"/vraagstuk/{question.id}/"))
    press(other, "Leg kennismaking vast")
    other.get_by_text("op bezoek").click()
    journey.check(other, "met")
    press(other, "Leg kennismaking vast")
    other.get_by_text("Joris Bakker heeft deze vraag.").wait_for()
    journey.check(other, "lead-moved")
    page.goto(address("putten", "/werk/?lijst=mijn"))
    page.get_by_text("U heeft geen vragen opgepakt").wait_for()

    # And: it ends in the resident's own words
    press(other, "Rond af")
    other.get_by_label("geholpen", exact=True).check()
    other.get_by_label("In de woorden van de inwoner").fill("Hij gaat weer. Dank jullie wel.")
    other.get_by_label("5, heel goed").check()
    journey.check(other, "closing")
    press(other, "Rond af")
    other.get_by_text("De inwoner geeft een 5 van 5.").wait_for()
    journey.check(other, "closed")
    done = Question.objects.get(pk=question.pk)
    assert (done.status, done.lead, done.verdict) == ("closed", here["jeugd-punt"], 5)


def test_a_handover_is_declined_with_a_reason(
    here: World, sign_in: SignIn, address: Address, journey: Journey, console: Console
) -> None:
    sender = make.intake_worker(here, "stimenz")
    receiver = make.intake_worker(here, "actief")
    question = make.question(here, "geld", name="Henk Mulder", words="wil weer onder de mensen")
    pick_up.pick_up(question=question, by=sender, now=make.TUESDAY)
    offered = verbs.propose(
        question=question,
        to=here["actief"],
        why="Zij hebben een wandelgroep.",
        summary="Een man van rond de 60 die weer onder de mensen wil.",
        by=sender,
        now=make.TUESDAY,
        yes_how=SharingBasis.How.SPOKEN,
    )
    page = sign_in(receiver)
    page.goto(address("putten", f"/vraagstuk/overdracht/{offered.id}/"))
    page.get_by_text("Nee, dit past niet").click()
    press(page, "Zeg nee")
    page.get_by_text("Schrijf op waarom niet.").first.wait_for()
    journey.check(page, "no-without-a-reason")
    page.get_by_label("Waarom niet?").fill("De groep zit vol tot januari.")
    press(page, "Zeg nee")
    page.get_by_text("De groep zit vol tot januari.").wait_for()
    journey.check(page, "declined")

    back = sign_in(sender)
    back.goto(address("putten", f"/vraagstuk/{question.id}/"))
    back.get_by_text("De groep zit vol tot januari.").first.wait_for()
    journey.check(back, "back-with-the-sender")
    assert Question.objects.get().lead == here["stimenz"]
    assert Handover.objects.get().status == "declined"


def test_danger_on_top_and_judged(
    here: World, sign_in: SignIn, address: Address, journey: Journey
) -> None:
    on_duty = make.triagist(here)
    make.question(here, "geld", danger=True, shares=None, words="hij slaat", name="")
    page = sign_in(on_duty)
    page.goto(address("putten", "/werk/"))
    page.get_by_text("Mogelijk gevaar: 1 vraag").wait_for()
    journey.check(page, "danger-on-top")
    page.locator("main").get_by_role("link", name=Question.objects.get().reference).click()
    page.get_by_text("Mogelijk gevaar. Kijk nu").wait_for()
    journey.check(page, "danger")
    press(page, "Beoordeel")
    page.get_by_text("Ja, er is gevaar").click()
    page.get_by_label("Wat zag of hoorde u?").fill("Gebeld. Zij is nu bij haar zus.")
    press(page, "Beoordeel")
    page.get_by_text("Gebeld. Zij is nu bij haar zus.").wait_for()
    journey.check(page, "judged")


def test_two_hundred_steps_a_long_story_and_a_colleague_asked(
    here: World, sign_in: SignIn, address: Address, journey: Journey
) -> None:
    worker = make.intake_worker(here, "stimenz")
    colleague = make.professional(here, "jeugd-punt")
    question = make.question(
        here,
        "geld",
        "bewegen",
        name="Maximiliaan-Alexander van den Bergh-Oosterhuis van Wassenaer",
        words="Ik heb al heel lang brieven liggen die ik niet open maak. " * 120,
    )
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            question=question,
            at=make.TUESDAY - timedelta(hours=n),
            kind="contact",
            actor_kind="staff",
            actor=worker,
            organisation=here["stimenz"],
            sentence="contact.answer_written",
            parameters={"text": f"Gesprek {n}. Wij liepen de post door."},
        )
        for n in range(1, 200)
    )
    page = sign_in(worker)
    page.goto(address("putten", f"/vraagstuk/{question.id}/"))
    page.get_by_text("eerdere stappen").first.wait_for()
    journey.check(page, "long")
    press(page, "Even overleggen")
    page.get_by_label("Met wie wilt u overleggen?").select_option(label="Jeugd-Punt")
    page.get_by_label("Uw vraag").fill("Past een maatje bij een jongere met schulden?")
    journey.check(page, "ask-a-colleague")
    press(page, "Even overleggen")
    page.get_by_text("nog geen antwoord").first.wait_for()

    other = sign_in(colleague)
    other.goto(address("putten", "/werk/overleg/"))
    journey.check(other, "asked-us")
    press(other, f"Geef antwoord aan {worker.name}")
    other.get_by_label("Uw antwoord").fill("Ja, bel ons dinsdag.")
    journey.check(other, "answering")
    press(other, "Geef antwoord")
    page.goto(address("putten", "/werk/overleg/"))
    page.get_by_text("Ja, bel ons dinsdag.").wait_for()
    journey.check(page, "answered")
    page.goto(address("putten", f"/vraagstuk/{question.id}/waarom/"))
    journey.check(page, "why-here")
