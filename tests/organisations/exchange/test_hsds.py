"""Services as HSDS: our own models hold each answer, and an export loads to the same."""

import json
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from organisations.directory.models import Service
from organisations.exchange import hsds_models as hsds
from organisations.exchange import hsds_reading, incoming
from organisations.exchange.hsds_writing import Directory, written
from organisations.exchange.openapi import document
from organisations.front_door import configuration as front_door
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
LISTS: dict[str, tuple[type[hsds.Part], type[hsds.Part]]] = {
    "services": (hsds.ServiceSummary, hsds.FullService),
    "organizations": (hsds.OrganizationSummary, hsds.FullOrganization),
    "taxonomies": (hsds.Taxonomy, hsds.Taxonomy),
    "taxonomy_terms": (hsds.TaxonomyTerm, hsds.TaxonomyTerm),
    "service_at_locations": (hsds.ServiceAtLocation, hsds.ServiceAtLocation),
}


@pytest.fixture
def here() -> make.World:
    world = make.world()
    make.service(
        world,
        "stimenz",
        "geld",
        slug="maatje",
        name="Budgetmaatje <b>",
        description="Samen de post doen.",
        audience=["16-17", "18-26"],
        words=["schulden", "deurwaarder"],
        clock_kinds=["debts"],
        capacity=7,
        waiting_weeks=3,
        url="https://stimenz.example/maatje",
    ).neighbourhoods.add(world.places["dorp"])
    make.service(world, "actief", "geld", slug="soep", name="Soep", layer=2)
    make.fresh_front_doors()
    return world


def answer(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(path, headers=HOST)
    assert response.status_code == status, path
    return json.loads(response.content)


def test_each_address_of_the_profile_answers_in_our_models(
    here: make.World, client: Client
) -> None:
    for path, (listed, one) in LISTS.items():
        page = answer(client, f"/{path}")
        assert page["total_items"] == len(page["contents"])
        for found in page["contents"]:
            listed.model_validate_json(json.dumps(found))
            whole = answer(client, f"/{path}/{found['id']}")
            one.model_validate_json(json.dumps(whole))
        assert client.get(f"/{path}/{uuid4()}", headers=HOST).status_code == 404
        assert client.get(f"/{path}/x", headers=HOST).status_code == 404
    hsds.ApiInformation.model_validate(answer(client, "/hsds/"))
    assert answer(client, "/hsds/openapi.json")["openapi"] == "3.1.0"
    described = {path.split("/")[1] for path in document("x", "https://x.example/")["paths"]}
    assert described == {*LISTS, "hsds"}
    for full in answer(client, "/organizations?full_service=true")["contents"]:
        hsds.FullOrganization.model_validate_json(json.dumps(full))


def test_a_service_is_at_its_neighbourhoods_and_found_by_postcode(
    here: make.World, client: Client
) -> None:
    found = answer(client, "/service_at_locations")["contents"]
    at = {(one["service_id"], one["location"]["name"]) for one in found}
    soup, maatje = (str(Service.objects.get(slug=slug).pk) for slug in ("soep", "maatje"))
    assert at == {(maatje, "Putten-dorp"), (soup, "Putten-dorp"), (soup, "Huinen")}
    huinen = answer(client, "/service_at_locations?postcode=3882%20ab")["contents"]
    assert [one["service_id"] for one in huinen] == [soup]
    assert answer(client, "/service_at_locations?postcode=1234")["contents"] == []
    assert len(answer(client, f"/service_at_locations?organization_id={here['actief'].pk}")) > 0
    answer(client, "/service_at_locations?proximity=52,5,10", 400)


def test_no_place_in_use_and_no_colleague_travels(here: make.World, client: Client) -> None:
    keeper = make.professional(here, "stimenz")
    Service.objects.update(keeper=keeper, confirmed_by=keeper)
    pages = ["/services?full=true", "/organizations?full_service=true", "/services?minimal=true"]
    before = [client.get(path, headers=HOST).content for path in pages]
    for told in before:
        assert keeper.email.encode() not in told
        assert b"capacity" not in told
    Service.objects.filter(slug="maatje").update(capacity=0)
    # A place more or less is a person: only the moment of the change may differ.
    for path in pages[:2]:
        old, new = json.loads(before[pages.index(path)]), answer(client, path)
        assert "last_modified" in json.dumps(new)
        assert _without_moments(old) == _without_moments(new)


def _without_moments(found: Any) -> Any:
    if isinstance(found, dict):
        return {k: _without_moments(v) for k, v in found.items() if k != "last_modified"}
    return [_without_moments(one) for one in found] if isinstance(found, list) else found


def test_lists_can_be_searched_narrowed_and_paged(here: make.World, client: Client) -> None:
    term = here.domains["geld"].pk
    layer = next(
        t["id"]
        for t in answer(client, "/taxonomy_terms?per_page=500")["contents"]
        if t["taxonomy"] == "piramide" and t["code"] == "2"
    )
    narrowed = {
        "": 2,
        "search=deurwaarder": 1,
        f"taxonomy_term_id={term}": 2,
        f"taxonomy_term_id={layer}": 1,
        f"organization_id={here['stimenz'].pk}": 1,
        "modified_after=2001-01-01": 2,
        "modified_after=2101-01-01T00:00:00Z": 0,
    }
    for query, number in narrowed.items():
        assert answer(client, f"/services?{query}")["total_items"] == number, query
    page = answer(client, "/services?per_page=1&page=2")
    assert (page["total_pages"], page["page_number"], page["last_page"]) == (2, 2, True)
    assert answer(client, "/services?page=9")["empty"] is True
    lines = client.get("/services?format=ndjson&full=true", headers=HOST).content.splitlines()
    assert len([hsds.FullService.model_validate_json(line) for line in lines]) == 2
    for wrong in ("page=0", "per_page=x", "full=maybe", "taxonomy_id=1", "modified_after=soon"):
        assert "error" in answer(client, f"/services?{wrong}", status=400), wrong


def _everything(here: make.World) -> dict[str, Any]:
    here.partnership.refresh_from_db()
    return Directory(here.partnership, front_door.of(here.partnership)).everything()


def test_an_export_loads_to_the_same_and_into_an_empty_directory(
    here: make.World, tmp_path: Path
) -> None:
    file = tmp_path / "aanbod.json"
    call_command("export_hsds", partnership="putten", output=file, stdout=StringIO())
    before = _everything(here)
    call_command("import_hsds", file, partnership="putten", write=True, stdout=StringIO())
    assert _same(_everything(here)) == _same(before)
    Service.objects.all().delete()
    said = StringIO()
    call_command("import_hsds", file, partnership="putten", stdout=said)
    assert not Service.objects.exists(), "without --write nothing changes"
    assert "2 van 2 zou veranderen" in said.getvalue()
    call_command("import_hsds", file, partnership="putten", write=True, stdout=StringIO())
    assert _same(_everything(here)) == _same(before)


def _same(found: dict[str, Any]) -> Any:
    return _without_moments(found)


def test_a_strange_directory_says_what_it_lacks_and_nothing_is_half_loaded(
    here: make.World, tmp_path: Path
) -> None:
    strange: list[dict[str, Any]] = [
        {
            "id": str(uuid4()),
            "name": "Food bank",
            "status": "active",
            "minimum_age": 18,
            "organization": {"id": str(uuid4()), "name": "Stimenz", "description": "x"},
            "attributes": [{"taxonomy_term": {"name": "Food", "taxonomy": "Open Eligibility"}}],
        },
        {"id": "x", "name": "Elsewhere", "organization": {"name": "Nobody here"}},
    ]
    file = tmp_path / "strange.json"
    file.write_text(json.dumps({"contents": strange}))
    with pytest.raises(CommandError) as refused:
        call_command("import_hsds", file, partnership="putten", write=True)
    said = str(refused.value)
    assert "aanbod 1, leefgebieden" in said
    assert "aanbod 2, organisatie" in said
    assert Service.objects.count() == 2
    given = {"term": ["Food=geld"], "domain": "geld", "layer": 3, "organisation": "stimenz"}
    call_command("import_hsds", file, partnership="putten", write=True, stdout=StringIO(), **given)
    made = Service.objects.get(name="Food bank")
    assert (str(made.pk), made.layer) == (strange[0]["id"], 3)
    assert made.audience == ["18-26", "27-66", "67+"]
    for wrong in ("{", "[1]", "{}", '"x"', "[" * 100_000):
        with pytest.raises(hsds_reading.NotHsdsError):
            hsds_reading.rows(wrong.encode(), hsds_reading.Options())


def test_a_row_changes_only_what_it_names_and_only_own_services(here: make.World) -> None:
    row = incoming.Row(2, {"naam": "Budgetmaatje <b>", "organisatie": "stimenz", "plaatsen": 9})
    plan = incoming.check([row], partnership=here.partnership)
    assert [(c.new, c.changed) for c in plan.changes] == [(False, ("plaatsen",))]
    refused = incoming.check([row], partnership=here.partnership, organisations={"actief"})
    assert [p.column for p in refused.problems] == ["organisatie"]
    twice = incoming.check([row, row], partnership=here.partnership)
    assert "rij 2" in twice.problems[0].message


def test_what_the_models_know_is_all_that_is_written(here: make.World) -> None:
    directory = Directory(here.partnership, front_door.of(here.partnership))
    (one,) = [s for s in directory.services if s.slug == "maatje"]
    found = written([directory.full(one)])[0]
    assert (found["minimum_age"], found["maximum_age"]) == (16, 26)
    assert found["name"] == "Budgetmaatje <b>"
    with pytest.raises(ValueError, match="extra"):
        hsds.FullService.model_validate(found | {"capacity": 7})


def test_the_first_address_still_gives_all_services_whole(here: make.World, client: Client) -> None:
    whole = answer(client, "/aanbod/hsds/")
    assert whole["total_items"] == len(whole["contents"]) == 2
    for found in whole["contents"]:
        hsds.FullService.model_validate_json(json.dumps(found))
    assert answer(client, "/aanbod/hsds/") == whole
