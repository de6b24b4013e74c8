"""Every POST of staff claims a form key, found by walking all addresses: none can be forgotten."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.invariants.permission_rows import PUBLIC, ROWS
from tests.support.all_roles import (
    Scenario,
    address_of,
    clients_of,
    own_addresses,
    scenario,
)
from welzijn.staff_forms import exempt
from welzijn.staff_forms.models import FormKey

__all__ = ["scenario"]  # the fixture
pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.BASE_DIR) / "templates"
_POST_FORM = re.compile(r'<form(?=[\s>])(?:[^>"]|"[^"]*")*method="post".*?</form>', re.DOTALL)


def test_every_address_of_staff_refuses_a_post_without_a_key(scenario: Scenario) -> None:
    """With the CSRF checks on, as in production: 409 before the view runs."""
    clients = clients_of(scenario.people)
    addresses, forgotten, seen = own_addresses(), [], 0
    for name, (_method, allowed) in ROWS.items():
        address = address_of(scenario, name, addresses[name])
        view = addresses[name].callback
        if allowed == PUBLIC or not getattr(view, "login_required", True):
            continue
        client = next(iter(clients.values()))
        client.handler.enforce_csrf_checks = True
        secret = "a" * 32
        client.cookies[settings.CSRF_COOKIE_NAME] = secret
        answer = client.post(
            address,
            {"csrfmiddlewaretoken": secret},
            headers={"host": "putten.localhost"},
        )
        client.handler.enforce_csrf_checks = False
        refused = answer.status_code == 409 and b'name="form_key"' in answer.content
        if refused != exempt.needs_key(name, address):
            forgotten.append((name, answer.status_code))
        seen += refused
    assert forgotten == []
    assert seen > 60


def test_exempt_addresses_exist_and_have_a_reason() -> None:
    assert set(exempt.EXEMPT) <= set(own_addresses()) | {"set_language"}
    assert all(exempt.EXEMPT.values())
    assert set(exempt.STEPS) | set(exempt.STEPS.values()) <= set(own_addresses())
    assert set(own_addresses()) >= exempt.SAVED_WITH_A_PAGE | exempt.WITHOUT_DRAFT


def test_every_form_that_posts_writes_its_key() -> None:
    """The key is part of the csrf_token tag."""
    without = [
        path.relative_to(TEMPLATES).as_posix()
        for path in sorted(TEMPLATES.rglob("*.html"))
        for form in _POST_FORM.findall(path.read_text("utf-8"))
        if "{% csrf_token %}" not in form and "csrf" not in form
    ]
    assert set(without) == WITHOUT_TOKEN


# On every page of everybody, free of a token on purpose (csrf_exempt views); and the gallery.
WITHOUT_TOKEN = {
    "components/quick_exit.html",
    "components/footer.html",
    "devtools/styleguide.html",
    "devtools/styleguide_staff.html",
}


def test_a_page_of_staff_writes_one_key_in_all_its_forms(scenario: Scenario) -> None:
    client = clients_of(scenario.people)["coordinator_own"]
    page = client.get("/caseload/", headers={"host": "putten.localhost"}).content.decode()
    keys = re.findall(r'name="form_key" value="([^"]+)"', page)
    assert len(keys) >= 1
    assert len(set(keys)) == 1
    assert not FormKey.objects.exists()
