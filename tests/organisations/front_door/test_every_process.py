"""A change in one process holds in every other within two seconds, whatever they keep in memory.

Two more processes have answered everything once, so that their memory is filled. Then something
changes here, by the verb of its screen, and both are asked until they say it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from organisations.partnership_editor import saving, values
from organisations.partnership_editor.values import Change
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from organisations.services import maintenance
from tests.organisations.partnership_editor.here import putten
from tests.support import factories as make
from welzijn.core.working_days import local_date
from welzijn.devtools import local_services

# A rule of Putten sends it to the fitting service that is lightest.
CONTACT = {"facts": {"channel": "online", "life_domains": ["contact"]}}


@dataclass
class Other:
    """Another process, and what to ask it."""

    process: "subprocess.Popen[str]"

    def says(self, wanted: dict[str, Any]) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(wanted) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        assert said, "the process stopped"
        return str(json.loads(said))


def start() -> Other:
    url = urlsplit(local_services.database_url())
    own = {"DATABASE_URL": url._replace(path="/" + connection.settings_dict["NAME"]).geturl()}
    return Other(
        subprocess.Popen(
            [sys.executable, "-m", "tests.organisations.front_door.other_process"],
            cwd=settings.BASE_DIR,
            env={**os.environ, **own, "REDIS_URL": settings.REDIS_URL},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    )


@pytest.fixture
def others() -> Iterator[list[Other]]:
    started = [start(), start()]
    yield started
    for one in started:
        one.process.terminate()
    for one in started:
        one.process.communicate(timeout=20)


def page(path: str, language: str = "nl") -> dict[str, str]:
    return {"path": path, "language": language}


def follow(others: list[Other], wanted: dict[str, Any], true: Callable[[str], bool]) -> None:
    """Ask each once: its first answer after the change, however fast or slow the machine is."""
    for one in others:
        assert true(one.says(wanted)), f"{wanted} does not follow"


@pytest.mark.django_db(transaction=True)
def test_a_change_here_holds_in_every_process_within_two_seconds(others: list[Other]) -> None:
    here = putten()
    boss = make.member(here, Role.ADMINISTRATOR, "stimenz")
    now = timezone.now()

    def change(*changes: Change) -> None:
        place = Partnership.objects.get(pk=here.partnership.pk)
        assert saving.save(partnership=place, changes=changes, by=boss, now=now, confirmed=True)

    asked: list[dict[str, Any]] = [
        CONTACT,
        page("/"),
        page("/", "en"),
        page("/aanbod/"),
        page("/privacy/"),
    ]
    for one in others:
        for wanted in asked:
            one.says(wanted)
    before = others[0].says(CONTACT)
    assert before == others[1].says(CONTACT)

    # Room: its keeper says that the service that fits is full.
    service = here.partnership.services.get(slug=before.split()[1])
    maintenance.set_room(
        service=service, capacity=0, waiting_weeks=0, by=boss, today=local_date(now)
    )
    follow(others, CONTACT, lambda said: said != before)

    tables = values.of_partnership(here.partnership)
    welcome = tables["teksten"]["welkom"]
    change(Change(("teksten", "welkom"), welcome, "Welkom in het nieuwe huis."))
    follow(others, page("/"), lambda said: "Welkom in het nieuwe huis." in said)
    follow(others, page("/", "en"), lambda said: "Welkom in het nieuwe huis." in said)
    translated = {"nl": "Welkom in het nieuwe huis.", "en": "Welcome to the new house."}
    change(Change(("vertalingen", translated["nl"]), None, translated))
    follow(others, page("/", "en"), lambda said: "Welcome to the new house." in said)

    contact = tables["verantwoordelijk"]["contactpunt"]
    change(Change(("verantwoordelijk", "contactpunt"), contact, "nieuw@putten.example"))
    follow(others, page("/privacy/"), lambda said: "nieuw@putten.example" in said)

    domain = next(row["naam"] for row in tables["leefgebieden"] if row["slug"] == "geld")
    change(Change(("leefgebieden", "geld", "naam"), domain, "Centen en brieven"))
    follow(others, page("/aanbod/"), lambda said: "Centen en brieven" in said)

    change(Change(("samenwerkingsverband", "open"), before=True, after=None))
    follow(others, page("/"), lambda said: "nog niet open" in said)
