"""Accounts of colleagues, signing in through organisations, and DigiD, in a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from organisations.roles.models import Role
from organisations.sign_on import proposals, role_table
from organisations.sign_on.models import SignOnSetting
from tests.browser.conftest import Address
from tests.browser.pages import Console, Journey
from tests.browser.signing_in import with_session
from tests.support import factories as make
from tests.support import openid_provider
from tests.support.factories import World
from tests.support.openid_provider import CLIENT, SECRET
from welzijn.single_sign_on import discovery
from welzijn.single_sign_on.provider_settings import ProviderSettings

LEVEL = "http://eidas.europa.eu/LoA/substantial"


@pytest.fixture
def here(transactional_db: None, settings: Any) -> Iterator[World]:
    """Putten with one-click sign-in, so without second factors."""
    settings.WELZIJN_DEMO = True
    make.fresh_front_doors()
    yield make.world()
    make.fresh_front_doors()


def test_an_administrator_looks_after_accounts_with_a_second_person(
    here: World, page: Page, address: Address, journey: Journey
) -> None:
    boss, second = (make.member(here, Role.ADMINISTRATOR) for _n in range(2))
    worker = make.intake_worker(here, "stimenz")
    with_session(page, boss, address("putten", "/"))
    page.goto(address("putten", "/beheer/"))
    page.get_by_role("link", name=worker.name, exact=True).click()
    journey.check(page, "colleague")
    page.get_by_role("link", name="Gegevens wijzigen").click()
    journey.check(page, "colleague-details")
    page.get_by_label("E-mailadres").fill("nieuw@voordeur.example")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_text("Het nieuwe adres wacht").wait_for()
    journey.check(page, "colleague-asked")
    with_session(page, second, address("putten", "/"))
    page.goto(address("putten", "/beheer/verzoeken/"))
    journey.check(page, "requests")
    page.get_by_role("button", name="Keur goed").click()
    page.get_by_text("U heeft het goedgekeurd").wait_for()
    worker.refresh_from_db()
    assert worker.email == "nieuw@voordeur.example"


def test_a_provider_is_proposed_and_the_organisation_approves(
    here: World, page: Page, address: Address, journey: Journey, console: Console, settings: Any
) -> None:
    boss, coordinator = make.member(here, Role.ADMINISTRATOR), make.coordinator(here, "stimenz")
    settings.SIGN_ON_PROVIDERS = []
    with_session(page, boss, address("putten", "/"))
    page.goto(address("putten", "/beheer/inloggen/"))
    page.get_by_role("link", name="Inlogsysteem voorstellen").click()
    page.get_by_role("button", name="Voorstellen").click()
    page.wait_for_url("**opnieuw=**")
    journey.check(page, "provider-errors")
    page.get_by_label("Organisatie").select_option(label="Stimenz")
    page.get_by_label("Korte naam").fill("stimenz")
    page.get_by_label("Tekst van de knop").fill("Inloggen bij Stimenz")
    page.get_by_label("Adres van het inlogsysteem").fill("https://inlog.stimenz.example")
    page.get_by_label("Client-id").fill("voordeur")
    page.get_by_label("Client secret").fill("geheim")
    page.get_by_label("Maildomeinen", exact=True).fill("stimenz.example")
    page.get_by_label("Claim met groepen").fill("groups")
    page.get_by_role("button", name="Voorstellen").click()
    page.get_by_text("Uw voorstel wacht").wait_for()
    proposals.propose(
        kind=SignOnSetting.Kind.ROLES,
        partnership=here.partnership,
        organisation=here["stimenz"],
        provider_id="stimenz",
        content={
            "rows": role_table.parse(
                "Sociaal werk = medewerker + nieuwe vragen\nToegang = teamlid: Toegangsteam",
                here.partnership,
            )
        },
        by=boss,
        now=timezone.now(),
    )
    with_session(page, coordinator, address("putten", "/"))
    page.goto(address("putten", "/beheer/inloggen/"))
    journey.check(page, "proposals")
    page.get_by_role("button", name="Keur goed").first.click()
    page.get_by_text("Het voorstel geldt vanaf nu").wait_for()
    with_session(page, boss, address("putten", "/"))
    page.goto(address("putten", "/beheer/inloggen/rollen/"))
    journey.check(page, "roles-by-group")
    page.goto(address("putten", "/beheer/inloggen/scim/"))
    page.get_by_label("Organisatie").select_option(label="Stimenz")
    page.get_by_role("button", name="Voorstellen").click()
    journey.check(page, "scim-key")


def test_a_resident_sees_their_questions_with_digid(
    here: World, page: Page, address: Address, journey: Journey, console: Console, settings: Any
) -> None:
    settings.WELZIJN_DEMO = False
    discovery.forget()
    receipt = make.submitted(here, "geld", now=timezone.now())
    with openid_provider.running() as broker:
        settings.DIGID_BROKER = ProviderSettings(
            id="digid",
            label="DigiD",
            issuer=broker.issuer,
            client_id=CLIENT,
            client_secret=SECRET,
            second_factor_acr=(LEVEL,),
            insecure=True,
        )
        settings.DIGID_PARTNERSHIPS, settings.DIGID_PSEUDONYM_KEY = ["putten"], "k" * 40
        broker.claims = {"sub": "abc", "acr": LEVEL}
        page.goto(address("putten", "/volg/"))
        journey.check(page, "follow-with-digid")
        page.get_by_role("link", name="al uw vragen met DigiD").click()
        journey.check(page, "digid-start")
        page.get_by_role("link", name="Inloggen met DigiD").click()
        page.get_by_label("Uw kenmerk").fill(receipt.reference)
        page.get_by_label("Uw code").fill(receipt.code)
        page.get_by_role("button", name="Zet in mijn lijst").click()
        page.get_by_role("button", name="Bekijk deze vraag").wait_for()
        journey.check(page, "digid-list")
        page.get_by_role("button", name="Bekijk deze vraag").click()
        page.wait_for_url("**/volg/vraag/")
        page.context.clear_cookies()
        broker.claims = {"sub": "abc", "acr": "low"}
        with console.expecting("403"):
            page.goto(address("putten", "/mijn-vragen/inloggen/digid/"))
        journey.check(page, "digid-failed")
