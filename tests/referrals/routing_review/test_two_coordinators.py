"""Two coordinators in one draft: nothing is overwritten silently, and what was typed stays."""

import re
from typing import Any

import pytest
from django.test import Client

from organisations.routing.models import RuleSet
from tests.referrals.routing_review.editor import rule_form, text_of
from tests.support import factories as make
from tests.support.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}
DRAFT = "/verdeelregels/concept/"
MONEY = f"{DRAFT}regel/geld/"


@pytest.fixture
def two() -> tuple[Client, Client]:
    here = make.world()
    one = signed_in(make.coordinator(here))
    other = signed_in(make.coordinator(here, "actief"))
    one.post("/verdeelregels/begin/", headers=HOST)
    return one, other


def opened(client: Client, path: str = MONEY) -> dict[str, str]:
    """What the page posts of the version that it shows."""
    page = client.get(path, headers=HOST).content.decode()
    return hidden(page)


def hidden(page: str) -> dict[str, str]:
    return {
        name: re.search(rf'name="{name}"\s+value="([^"]*)"', page)[1]  # type: ignore[index]
        for name in ("concept", "opened")
    }


def post(client: Client, path: str, fields: dict[str, Any]) -> Any:
    return client.post(path, fields, headers=HOST)


def rule() -> Any:
    return RuleSet.objects.get(status="draft").rules.get(key="geld")


def test_the_second_save_shows_both_and_overwrites_only_when_asked(
    two: tuple[Client, Client],
) -> None:
    one, other = two
    mine, theirs = opened(one), opened(other)
    saved = post(one, MONEY, rule_form("organisation:actief") | mine)
    assert saved["Location"] == f"{DRAFT}#regel-geld"
    conflict = post(
        other, MONEY, rule_form("organisation:jeugd-punt", reason="zij meedenken") | theirs
    )
    assert conflict.status_code == 422
    says = text_of(conflict.content.decode())
    assert "Een collega heeft deze regel intussen gewijzigd" in says
    assert "Van uw collega: Naar Actief Putten" in says or "naar Actief Putten" in says
    assert "naar Jeugd-Punt" in says
    assert 'value="zij meedenken"' in conflict.content.decode()
    assert rule().organisation.slug == "actief"
    again = hidden(conflict.content.decode())
    post(other, MONEY, rule_form("organisation:jeugd-punt") | again)
    assert rule().organisation.slug == "jeugd-punt"
    page = text_of(one.get(DRAFT, headers=HOST).content.decode())
    assert page.count("geld gewijzigd") == 2


def test_a_rule_that_a_colleague_removed_keeps_what_was_typed(two: tuple[Client, Client]) -> None:
    one, other = two
    mine = opened(one)
    post(other, f"{MONEY}volgorde/", {"doe": "weg"})
    for act in ("omhoog", "omlaag", "plek", "boven"):
        moved = post(one, f"{MONEY}volgorde/", {"doe": act, "plek": "1", "boven": "vervoer"})
        assert moved.status_code == 302
    assert one.get(MONEY, headers=HOST)["Location"] == DRAFT
    typed = rule_form("organisation:actief", name="Geld en zorgen") | mine
    conflict = post(one, MONEY, typed)
    assert conflict.status_code == 422
    assert "intussen weggehaald" in conflict.content.decode()
    assert 'value="Geld en zorgen"' in conflict.content.decode()
    post(one, MONEY, typed | hidden(conflict.content.decode()))
    assert rule().name == "Geld en zorgen"


@pytest.mark.parametrize("ends", ["publiceer", "weg"])
def test_a_draft_that_went_meanwhile_keeps_what_was_typed(
    ends: str, two: tuple[Client, Client]
) -> None:
    one, other = two
    mine = opened(one)
    post(other, f"{DRAFT}{ends}/", {"why": "Klaar."})
    assert not RuleSet.objects.filter(status="draft").exists()
    for path in (DRAFT, MONEY, f"{DRAFT}proef/", f"{DRAFT}weg/"):
        assert one.get(path, headers=HOST)["Location"] == "/verdeelregels/"
    for path in (f"{DRAFT}publiceer/", f"{DRAFT}weg/", f"{MONEY}volgorde/"):
        assert post(one, path, {"why": "x", "doe": "weg"})["Location"] == "/verdeelregels/"
    typed = rule_form("organisation:actief", name="Geld en zorgen") | mine
    refreshed = post(one, MONEY, typed | {"doe": "ververs"})
    assert 'value="Geld en zorgen"' in refreshed.content.decode()
    conflict = post(one, MONEY, typed)
    assert conflict.status_code == 422
    assert "Uw concept is er niet meer" in conflict.content.decode()
    assert 'value="Geld en zorgen"' in conflict.content.decode()
    post(one, MONEY, typed | hidden(conflict.content.decode()))
    assert rule().name == "Geld en zorgen"


def test_a_removed_rule_is_put_back_at_its_place(two: tuple[Client, Client]) -> None:
    one, other = two
    draft = RuleSet.objects.get(status="draft")
    before = list(draft.rules.values_list("key", flat=True))
    post(one, f"{MONEY}volgorde/", {"doe": "weg"})
    assert "Zet terug" in one.get(DRAFT, headers=HOST).content.decode()
    post(other, f"{MONEY}volgorde/", {"doe": "terug"})
    assert list(draft.rules.values_list("key", flat=True)) == before
    assert rule().reason == "het over geld gaat"


def test_a_rule_goes_to_a_place_by_number_and_above_another_by_name(
    two: tuple[Client, Client],
) -> None:
    one, _other = two
    draft = RuleSet.objects.get(status="draft")
    keys = list(draft.rules.values_list("key", flat=True))
    last = keys[-1]
    moved = post(one, f"{DRAFT}regel/{last}/volgorde/", {"doe": "plek", "plek": "2"})
    assert moved["Location"] == f"{DRAFT}#regel-{last}"
    assert list(draft.rules.values_list("key", flat=True))[1] == last
    post(one, f"{DRAFT}regel/{last}/volgorde/", {"doe": "boven", "boven": keys[0]})
    assert next(iter(draft.rules.values_list("key", flat=True))) == last
    post(one, f"{DRAFT}regel/{last}/volgorde/", {"doe": "plek", "plek": "een"})
    assert next(iter(draft.rules.values_list("key", flat=True))) == last
    assert f'id="regel-{last}"' in one.get(DRAFT, headers=HOST).content.decode()


def test_discarding_a_draft_asks_and_shows_what_is_lost(two: tuple[Client, Client]) -> None:
    one, _other = two
    post(one, MONEY, rule_form("organisation:actief"))
    asked = text_of(one.get(f"{DRAFT}weg/", headers=HOST).content.decode())
    assert "Dit concept weggooien?" in asked
    assert "naar Actief Putten" in asked
    assert RuleSet.objects.filter(status="draft").exists()
