"""A shared browser keeps no resident: neither by completing forms nor by translating them."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings

import intake
import organisations
import referrals
import welzijn

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# A resident's own pages may be completed by their own browser, and so may a colleague's own
# account: user name, password and one-time code have tokens that password managers read.
OWN_PAGES = (
    *("intake/ask/", "intake/danger/", "intake/resident_sign_in/"),
    "referrals/resident_portal/",
    *("account/", "mfa/", "allauth/"),
)
NOT_A_PERSON = (
    "devtools/",
    *(f"components/{part}.html" for part in ("language", "quick_exit", "footer")),
)
OWN_FORMS = ("intake.ask.forms", "referrals.resident_portal.forms", "welzijn.accounts.")
TOKENS = {
    "off",
    "name",
    "tel",
    "email",
    "postal-code",
    "username",
    "current-password",
    "new-password",
    "one-time-code",
}
_FORM = re.compile(r'<form(?=[\s>])(?:[^>"]|"[^"]*")*>')


def _forms_of(template: Path) -> Iterator[str]:
    yield from _FORM.findall(template.read_text("utf-8"))


def test_every_form_of_a_desk_or_partner_is_kept_out_of_the_browser() -> None:
    completed = []
    for template in sorted(TEMPLATES.rglob("*.html")):
        name = template.relative_to(TEMPLATES).as_posix()
        staff = 'extends "base_staff.html"' in template.read_text("utf-8")
        if name.startswith(NOT_A_PERSON) or (
            name.startswith((*OWN_PAGES, "errors/", "notifications/")) and not staff
        ):
            continue
        completed += [name for form in _forms_of(template) if 'autocomplete="off"' not in form]
    assert completed == []


def _form_classes() -> Iterator[type[forms.BaseForm]]:
    for package in (welzijn, organisations, intake, referrals):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "forms" in module.name.split(".")[-1] or ".forms." in module.name:
                importlib.import_module(module.name)
    waiting: list[type[forms.BaseForm]] = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        ours = form.__module__.startswith(("welzijn.", "organisations.", "intake.", "referrals."))
        if ours and ".devtools." not in form.__module__:
            yield form


def test_only_a_resident_s_own_page_asks_the_browser_for_their_details() -> None:
    found = {
        (form.__module__, name): field.widget.attrs["autocomplete"]
        for form in _form_classes()
        for name, field in getattr(form, "base_fields", {}).items()
        if "autocomplete" in field.widget.attrs
    }
    assert len(found) > 10
    assert set(found.values()) <= TOKENS
    requested = {
        place: token
        for place, token in found.items()
        if token != "off" and not place[0].startswith(OWN_FORMS)
    }
    assert requested == {}


@pytest.mark.parametrize("field", ["PhoneField", "EmailAddressField", "PostcodeField"])
def test_a_field_asks_for_nothing_unless_a_page_says_so(field: str) -> None:
    made = getattr(importlib.import_module("welzijn.core.form_fields"), field)()
    assert made.widget.attrs["autocomplete"] == "off"
