"""A role that reads or oversees persons takes two people, in the pages and in the database."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from organisations.roles import first_coordinator, proposals
from organisations.roles.commands import takes_two
from organisations.roles.models import Membership, Role
from organisations.roles.proposal_models import RoleProposal
from organisations.roles.same_person import mailbox_of
from tests.support import factories as make
from tests.support import guards
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
READING = [
    (Role.FRONT_DESK, False),
    (Role.PROFESSIONAL, True),
    (Role.TEAM_MEMBER, False),
    (Role.COORDINATOR, False),
    (Role.MUNICIPALITY, False),
    (Role.ALDERMAN, False),
    (Role.PRIVACY_OFFICER, False),
]


def place_of(here: make.World, role: Role) -> dict[str, Any]:
    """What a role needs beside its organisation."""
    needed: dict[Role, dict[str, Any]] = {
        Role.TEAM_MEMBER: {"team": here.triage},
        Role.MUNICIPALITY: {"municipality": here.partnership.municipalities.get()},
        Role.ALDERMAN: {"municipality": here.partnership.municipalities.get()},
    }
    return needed.get(role, {})


def proposed(here: make.World, boss: User, email: str = "nieuw@stimenz.example") -> RoleProposal:
    return proposals.propose(
        candidate=proposals.Candidate(email, "Rachid Amrani"),
        partnership=here.partnership,
        organisation=here["stimenz"],
        role=Role.COORDINATOR,
        by=boss,
        now=timezone.now(),
    )


@pytest.mark.parametrize(("role", "reads_new"), READING)
def test_the_database_refuses_such_a_role_without_an_approval(role: Role, reads_new: bool) -> None:
    here = make.world()
    boss, colleague = make.member(here, Role.ADMINISTRATOR), make.user()
    with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
        Membership.objects.create(
            user=colleague,
            partnership=here.partnership,
            organisation=here["stimenz"],
            role=role,
            reads_new=reads_new,
            since=make.LONG_AGO,
            granted_by=boss,
            **place_of(here, role),
        )
    plain = make.member(here, Role.ADMINISTRATOR, who=colleague).memberships.get()
    with pytest.raises(IntegrityError), transaction.atomic(), guards.switched_off():
        Membership.objects.filter(pk=plain.pk).update(
            role=role, reads_new=reads_new, **place_of(here, role)
        )


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("reads_new", [False, True])
def test_code_and_database_name_the_same_roles(role: Role, reads_new: bool) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT role_takes_two(%s, %s)", [role.value, reads_new])
        assert cursor.fetchone() == (takes_two(role, reads_new=reads_new),)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("jan@werk.nl", "Jan+beheer@WERK.nl", True),
        ("jan.de.boer@gmail.com", "jandeboer+x@googlemail.com", True),
        ("jan@werk.nl", "jan@elders.nl", False),
        ("jan.b@werk.nl", "janb@werk.nl", False),
    ],
)
def test_two_addresses_of_one_mailbox_are_one_person(one: str, other: str, same: bool) -> None:
    from django.db import connection

    assert (mailbox_of(one) == mailbox_of(other)) is same
    with connection.cursor() as cursor:
        cursor.execute("SELECT role_mailbox(%s) = role_mailbox(%s)", [one, other])
        assert cursor.fetchone() == (same,)


@pytest.mark.parametrize("who", ["nobody", "proposer", "holder", "second address", "elsewhere"])
def test_the_database_refuses_an_approval_by_who_may_not_give_it(who: str) -> None:
    here = make.world()
    boss = make.coordinator(here, "stimenz", who=make.user())
    make.member(here, Role.ADMINISTRATOR, who=boss)
    holder = make.coordinator(here, "stimenz", reads_new=False)
    make.coordinator(here, "stimenz")
    box, _at, host = boss.email.partition("@")
    second = User.objects.create_user(email=f"{box}+twee@{host}", name="Nog een adres")
    make.coordinator(here, "stimenz", who=second)
    deciders = {
        "nobody": None,
        "proposer": boss,
        "holder": holder,
        "second address": second,
        "elsewhere": make.coordinator(here, "jeugd-punt"),
    }
    open_one = proposals.propose(
        candidate=proposals.Candidate.of(holder),
        partnership=here.partnership,
        organisation=here["stimenz"],
        role=Role.PRIVACY_OFFICER,
        by=boss,
        now=timezone.now(),
    )
    with pytest.raises(IntegrityError, match="another person"), transaction.atomic():
        RoleProposal.objects.filter(pk=open_one.pk).update(
            decision="approved", decided_by=deciders[who], decided_at=timezone.now()
        )
    with pytest.raises(ValidationError):
        proposals.approve(proposal=open_one, by=deciders[who], now=timezone.now())


def test_a_decided_proposal_never_changes() -> None:
    here = make.world()
    approved = make.coordinator(here, "stimenz").memberships.get().proposal
    assert approved is not None
    with (
        pytest.raises(IntegrityError, match="does not change"),
        transaction.atomic(),
        guards.switched_off(),
    ):
        RoleProposal.objects.filter(pk=approved.pk).update(decision="refused")


def test_an_administrator_proposes_and_a_coordinator_of_that_organisation_approves() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    own, other = make.coordinator(here, "stimenz"), make.coordinator(here, "jeugd-punt")
    officer = make.member(here, Role.PRIVACY_OFFICER)
    wanted = {
        "name": "Rachid Amrani",
        "email": "rachid@stimenz.example",
        "role": "professional",
        "reads_new": "on",
        "organisation": here["stimenz"].pk,
    }
    assert signed_in(boss).post("/beheer/nodig-uit/", wanted).status_code == 302
    assert not User.objects.filter(email="rachid@stimenz.example").exists()
    assert [m.recipient_key for m in Message.objects.filter(template="role_proposed")] == [
        f"user:{own.pk}"
    ]
    open_one = RoleProposal.objects.get(decision="")
    decide = f"/beheer/voorstellen/{open_one.pk}/"
    for stranger in (boss, other):
        signed_in(stranger).post(decide, {"besluit": "goed"})
        assert not User.objects.filter(email="rachid@stimenz.example").exists()
    assert "Rachid Amrani" not in signed_in(other).get("/beheer/voorstellen/").content.decode()
    page = signed_in(own).get("/beheer/voorstellen/").content.decode()
    assert "Leest alle nieuwe vragen van Stimenz" in page
    assert signed_in(own).post(decide, {"besluit": "goed"}).status_code == 302
    given = Membership.objects.get(user__email="rachid@stimenz.example")
    assert (given.granted_by, given.proposal.decided_by) == (boss, own)
    notified = set(Message.objects.values_list("template", "recipient_key"))
    assert {
        ("invitation", f"user:{given.user_id}"),
        ("role_granted", f"user:{officer.pk}"),
    } <= notified
    assert "Rachid Amrani" in signed_in(officer).get("/beheer/voorstellen/").content.decode()


def test_without_a_coordinator_the_contact_person_decides_by_a_link_used_once() -> None:
    here = make.world()
    open_one = proposed(here, make.member(here, Role.ADMINISTRATOR))
    [message] = Message.objects.filter(template="role_proposed_contact", channel="email")
    assert message.address == "contactpersoon@stimenz.example"
    visitor, path = Client(headers={"host": "putten.localhost"}), message.context["path"]
    page = visitor.get(path)
    assert (page.status_code, "Wijst vragen toe" in page.content.decode()) == (200, True)
    # A filter that sends the form without a name decides nothing.
    assert visitor.post(path, {"decision": "goed"}).status_code == 422
    assert not Membership.objects.filter(role=Role.COORDINATOR).exists()
    assert visitor.post(path, {"decision": "goed", "name": "Hanna Vos"}).status_code == 200
    open_one.refresh_from_db()
    assert (open_one.decision, open_one.contact_name) == ("approved", "Hanna Vos")
    assert Membership.objects.get(role=Role.COORDINATOR).user.email == "nieuw@stimenz.example"
    assert visitor.get(path).status_code == 410
    assert visitor.post(path, {"decision": "niet", "name": "Hanna Vos"}).status_code == 410


def test_a_contact_person_has_no_say_once_a_coordinator_can_decide() -> None:
    here = make.world()
    open_one = proposed(here, make.member(here, Role.ADMINISTRATOR))
    make.coordinator(here, "stimenz")
    with pytest.raises(ValidationError):
        proposals.approve(
            proposal=open_one, contact="contactpersoon@stimenz.example", now=timezone.now()
        )


@pytest.mark.parametrize("contact", ["", "baas@voordeur.example", "BAAS+2@voordeur.example"])
def test_where_nobody_else_may_approve_it_is_not_proposed(contact: str) -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR, who=make.user(name="Baas"))
    User.objects.filter(pk=boss.pk).update(email="baas@voordeur.example")
    boss.refresh_from_db()
    here.partnership.participations.update(contact_email=contact.lower())
    with pytest.raises(ValidationError, match="contactpersoon"):
        proposed(here, boss)
    assert not RoleProposal.objects.exists()


def test_a_refused_or_withdrawn_role_leaves_no_account() -> None:
    here = make.world()
    boss, own = make.member(here, Role.ADMINISTRATOR), make.coordinator(here, "stimenz")
    one, two = proposed(here, boss), proposed(here, boss, "ander@stimenz.example")
    signed_in(own).post(f"/beheer/voorstellen/{one.pk}/", {"besluit": "niet"})
    assert (
        signed_in(own).post(f"/beheer/voorstellen/{two.pk}/", {"besluit": "intrekken"}).status_code
        == 403
    )
    signed_in(boss).post(f"/beheer/voorstellen/{two.pk}/", {"besluit": "intrekken"})
    decisions = set(RoleProposal.objects.exclude(decision="approved").values_list("decision"))
    assert decisions == {("refused",), ("withdrawn",)}
    assert not User.objects.filter(email__endswith="@stimenz.example").exists()


def test_the_same_proposal_twice_is_refused_with_a_sentence() -> None:
    here = make.world()
    boss = make.member(here, Role.ADMINISTRATOR)
    proposed(here, boss)
    with pytest.raises(ValidationError, match="wacht op goedkeuring"):
        proposed(here, boss)


@pytest.mark.parametrize(
    ("role", "fault"), [("neighbourhood_lead", "neighbourhood"), ("team_member", "team")]
)
def test_an_invitation_that_fails_makes_no_account(role: str, fault: str) -> None:
    here = make.world()
    answer = signed_in(make.member(here, Role.ADMINISTRATOR)).post(
        "/beheer/nodig-uit/",
        {
            "name": "Rachid Amrani",
            "email": "rachid@stimenz.example",
            "role": role,
            "organisation": here["stimenz"].pk,
        },
    )
    assert (answer.status_code, fault in answer.context["form"].errors) == (422, True)
    assert not User.objects.filter(email="rachid@stimenz.example").exists()
    assert not Message.objects.exists()


def test_inviting_a_known_address_does_not_show_its_owners_name() -> None:
    here, there = make.world(), make.world("elders")
    known = make.professional(there, "stimenz", who=make.user("Fatma de Boer"))
    User.objects.filter(pk=known.pk).update(created_at=make.TUESDAY.replace(year=2025))
    client = signed_in(make.member(here, Role.ADMINISTRATOR))
    for role in ("partner_door", "coordinator"):
        answer = client.post(
            "/beheer/nodig-uit/",
            {
                "name": "F.",
                "email": known.email,
                "role": role,
                "organisation": here["stimenz"].pk,
            },
            follow=True,
        )
        page = answer.content.decode() + client.get("/beheer/voorstellen/").content.decode()
        assert known.email in page
        assert "Fatma" not in page


def test_the_first_coordinator_is_the_one_whom_the_file_names_and_only_the_first() -> None:
    here = make.world()
    part = here.partnership.participations.get(organisation=here["stimenz"])
    part.coordinator_email, part.coordinator_name = "hanna@stimenz.example", "Hanna Vos"
    part.save()
    given = first_coordinator.appoint(participation=part, now=timezone.now())
    assert given is not None
    assert (given.user.name, given.reads_new) == ("Hanna Vos", True)
    part.coordinator_email = "ander@stimenz.example"
    part.save()
    assert first_coordinator.appoint(participation=part, now=timezone.now()) is None
