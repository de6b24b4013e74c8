"""The desk, with the keyboard alone: note, read aloud, J or N, two slips; a caller learns nothing.

Then the resident goes home and follows the question with what they were given.
"""

from playwright.sync_api import Page

from intake.models import Question
from referrals import handover as verbs
from referrals import pick_up
from tests import factories as make
from tests.browser.conftest import Address, OpenPage, SignIn
from tests.browser.pages import Journey
from tests.factories import World


def typed(page: Page, *keys: str) -> None:
    """Press keys one after another; what is longer than a key's name is typed."""
    for key in keys:
        if key in {"Tab", "Space", "Enter", "Shift+Tab", "j", "n", "ArrowRight"}:
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)


def test_the_desk_with_the_keyboard_alone_and_the_resident_at_home(
    here: World, sign_in: SignIn, address: Address, journey: Journey, open_page: OpenPage
) -> None:
    desk = sign_in(make.desk_worker(here))
    desk.goto(address("putten", "/balie/"))
    journey.check(desk, "note")
    # The words have the focus. Then: danger, and the first life domain (money).
    typed(desk, "brief van deurwaarder, snap er niks van", "Tab", "Tab", "Space")
    desk.get_by_label("Telefoonnummer").focus()
    typed(desk, "06 12 34 56 78", "Enter")
    desk.wait_for_url("**/balie/")
    desk.get_by_text("Mag Stimenz lezen wat u heeft verteld?").wait_for()
    journey.check(desk, "read-aloud")
    desk.keyboard.press("j")
    desk.wait_for_url("**/balie/*-*/")
    desk.get_by_role("heading", name="De vraag is opgeschreven").wait_for()
    journey.check(desk, "done")
    question = Question.objects.get()
    assert question.lead == here["stimenz"]
    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="Print de code").click()
    slip = opened.value
    code = slip.locator(".vd-slip__value").inner_text()
    assert question.reference not in slip.content()
    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="Print het kaartje").click()
    card = opened.value
    assert question.reference in card.content()
    assert code not in card.content()
    journey.check(card, "card")

    # At home, on a phone.
    phone = open_page(phone=True)
    phone.goto(address("putten", "/volg/"))
    journey.check(phone, "enter")
    phone.get_by_label("Uw kenmerk").fill(question.reference)
    phone.get_by_label("Uw code").fill(code)
    phone.get_by_role("button", name="Bekijk mijn vraag").click()
    phone.get_by_role(
        "heading", name="Uw vraag ligt bij Stimenz, omdat het gaat over geld."
    ).wait_for()
    journey.check(phone, "follow")


def test_a_father_on_the_phone_learns_nothing(
    here: World, sign_in: SignIn, address: Address, journey: Journey
) -> None:
    """Story 2: the volunteer's screen shows and confirms nothing."""
    make.question(here, "opgroeien", name="Sanne", age_band="12-15")
    desk = sign_in(make.desk_worker(here))
    desk.goto(address("putten", "/balie/"))
    with desk.expect_response("**/balie/eerder/") as answered:
        desk.get_by_label("Naam").press_sequentially("Sanne")
    assert answered.value.status == 200
    aside = desk.locator("#eerder")
    aside.get_by_text("Geen open vraag gevonden die u mag zien").wait_for()
    assert Question.objects.get().reference not in desk.content()
    journey.check(desk, "nothing-found")


def test_the_resident_says_yes_to_a_handover_stops_sharing_and_withdraws(
    here: World, open_page: OpenPage, address: Address, journey: Journey, sign_in: SignIn
) -> None:
    receipt = make.submitted(here, "geld", name="Mo")
    question = Question.objects.get()
    worker = make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    question.refresh_from_db()
    verbs.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij weten veel van school en geld.",
        summary="Een gezin zoekt hulp bij kosten voor school.",
        by=worker,
        now=make.TUESDAY,
    )
    phone = open_page(phone=True)
    phone.goto(address("putten", "/volg/"))
    phone.get_by_label("Uw kenmerk").fill(receipt.reference)
    phone.get_by_label("Uw code").fill(receipt.code)
    phone.get_by_role("button", name="Bekijk mijn vraag").click()
    phone.get_by_role("heading", name="Mogen wij uw vraag aan Jeugd-Punt geven?").wait_for()
    journey.check(phone, "proposed")
    phone.get_by_role("button", name="Ja, dat mag").click()
    phone.get_by_role("heading", name="Wij wachten op Jeugd-Punt").wait_for()
    offered = question.handovers.get()
    assert offered.status == "offered"
    journey.check(phone, "waiting")
    phone.get_by_label("Uw bericht").fill("Ik ben donderdag niet thuis.")
    phone.get_by_role("button", name="Voeg toe").click()
    phone.get_by_text("Ik ben donderdag niet thuis.").wait_for()
    phone.get_by_role("link", name="Stop met delen met Stimenz").click()
    phone.get_by_role("button", name="Ja, stop met delen").wait_for()
    journey.check(phone, "stop-sharing")
    phone.get_by_role("button", name="Ja, stop met delen").click()
    phone.get_by_text("Gestopt. Stimenz kan uw vraag niet meer lezen.").wait_for()
    question.refresh_from_db()
    assert question.lead_team == here.triage
    assert not Question.objects.visible_to(worker).exists()
    phone.get_by_role("link", name="Ik trek mijn vraag in").click()
    phone.get_by_role("button", name="Ja, trek mijn vraag in").click()
    phone.get_by_role("heading", name="U heeft uw vraag ingetrokken.").wait_for()
    journey.check(phone, "withdrawn")
