"""Services stay true: a keeper, a date, a mark, and room that every process sees."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from organisations.directory.confirming import is_due, latest_due
from organisations.directory.models import Service
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from organisations.routing.facts import Facts
from organisations.routing.offer import Offer, ServiceOffer
from organisations.services import catalogue, maintainer_mails, maintenance
from organisations.services.tasks import ask_keepers_of_services
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
PAGE = "/aanbod/bijhouden/"


@pytest.fixture
def here(settings: LazySettings) -> make.World:
    settings.WELZIJN_DEMO = True  # a second factor is another test's subject
    return make.world()


@pytest.fixture
def maatje(here: make.World) -> Service:
    return make.service(here, "stimenz", "geld", name="Budgetmaatje", slug="maatje", capacity=4)


def long_ago(service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(
        confirmed_on=timezone.localdate() - timedelta(days=200)
    )
    make.fresh_front_doors()


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def shown(client: Client, path: str) -> str:
    return client.get(path, headers=HOST).content.decode()


def test_a_term_of_months_ends_on_the_same_day_for_each_who_counts_it() -> None:
    for number in range(0, 800, 3):
        today = date(2026, 1, 1) + timedelta(days=number)
        last = latest_due(6, today)
        assert is_due(last, 6, today)
        assert not is_due(last + timedelta(days=1), 6, today)


def test_its_keeper_coordinators_and_administrators_keep_a_service_and_nobody_else(
    here: make.World, maatje: Service
) -> None:
    keeper = make.professional(here, "stimenz")
    Service.objects.update(keeper=keeper)
    maatje.refresh_from_db()
    may = {
        "keeper": keeper,
        "coordinator": make.coordinator(here, "stimenz"),
        "administrator": make.member(here, Role.ADMINISTRATOR),
    }
    may_not = {
        "colleague": make.professional(here, "stimenz"),
        "other coordinator": make.coordinator(here, "actief"),
        "keeper elsewhere": make.professional(make.world("elders"), "stimenz"),
    }
    for people, expected in ((may, True), (may_not, False)):
        for who, user in people.items():
            found = maintenance.may_maintain(user, here.partnership, maatje)
            assert found is expected, who
            listed = maintenance.maintained_by(user, here.partnership, date(2026, 11, 24))
            assert (maatje in listed) is expected, who
    with pytest.raises(PermissionDenied):
        maintenance.confirm(service=maatje, by=may_not["colleague"], today=timezone.localdate())


def test_the_keeper_answers_in_one_click_each(
    here: make.World, maatje: Service, client: Client
) -> None:
    keeper = make.professional(here, "stimenz")
    Service.objects.update(keeper=keeper)
    long_ago(maatje)
    signed_in(client, keeper)
    assert "Klopt dit nog?" in shown(client, PAGE)
    say = f"{PAGE}maatje/antwoord/"
    client.post(say, {"antwoord": "ja"}, headers=HOST)
    maatje.refresh_from_db()
    assert (maatje.confirmed_on, maatje.confirmed_by) == (timezone.localdate(), keeper)
    assert "Klopt dit nog?" not in shown(client, PAGE)
    client.post(say, {"antwoord": "gestopt"}, headers=HOST)
    assert client.get("/aanbod/kijk/maatje/", headers=HOST).status_code == 404
    client.post(say, {"antwoord": "weer"}, headers=HOST)
    assert client.get("/aanbod/kijk/maatje/", headers=HOST).status_code == 200
    colleague = signed_in(Client(), make.professional(here, "stimenz"))
    assert colleague.post(say, {"antwoord": "gestopt"}, headers=HOST).status_code == 403


def test_room_is_two_clicks_from_the_work_list(
    here: make.World, maatje: Service, client: Client
) -> None:
    keeper = make.professional(here, "stimenz")
    assert PAGE not in shown(signed_in(client, keeper), "/werk/")
    Service.objects.update(keeper=keeper)
    make.fresh_front_doors()
    assert PAGE in shown(client, "/werk/")
    client.post(f"{PAGE}maatje/antwoord/", {"antwoord": "vol"}, headers=HOST)
    maatje.refresh_from_db()
    assert maatje.capacity == 0
    room = {"maatje-capacity": "6", "maatje-waiting_weeks": "3"}
    client.post(f"{PAGE}maatje/plek/", room, headers=HOST)
    maatje.refresh_from_db()
    assert (maatje.capacity, maatje.waiting_weeks) == (6, 3)
    wrong = client.post(f"{PAGE}maatje/plek/", {"maatje-capacity": "-1"}, headers=HOST)
    assert wrong.status_code == 422
    client.post(f"{PAGE}maatje/", {"keeper": "", "url": "https://x.example"}, headers=HOST)
    maatje.refresh_from_db()
    assert (maatje.keeper, maatje.url) == (None, "https://x.example")


def test_what_nobody_confirmed_is_marked_for_residents_and_staff(
    here: make.World, maatje: Service, client: Client
) -> None:
    staff = signed_in(Client(), make.professional(here, "stimenz"))
    pages = {"/aanbod/": staff, "/aanbod/kijk/maatje/": client, "/aanbod/leefgebied/geld/": client}
    marks = ("Niet bevestigd", "Dat is lang geleden", "Lang niet nagekeken")
    assert not any(mark in shown(who, path) for path, who in pages.items() for mark in marks)
    long_ago(maatje)
    for (path, who), mark in zip(pages.items(), marks, strict=True):
        assert mark in shown(who, path), path


def test_what_nobody_confirmed_sinks_below_the_confirmed_of_its_layer() -> None:
    facts = Facts(life_domains=frozenset({"geld"}))

    def offered(key: str, layer: int, *, confirmed: bool) -> ServiceOffer:
        return ServiceOffer(
            key=key,
            name=key,
            organisation="stimenz",
            layer=layer,
            life_domains=frozenset({"geld"}),
            confirmed=confirmed,
        )

    old, new = offered("old", 2, confirmed=False), offered("new", 2, confirmed=True)
    heavy = offered("heavy", 3, confirmed=True)
    assert Offer((old, new, heavy)).fitting(facts, frozenset(), {"stimenz"}) == new
    # The lightest layer goes first: help that waits for a word is still nearer than heavier help.
    assert Offer((heavy, old)).fitting(facts, frozenset(), {"stimenz"}) == old


def test_the_keeper_is_asked_once_and_again_after_four_weeks(
    here: make.World, maatje: Service
) -> None:
    Partnership.objects.update(live=True)
    keeper = make.professional(here, "stimenz")
    coordinator = make.coordinator(here, "stimenz")
    Service.objects.update(keeper=keeper)
    asked = Message.objects.filter(template="service_due")
    ask_keepers_of_services()
    assert not asked.exists()
    long_ago(maatje)
    now = timezone.now()
    for later in (0, 1, 0):
        maintainer_mails.ask_maintainers(now=now + timedelta(hours=later))
    line = asked.get()
    assert line.subject_id == keeper.pk
    assert line.context == {"path": PAGE, "count": 1}
    assert "Budgetmaatje" not in f"{line.context}"
    maintainer_mails.ask_maintainers(now=now + timedelta(days=29))
    assert asked.count() == 2
    maintenance.confirm(service=maatje, by=keeper, today=timezone.localdate())
    assert maintainer_mails.still_due([line], now) == set()
    # Without a keeper the coordinator of the organisation is asked.
    Service.objects.update(keeper=None)
    long_ago(maatje)
    maintainer_mails.ask_maintainers(now=now)
    assert asked.filter(subject_id=coordinator.pk).exists()


def known_room(service: Service) -> list[tuple[int, int]]:
    """Return the places and waiting weeks of a service, as its history holds them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT capacity, waiting_weeks FROM organisations_serviceevent"
            " WHERE pgh_obj_id = %s ORDER BY pgh_id",
            [service.pk],
        )
        return cursor.fetchall()


def test_the_room_of_a_day_in_the_past_is_known_and_cannot_be_changed(
    here: make.World, maatje: Service
) -> None:
    then = timezone.now()
    assert known_room(maatje)[-1][0] == 4
    maintenance.set_room(
        service=maatje,
        capacity=0,
        waiting_weeks=2,
        by=make.coordinator(here, "stimenz"),
        today=then.date(),
    )
    assert known_room(maatje)[-1] == (0, 2)
    assert known_room(maatje)[-2][0] == 4
    for statement in (
        "UPDATE organisations_serviceevent SET capacity = 9",
        "DELETE FROM organisations_serviceevent",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def another_process(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection of its own, as another web process has."""
    where = connection.get_connection_params()
    wanted = {key: where[key] for key in ("host", "port", "user", "password", "dbname")}
    with psycopg.connect(**wanted, autocommit=True) as other:
        yield other


@pytest.mark.django_db(transaction=True)
def test_no_room_changes_the_next_proposal_in_a_process_that_remembers_the_offer(
    another_process: psycopg.Connection,
) -> None:
    here = make.world()
    maatje = make.service(here, "stimenz", "geld", slug="maatje", capacity=4)

    def room() -> bool:
        # As the middleware does on each request: the partnership is read, the rest remembered.
        door = front_door.of(Partnership.objects.get(pk=here.partnership.pk))
        (found,) = [s for s in door.offer_now().services if s.key == maatje.slug]
        return found.has_room

    assert room()
    another_process.execute(
        "UPDATE organisations_service SET capacity = 0 WHERE id = %s", [maatje.pk]
    )
    assert not room()
    another_process.execute(
        "UPDATE organisations_service SET capacity = 4, waiting_weeks = 2 WHERE id = %s",
        [maatje.pk],
    )
    assert not room()


def test_gaps_and_overlap_are_drawn_by_neighbourhood(
    here: make.World, maatje: Service, client: Client
) -> None:
    maatje.neighbourhoods.add(here.places["dorp"])
    make.service(here, "actief", "geld", name="Overal")
    make.fresh_front_doors()
    door = front_door.of(Partnership.objects.get(pk=here.partnership.pk))
    found = dict(catalogue.by_place(door, catalogue.available_services(door, timezone.localdate())))
    marks = found[door.domain_by_slug["geld"]]
    basic = {place.slug: marks[number][2].organisations for number, place in enumerate(door.places)}
    both = tuple(sorted([here["actief"].name, here["stimenz"].name]))
    assert basic.pop("dorp") == both
    assert set(basic.values()) <= {(here["actief"].name,)}
    page = shown(signed_in(client, make.coordinator(here, "stimenz")), "/aanbod/overzicht/")
    assert f"laag 3: {', '.join(both)}" in " ".join(page.split())


def test_who_keeps_a_service_is_led_to_the_rest_of_it(
    here: make.World, maatje: Service, client: Client
) -> None:
    page = shown(signed_in(client, make.coordinator(here, "stimenz")), f"{PAGE}maatje/")
    (link,) = re.findall(r'href="(/beheer/instellingen/aanbod/[^"]+)"', page)
    assert client.get(link, headers=HOST).status_code == 200
