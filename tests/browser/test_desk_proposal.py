"""While the desk types: life domains are put first, numbers come in danger, no tick is lost."""

from playwright.sync_api import expect

from tests.browser.conftest import Address, SignIn
from tests.browser.pages import Journey
from tests.support import factories as make
from tests.support.factories import World


def test_the_desk_sees_suggested_life_domains_while_typing(
    here: World, sign_in: SignIn, address: Address, journey: Journey
) -> None:
    desk = sign_in(make.desk_worker(here))
    desk.goto(address("putten", "/balie/"))
    desk.wait_for_load_state()
    words = desk.get_by_label("De vraag, in de woorden van de inwoner")
    words.press_sequentially("hoe kom ik met de bus bij mijn zus")
    desk.get_by_text("Misschien is het dit").first.wait_for()
    desk.get_by_label("Geld en post").check()
    words.press_sequentially(", mijn man slaat mij")
    desk.get_by_text("Veilig Thuis 0800-2000").first.wait_for()
    expect(desk.get_by_label("Geld en post")).to_be_checked()
    # Once, at the end: axe leaves empty style attributes behind, which a later swap would copy.
    journey.check(desk, "danger")
