"""A professional in Oss looks up when their neighbourhood learns together."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings as django_settings

from organisations.partnership_file.loading import load
from organisations.partnership_file.reading import read_file
from organisations.roles.models import Role
from tests.browser.signing_in import through_the_demo
from tests.support.factories import user


def test_the_next_learning_sessions_of_oss(journey, page, address, settings):
    settings.WELZIJN_DEMO = True
    path = Path(django_settings.BASE_DIR) / "organisations" / "partnerships" / "oss.toml"
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    oss = load(file=read_file(path), source=path.name, now=now).partnership
    oss.memberships.create(
        user=user("Yusuf Demir"),
        organisation=oss.triage_team.organisation,
        role=Role.PROFESSIONAL,
        since=date(2022, 1, 1),
    )
    through_the_demo(page, address("oss", ""), "Yusuf Demir")

    page.goto(address("oss", "/leersessies/"))
    page.get_by_text("elke eerste dinsdag van de maand, 12.00 tot 13.00 uur").wait_for()
    page.get_by_text("elke laatste dinsdag van de maand, 12.00 tot 13.30 uur").wait_for()
    page.get_by_text("elke dinsdag van een even week, 11.00 tot 13.00 uur").wait_for()
    journey.check(page, "next-dates")
