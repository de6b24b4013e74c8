"""Staff's screens at few questions and at many: the same queries, hardly more time."""

import re
from html import unescape
from typing import Any
from urllib.parse import quote

from django.test import Client
from django.utils import timezone

from intake.questions.models import Question
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.devtools.bench.stage import look, partnership, say, signed_in
from welzijn.devtools.demo_data.history import synthesise

MOST_QUERIES = 20
MOST_RATIO = 2.0
# What looks at everything there is, whoever asks.
WITHOUT_GOAL = ("balance", "caseload_all_search")


def measure(*, few: int, many: int) -> dict[str, Any]:
    """Measure at `few` questions and again at `many`. Times in ms, medians."""
    here = partnership()
    figures: dict[str, Any] = {"few": few, "many": many}
    at_few = _grow_and_look(few, seed=1)
    made = _grow(many - Question.objects.filter(partnership=here).count(), seed=2)
    at_many = _look_at_all()
    figures["synthesised"] = made
    figures["open"] = Question.objects.filter(partnership=here).open().count()
    figures["screens"] = {
        name: {
            "few_ms": at_few[name]["ms"],
            "many_ms": at_many[name]["ms"],
            "ratio": round(at_many[name]["ms"] / at_few[name]["ms"], 2),
            "queries": at_many[name]["queries"],
            "queries_at_few": at_few[name]["queries"],
        }
        for name in at_few
    }
    figures["goals"] = {
        name: figures["screens"][name]["ratio"] <= MOST_RATIO
        and figures["screens"][name]["queries"] <= MOST_QUERIES
        and figures["screens"][name]["queries"] == figures["screens"][name]["queries_at_few"]
        for name in at_few
        if name not in WITHOUT_GOAL
    }
    return figures


def _grow_and_look(questions: int, seed: int) -> dict[str, dict[str, Any]]:
    _grow(questions - Question.objects.filter(partnership=partnership()).count(), seed)
    return _look_at_all()


def _grow(questions: int, seed: int) -> dict[str, Any]:
    if questions <= 0:
        return {}
    say(f"making {questions} questions")
    made = synthesise(partnership=partnership(), questions=questions, seed=seed, now=timezone.now())
    figures = {
        "questions": made.questions,
        "rows": made.rows,
        "seconds": round(made.seconds, 1),
        "questions_per_second": round(made.questions / made.seconds),
        "rows_per_second": round(made.rows / made.seconds),
    }
    say(f"made: {figures}")
    return figures


def _look_at_all() -> dict[str, dict[str, Any]]:
    """Each screen once for its coordinator or worker."""
    coordinator = signed_in(_somebody(Role.COORDINATOR))
    worker = _somebody(Role.PROFESSIONAL)
    at_work = signed_in(worker)
    own = (
        Question.objects.visible_to(worker)
        .filter(partnership=partnership(), status="picked_up", assigned_to=worker)
        # One that the coordinator reads as well, with words: that look is in the log each time.
        .filter(lead_team=None)
        .exclude(words="")
        .order_by("id")
        .first()
    )
    assert own is not None
    everything = "/caseload/?status=alles"
    pages = {
        "caseload": (coordinator, "/caseload/"),
        "caseload_second_page": (coordinator, _second_page(coordinator)),
        "caseload_filtered": (
            coordinator,
            "/caseload/?organisatie=stimenz&leefgebied=geld&laat=ja",
        ),
        "caseload_all_by_term": (coordinator, everything),
        "caseload_all_newest": (coordinator, f"{everything}&volgorde=nieuwste"),
        "caseload_all_deep": (coordinator, f"{everything}&volgorde=oudste&na={_in_the_middle()}"),
        "caseload_all_filtered": (
            coordinator,
            f"{everything}&organisatie=stimenz&leefgebied=geld",
        ),
        "caseload_reference": (coordinator, f"{everything}&zoek={own.reference}"),
        "caseload_search": (coordinator, "/caseload/?zoek=deurwaarder"),
        "caseload_all_search": (coordinator, f"{everything}&zoek=deurwaarder"),
        "caseload_search_rare": (coordinator, f"{everything}&zoek=waterschildpad"),
        "caseload_search_name": (coordinator, "/caseload/?zoek=fatma"),
        "balance": (coordinator, "/caseload/verdeling/"),
        "work_list": (at_work, "/werk/"),
        "work_list_new": (at_work, "/werk/?lijst=nieuw"),
        "work_list_mine": (at_work, "/werk/?lijst=mijn"),
        "case_page": (at_work, f"/vraagstuk/{own.pk}/"),
    }
    found = {}
    for name, (client, path) in pages.items():
        found[name] = look(client, path)
        say(f"{name}: {found[name]}")
    return found


def _in_the_middle() -> str:
    """Where a page in the middle of all questions begins, as a link would name it."""
    received = Question.objects.filter(partnership=partnership()).order_by("received_at", "id")
    question = received[received.count() // 2]
    return quote(f"{question.received_at.isoformat()}~{question.pk}")


def _second_page(client: Client) -> str:
    """Where the link to the next page leads."""
    found = re.search(r'rel="next" href="([^"]+)"', client.get("/caseload/").content.decode())
    assert found is not None
    return f"/caseload/{unescape(found[1])}"


def _somebody(role: Role) -> User:
    return (
        Membership.objects.active()
        .filter(partnership=partnership(), role=role, organisation__slug="stimenz", reads_new=True)
        .select_related("user")
        .earliest("user__email")
        .user
    )
