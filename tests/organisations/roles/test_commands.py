"""Roles are given, ended and seen by an administrator; nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from organisations.roles import commands as role_commands
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import Permission
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.notifications.models import Message
from welzijn.notifications.rendering import render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


def test_an_administrator_gives_a_role_and_sees_who_has_which() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    colleague = make.professional(here, "stimenz", who=make.user("Fatma de Boer"))
    client = signed_in(boss)
    answer = client.post(
        f"/beheer/mensen/{colleague.pk}/rol/",
        {"role": "partner_door", "organisation": here["stimenz"].pk},
        headers=HOST,
    )
    assert answer.status_code == 302
    given = Membership.objects.get(user=colleague, role=Role.PARTNER_DOOR)
    assert (given.organisation, given.granted_by) == (here["stimenz"], boss)
    page = client.get("/beheer/", headers=HOST).content.decode()
    assert "Fatma de Boer" in page
    assert "Partner aan de deur" in page


def test_a_role_that_is_ended_opens_nothing_any_more() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    colleague = make.coordinator(here)
    assert colleague.has_perm(Permission.SEE_CASELOAD, here.partnership)
    role_commands.end(membership=colleague.memberships.get(), by=boss, now=make.TUESDAY)
    fresh = User.objects.get(pk=colleague.pk)
    assert not fresh.has_perm(Permission.SEE_CASELOAD, here.partnership)


def test_an_administrator_does_not_end_their_own_role() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    with pytest.raises(ValidationError):
        role_commands.end(membership=boss.memberships.get(), by=boss, now=make.TUESDAY)


@pytest.mark.parametrize("role", [Role.PROFESSIONAL, Role.COORDINATOR, Role.PARTNER_DOOR])
def test_an_administrator_gives_themselves_no_role_that_reads_questions(role: Role) -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    with pytest.raises(ValidationError) as refused:
        role_commands.grant(
            user=boss,
            partnership=here.partnership,
            organisation=here["stimenz"],
            role=role,
            by=boss,
            now=make.TUESDAY,
        )
    assert "role" in refused.value.message_dict


def test_the_same_role_twice_is_refused_with_a_sentence() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    colleague = make.professional(here, "stimenz")
    with pytest.raises(ValidationError, match="heeft deze rol al"):
        role_commands.grant(
            user=colleague,
            partnership=here.partnership,
            organisation=here["stimenz"],
            role=Role.PROFESSIONAL,
            by=boss,
            now=make.TUESDAY,
        )


def test_a_neighbourhood_lead_needs_a_neighbourhood() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    with pytest.raises(ValidationError) as refused:
        role_commands.grant(
            user=make.user(),
            partnership=here.partnership,
            organisation=here["stimenz"],
            role=Role.NEIGHBOURHOOD_LEAD,
            by=boss,
            now=make.TUESDAY,
        )
    assert "neighbourhood" in refused.value.message_dict


def test_an_organisation_that_does_not_take_part_gets_no_roles() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    with pytest.raises(ValidationError):
        role_commands.grant(
            user=make.user(),
            partnership=here.partnership,
            organisation=make.organisation(),
            role=Role.PROFESSIONAL,
            by=boss,
            now=make.TUESDAY,
        )


def test_an_invited_colleague_gets_a_mail_and_chooses_a_password() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    answer = signed_in(boss).post(
        "/beheer/nodig-uit/",
        {
            "name": "Rachid Amrani",
            "email": "Rachid@Voordeur.example",
            "role": "professional",
            "organisation": here["actief"].pk,
        },
        headers=HOST,
    )
    assert answer.status_code == 302
    new = User.objects.get(email="rachid@voordeur.example")
    assert not new.has_usable_password()
    mail = Message.objects.get(template="invitation")
    assert mail.urgent
    told = render(mail).text
    names = f"{boss.name} nodigt u uit voor Voordeur van {here.partnership.name}."
    assert f"{names} Uw rol daar: medewerker." in told
    assert f"invites you to Voordeur of {here.partnership.name}. Your role there: " in told
    assert "medewerker" not in told.partition("invites")[2], "the role has its English word too"
    path = mail.context["path"]
    visitor = Client()
    assert visitor.get(path, headers=HOST).status_code == 200
    chosen = {"new_password1": make.PASSWORD, "new_password2": make.PASSWORD}
    assert visitor.post(path, chosen, headers=HOST).status_code == 302
    for browser in (visitor, Client()):
        used = browser.get(path, headers=HOST)
        assert used.status_code == 200
        assert 'href="/accounts/login/">Inloggen</a>' in used.content.decode()
    assert Client().get(f"{path[:-3]}xx/", headers=HOST).status_code == 410


@pytest.mark.parametrize("name", ["boss@voordeur.example", "<b>Boss</b>", "Boss\nNu betalen", ""])
def test_an_inviter_without_a_name_for_mail_still_invites(name: str) -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    User.objects.filter(pk=boss.pk).update(name=name)
    sent = {"name": "Rachid", "email": "rachid@voordeur.example", "role": "professional"}
    answer = signed_in(boss).post(
        "/beheer/nodig-uit/", {**sent, "organisation": here["actief"].pk}, headers=HOST
    )
    assert answer.status_code == 302
    mail = render(Message.objects.get(template="invitation")).text
    assert f"U bent uitgenodigd voor Voordeur van {here.partnership.name}." in mail
    assert not name or name not in mail


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_nobody_else_gets_to_administration(role: Role) -> None:
    here = make.world()
    needed: dict[Role, dict[str, Any]] = {
        Role.TEAM_MEMBER: {"team": here.triage},
        Role.NEIGHBOURHOOD_LEAD: {"neighbourhood": here.places["dorp"]},
        Role.MUNICIPALITY: {"municipality": here.partnership.municipalities.get()},
        Role.ALDERMAN: {"municipality": here.partnership.municipalities.get()},
    }
    client = signed_in(make.member(here, role, **needed.get(role, {})))
    assert client.get("/beheer/", headers=HOST).status_code == 403


def test_an_administrator_of_elsewhere_gets_nothing_here() -> None:
    here, there = make.world(), make.world("elders")
    boss = make.member(there, Role.ADMINISTRATOR)
    member = make.professional(here, "stimenz").memberships.get()
    client = signed_in(boss)
    assert client.get("/beheer/", headers=HOST).status_code == 403
    stop = f"/beheer/rollen/{member.pk}/stop/"
    assert client.post(stop, headers={"host": "elders.localhost"}).status_code == 404
    member.refresh_from_db()
    assert member.until is None


def test_a_duty_has_an_end_after_its_begin() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    somebody = make.triagist(here)
    begin = make.TUESDAY + timedelta(days=365)
    client = signed_in(boss)
    wrong = {"user": somebody.pk, "starts_at": begin, "ends_at": begin}
    assert client.post("/beheer/dienst/", wrong, headers=HOST).status_code == 422
    right = {**wrong, "ends_at": begin + timedelta(hours=8)}
    assert client.post("/beheer/dienst/", right, headers=HOST).status_code == 302
    assert here.partnership.duties.get().user == somebody


def test_without_a_second_factor_staff_get_to_account_pages_only(settings: object) -> None:
    settings.WELZIJN_DEMO = False  # type: ignore[attr-defined]
    here = make.world()
    client = signed_in(make.member(here, Role.ADMINISTRATOR))
    answer = client.get("/beheer/", headers=HOST)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")


def test_the_one_click_login_exists_in_the_demo_only(settings: object) -> None:
    here = make.world()
    somebody = make.professional(here, "stimenz")
    visitor = Client()
    assert visitor.get("/accounts/demo/", headers=HOST).status_code == 200
    assert visitor.post("/accounts/demo/", {"user": somebody.pk}, headers=HOST).status_code == 302
    settings.WELZIJN_DEMO = False  # type: ignore[attr-defined]
    assert Client().get("/accounts/demo/", headers=HOST).status_code == 404
    assert Client().post("/accounts/demo/", {"user": somebody.pk}, headers=HOST).status_code == 404
