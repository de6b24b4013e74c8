"""What the benchmarks share: Putten with its staff, signed-in clients and time measurement."""

import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User
from welzijn.devtools.demo_data.staff import make_staff

SLUG = "putten"
HOST = {"host": f"{SLUG}.localhost"}


def set_up() -> None:
    """Load Putten and add its staff, unless present."""
    file = Path(settings.BASE_DIR) / "organisations" / "partnerships" / f"{SLUG}.toml"
    if not Partnership.objects.filter(slug=SLUG).exists():
        call_command("load_partnership", str(file), verbosity=0, stdout=sys.stderr)
    make_staff(partnership=partnership(), now=timezone.now())


def partnership() -> Partnership:
    """The partnership that is measured."""
    return Partnership.objects.get(slug=SLUG)


def log(text: str) -> None:
    """Report progress on standard error; the figures go to standard output."""
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()


def signed_in(user: User) -> Client:
    """A test client in which `user` is signed in."""
    client = Client(headers=HOST)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def measure_page(
    client: Client, path: str, times: int = 15, posted: dict[str, str] | None = None
) -> dict[str, Any]:
    """The median time of a page in ms after a warm-up, its queries, and their time in ms."""

    def once() -> float:
        start = perf_counter()
        if posted is None:
            answer = client.get(path)
        else:
            answer = client.post(path, posted, headers={"HX-Request": "true"})
        seconds = perf_counter() - start
        if answer.status_code != 200:
            raise AssertionError(f"{path} answered {answer.status_code}")
        return 1000 * seconds

    def database() -> float:
        with CaptureQueriesContext(connection) as captured:
            once()
        counted.append(len(captured))
        return 1000 * sum(float(query["time"]) for query in captured)

    counted: list[int] = []
    once()
    in_database = median_ms(database, 5)
    return {
        "ms": round(median_ms(once, times), 2),
        "queries": counted[-1],
        "database_ms": round(in_database, 1),
    }


def median_ms(act: Callable[[], float], times: int) -> float:
    """The median of `times` measurements by `act`."""
    return statistics.median(act() for _time in range(times))
