"""Somebody looks around in what there is, and staff see its gaps."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from organisations.partnership_file.loading import load
from organisations.partnership_file.reading import read_file
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from tests.browser.signing_in import through_the_demo
from tests.support.factories import user
from tests.support.role_approvals import approved

FOLDER = Path(django_settings.BASE_DIR) / "organisations" / "partnerships"


def opened(slug: str) -> Partnership:
    path = FOLDER / f"{slug}.toml"
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    return load(file=read_file(path), source=path.name, now=now).partnership


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_resident_looks_around_and_finds_something(journey, open_page, address, javascript):
    opened("putten")
    page = open_page(javascript=javascript)

    page.goto(address("putten", "/aanbod/"))
    page.get_by_role("heading", name="Wat er is bij u in de buurt").wait_for()
    if javascript:
        journey.check(page, "offer")

    page.get_by_label("Wat zoekt u?").fill("deurwaader aan de deur")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name="Hulp bij schulden").wait_for()
    assert "deurwaader" not in page.url
    if javascript:
        journey.check(page, "found")

    page.get_by_role("link", name="Hulp bij schulden").click()
    page.get_by_role("heading", name="Hulp bij schulden").wait_for()
    assert "schulden" not in page.title().lower()
    if javascript:
        journey.check(page, "one-offer")


def test_words_that_may_mean_danger_bring_the_numbers_forward(journey, page, address):
    opened("putten")
    page.goto(address("putten", "/aanbod/"))
    page.get_by_label("Wat zoekt u?").fill("mijn man slaat mij")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_text("Is het niet veilig, of ziet u het niet meer zitten?").wait_for()
    journey.check(page, "numbers")


def test_a_word_is_explained_where_it_is_used(journey, page, address):
    opened("landerd")
    page.goto(address("landerd", "/aanbod/leefgebied/contact/"))
    page.get_by_text("Wat bedoelen wij met deze woorden?").click()
    page.get_by_text("Iemand uit het dorp die de weg weet").wait_for()
    journey.check(page, "explained")


def test_staff_see_the_table_and_what_stands_out(journey, page, address, settings):
    settings.WELZIJN_DEMO = True
    partnership = opened("landerd")
    somebody = user("Noor Jansen")
    where = partnership.participations.get(organisation=partnership.triage_team.organisation)
    partnership.memberships.create(
        user=somebody,
        organisation=where.organisation,
        role=Role.COORDINATOR,
        since=date(2022, 1, 1),
        proposal=approved(where, Role.COORDINATOR, somebody),
    )
    through_the_demo(page, address("landerd", ""), "Noor Jansen")

    page.goto(address("landerd", "/aanbod/"))
    page.get_by_role("heading", name="Aanbod", exact=True).wait_for()
    journey.check(page, "staff")

    page.get_by_role("link", name="Gaten en overlap").first.click()
    page.get_by_role("heading", name="Gaten en overlap in het aanbod").wait_for()
    journey.check(page, "overview")
