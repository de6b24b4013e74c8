"""What a working day asks most, counted in clicks and pages."""

from intake.questions.models import Question
from referrals.follow_ups.models import FollowUp
from tests.browser.conftest import Address, SignIn
from tests.browser.counting import Counted
from tests.support import factories as make
from tests.support.factories import World


def test_a_phone_question_of_somebody_known_takes_five_clicks_and_two_pages(
    here: World, sign_in: SignIn, address: Address
) -> None:
    worker = make.desk_worker(here)
    reach = make.ContactChoices(phone="+31612345678", ways=("phone",))
    make.question(here, "geld", name="Zeynep Yildiz", reach=reach)
    page = sign_in(worker)
    page.goto(address("putten", "/balie/"))
    page.wait_for_load_state()
    # The words have the focus.
    page.keyboard.type("zij belt: de huur is niet betaald")
    counted = Counted(page)
    counted.click(page.get_by_text("telefoon", exact=True))
    counted.click(page.get_by_text("Geld en post").first)
    counted.click(page.get_by_label("Telefoonnummer"))
    page.keyboard.type("06 12 34 56 78")
    counted.button("Verder: vraag toestemming")
    counted.button("Ja (J)")
    page.get_by_role("heading", name="De vraag is opgeschreven").wait_for()
    assert Question.objects.count() == 2
    assert counted.clicks <= 5
    assert len(counted.pages) <= 2


def test_picking_up_calling_recording_and_planning_takes_six_clicks_and_three_pages(
    here: World, sign_in: SignIn, address: Address
) -> None:
    worker = make.intake_worker(here, "stimenz")
    reach = make.ContactChoices(phone="+31612345678", ways=("phone",))
    question = make.question(here, "geld", name="Zeynep Yildiz", reach=reach)
    page = sign_in(worker)
    page.goto(address("putten", "/werk/?lijst=nieuw"))
    counted = Counted(page)
    counted.click(page.get_by_role("link", name="Zeynep Yildiz"))
    counted.button("Pak op")
    page.get_by_text("Neem contact op met de inwoner.").wait_for()
    # The number is on the page, to be phoned from.
    page.get_by_role("link", name="06 12345678").or_(
        page.locator('a[href="tel:+31612345678"]')
    ).first.wait_for()
    counted.button("Contact vastleggen")
    counted.click(page.get_by_text("gesproken", exact=True))
    page.get_by_label("Wat is afgesproken?").fill("Wij kijken samen naar de brieven.")
    page.get_by_label("Volgende stap op").fill("2026-11-27")
    page.get_by_label("Wat is de volgende stap?").fill("brieven doorlopen")
    counted.button("Contact vastleggen")
    page.get_by_text("Brieven doorlopen").first.wait_for()
    question.refresh_from_db()
    assert question.assigned_to == worker
    assert question.contact_moments.count() == 1
    assert FollowUp.objects.filter(question=question, kind=FollowUp.Kind.AGREED).count() == 1
    assert counted.clicks <= 6
    assert len(counted.pages) <= 3
