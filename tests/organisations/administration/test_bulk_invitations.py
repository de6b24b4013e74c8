"""Many people at once from a list, and everybody by organisation for the yearly review."""

import re

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from organisations.directory.models import Participation
from organisations.roles.models import Membership, Role
from organisations.roles.proposal_models import RoleProposal
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
AT = "/beheer/nodig-uit/velen/"
HEAD = "Naam;E-mailadres;Functie;Rol;Organisatie;Wijk;Leest nieuwe vragen"


@pytest.fixture
def here(settings: LazySettings) -> make.World:
    settings.WELZIJN_DEMO = True  # a second factor is another test's subject
    return make.world()


@pytest.fixture
def boss(here: make.World, client: Client) -> Client:
    client.force_login(make.member(here, Role.ADMINISTRATOR))
    return client


def look(client: Client, *lines: str) -> tuple[int, str, str]:
    sent = SimpleUploadedFile("mensen.csv", "\n".join([HEAD, *lines]).encode())
    response = client.post(AT, {"file": sent}, headers=HOST)
    page = response.content.decode()
    token = re.search(r'name="sheet_token" value="([^"]+)"', page)
    return response.status_code, page, token[1] if token else ""


def test_a_list_is_looked_at_and_then_everybody_is_invited(here: make.World, boss: Client) -> None:
    make.coordinator(here, "stimenz")
    status, page, token = look(
        boss,
        "Els Vos;els@stimenz.example;Coach;medewerker;Stimenz;;",
        "Jan Bos;jan@stimenz.example;;Medewerker;stimenz;;ja",
        "Wies Lam;wies@actief.example;;wijkaanjager;actief;dorp;",
    )
    assert status == 200
    assert "wordt voorgesteld" in page
    assert not User.objects.filter(email="els@stimenz.example").exists(), "a look invites nobody"
    done = boss.post(f"{AT}doe/", {"sheet_token": token}, headers=HOST)
    assert done.status_code == 302
    assert Membership.objects.filter(user__email="els@stimenz.example").count() == 1
    assert RoleProposal.objects.filter(email="jan@stimenz.example").count() == 1
    lead = Membership.objects.get(user__email="wies@actief.example")
    assert lead.neighbourhood == here.places["dorp"]
    assert Message.objects.filter(template="invitation").count() == 2
    # Twice is refused row by row, and nothing is done twice.
    again = boss.post(f"{AT}doe/", {"sheet_token": token}, headers=HOST)
    assert again.status_code == 422
    assert Membership.objects.filter(user__email="els@stimenz.example").count() == 1


def test_one_wrong_row_and_nobody_is_invited(here: make.World, boss: Client) -> None:
    people = User.objects.count()
    _status, page, nothing = look(
        boss,
        "Els Vos;els@stimenz.example;;medewerker;Stimenz;;",
        "Jan Bos;geen adres;;medewerker;Stimenz;;",
        "Wies Lam;wies@actief.example;;tovenaar;actief;;",
        "Ed Kok;ed@actief.example;;medewerker;Elders;;",
        "Els Vos;ELS@stimenz.example;;medewerker;Stimenz;;",
    )
    rows = [int(row) for row in re.findall(r"<li>\s*Rij (\d+):", page)]
    assert rows == [3, 4, 5, 6]
    assert nothing == "", "what is wrong can't be carried out"
    assert User.objects.count() == people
    # A role whose second person is missing is refused when it is carried out: nobody comes in.
    Participation.objects.update(contact_email="")
    _status, _page, token = look(
        boss,
        "Els Vos;els@stimenz.example;;medewerker;Stimenz;;",
        "Jan Bos;jan@stimenz.example;;medewerker;Stimenz;;ja",
    )
    refused = boss.post(f"{AT}doe/", {"sheet_token": token}, headers=HOST)
    assert "Rij 3" in refused.content.decode()
    assert User.objects.count() == people
    assert "kolom ontbreekt" in _without_head(boss)


def _without_head(boss: Client) -> str:
    sent = SimpleUploadedFile("x.csv", b"wie;waar\nEls;hier")
    return boss.post(AT, {"file": sent}, headers=HOST).content.decode()


def test_everybody_stands_by_organisation_and_in_the_file(here: make.World, boss: Client) -> None:
    worker = make.professional(here, "stimenz")
    elsewhere = make.professional(make.world("elders"), "stimenz")
    page = boss.get("/beheer/mensen/", headers=HOST).content.decode()
    assert worker.email in page
    assert elsewhere.email not in page
    file = boss.post("/beheer/mensen/bestand/", {"soort": "csv"}, headers=HOST)
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Organisatie;Naam;E-mailadres;Rollen;Sinds")
    assert sum(worker.email in line for line in lines) == 1
    assert boss.post("/beheer/mensen/bestand/", headers=HOST).content[:2] == b"PK"
