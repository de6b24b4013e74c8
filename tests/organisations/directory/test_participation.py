"""Whether an organisation takes part on a day is asked in one place."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from organisations.directory import participation
from organisations.directory.models import Participation
from tests.support import factories as make

DAY = date(2026, 11, 24)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "until", "picks_up", "takes_part", "picks"),
    [
        (DAY, None, True, True, True),
        (DAY, DAY, True, True, True),
        (DAY + timedelta(days=60), None, True, False, False),
        (DAY - timedelta(days=60), DAY - timedelta(days=1), True, False, False),
        (DAY - timedelta(days=60), DAY + timedelta(days=60), True, True, True),
        (DAY, None, False, True, False),
    ],
)
def test_from_its_first_day_to_its_last(
    since: date, until: date | None, picks_up: bool, takes_part: bool, picks: bool
) -> None:
    here = make.world()
    Participation.objects.filter(
        partnership=here.partnership, organisation=here["jeugd-punt"]
    ).update(since=since, until=until, picks_up=picks_up)
    at = here.partnership.pk
    assert participation.taking_part(at, DAY).contains(here["jeugd-punt"]) is takes_part
    assert participation.picking_up(at, DAY).contains(here["jeugd-punt"]) is picks


def test_no_other_code_reads_the_dates_of_a_participation() -> None:
    """`participations__until` and the like decide it a second time, and differently."""
    root = Path(settings.BASE_DIR)
    requested = re.compile(r"participations?__(until|since|picks_up)")
    found = [
        str(path.relative_to(root))
        for app in ("organisations", "intake", "referrals", "welzijn")
        for path in (root / app).rglob("*.py")
        if requested.search(path.read_text())
    ]
    assert found == []
