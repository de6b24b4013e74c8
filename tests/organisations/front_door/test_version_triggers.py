"""Every table that a front door keeps in memory raises the version when it changes."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from tests.support import factories as make

pytestmark = pytest.mark.django_db

# Read for every decision anew, not kept.
READ_ANEW = {"organisations_membership", "accounts_user", "organisations_absence"}


def test_each_table_of_a_front_door_has_its_trigger() -> None:
    here = make.world()
    make.service(here, "stimenz", "geld")
    make.member(here, Role.COORDINATOR)
    with CaptureQueriesContext(connection) as asked:
        front_door.of(here.partnership)
    read = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(q["sql"] for q in asked)))
    assert {"organisations_service", "organisations_team"} <= read
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'config_version'"
        )
        raised = {name for (name,) in cursor.fetchall()}
    assert read - raised - READ_ANEW == set()


def test_another_process_reads_a_change_with_its_next_request() -> None:
    """Each request reads the partnership; an old version is never used again."""
    here = make.world()
    service = make.service(here, "stimenz", "geld", capacity=3)
    elsewhere = Partnership.objects.get(pk=here.partnership.pk)
    kept = front_door.of(elsewhere)
    type(service).objects.filter(pk=service.pk).update(capacity=0)
    here.partnership.closing_days.create(day=date(2027, 3, 4), name="dicht")
    elsewhere = Partnership.objects.get(pk=here.partnership.pk)
    now = front_door.of(elsewhere)
    assert now.version > kept.version
    assert now.service_by_slug[service.slug].capacity == 0
