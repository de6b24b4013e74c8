"""Change a partnership in the browser: checks, conflicts, consequences, history, putting back."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from organisations.front_door import configuration as front_door
from organisations.partnership_editor import values
from organisations.partnership_editor.models import PartnershipRevision, TextProposal
from organisations.partnership_file.exporting import export
from organisations.roles.models import Role
from tests.organisations.partnership_editor.here import client_of, fill, get, member, post, putten
from tests.support import factories as make

pytestmark = pytest.mark.django_db
DESK = "/beheer/instellingen/balie/"
PLUSBUS = "/beheer/instellingen/aanbod/rij/plusbus/"


@pytest.fixture
def here(settings: Any) -> make.World:
    settings.WELZIJN_DEMO = True  # no second factor
    return putten()


@pytest.fixture
def boss(here: make.World) -> Any:
    return client_of(member(here, Role.ADMINISTRATOR))


def test_a_change_holds_at_once_and_is_put_back_in_one_step(here: make.World, boss: Any) -> None:
    before = export(here.partnership)
    door = front_door.of(here.partnership)
    number = door.services[0].capacity
    sent = fill(boss, PLUSBUS, plaatsen="3", wachttijd_weken="2")
    assert post(boss, PLUSBUS, sent).status_code == 302
    here.partnership.refresh_from_db()
    now = next(s for s in front_door.of(here.partnership).services if s.slug == "plusbus")
    assert (now.capacity, now.waiting_weeks) == (3, 2)
    revision = PartnershipRevision.objects.get()
    assert {tuple(one["path"]) for one in revision.changes} == {
        ("aanbod", "plusbus", "plaatsen"), ("aanbod", "plusbus", "wachttijd_weken"),
    }  # fmt: skip
    shown = get(boss, f"/beheer/wijzigingen/{revision.pk}/").content.decode()
    assert "Wachttijd in weken" in shown
    overview = get(boss, "/beheer/instellingen/").content.decode()
    assert revision.by is not None
    assert revision.by.name in overview
    assert post(boss, f"/beheer/wijzigingen/{revision.pk}/terug/", {}).status_code == 302
    here.partnership.refresh_from_db()
    assert export(here.partnership) == before
    assert PartnershipRevision.objects.get(undoes=revision).source == "put_back"
    assert number is None or number >= 0


def test_every_screen_opens_and_saves_unchanged(here: make.World, boss: Any) -> None:
    before = export(here.partnership)
    tables = values.of_partnership(here.partnership)
    for key, row in {**dict.fromkeys(tables, ""), "voedselbank": "", "opdracht": ""}.items():
        if key == "regels":
            continue
        path = f"/beheer/instellingen/{key}/{row}"
        page = get(boss, path)
        assert page.status_code == 200, key
        if key in values.IDENTITY:
            links = page.content.decode().split(f'href="{path}rij/')[1:]
            assert links, key
            path = f"{path}rij/{links[0].split('/')[0]}/"
            assert get(boss, f"/beheer/instellingen/{key}/nieuw/").status_code == 200
        assert post(boss, path, fill(boss, path)).status_code == 302, key
    here.partnership.refresh_from_db()
    assert export(here.partnership) == before
    assert not PartnershipRevision.objects.exists()
    assert not TextProposal.objects.exists()


def test_the_checks_of_the_file_stand_at_their_field(here: make.World, boss: Any) -> None:
    response = post(boss, DESK, fill(boss, DESK, telefoon="12"))
    assert response.status_code == 422
    assert response.context["form"].errors["telefoon"] == [
        "Dit telefoonnummer klopt niet. Bijvoorbeeld 0341 357 001."
    ]
    path = "/beheer/instellingen/sluitingsdagen/nieuw/"
    post(boss, path, fill(boss, path, dag="2026-12-24", naam="Vrij"))
    again = post(boss, path, fill(boss, path, dag="2026-12-24", naam="Nog eens"))
    assert again.status_code in {409, 422}
    assert here.partnership.closing_days.filter(day="2026-12-24").count() == 1
    path = "/beheer/instellingen/rapportage/"
    response = post(boss, path, fill(boss, path, spreiding="9", hoogstens="4"))
    assert "Neem hoogstens de helft daarvan." in str(response.context["form"].errors["spreiding"])


def test_two_people_at_one_row_lose_nothing(here: make.World, boss: Any) -> None:
    other = client_of(member(here, Role.ADMINISTRATOR))
    first, second = fill(boss, PLUSBUS, plaatsen="5"), fill(other, PLUSBUS, wachttijd_weken="4")
    third = fill(other, PLUSBUS, plaatsen="9")
    assert post(boss, PLUSBUS, first).status_code == 302
    assert post(other, PLUSBUS, second).status_code == 302
    service = here.partnership.services.get(slug="plusbus")
    assert (service.capacity, service.waiting_weeks) == (5, 4)
    conflict = post(other, PLUSBUS, third)
    assert conflict.status_code == 409
    assert "Nu staat er: 5" in str(conflict.context["form"].errors["plaatsen"])
    service.refresh_from_db()
    assert service.capacity == 5
    # Whoever saw both decides; what the other changed beside it stays.
    decided = {**third, "geopend": conflict.context["edit"].sealed}
    assert post(other, PLUSBUS, decided).status_code == 302
    service.refresh_from_db()
    assert (service.capacity, service.waiting_weeks) == (9, 4)


def test_what_would_break_is_said_beforehand(here: make.World, boss: Any) -> None:
    rule = next(
        r for r in values.of_partnership(here.partnership)["regels"] if "organisatie" in r["naar"]
    )
    slug = rule["naar"]["organisatie"]
    make.intake_worker(here, slug)
    path = f"/beheer/instellingen/organisaties/rij/{slug}/"
    sent = fill(boss, path, tot_en_met="2030-12-31")
    asked = post(boss, path, sent)
    assert asked.status_code == 422
    told = " ".join(asked.context["edit"].consequences)
    assert rule["naam"] in told
    assert "Mensen en rollen" in told
    part = here.partnership.participations.get(organisation__slug=slug)
    assert part.until is None
    sent["bevestigd"] = asked.context["edit"].confirmation
    assert post(boss, path, sent).status_code == 302
    assert here.partnership.participations.filter(pk=part.pk, until="2030-12-31").exists()
    # A rule can't point at who is gone already: the check of the file.
    sent = fill(boss, path, tot_en_met="2025-12-31")
    assert post(boss, path, sent).status_code == 422


def test_a_text_for_residents_takes_a_second_person(here: make.World, boss: Any) -> None:
    path = "/beheer/instellingen/teksten/"
    assert post(boss, path, fill(boss, path, welkom="Kom maar binnen.")).status_code == 302
    here.partnership.refresh_from_db()
    assert here.partnership.opening_text != "Kom maar binnen."
    proposal = TextProposal.objects.get()
    decide = f"/beheer/teksten/{proposal.pk}/"
    assert "Kom maar binnen." in get(boss, "/beheer/teksten/").content.decode()
    post(boss, decide, {"besluit": "ja"})
    proposal.refresh_from_db()
    assert proposal.decision == ""
    other = client_of(make.coordinator(here, "jeugd-punt"))
    assert post(other, decide, {"besluit": "ja"}).status_code == 302
    here.partnership.refresh_from_db()
    assert here.partnership.opening_text == "Kom maar binnen."
    revision = PartnershipRevision.objects.get()
    assert (revision.has_texts, revision.proposal) == (True, proposal)


@pytest.mark.parametrize("same", ["person", "mailbox", "no role"])
def test_the_database_wants_two_people_for_a_text(here: make.World, same: str) -> None:
    proposer = member(here, Role.ADMINISTRATOR)
    other = make.user()
    other.email = proposer.email.replace("@", "+2@")
    other.save(update_fields=["email"])
    if same == "mailbox":
        member(here, Role.ADMINISTRATOR, who=other)
    proposal = TextProposal.objects.create(
        partnership=here.partnership,
        changes=[],
        sections=["teksten"],
        proposed_by=proposer,
        proposed_at=timezone.now(),
    )
    by = proposer if same == "person" else make.user() if same == "no role" else other
    with pytest.raises(DatabaseError), transaction.atomic():
        TextProposal.objects.filter(pk=proposal.pk).update(
            decision="approved", decided_by=by, decided_at=timezone.now()
        )
    wrong: dict[str, Any] = {"sections": ["teksten"], "changes": [], "at": timezone.now()}
    with pytest.raises(DatabaseError), transaction.atomic():
        PartnershipRevision.objects.create(
            partnership=here.partnership, by=proposer, source="browser", has_texts=True, **wrong
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        PartnershipRevision.objects.create(
            partnership=here.partnership,
            by=proposer,
            source="text",
            has_texts=True,
            proposal=proposal,
            **wrong,
        )


def test_a_change_in_the_history_never_changes(here: make.World, boss: Any) -> None:
    post(boss, DESK, fill(boss, DESK, naam="De balie van Putten"))
    for verb in ("UPDATE organisations_partnershiprevision SET source = 'command'",
                 "DELETE FROM organisations_partnershiprevision"):  # fmt: skip
        with (
            connection.cursor() as cursor,
            pytest.raises(DatabaseError),
            transaction.atomic(),
        ):
            cursor.execute(verb)


def test_each_keeps_only_their_own(here: make.World, boss: Any) -> None:
    mine = here.partnership.services.get(slug="plusbus").organisation.slug
    other = next(slug for slug in here.organisations if slug != mine)
    keeper, stranger = (
        client_of(make.coordinator(here, mine)),
        client_of(make.coordinator(here, other)),
    )
    assert post(keeper, PLUSBUS, fill(keeper, PLUSBUS, plaatsen="7")).status_code == 302
    assert here.partnership.services.get(slug="plusbus").capacity == 7
    assert get(stranger, PLUSBUS).status_code == 403
    assert post(stranger, PLUSBUS, {"plaatsen": "1"}).status_code == 403
    for path in (DESK, "/beheer/instellingen/termijnen/"):
        assert get(keeper, path).status_code == 403
        assert post(keeper, path, {}).status_code == 403
    # Its organisation stays what it is, whatever a browser sends.
    post(keeper, PLUSBUS, fill(keeper, PLUSBUS, organisatie=other, plaatsen="8"))
    service = here.partnership.services.get(slug="plusbus")
    assert (service.organisation.slug, service.capacity) == (mine, 8)
    new = "/beheer/instellingen/aanbod/nieuw/"
    sent = fill(keeper, new, naam="Koor", organisatie=other, laag="2")
    sent["leefgebieden"] = [next(iter(here.domains))]
    assert post(keeper, new, sent).status_code == 403
    # A neighbourhood lead keeps the learning sessions of their own neighbourhood.
    place = next(iter(here.places))
    lead = client_of(member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places[place]))
    path = f"/beheer/instellingen/wijken/rij/{place}/"
    session = {"leersessies-0-iedere": "week", "leersessies-0-dag": "dinsdag",
               "leersessies-0-van": "12:00", "leersessies-0-tot": "13:00"}  # fmt: skip
    sent = {**fill(lead, path), **session, "naam": "Elders"}
    assert post(lead, path, sent).status_code == 302
    found = here.partnership.neighbourhoods.get(slug=place)
    assert (found.learning_sessions[0]["weekday"], found.name) == (2, here.places[place].name)
