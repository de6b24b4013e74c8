"""The steps of signing in that several journeys take: password, code, passkey, signing out."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from tests.browser.conftest import Address

PASSWORD = "vijf-gele-fietsen-op-rij"
EMAIL = "rachid@voordeur.example"


def code_of(secret: str, *, later: int = 0) -> str:
    """The code that the app shows, `later` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def choose_password(page: Page, invited: str) -> None:
    """Follow the invitation and choose a password."""
    page.goto(invited)
    page.locator("input[name=new_password1]").fill(PASSWORD)
    page.locator("input[name=new_password2]").fill(PASSWORD)
    page.get_by_role("button", name="Opslaan en verder").click()
    page.get_by_role("heading", name="Tweede stap bij inloggen").wait_for()


def with_password(page: Page, address: Address, password: str = PASSWORD) -> None:
    """Fill in the address and a password on the sign-in page."""
    page.goto(address("putten", "/accounts/login/"))
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord", exact=True).fill(password)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def sign_out(page: Page, address: Address) -> None:
    """Sign out and wait for the front door."""
    page.goto(address("putten", "/accounts/logout/"))
    page.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    page.wait_for_url(address("putten", "/"))


def with_authenticator(page: Page) -> None:
    """Give this page's computer a fingerprint reader that always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
