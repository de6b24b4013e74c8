"""Each table that a front door reads: a change in it is seen by every process, in any language."""

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils.functional import Promise
from django.utils.translation import override

from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships import translations
from organisations.partnerships.models import ClosingDay, Municipality, Partnership
from organisations.partnerships.translation_models import PartnershipTranslations
from organisations.routing.models import RoutingRule
from organisations.triage_hints.directory import directory_of
from tests.support import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> make.World:
    """A partnership with a row in every table that a front door can read."""
    world = make.world()
    service = make.service(world, "stimenz", "geld", slug="hulp")
    service.neighbourhoods.add(world.places["dorp"])
    ClosingDay.objects.create(partnership=world.partnership, day="2027-12-31")
    world.triage.neighbourhoods.add(world.places["dorp"])
    rule = RoutingRule.objects.filter(rule_set__partnership=world.partnership).first()
    assert rule is not None
    with connection.cursor() as cursor:
        # A published rule can't be changed, but its table is read.
        cursor.execute("SET LOCAL session_replication_role = replica")
        rule.supporting.add(world["actief"])
        cursor.execute("SET LOCAL session_replication_role = origin")
    return world


def _tables_read(partnership: Partnership) -> set[str]:
    with CaptureQueriesContext(connection) as captured:
        front_door.read(partnership)
    sql = " ".join(query["sql"] for query in captured.captured_queries)
    return set(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql))


def _touch(table: str) -> None:
    """Change one row of the table as another process would, without any rule of the product."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
            " ORDER BY ordinal_position",
            [table],
        )
        column = cursor.fetchall()[-1][0]
        name = connection.ops.quote_name
        # What is published is kept by a trigger of its own; this is about the version's.
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
            " AND tgname <> 'config_version'",
            [table],
        )
        others = [row[0] for row in cursor.fetchall()]
        for trigger in others:
            cursor.execute(f"ALTER TABLE {name(table)} DISABLE TRIGGER {name(trigger)}")
        cursor.execute(
            f"UPDATE {name(table)} SET {name(column)} = {name(column)}"  # noqa: S608
            f" WHERE ctid = (SELECT min(ctid) FROM {name(table)})"
        )
        assert cursor.rowcount == 1, f"no row in {table}"
        for trigger in others:
            cursor.execute(f"ALTER TABLE {name(table)} ENABLE TRIGGER {name(trigger)}")


def test_a_change_in_any_table_that_is_read_makes_every_process_read_it_anew(
    here: make.World,
) -> None:
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    tables = _tables_read(here.partnership)
    assert len(tables) >= 14
    stale = []
    for table in sorted(tables):
        here.partnership.refresh_from_db()
        before = here.partnership.config_version
        _touch(table)
        here.partnership.refresh_from_db()
        if here.partnership.config_version <= before:
            stale.append(table)
    assert stale == []


def test_what_a_municipality_says_is_seen_at_once(here: make.World) -> None:
    code = here.partnership.municipalities.get().code
    assert front_door.of(here.partnership).client_support.get(code) != "MEE, 0800 1234"
    Municipality.objects.filter(code=code).update(client_support="MEE, 0800 1234", name="Nieuw")
    here.partnership.refresh_from_db()
    door = front_door.of(here.partnership)
    assert door.client_support[code] == "MEE, 0800 1234"
    assert door.vocabulary.municipalities[code] == "Nieuw"


def _texts(value: object, path: str, seen: set[int]) -> Iterator[tuple[str, str]]:
    """Every text in what is remembered, with its place; lazy texts are no text yet."""
    if isinstance(value, Promise) or id(value) in seen:
        return
    if isinstance(value, str):
        yield path, value
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, f"{path}[{key}]", seen)
    elif isinstance(value, list | tuple | set | frozenset):
        ordered = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        for number, item in enumerate(ordered):
            yield from _texts(item, f"{path}[{number}]", seen)
    elif isinstance(value, Model):
        for name in (column.attname for column in value._meta.concrete_fields):
            yield from _texts(getattr(value, name), f"{path}.{name}", seen)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), f"{path}.{field.name}", seen)
    elif hasattr(value, "__dict__"):
        yield from _texts(vars(value), path, seen)


def _read_in(language: str, partnership: Partnership) -> tuple[FrontDoor, dict[str, str]]:
    with override(language):
        door = front_door.read(partnership)
        return door, dict(_texts(door, "door", set()))


def test_nothing_that_is_remembered_depends_on_the_language_of_who_came_first(
    here: make.World,
) -> None:
    english, dutch = (_read_in(language, here.partnership) for language in ("en", "nl"))
    differs: dict[str, Any] = {
        place: (text, dutch[1].get(place))
        for place, text in english[1].items()
        if text != dutch[1].get(place)
    }
    assert differs == {}
    door = english[0]
    with override("nl"):
        assert str(door.vocabulary.layers[1]) != _in_english(door)


def _in_english(door: FrontDoor) -> str:
    with override("en"):
        return str(door.vocabulary.layers[1])


class _UndoneError(Exception):
    """Rolls a change back."""


REMEMBERED: dict[str, Callable[[Partnership], str]] = {
    "the front door": lambda p: front_door.of(p).domains[0].name,
    "the directory of hints": lambda p: str(directory_of(p, None).names),
    "the translations": lambda p: str(translations._texts(p)),
}


@pytest.mark.parametrize("what", REMEMBERED)
def test_what_was_rolled_back_is_remembered_by_nobody(here: make.World, what: str) -> None:
    def write(text: str) -> str:
        here.partnership.life_domains.update(name=text)
        PartnershipTranslations.objects.update_or_create(
            partnership=here.partnership, defaults={"texts": [{"nl": "x", "en": text}]}
        )
        here.partnership.refresh_from_db()
        return REMEMBERED[what](here.partnership)

    assert "Eerst" in write("Eerst")
    with contextlib.suppress(_UndoneError), transaction.atomic():
        assert "Nooit" in write("Nooit")
        raise _UndoneError
    assert "Daarna" in write("Daarna")


def test_translations_are_read_anew_by_every_process(here: make.World) -> None:
    row = PartnershipTranslations.objects.create(
        partnership=here.partnership, texts=[{"nl": "x", "en": "before"}]
    )
    here.partnership.refresh_from_db()
    assert "before" in REMEMBERED["the translations"](here.partnership)
    PartnershipTranslations.objects.filter(pk=row.pk).update(texts=[{"nl": "x", "en": "after"}])
    here.partnership.refresh_from_db()
    assert "after" in REMEMBERED["the translations"](here.partnership)
