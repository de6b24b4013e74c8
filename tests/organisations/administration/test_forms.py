"""The form of a role shows that role, and refuses what gives nothing; the form of duty likewise."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisations.roles.models import Duty, Membership, Role
from organisations.roles.proposal_models import RoleProposal
from tests.support import factories as make
from tests.support.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}
INVITE = "/beheer/nodig-uit/"
OWN = {
    "team_member": "team",
    "neighbourhood_lead": "neighbourhood",
    "municipality": "municipality",
    "alderman": "municipality",
}
HOUR = timedelta(hours=1)


@pytest.fixture
def here() -> make.World:
    return make.world()


@pytest.fixture
def boss(here: make.World) -> Client:
    return signed_in(make.member(here, Role.ADMINISTRATOR))


@pytest.mark.usefixtures("here")
def test_each_role_shows_its_own_fields_and_says_what_it_may_see(boss: Client) -> None:
    said = set()
    for role in Role:
        page = boss.get(INVITE, {"role": role}, headers=HOST).content.decode()
        region = page.partition('id="rol-velden"')[2].partition("vd-actions")[0]
        own = OWN.get(role, "reads_new" if role in ("professional", "coordinator") else "")
        for field in {*OWN.values(), "reads_new"}:
            assert (f'name="{field}"' in region) is (field == own), (role, field)
        # The role can't do without it.
        assert "niet verplicht" not in region, role
        said.add(region.partition("<p>")[2].partition("</p>")[0].strip())
    assert len(said) == len(Role)
    assert "" not in said
    page = boss.get(INVITE, headers=HOST).content.decode()
    without_javascript = page.partition('id="rol-velden"')[2].partition("</noscript>")[0]
    assert all(f'name="{field}"' in without_javascript for field in OWN.values())


def test_a_role_that_gives_nothing_is_refused_in_the_form_and_in_a_list(
    here: make.World, boss: Client
) -> None:
    make.coordinator(here, "actief")
    here.triage.organisations.remove(here["actief"])
    here.partnership.participations.filter(organisation=here["stimenz"]).update(picks_up=False)
    who = {"name": "Els Vos", "email": "els@voordeur.example"}
    for role, organisation, more, sentence in (
        ("team_member", "actief", {"team": here.triage.pk}, "doet niet mee in Toegangsteam"),
        ("professional", "stimenz", {}, "Stimenz pakt geen vragen op"),
        ("coordinator", "stimenz", {"reads_new": "on"}, "Stimenz pakt geen vragen op"),
    ):
        sent = {**who, "role": role, "organisation": here[organisation].pk, **more}
        answer = boss.post(INVITE, sent, headers=HOST)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not RoleProposal.objects.filter(email=who["email"]).exists()
    assert not Membership.objects.filter(user__email=who["email"]).exists()


def test_the_people_page_has_a_row_a_person_with_their_teams(
    here: make.World, boss: Client
) -> None:
    fatma = make.triagist(here, who=make.user("Fatma de Boer"))
    make.coordinator(here, who=fatma)
    make.coordinator(here, "stimenz", who=make.user("Omar Haddad"))
    page = boss.get("/beheer/", headers=HOST).content.decode()
    assert page.count("Fatma de Boer</a>") == 1
    row = page.partition("Omar Haddad</a>")[2].partition("</tr>")[0]
    assert "de organisatie doet mee in:" in row
    assert "Toegangsteam" in row


def test_duty_is_for_days_to_come_and_one_person_has_it_once(
    here: make.World, boss: Client
) -> None:
    fatma, omar = make.triagist(here, who=make.user("Fatma")), make.triagist(here)
    now = timezone.localtime().replace(microsecond=0)

    def plan(user: object, begin: object, end: object) -> str:
        sent = {"user": user.pk, "starts_at": begin, "ends_at": end}  # type: ignore[attr-defined]
        return boss.post("/beheer/dienst/", sent, headers=HOST, follow=True).content.decode()

    day = timedelta(days=1)
    assert "Deze dag is al voorbij" in plan(fatma, now - 2 * day, now + day)
    assert "Kies een later moment" in plan(fatma, now - HOUR / 60, now - HOUR / 120)
    assert "De dienst staat erin." in plan(fatma, now + day, now + 2 * day)
    assert "Fatma heeft in deze tijd al dienst." in plan(fatma, now + 1.5 * day, now + 3 * day)
    assert "In deze tijd hebben ook dienst: Fatma." in plan(omar, now + 1.5 * day, now + 3 * day)
    assert Duty.objects.count() == 2


def test_a_running_duty_goes_only_when_that_was_asked(here: make.World, boss: Client) -> None:
    now = timezone.now()
    running = make.duty(here, make.triagist(here), now - HOUR, now + HOUR)
    coming = make.duty(here, make.triagist(here), now + 2 * HOUR, now + 3 * HOUR)
    assert "Ja, haal deze dienst weg" in boss.get("/beheer/dienst/", headers=HOST).content.decode()
    for one in (running, coming):
        boss.post(f"/beheer/dienst/{one.pk}/weg/", headers=HOST)
    assert list(Duty.objects.all()) == [running]
    boss.post(f"/beheer/dienst/{running.pk}/weg/", {"zeker": "ja"}, headers=HOST)
    assert not Duty.objects.exists()
