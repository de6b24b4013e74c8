"""The desk, counted: tab stops from words to saved, and what is in sight."""

from playwright.sync_api import expect

from intake.questions.models import Question
from tests.browser.conftest import Address, SignIn
from tests.browser.pages import Journey
from tests.browser.test_journey_desk import typed
from tests.support import factories as make
from tests.support.factories import World

# Beside the stops of the fields that were used.
MOST_TAB_STOPS = 12


def test_from_words_to_saved_in_at_most_twelve_tab_stops(
    here: World, sign_in: SignIn, address: Address, journey: Journey
) -> None:
    here.partnership.languages = ["nl", "pl"]
    here.partnership.save()
    desk = sign_in(make.desk_worker(here))
    desk.set_viewport_size({"width": 1280, "height": 800})
    desk.goto(address("putten", "/balie/"))
    send = desk.get_by_role("button", name="Verder: vraag toestemming")
    expect(send).to_be_in_viewport()
    typed(desk, "brief van deurwaarder")
    desk.get_by_text("Misschien is het dit").first.wait_for()
    first, second = desk.locator("#voorstel .vd-option").all()[:2]
    stops = 0
    used = {"life_domains", "name", "phone"}
    reached = set()
    while not send.evaluate("element => element === document.activeElement"):
        typed(desk, "Tab")
        name = desk.evaluate("document.activeElement.name || ''")
        if name in used:
            reached.add(name)
            continue
        stops += 1
        assert stops <= MOST_TAB_STOPS + 1
    assert reached == used
    # The last stop is the button itself.
    assert stops - 1 <= MOST_TAB_STOPS
    journey.check(desk, "counted")
    # Proposed life domains stand beside each other, as the others do.
    boxes = [first.bounding_box(), second.bounding_box()]
    assert all(boxes)
    # One stop: the arrows go through the group.
    desk.locator("#voorstel input").first.focus()
    typed(desk, "ArrowRight", "Space")
    expect(desk.locator("#voorstel input").nth(1)).to_be_checked()
    desk.get_by_label("Telefoonnummer").fill("06 12 34 56 78")
    desk.keyboard.press("Control+Enter")
    desk.get_by_role("heading", name="Lees voor").wait_for()
    typed(desk, "n" if desk.get_by_role("button", name="Nee (N)").count() else "j")
    desk.get_by_role("heading", name="De vraag is opgeschreven").wait_for()
    saved = desk.url
    # Back comes to what was saved, and the channel is remembered for the next one.
    desk.go_back()
    desk.get_by_role("heading", name="De vraag is opgeschreven").wait_for()
    assert desk.url == saved
    assert Question.objects.count() == 1


def test_the_channel_is_remembered_and_the_sentence_is_in_the_chosen_language(
    here: World, sign_in: SignIn, address: Address, journey: Journey
) -> None:
    here.partnership.languages = ["nl", "en"]
    here.partnership.save()
    desk = sign_in(make.desk_worker(here))
    desk.goto(address("putten", "/balie/"))
    desk.get_by_label("telefoon", exact=True).check()
    desk.get_by_label("De vraag, in de woorden van de inwoner").fill("letter about money")
    desk.get_by_label("Geld en post").check()
    desk.get_by_text("Tijden, taal en tolk").click()
    desk.get_by_label("Taal").select_option("en")
    desk.keyboard.press("Control+Enter")
    # The sentence stands there twice more, out of sight: in what the screen shows turned round.
    aloud = desk.locator("blockquote.vd-aloud")
    aloud.get_by_text("May Stimenz read what you have told us?").wait_for()
    expect(aloud).to_have_attribute("lang", "en")
    dutch = desk.get_by_text("In het Nederlands: Mag Stimenz lezen wat u heeft verteld?")
    dutch.wait_for()
    journey.check(desk, "in-english")
    typed(desk, "j")
    desk.get_by_role("heading", name="De vraag is opgeschreven").wait_for()
    desk.goto(address("putten", "/balie/"))
    expect(desk.get_by_label("telefoon", exact=True)).to_be_checked()
