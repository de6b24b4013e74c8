"""Roles that were not given on the screens: the privacy officer is told, and sees how they came."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from organisations.roles import outside_grants
from organisations.roles.models import Membership, Role
from organisations.roles.tasks import notify_of_granted_roles
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


def by_the_owner(here: make.World, who: User) -> Membership:
    """A coordinator whom the owner of the database made: no approval, no history, long ago."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        row = Membership.objects.create(
            user=who,
            partnership=here.partnership,
            organisation=here["stimenz"],
            role=Role.COORDINATOR,
            reads_new=True,
            since=make.LONG_AGO,
        )
        Membership.objects.filter(pk=row.pk).update(granted_at=timezone.now() - timedelta(days=900))
        cursor.execute("SET LOCAL session_replication_role = origin")
    return row


def told_of() -> set[Any]:
    return set(Message.objects.filter(template="role_granted").values_list("subject_id", flat=True))


def test_the_officer_is_told_once_of_each_role_that_no_screen_told_of() -> None:
    here = make.world()
    make.member(here, Role.PRIVACY_OFFICER)
    owners = by_the_owner(here, make.user())
    administrator = make.member(here, Role.ADMINISTRATOR)
    plain = make.professional(here, "stimenz")
    notify_of_granted_roles()
    told = told_of()
    assert {owners.pk, Membership.objects.get(user=administrator).pk} <= told
    assert Membership.objects.get(user=plain).pk not in told
    count = Message.objects.count()
    notify_of_granted_roles()
    assert Message.objects.count() == count


def test_the_officer_sees_how_each_came() -> None:
    here = make.world()
    officer = make.member(here, Role.PRIVACY_OFFICER)
    owners = by_the_owner(here, make.user("Omar Eigenaar"))
    make.member(here, Role.ADMINISTRATOR, who=make.user("Anna Opdracht"))
    boss = make.member(here, Role.ADMINISTRATOR, who=make.user("Bea Beheer"))
    make.member(here, Role.ADMINISTRATOR, who=make.user("Cor Collega"), granted_by=boss)
    found = {one.membership.user.name: one for one in outside_grants.of(here.partnership, now=NOW)}
    assert found["Omar Eigenaar"].past_the_product
    assert found["Omar Eigenaar"].membership == owners
    assert "opdracht op de server" in found["Anna Opdracht"].how
    assert "Bea Beheer" in found["Cor Collega"].how
    page = signed_in(officer).get("/beheer/voorstellen/", headers=HOST).content.decode()
    assert "Omar Eigenaar" in page
    assert "in de database gezet" in page


NOW = timezone.now()
