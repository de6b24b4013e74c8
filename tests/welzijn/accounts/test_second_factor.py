"""A second factor is asked of every staff role, at every door, before anything opens."""

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import LazySettings

from organisations.roles.models import Role
from organisations.routing.models import RuleSet
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
# For each role a page that it has; together they are all places of the rail.
OWN_PAGE = {
    Role.FRONT_DESK: "/balie/",
    Role.PROFESSIONAL: "/werk/",
    Role.TEAM_MEMBER: "/werk/",
    Role.NEIGHBOURHOOD_LEAD: "/wijk/",
    Role.COORDINATOR: "/verdeelregels/",
    Role.MUNICIPALITY: "/rapportage/",
    Role.ALDERMAN: "/rapportage/",
    Role.PARTNER_DOOR: "/partner/",
    Role.ADMINISTRATOR: "/beheer/",
    Role.PRIVACY_OFFICER: "/verdeelregels/",
}


def somebody(here: make.World, role: str) -> User:
    more: dict[Role, dict[str, Any]] = {
        Role.TEAM_MEMBER: {"team": here.triage},
        Role.NEIGHBOURHOOD_LEAD: {"neighbourhood": here.places["dorp"]},
        Role.MUNICIPALITY: {"municipality": here.partnership.municipalities.get()},
        Role.ALDERMAN: {"municipality": here.partnership.municipalities.get()},
    }
    return make.member(here, role, **more.get(Role(role), {}))


@pytest.mark.parametrize("role", Role.values)
def test_without_one_no_page_opens_for_any_role_and_with_one_their_own_does(
    role: str, settings: LazySettings
) -> None:
    settings.WELZIJN_DEMO = False
    here = make.world()
    user = somebody(here, role)
    client = signed_in(user)
    for path in {"/", "/aanbod/", *OWN_PAGE.values()}:
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/"), path
    TOTP.activate(user, generate_totp_secret())
    assert client.get(OWN_PAGE[Role(role)]).status_code == 200


def test_without_one_nothing_can_be_written_either(settings: LazySettings) -> None:
    settings.WELZIJN_DEMO = False
    here = make.world()
    user = make.coordinator(here)
    client = signed_in(user)
    assert client.post("/verdeelregels/begin/")["Location"] == "/accounts/2fa/"
    assert not RuleSet.objects.filter(status=RuleSet.Status.DRAFT).exists()
    TOTP.activate(user, generate_totp_secret())
    assert client.post("/verdeelregels/begin/")["Location"] == "/verdeelregels/concept/"
    assert RuleSet.objects.filter(status=RuleSet.Status.DRAFT).exists()
