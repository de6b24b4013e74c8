"""A sixth partnership, from `start_partnership` to a resident's question, wholly in the browser.

The administrator is no developer and sees no file: three organisations, two districts, eight
services, six rules, four people. First they practise; what they practised is gone when the door
opens.
"""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from tests.browser.conftest import Address, Clock, OpenPage, SignIn
from tests.browser.pages import Console, Journey, press
from tests.browser.setting_up import (
    ORGANISATIONS,
    Administrator,
    describe_who_and_what,
    invite_colleague,
    say_who_is_responsible,
    with_password,
    write_rules,
)
from tests.browser.signing_in import with_session
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.notifications.models import Message, Status


@pytest.fixture
def begun(transactional_db: None, settings: Any, clock: Clock) -> Iterator[User]:
    """What an operator does: one command. Its first administrator has chosen a password."""
    settings.WELZIJN_DEMO = True  # no second factor
    make.fresh_front_doors()
    call_command(
        "start_partnership",
        "zesde",
        naam="Samen Zesde",
        adres="zesde.voordeur.example",
        gemeente=["GM0273", "Putten"],
        organisatie=ORGANISATIONS[0],
        telefoon="0341 357 001",
        beheerder="kasia@zesde.example",
        stdout=io.StringIO(),
    )
    yield with_password("kasia@zesde.example")
    make.fresh_front_doors()


@pytest.fixture
def enter(open_page: OpenPage, address: Address) -> SignIn:
    """Opens a page of their own for somebody who is signed in at the sixth partnership."""

    def of(user: User) -> Page:
        page = open_page()
        with_session(page, user, address("zesde", "/"))
        return page

    return of


def test_a_sixth_partnership_is_set_up_practised_and_opened(
    begun: User,
    enter: SignIn,
    open_page: OpenPage,
    address: Address,
    journey: Journey,
    console: Console,
) -> None:
    boss = Administrator(enter(begun), address)
    page = boss.page
    boss.open("/beheer/beginnen/")
    page.get_by_text("Nog 4 stappen tot de voordeur open kan.").wait_for()
    journey.check(page, "nothing-yet")
    say_who_is_responsible(boss)
    describe_who_and_what(boss)
    coordinator = enter(with_password("coordinator@welzijn-zesde.example"))
    invite_colleague(boss, coordinator, address)
    boss.open("/beheer/beginnen/")
    page.get_by_text("Alles is er. De voordeur kan open.").wait_for()
    write_rules(enter, address, journey)
    boss.open("/beheer/beginnen/")
    journey.check(page, "all-there")
    _practise(boss, journey, open_page(phone=True), address, console)
    _pick_up(enter(User.objects.get(email="coordinator@de-schakel.example")), address, journey)
    _open(boss, journey)

    phone = open_page(phone=True)
    _ask(phone, address, "Ik kan de huur niet betalen")
    question = Question.objects.get()
    assert question.lead.slug == "de-schakel"
    assert question.partnership.slug == "zesde"
    expect(phone.locator("main")).to_contain_text("De Schakel")
    assert "Dit is een oefening" not in phone.content()
    journey.check(phone, "done")
    news = Message.objects.filter(about_id=question.pk)
    assert not news.filter(status=Status.REHEARSED).exists()
    assert boss.pages < 60


def _practise(
    boss: Administrator, journey: Journey, stranger: Page, address: Address, console: Console
) -> None:
    page = boss.page
    page.get_by_role("button", name="Begin met oefenen").click()
    page.get_by_text("De oefening is begonnen.").wait_for()
    journey.check(page, "rehearsing")
    _ask(page, address, "brief van het energiebedrijf snap er niks van")
    page.get_by_text("Dit is een oefening.").wait_for()
    expect(page.locator("main")).to_contain_text("De Schakel")
    journey.check(page, "practised")
    with console.expecting("503"):
        stranger.goto(address("zesde", "/"))
        stranger.get_by_role("heading", name="Deze voordeur is nog niet open").wait_for()


def _ask(page: Page, address: Address, words: str) -> None:
    """Ask a question as a resident, about money, in the north."""
    page.goto(address("zesde", "/vraag/"))
    press(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill(words)
    press(page)
    page.get_by_label("Over mijzelf").check()
    press(page)
    page.locator("[name='domains'][value='geld']").check()
    press(page)
    page.get_by_label("Wat is uw postcode?").fill("3881")
    press(page)
    page.get_by_label("Liever niet. Ik kijk zelf met mijn code").check()
    press(page)
    press(page)
    page.get_by_label("Ja, dat mag").check()
    press(page, "Verstuur mijn vraag")
    page.get_by_role("heading", name="Gelukt").wait_for()


def _pick_up(page: Page, address: Address, journey: Journey) -> None:
    question = Question.objects.get()
    assert question.lead.slug == "de-schakel"
    page.goto(address("zesde", "/werk/?lijst=nieuw"))
    page.get_by_text("Dit is een oefening.").wait_for()
    page.get_by_text(question.reference).first.wait_for()
    journey.check(page, "work-list")
    sent = Message.objects.filter(about_id=question.pk, status=Status.SENT)
    assert not sent.exists()


def _open(boss: Administrator, journey: Journey) -> None:
    page = boss.page
    boss.open("/beheer/beginnen/")
    page.get_by_role("link", name="Naar Open voor inwoners").click()
    page.get_by_label("Open voor inwoners").check()
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_text("Alles uit de oefening wordt gewist: 1 vraag.").wait_for()
    journey.check(page, "before-opening")
    page.get_by_role("button", name="Toch opslaan").click()
    page.get_by_text("Opgeslagen. Inwoners en collega's zien het meteen.").wait_for()
    boss.pages += 3
    assert not Question.objects.exists()
    here = Partnership.objects.get(slug="zesde")
    assert here.live
    assert here.rehearsing_since is None
