"""An MDO after somebody's part in it is over: their role, their invitation, or the MDO itself."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisations.roles import commands as role_commands
from organisations.roles.models import Role
from referrals.conferences import invitations as conference_invitations
from referrals.conferences import page as conference_page
from referrals.conferences import planning as conference_planning
from tests.referrals.conferences.family_conference import ENDS, STARTS, Family, invitations
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


def test_who_no_longer_works_where_they_were_invited_for_sees_nothing_of_it() -> None:
    family = Family()
    conference = family.planned()
    # Jeugd-Punt's worker goes to the municipality: still staff here, no longer who was invited.
    here = family.here
    make.member(
        here,
        Role.MUNICIPALITY,
        who=family.youth,
        municipality=here.partnership.municipalities.get(),
    )
    theirs = conference_page.listed(user=family.youth, partnership=here.partnership, now=family.now)
    assert theirs.contains(conference)
    held = family.youth.memberships.get(organisation=here["jeugd-punt"])
    role_commands.end(membership=held, by=make.user(), now=family.now)
    assert not theirs.all().contains(conference)
    assert (
        conference_page.view_for(conference=conference, user=family.youth, now=family.now) is None
    )
    notified = len(invitations(conference))
    assert notified
    conference_planning.plan(
        conference=conference,
        starts_at=STARTS,
        ends_at=ENDS,
        place="Bij het gezin thuis",
        by=family.worker,
        now=family.now,
    )
    moved = invitations(conference)[notified:]
    assert f"user:{family.youth.pk}" not in {message.recipient_key for message in moved}


def test_the_link_of_a_guest_says_nothing_of_where_once_it_has_been() -> None:
    family = Family(timezone.now() - timedelta(days=3))
    conference = family.planned(timezone.now() - timedelta(days=1))
    guest = conference_invitations.invite_outside(
        conference=conference,
        name="Dokter Vos",
        works_at="",
        email="vos@voordeur.example",
        by=family.worker,
        now=family.now,
    )
    client, address = Client(), f"/mdo/uitnodiging/{guest.token}/"
    assert "Het Trefpunt" not in client.get(address, headers=HOST).content.decode()
    client.post(address, {"komt": "ja"}, headers=HOST)
    guest.refresh_from_db()
    assert guest.comes is None


def test_a_resident_who_is_not_invited_does_not_read_where_it_is() -> None:
    family = Family(timezone.now())
    family.planned(timezone.now() + timedelta(days=7))
    resident = Client()
    code = {"reference": family.parents.reference, "code": family.parents.code}
    resident.post("/volg/", code, headers=HOST)
    address = "/volg/vraag/mdo/"
    assert "Het Trefpunt" in resident.get(address, headers=HOST).content.decode()
    conference_planning.say_about_resident(
        item=family.item(),
        invited=False,
        why_not="Eerst praten wij met de school.",
        by=family.worker,
        now=family.now,
    )
    text = resident.get(address, headers=HOST).content.decode()
    assert "Eerst praten wij met de school." in text
    assert "Het Trefpunt" not in text
