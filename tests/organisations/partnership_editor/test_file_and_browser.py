"""File and browser are one: a load undoes nothing silently, at the command line and by upload."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from organisations.partnership_editor.models import PartnershipRevision, TextProposal
from organisations.partnership_file.exporting import export
from organisations.partnership_file.loading import load
from organisations.partnership_file.reading import read_file
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from tests.organisations.partnership_editor.here import (
    HOST,
    PUTTEN,
    client_of,
    fill,
    member,
    post,
    putten,
    world_of,
)
from tests.support import factories as make

pytestmark = pytest.mark.django_db
FILES = sorted(PUTTEN.parent.glob("*.toml"))
DESK = "/beheer/instellingen/balie/"
UPLOAD = "/beheer/bestand/"


@pytest.fixture
def here(settings: Any) -> make.World:
    settings.WELZIJN_DEMO = True  # no second factor
    return putten()


@pytest.fixture
def boss(here: make.World) -> Any:
    return client_of(member(here, Role.ADMINISTRATOR))


def loaded(path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("load_partnership", str(path), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def desk_of(here: make.World) -> tuple[str, str]:
    here.partnership.refresh_from_db()
    return here.partnership.desk_name, here.partnership.desk_phone


def changed_file(folder: Path, text: str, **changes: tuple[str, str]) -> Path:
    for before, after in changes.values():
        assert before in text
        text = text.replace(before, after, 1)
    path = folder / "putten.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def ours(here: make.World, tmp_path: Path) -> str:
    """The export of Putten, just loaded at the command line."""
    text = export(here.partnership)
    loaded(changed_file(tmp_path, text))
    return text


def test_the_command_line_keeps_what_the_browser_changed(
    here: make.World, boss: Any, ours: str, tmp_path: Path
) -> None:
    name, phone = desk_of(here)
    post(boss, DESK, fill(boss, DESK, naam="Balie in de browser"))
    # The file says nothing new about the name, and another phone number.
    other = changed_file(
        tmp_path, ours, phone=(f'telefoon = "{phone}"', 'telefoon = "0341 999 888"')
    )
    assert "balie.naam is in de browser veranderd en blijft" in loaded(other)
    assert desk_of(here) == ("Balie in de browser", "0341 999 888")
    assert PartnershipRevision.objects.filter(source="command").get().sections == ["balie"]
    # Both changed the name since: nothing is loaded until somebody chose.
    post(boss, DESK, fill(boss, DESK, naam="Balie, weer anders"))
    both = changed_file(
        tmp_path, other.read_text(), name=(f'naam = "{name}"', 'naam = "Uit het bestand"')
    )
    with pytest.raises(CommandError, match=r"balie\.naam: toen"):
        loaded(both)
    assert desk_of(here)[0] == "Balie, weer anders"
    loaded(both, take="browser")
    assert desk_of(here)[0] == "Balie, weer anders"
    # The same file once more undoes nothing either.
    loaded(both)
    assert desk_of(here)[0] == "Balie, weer anders"
    third = changed_file(
        tmp_path,
        both.read_text(),
        name=('naam = "Uit het bestand"', 'naam = "Uit het derde bestand"'),
    )
    loaded(third, take="file")
    assert desk_of(here)[0] == "Uit het derde bestand"


def sent(text: str) -> dict[str, Any]:
    return {"bestand": SimpleUploadedFile("putten.toml", text.encode())}


def agreed(page: Any, **choices: str) -> dict[str, str]:
    """What the form sends that shows what a file would change."""
    return {"inhoud": page.context["content"], "naam": "putten.toml", **choices}


def test_an_upload_shows_first_and_asks_about_each_conflict(
    here: make.World, boss: Any, ours: str, tmp_path: Path
) -> None:
    name, phone = desk_of(here)
    post(boss, DESK, fill(boss, DESK, naam="Balie in de browser"))
    text = changed_file(
        tmp_path,
        ours,
        name=(f'naam = "{name}"', 'naam = "Uit het bestand"'),
        phone=(f'telefoon = "{phone}"', 'telefoon = "0341 999 888"'),
    ).read_text()
    page = boss.post(UPLOAD, sent(text), headers=HOST)
    assert page.status_code == 200
    assert [(one["file"].after, one["now"].after) for one in page.context["conflicts"]] == [
        ("Uit het bestand", "Balie in de browser")
    ]
    assert [row.after for row in page.context["taken"]] == ["0341 999 888"]
    assert desk_of(here) == ("Balie in de browser", phone)
    assert post(boss, UPLOAD, agreed(page)).status_code == 422
    assert post(boss, UPLOAD, agreed(page, **{"keuze-0": "browser"})).status_code == 302
    assert desk_of(here) == ("Balie in de browser", "0341 999 888")
    assert PartnershipRevision.objects.filter(source="upload").get().file_name == "putten.toml"
    # The same file once more undoes nothing.
    assert boss.post(UPLOAD, sent(text), headers=HOST).status_code == 302
    assert desk_of(here)[0] == "Balie in de browser"


def test_an_upload_is_checked_and_texts_of_it_wait_for_a_second(
    here: make.World, boss: Any, ours: str
) -> None:
    wrong = boss.post(UPLOAD, sent("[samenwerkingsverband]\nslug = 3\n"), headers=HOST)
    assert wrong.status_code == 422
    assert any("aanhalingstekens" in line for line in wrong.context["problems"])
    elsewhere = boss.post(UPLOAD, sent(FILES[0].read_text()), headers=HOST)
    assert elsewhere.status_code == 422
    welcome = here.partnership.opening_text
    page = boss.post(UPLOAD, sent(ours.replace(welcome, "Kom binnen.")), headers=HOST)
    assert post(boss, UPLOAD, agreed(page)).status_code == 302
    here.partnership.refresh_from_db()
    assert here.partnership.opening_text == welcome
    proposal = TextProposal.objects.get()
    other = client_of(make.coordinator(here, "jeugd-punt"))
    post(other, f"/beheer/teksten/{proposal.pk}/", {"besluit": "ja"})
    here.partnership.refresh_from_db()
    assert here.partnership.opening_text == "Kom binnen."


def test_each_of_the_five_is_the_same_after_an_upload_of_its_export(settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    for path in FILES:
        partnership = load(file=read_file(path), source=path.name, now=make.TUESDAY).partnership
        world = world_of(partnership)
        boss = client_of(member(world, Role.ADMINISTRATOR, next(iter(world.organisations))))
        host = {"host": f"{partnership.slug}.localhost"}
        text = boss.get("/beheer/bestand/download/", headers=host).content.decode()
        assert text == export(partnership)
        assert boss.post(UPLOAD, sent(text), headers=host).status_code == 302
        # The file as it is kept beside the code says the same too.
        assert boss.post(UPLOAD, sent(path.read_text()), headers=host).status_code == 302
        assert export(Partnership.objects.get(pk=partnership.pk)) == text
    assert not PartnershipRevision.objects.exists()
