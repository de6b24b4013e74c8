"""The configuration that a process keeps of each partnership: when it is read, and what it says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.directory.models import LifeDomain, Organisation
from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Neighbourhood, NeighbourhoodPostcode, Partnership
from organisations.routing import Facts
from organisations.routing.models import RuleSet
from tests.support import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> make.World:
    return make.world()


def door_of(here: make.World) -> FrontDoor:
    """The front door as the next request gets it: with the partnership read from the database."""
    here.partnership.refresh_from_db()
    return front_door.of(here.partnership)


# When it is read


def test_nothing_is_read_while_nothing_has_changed(
    here: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    door = door_of(here)
    with django_assert_num_queries(0):
        assert front_door.of(here.partnership) is door


def test_it_is_read_anew_on_another_day(here: make.World, monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    make.service(here, "stimenz", "geld", slug="tot-vandaag", until=today)
    make.service(here, "stimenz", "geld", slug="vanaf-morgen", since=today + timedelta(1))
    assert set(door_of(here).service_by_slug) == {"tot-vandaag"}
    monkeypatch.setattr(timezone, "localdate", lambda *_args: today + timedelta(1))
    door = front_door.of(here.partnership)
    assert (door.day, set(door.service_by_slug)) == (today + timedelta(1), {"vanaf-morgen"})


def _rename_organisation(here: make.World) -> None:
    Organisation.objects.filter(slug="stimenz").update(name="Nieuw")


def _rename_life_domain(here: make.World) -> None:
    LifeDomain.objects.filter(slug="geld").update(name="Nieuw")


def _rename_neighbourhood(here: make.World) -> None:
    Neighbourhood.objects.filter(slug="dorp").update(name="Nieuw")


def _add_postcode(here: make.World) -> None:
    NeighbourhoodPostcode.objects.create(neighbourhood=here.places["dorp"], postcode="3889")


def _leave(here: make.World) -> None:
    here.partnership.participations.filter(organisation=here["actief"]).update(picks_up=False)


def _rename_team(here: make.World) -> None:
    here.partnership.teams.update(name="Nieuw")


def _team_without(here: make.World) -> None:
    here.triage.organisations.remove(here["actief"])


def _team_in_neighbourhood(here: make.World) -> None:
    here.triage.neighbourhoods.add(here.places["dorp"])


def _add_service(here: make.World) -> None:
    make.service(here, "stimenz", "geld", slug="nieuw")


def _close(here: make.World) -> None:
    here.partnership.closing_days.create(day=make.TUESDAY.date(), name="Studiedag")


def _leave_municipality(here: make.World) -> None:
    here.partnership.municipalities.clear()


def _speak_dutch_only(here: make.World) -> None:
    Partnership.objects.filter(pk=here.partnership.pk).update(languages=["nl"])


def _publish_nothing(here: make.World) -> None:
    here.partnership.rule_sets.update(status=RuleSet.Status.ARCHIVED)


CHANGES: dict[str, tuple[Callable[[make.World], None], Callable[[FrontDoor], object], object]] = {
    "organisation": (_rename_organisation, lambda d: d.organisations["stimenz"].name, "Nieuw"),
    "life domain": (_rename_life_domain, lambda d: d.domain_by_slug["geld"].name, "Nieuw"),
    "neighbourhood": (_rename_neighbourhood, lambda d: d.place_by_slug["dorp"].name, "Nieuw"),
    "postcode": (_add_postcode, lambda d: [p.slug for p in d.places_of("3889")], ["dorp"]),
    "participation": (_leave, lambda d: "actief" in d.vocabulary.organisations, False),
    "team": (_rename_team, lambda d: d.triage_team.name, "Nieuw"),
    "organisations of a team": (_team_without, lambda d: len(d.team_organisations["toegang"]), 3),
    "neighbourhoods of a team": (
        _team_in_neighbourhood,
        lambda d: d.vocabulary.teams["toegang"].neighbourhoods,
        frozenset({"dorp"}),
    ),
    "service": (_add_service, lambda d: "nieuw" in d.service_by_slug, True),
    "closing day": (_close, lambda d: d.calendar.is_working_day(make.TUESDAY.date()), False),
    "municipality": (_leave_municipality, lambda d: dict(d.vocabulary.municipalities), {}),
    "partnership": (
        _speak_dutch_only,
        lambda d: dict(d.vocabulary.languages),
        {"nl": "Nederlands"},
    ),
    "rule set": (_publish_nothing, lambda d: d.rule_set_id, None),
}


@pytest.mark.parametrize(("change", "look", "expected"), CHANGES.values(), ids=CHANGES)
def test_it_is_read_anew_after_a_change(
    here: make.World,
    change: Callable[[make.World], None],
    look: Callable[[FrontDoor], object],
    expected: object,
) -> None:
    assert look(door_of(here)) != expected
    change(here)
    assert look(door_of(here)) == expected


@pytest.mark.parametrize("relation", ["life_domains", "neighbourhoods"])
def test_it_is_read_anew_after_a_change_in_what_a_service_is_for(
    here: make.World, relation: str
) -> None:
    service = make.service(here, "stimenz", "geld", slug="hulp")
    version = door_of(here).version
    getattr(service, relation).add(
        here.domains["vervoer"] if relation == "life_domains" else here.places["dorp"]
    )
    door = door_of(here)
    assert door.version > version
    found = getattr(door.service_by_slug["hulp"], relation).all()
    assert {thing.slug for thing in found} & {"vervoer", "dorp"}


def test_a_change_of_one_partnership_leaves_another_as_it_was(here: make.World) -> None:
    other = make.world("ermelo")
    kept = door_of(other)
    _rename_team(here)
    door_of(here)
    assert door_of(other) is kept


def test_a_partnership_without_triage_is_not_open() -> None:
    with pytest.raises(front_door.NotOpenError):
        front_door.of(make.partnership())


def test_another_rule_set_is_read_in_place_of_the_published_one(here: make.World) -> None:
    draft = RuleSet.objects.create(partnership=here.partnership, version=2)
    make.rule(draft, "alles", {"all": []}, here["actief"], "zij helpen")
    facts = Facts(life_domains=frozenset({"geld"}))
    day = make.TUESDAY.date()
    tried = front_door.read(here.partnership, draft)
    assert tried.rules.decide(facts, on=day).organisation == "actief"
    assert door_of(here).rules.decide(facts, on=day).organisation == "stimenz"


# What it says


def test_a_full_postcode_goes_before_its_four_digits(here: make.World) -> None:
    NeighbourhoodPostcode.objects.create(neighbourhood=here.places["huinen"], postcode="3881AB")
    door = door_of(here)
    assert [place.slug for place in door.places_of("3881AB")] == ["huinen"]
    assert [place.slug for place in door.places_of("3881XX")] == ["dorp"]
    assert door.places_of("1234AB") == ()


def test_a_postcode_of_two_hamlets_gives_both_by_name(here: make.World) -> None:
    NeighbourhoodPostcode.objects.create(neighbourhood=here.places["huinen"], postcode="3881")
    assert [place.name for place in door_of(here).places_of("3881")] == ["Huinen", "Putten-dorp"]


@pytest.mark.parametrize("kind", ["neighbourhoods", "life_domains", "teams"])
def test_what_has_ended_can_no_longer_be_chosen(here: make.World, kind: str) -> None:
    yesterday = timezone.localdate() - timedelta(1)
    make_team = here.partnership.teams.create(
        slug="oud-team", name="Oud", organisation=here["actief"]
    )
    assert make_team.slug in door_of(here).vocabulary.teams
    getattr(here.partnership, kind).exclude(pk=here.triage.pk).update(until=yesterday)
    known = getattr(door_of(here).vocabulary, kind)
    assert list(known) == (["toegang"] if kind == "teams" else [])


def test_what_ends_today_can_be_chosen_today(here: make.World) -> None:
    here.partnership.neighbourhoods.update(until=timezone.localdate())
    here.partnership.life_domains.update(until=timezone.localdate())
    door = door_of(here)
    assert (len(door.places), len(door.domains)) == (2, 4)


def test_a_partner_that_only_brings_in_is_no_target_of_a_rule(here: make.World) -> None:
    gp = make.organisation("huisarts", "Huisarts De Linde")
    make.participation(here.partnership, gp, picks_up=False, brings_in=True)
    door = door_of(here)
    assert dict(door.partners) == {"huisarts": "Huisarts De Linde"}
    assert "huisarts" not in door.vocabulary.organisations
    assert "huisarts" in door.organisations


@pytest.mark.parametrize(
    ("moment", "bucket"),
    [
        (datetime(2026, 11, 24, 9, 30, tzinfo=UTC), "office"),
        (datetime(2026, 11, 24, 16, 30, tzinfo=UTC), "evening"),
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), "evening"),
        (datetime(2026, 11, 27, 23, 30, tzinfo=UTC), "weekend"),
        (datetime(2026, 11, 28, 9, 30, tzinfo=UTC), "weekend"),
    ],
    ids=["in reading hours", "after them", "Wednesday in Amsterdam", "Saturday there", "Saturday"],
)
def test_desk_time_follows_the_clock_in_amsterdam(
    here: make.World, moment: datetime, bucket: str
) -> None:
    assert door_of(here).desk_time(moment) == bucket


def test_a_closing_day_counts_as_weekend_at_the_desk(here: make.World) -> None:
    _close(here)
    door = door_of(here)
    assert not door.reads_now(make.TUESDAY)
    assert door.desk_time(make.TUESDAY) == "weekend"


def test_only_a_rule_to_a_fitting_service_needs_the_offer(here: make.World) -> None:
    assert not door_of(here).needs_offer
    draft = RuleSet.objects.create(partnership=here.partnership, version=2)
    make.rule(draft, "past", {"all": []}, None, target_kind="fitting_service")
    assert front_door.read(here.partnership, draft).needs_offer


def test_the_offer_counts_places_in_use_and_workers_of_today(here: make.World) -> None:
    service = make.service(here, "stimenz", "geld", slug="hulp", capacity=3)
    worker = make.professional(here, "stimenz")
    make.member(here, "team_member", "stimenz", who=worker, team=here.triage)
    make.coordinator(here, "stimenz")
    make.member(here, "professional", "stimenz", until=make.LONG_AGO + timedelta(1))
    offer = door_of(here).offer({here["stimenz"].id: 6}, {service.id: 2})
    [offered] = offer.services
    assert (offered.capacity, offered.in_use, offered.room) == (3, 2, 1)
    assert (offer.load["stimenz"].open_questions, offer.load["stimenz"].workers) == (6, 1)
    assert (offer.load["actief"].open_questions, offer.load["actief"].workers) == (0, 0)


# Beside it


def test_the_calendar_of_the_outbox_knows_a_new_closing_day(here: make.World) -> None:
    day = make.TUESDAY.date()
    door_of(here)
    assert front_door.calendar_of(here.partnership.pk).is_working_day(day)
    _close(here)
    assert not front_door.calendar_of(here.partnership.pk).is_working_day(day)


def test_the_calendar_of_the_outbox_needs_no_triage() -> None:
    partnership = make.partnership()
    partnership.closing_days.create(day=date(2026, 11, 24), name="Studiedag")
    assert not front_door.calendar_of(partnership.pk).is_working_day(date(2026, 11, 24))


def test_live_partnerships_are_listed_by_name(here: make.World) -> None:
    make.partnership("dicht")
    make.world("aalten")
    assert [p.slug for p in front_door.live_partnerships()] == ["aalten", "putten"]
