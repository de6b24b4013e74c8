"""A colleague is invited, secures their account, and signs in again in every way."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page

from organisations.roles.commands import account_for
from organisations.roles.models import Role
from tests.browser.account_steps import (
    EMAIL,
    PASSWORD,
    choose_password,
    code_of,
    sign_out,
    with_authenticator,
    with_password,
)
from tests.browser.conftest import Address, OpenPage
from tests.browser.pages import Console, Journey
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.accounts.sessions import LAST_SEEN_AT, STARTED_AT, SessionStore
from welzijn.notifications.delivery import sweep


@pytest.fixture
def here(transactional_db: None, settings: Any) -> Iterator[World]:
    """Putten, as in production: a second factor is asked."""
    settings.WELZIJN_DEMO = False
    # Two codes of the same half minute would be refused as used: the one after it is right too.
    settings.MFA_TOTP_TOLERANCE = 1
    make.fresh_front_doors()
    yield make.world()
    make.fresh_front_doors()


@pytest.fixture
def invited(here: World, address: Address) -> str:
    """The address in the mail that a new colleague gets."""
    user = account_for(
        email=EMAIL,
        name="Rachid Amrani",
        function="",
        partnership=here.partnership,
        role=Role.PROFESSIONAL,
        by=None,
        now=timezone.now(),
    )
    make.professional(here, "stimenz", who=user)
    sweep(now=timezone.now())
    (sent,) = mail.outbox
    assert "Rachid" not in sent.subject
    found = re.search(r"/accounts/uitnodiging/\S+", str(sent.body))
    assert found is not None, sent.body
    return address("putten", found.group())


def test_from_the_invitation_to_an_app_and_a_recovery_code(
    invited: str, page: Page, address: Address, journey: Journey, console: Console
) -> None:
    page.goto(invited)
    journey.check(page, "invitation")
    page.locator("input[name=new_password1]").fill("kort")
    page.locator("input[name=new_password2]").fill("korter")
    with console.expecting("422"):
        page.get_by_role("button", name="Opslaan en verder").click()
        page.get_by_text("De twee wachtwoorden zijn niet gelijk.").first.wait_for()
    journey.check(page, "invitation-wrong")
    choose_password(page, invited)
    journey.check(page, "choose-a-second-step")
    page.goto(address("putten", "/werk/"))
    page.get_by_role("heading", name="Tweede stap bij inloggen").wait_for()

    page.get_by_role("link", name="Stel de app in").click()
    page.get_by_role("heading", name="Stel de app in").wait_for()
    page.get_by_text("Kunt u niet scannen?").click()
    journey.check(page, "set-up-the-app")
    secret = page.get_by_label("Sleutel").input_value()
    page.get_by_label("Code uit de app").fill("000000")
    page.get_by_role("button", name="Klaar").click()
    page.get_by_text("Deze code klopt niet.").first.wait_for()
    journey.check(page, "wrong-code")
    assert page.get_by_label("Sleutel").input_value() == secret
    page.get_by_label("Code uit de app").fill(code_of(secret))
    page.get_by_role("button", name="Klaar").click()
    page.get_by_role("heading", name="Bewaar uw herstelcodes").wait_for()
    journey.check(page, "recovery-codes")
    recovery = page.locator(".vd-codes code").all_inner_texts()
    assert len(recovery) == 10
    stored = [str(one.data) for one in Authenticator.objects.all()]
    assert all(secret not in text and "fernet:" in text for text in stored)
    sweep(now=timezone.now())
    assert any("tweede stap" in sent.subject for sent in mail.outbox)
    page.get_by_role("link", name="Ik heb ze bewaard, naar mijn werk").click()
    page.wait_for_url(re.compile("/werk/"))

    sign_out(page, address)
    with_password(page, address, "een-heel-ander-wachtwoord")
    page.get_by_text("horen niet bij elkaar").first.wait_for()
    journey.check(page, "wrong-password")
    with_password(page, address)
    page.get_by_label("Code", exact=True).wait_for()
    journey.check(page, "second-step")
    page.get_by_label("Code", exact=True).fill(code_of(secret, later=1))
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(re.compile("/werk/"))

    sign_out(page, address)
    with_password(page, address)
    page.get_by_label("Code", exact=True).fill(recovery[0])
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(re.compile("/werk/"))
    page.goto(address("putten", "/accounts/2fa/"))
    page.get_by_text("U heeft nog 9 van de 10 herstelcodes.").wait_for()
    journey.check(page, "second-step-is-on")

    sign_out(page, address)
    with_password(page, address)
    page.get_by_label("Code", exact=True).fill(recovery[0])
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_text("Deze code klopt niet.").first.wait_for()


def test_a_passkey_alone_is_enough(
    invited: str, page: Page, address: Address, journey: Journey
) -> None:
    with_authenticator(page)
    choose_password(page, invited)
    page.get_by_role("link", name="Voeg een passkey toe").click()
    page.get_by_role("heading", name="Een passkey of sleutel toevoegen").wait_for()
    journey.check(page, "add-a-passkey")
    assert page.get_by_label("Log hiermee in zonder wachtwoord").is_checked()
    page.get_by_role("button", name="Voeg toe").click()
    page.wait_for_url(re.compile("recovery-codes"))
    assert page.locator(".vd-codes code").count() == 10
    page.goto(address("putten", "/accounts/2fa/webauthn/"))
    page.get_by_text("Passkey, zonder wachtwoord").wait_for()
    journey.check(page, "own-passkeys")

    sign_out(page, address)
    page.goto(address("putten", "/accounts/login/"))
    journey.check(page, "sign-in")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url(re.compile("/werk/"))

    sign_out(page, address)
    with_password(page, address)
    page.get_by_role("button", name="Met een passkey of beveiligingssleutel").click()
    page.wait_for_url(re.compile("/werk/"))


def test_a_user_sees_their_sessions_and_ends_one(
    invited: str, page: Page, open_page: OpenPage, address: Address, journey: Journey
) -> None:
    choose_password(page, invited)
    page.get_by_role("link", name="Stel de app in").click()
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Code uit de app").fill(code_of(secret))
    page.get_by_role("button", name="Klaar").click()
    page.get_by_role("heading", name="Bewaar uw herstelcodes").wait_for()

    elsewhere = open_page(
        user_agent="Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/140.0"
    )
    with_password(elsewhere, address)
    elsewhere.get_by_label("Code", exact=True).fill(code_of(secret, later=1))
    elsewhere.get_by_role("button", name="Inloggen", exact=True).click()
    elsewhere.wait_for_url(re.compile("/werk/"))

    page.goto(address("putten", "/accounts/mijn/"))
    journey.check(page, "own-account")
    page.get_by_role("link", name="Waar u bent ingelogd").click()
    page.get_by_text("Hier bent u nu").wait_for()
    page.get_by_role("rowheader", name="Firefox op Windows").wait_for()
    journey.check(page, "sessions")
    page.get_by_role("button", name=re.compile("Log hier uit.*Firefox op Windows")).click()
    page.get_by_text("U bent daar uitgelogd.").wait_for()
    assert page.get_by_role("rowheader").count() == 1

    elsewhere.goto(address("putten", "/werk/"))
    elsewhere.wait_for_url(re.compile("/accounts/login/"))
    page.goto(address("putten", "/werk/"))
    page.wait_for_url(re.compile("/werk/"))


def test_an_expired_session_says_why_and_shows_no_typed_text(
    invited: str, page: Page, address: Address, journey: Journey, console: Console
) -> None:
    choose_password(page, invited)

    def an_hour_later() -> None:
        key = Session.objects.get().session_key
        session = SessionStore(key)
        session[STARTED_AT], session[LAST_SEEN_AT] = (
            int(time.time()) - 7200,
            int(time.time()) - 3700,
        )
        session.save()

    an_hour_later()
    page.goto(address("putten", "/accounts/2fa/"))
    page.get_by_text("U deed hier een tijd niets.").wait_for()
    journey.check(page, "signed-out")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(address("putten", "/accounts/2fa/"))

    page.goto(address("putten", "/accounts/password/change/"))
    page.evaluate(
        """() => {
            const field = document.createElement("textarea");
            field.name = "note";
            field.value = "Mevrouw is gebeld en wil donderdag langskomen.";
            document.querySelector("main form").append(field);
        }"""
    )
    page.locator("input[name=oldpassword]").fill(PASSWORD)
    an_hour_later()
    with console.expecting("401"):
        page.locator("main form button[type=submit]").click()
        page.get_by_role("heading", name="U bent uitgelogd").wait_for()
    journey.check(page, "typed-text")
    # Who stands at the screen now may be somebody else.
    assert "Mevrouw is gebeld" not in page.content()
    assert PASSWORD not in page.content()
    page.get_by_role("link", name="Log opnieuw in").click()
    page.get_by_text("U deed hier een tijd niets.").wait_for()


def test_a_forgotten_password_is_chosen_anew(
    invited: str, page: Page, address: Address, journey: Journey
) -> None:
    choose_password(page, invited)
    sign_out(page, address)
    page.goto(address("putten", "/accounts/login/"))
    page.get_by_role("link", name="Wachtwoord vergeten?").click()
    page.get_by_role("button", name="Stuur mij de link").wait_for()
    journey.check(page, "forgotten")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_role("button", name="Stuur mij de link").click()
    page.get_by_text("Kijk in uw mail.").wait_for()
    journey.check(page, "look-in-your-mail")
    sweep(now=timezone.now())
    sent = mail.outbox[-1]
    assert sent.subject == "Een nieuw wachtwoord kiezen"
    found = re.search(r"/accounts/password/reset/key/\S+", str(sent.body))
    assert found is not None
    page.goto(address("putten", found.group()))
    journey.check(page, "choose-anew")
    page.locator("input[name=password1]").fill("zes-rode-fietsen-op-rij")
    page.locator("input[name=password2]").fill("zes-rode-fietsen-op-rij")
    page.get_by_role("button", name="Wachtwoord veranderen").click()
    page.get_by_text("Uw wachtwoord is veranderd.").first.wait_for()
    journey.check(page, "chosen")
    sweep(now=timezone.now())
    assert mail.outbox[-1].subject == "Uw wachtwoord is gewijzigd"
    with_password(page, address, "zes-rode-fietsen-op-rij")
    page.get_by_role("heading", name="Tweede stap bij inloggen").wait_for()
    page.goto(address("putten", found.group()))
    page.get_by_role("heading", name="Deze link werkt niet meer").wait_for()
    journey.check(page, "link-used")
    assert User.objects.get(email=EMAIL).check_password("zes-rode-fietsen-op-rij")
