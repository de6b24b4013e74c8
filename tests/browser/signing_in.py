"""Signing a colleague in: with a ready session, or through the page of the demo.

How signing in itself works is the subject of test_accounts_sign_in.py.
"""

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from tests.support.signing_in import signed_in
from welzijn.accounts.models import User


def with_session(page: Page, user: User, address: str) -> None:
    """Make the window of `page` that of `user` alone, signed in now at the host of `address`."""
    cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def through_the_demo(page: Page, home: str, name: str) -> None:
    """Choose somebody on the page where the demo signs in; `home` is a front door without path."""
    page.context.clear_cookies()
    page.goto(home + reverse("demo_login"))
    page.get_by_role("button", name=f"Ga verder als {name}").click()
    page.wait_for_load_state()
