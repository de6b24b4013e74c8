"""The desk, with the keyboard alone: note, read aloud, J or N, two slips; a caller learns nothing.

Then the resident goes home and follows the question with what they were given.
"""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.utils.formats import date_format
from playwright.sync_api import Locator, Page, expect

from intake.questions.models import Question
from referrals.casework import pick_up
from referrals.handovers import services as verbs
from tests.browser.conftest import Address, OpenPage, SignIn
from tests.browser.pages import Console, Journey
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.sessions import LAST_SEEN_AT, STARTED_AT, SessionStore

KEYS = {"Tab", "Shift+Tab", "Space", "Enter", "ArrowRight", "ArrowDown", "j", "n"}


def typed(page: Page, *keys: str) -> None:
    """Press keys one after another, once the page is all there; other words are typed."""
    page.wait_for_load_state()
    for key in keys:
        if key in KEYS:
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)


def tab_to(target: Locator, key: str = "Tab") -> None:
    """Press Tab until this has the focus, as somebody without a mouse does."""
    for _press in range(60):
        if target.evaluate("element => element === document.activeElement"):
            return
        target.page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not come to {target}")


def read_aloud(desk: Page, sentence: str) -> None:
    """Wait for the sentence to read aloud; "Draai het scherm" holds it once more, out of sight."""
    desk.get_by_role("blockquote").get_by_text(sentence).wait_for()
    turned = desk.locator("#gedraaid")
    expect(turned).to_contain_text(sentence)
    expect(turned).to_be_hidden()


def test_the_desk_with_the_keyboard_alone_and_the_resident_at_home(
    here: World, sign_in: SignIn, address: Address, journey: Journey, open_page: OpenPage
) -> None:
    desk = sign_in(make.desk_worker(here))
    desk.goto(address("putten", "/balie/"))
    journey.check(desk, "note")
    # The words have the focus from the beginning.
    typed(desk, "brief van deurwaarder, snap er niks van")
    tab_to(desk.get_by_label("Geld en post"))
    typed(desk, "Space")
    tab_to(desk.get_by_label("Telefoonnummer"))
    typed(desk, "06 12 34 56 78", "Enter")
    # What was sent is shown by a GET, so that Back asks nothing.
    desk.wait_for_url(re.compile(r"/balie/\?opnieuw="))
    read_aloud(desk, "Mag Stimenz lezen wat u heeft verteld?")
    journey.check(desk, "read-aloud")
    typed(desk, "j")
    desk.wait_for_url("**/balie/*-*/")
    desk.get_by_role("heading", name="De vraag is opgeschreven").wait_for()
    journey.check(desk, "done")
    question = Question.objects.get()
    assert question.lead == here["stimenz"]
    tab_to(desk.get_by_role("link", name="Print de code"), key="Tab")
    with desk.expect_popup() as opened:
        typed(desk, "Enter")
    slip = opened.value
    code = slip.locator(".vd-slip__value").inner_text()
    assert question.reference not in slip.content()
    tab_to(desk.get_by_role("link", name="Print het kaartje"), key="Shift+Tab")
    with desk.expect_popup() as opened:
        typed(desk, "Enter")
    card = opened.value
    assert question.reference in card.content()
    assert code not in card.content()
    assert date_format(question.promised_on, "l j F") in card.inner_text("main")
    journey.check(card, "card")

    # At home, on a phone.
    phone = open_page(phone=True)
    phone.goto(address("putten", "/volg/"))
    journey.check(phone, "enter")
    phone.get_by_label("Uw kenmerk").fill(question.reference)
    phone.get_by_label("Uw code").fill(code)
    phone.get_by_role("button", name="Bekijk mijn vraag").click()
    phone.get_by_role(
        "heading", name="Uw vraag ligt bij Stimenz, omdat het over geld gaat."
    ).wait_for()
    journey.check(phone, "follow")


@pytest.mark.parametrize(
    ("steps", "channel"),
    [(1, "phone"), (2, "outreach"), (3, "chat")],
    ids=["phone", "street", "chat"],
)
def test_a_no_by_key_and_the_same_asker_again(
    here: World, sign_in: SignIn, address: Address, journey: Journey, steps: int, channel: str
) -> None:
    """Phone, street or chat, chosen with the arrows; who noted it is told at the next one."""
    desk = sign_in(make.desk_worker(here))
    desk.goto(address("putten", "/balie/"))
    tab_to(desk.get_by_label("inloop"), key="Shift+Tab")
    typed(desk, *["ArrowRight"] * steps)
    tab_to(desk.get_by_label("De vraag, in de woorden van de inwoner"))
    typed(desk, "huur niet betaald")
    tab_to(desk.get_by_label("Geld en post"))
    typed(desk, "Space")
    tab_to(desk.get_by_label("Telefoonnummer"))
    typed(desk, "0612345678", "Enter")
    read_aloud(desk, "Mag Stimenz lezen wat u heeft verteld?")
    typed(desk, "n")
    desk.get_by_role("heading", name="De vraag is opgeschreven").wait_for()
    question = Question.objects.get()
    assert (question.channel, question.lead_team) == (channel, here.triage)
    # The next one: Enter, for "Volgende vraag" has the focus.
    typed(desk, "Enter")
    desk.get_by_role("heading", name="Nieuwe vraag").wait_for()
    tab_to(desk.get_by_label("Telefoonnummer"))
    typed(desk, "06-12345678")
    desk.locator("#eerder").get_by_role("link", name=question.reference).wait_for()
    journey.check(desk, f"asked-before-by-{channel}")


def test_a_sign_out_while_typing_loses_nothing(
    here: World, sign_in: SignIn, address: Address, journey: Journey, console: Console
) -> None:
    worker = make.desk_worker(here)
    desk = sign_in(worker)
    desk.goto(address("putten", "/balie/"))
    typed(desk, "zij vertelt een heel verhaal over de huur")
    an_hour_later()
    desk.get_by_label("Naam").press_sequentially("Sanne")
    desk.get_by_text("Wat u hier typte, staat er nog.").wait_for()
    journey.check(desk, "signed-out-while-typing")
    assert desk.get_by_label("Naam").input_value() == "Sanne"
    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="Log opnieuw in").click()
    opened.value.goto(address("putten", "/accounts/demo/"))
    opened.value.get_by_role("button", name=f"Ga verder als {worker.name}").click()
    opened.value.get_by_role("heading", name="Nieuwe vraag").wait_for()
    with console.expecting("403"):
        desk.get_by_role("button", name="Verder: vraag toestemming").click()
        desk.get_by_role("heading", name="Er is nog niets verstuurd").wait_for()
        journey.check(desk, "one-press-more")
    desk.get_by_role("button", name="Ja, verstuur").click()
    desk.get_by_role("button", name="Begrepen: bewaar de vraag (J)").wait_for()
    typed(desk, "j")
    desk.get_by_role("heading", name="De vraag is opgeschreven").wait_for()
    question = Question.objects.get()
    assert (question.words, question.asker.name) == (
        "zij vertelt een heel verhaal over de huur",
        "Sanne",
    )


def an_hour_later() -> None:
    """The sessions are as old as after an hour without a page."""
    session = SessionStore(Session.objects.get().session_key)
    session[STARTED_AT], session[LAST_SEEN_AT] = int(time.time()) - 7200, int(time.time()) - 3700
    session.save()


def test_a_father_on_the_phone_learns_nothing(
    here: World, sign_in: SignIn, address: Address, journey: Journey
) -> None:
    """Story 2: the volunteer's screen shows and confirms nothing."""
    make.question(here, "opgroeien", name="Sanne", age_band="12-15")
    desk = sign_in(make.desk_worker(here))
    desk.goto(address("putten", "/balie/"))
    expect(desk.locator("#eerder")).to_contain_text("Vul een naam, telefoonnummer of e-mailadres")
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
    # Their own words stand folded: who looks over their shoulder does not read them at once.
    added = phone.get_by_text("Ik ben donderdag niet thuis.")
    added.wait_for(state="attached")
    expect(added).to_be_hidden()
    phone.get_by_text("Lees het terug").click()
    added.wait_for()
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
