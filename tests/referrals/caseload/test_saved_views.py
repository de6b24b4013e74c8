"""Views that somebody saved, and the columns of the list."""

import pytest
from django.test import Client

from referrals.caseload.models import SavedView
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


def test_a_view_has_a_name_and_a_link_and_no_search_in_it(here: make.World, client: Client) -> None:
    question = make.question(here, "geld")
    client.force_login(make.coordinator(here))
    address = "zoek=Visser&organisatie=stimenz&kolom=status&kolom=ingang&volgorde=-status&na=x"
    client.post(
        "/caseload/weergave/",
        {"weergave-naam": "Stimenz op status", "adres": address},
        headers=HOST,
    )
    view = SavedView.objects.get()
    assert view.query == "organisatie=stimenz&kolom=status&kolom=ingang&volgorde=-status"
    page = client.get("/caseload/", headers=HOST).content.decode()
    link = f"/caseload/weergave/{view.pk}/"
    assert link in page
    shown = client.get(link, headers=HOST, follow=True).content.decode()
    assert question.reference in shown
    assert 'aria-sort="descending"' in shown
    assert 'data-label="Ingang"' in shown
    assert 'data-label="Termijn"' not in shown
    client.force_login(make.coordinator(here))
    assert client.get(link, headers=HOST).status_code == 404
    assert client.post(f"{link}weg/", headers=HOST).status_code == 404


def test_a_view_is_replaced_and_removed(here: make.World, client: Client) -> None:
    client.force_login(make.coordinator(here))
    for address in ("laat=ja", "wijk=dorp"):
        client.post(
            "/caseload/weergave/", {"weergave-naam": "Mijn", "adres": address}, headers=HOST
        )
    view = SavedView.objects.get()
    assert view.query == "wijk=dorp"
    client.post(f"/caseload/weergave/{view.pk}/weg/", headers=HOST)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "Bel 06-12345678"])
def test_a_view_without_a_name_or_with_somebody_in_it_is_not_saved(
    here: make.World, client: Client, name: str
) -> None:
    client.force_login(make.coordinator(here))
    client.post("/caseload/weergave/", {"weergave-naam": name, "adres": ""}, headers=HOST)
    assert not SavedView.objects.exists()
