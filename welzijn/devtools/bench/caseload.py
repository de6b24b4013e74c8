"""Staff pages with few and with many questions: same queries, at most twice the time."""

import re
from html import unescape
from typing import Any
from urllib.parse import quote

from django.test import Client
from django.utils import timezone

from intake.questions.models import Question
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.devtools.bench.environment import log, measure_page, partnership, signed_in
from welzijn.devtools.demo_data.generator import synthesise

MOST_QUERIES = 20
MOST_RATIO = 2.0
MOST_SEARCH_QUERIES = 12
MOST_SEARCH_MS = 100  # of database time, at many
# These pages read all questions of the partnership, so their time grows with the number.
WITHOUT_GOAL = ("balance", "dashboard")


def measure(*, few: int, many: int) -> dict[str, Any]:
    """Measure with `few` questions and with `many`. Median times in ms."""
    target = partnership()
    figures: dict[str, Any] = {"few": few, "many": many}
    at_few = _grow_and_measure(few, seed=1)
    generated = _grow(many - Question.objects.filter(partnership=target).count(), seed=2)
    at_many = _measure_pages()
    figures["synthesised"] = generated
    figures["open"] = Question.objects.filter(partnership=target).open().count()
    figures["screens"] = {
        name: {
            "few_ms": at_few[name]["ms"],
            "many_ms": at_many[name]["ms"],
            "ratio": round(at_many[name]["ms"] / at_few[name]["ms"], 2),
            "queries": at_many[name]["queries"],
            "queries_at_few": at_few[name]["queries"],
            "database_ms": at_many[name]["database_ms"],
        }
        for name in at_few
    }
    figures["goals"] = {
        name: _reached(name, figures["screens"][name])
        for name in at_few
        if name not in WITHOUT_GOAL
    }
    return figures


def _reached(name: str, screen: dict[str, Any]) -> bool:
    if name.startswith("search_"):
        return bool(
            screen["queries"] <= MOST_SEARCH_QUERIES and screen["database_ms"] <= MOST_SEARCH_MS
        )
    return bool(
        screen["ratio"] <= MOST_RATIO
        and screen["queries"] <= MOST_QUERIES
        and screen["queries"] == screen["queries_at_few"]
    )


def _grow_and_measure(questions: int, seed: int) -> dict[str, dict[str, Any]]:
    _grow(questions - Question.objects.filter(partnership=partnership()).count(), seed)
    return _measure_pages()


def _grow(questions: int, seed: int) -> dict[str, Any]:
    if questions <= 0:
        return {}
    log(f"making {questions} questions")
    generated = synthesise(
        partnership=partnership(), questions=questions, seed=seed, now=timezone.now()
    )
    figures = {
        "questions": generated.questions,
        "rows": generated.rows,
        "seconds": round(generated.seconds, 1),
        "questions_per_second": round(generated.questions / generated.seconds),
        "rows_per_second": round(generated.rows / generated.seconds),
    }
    log(f"generated: {figures}")
    return figures


def _measure_pages() -> dict[str, dict[str, Any]]:
    """Measure each page as the coordinator or worker who uses it."""
    coordinator = signed_in(_first_user(Role.COORDINATOR))
    worker = _first_user(Role.PROFESSIONAL)
    at_work = signed_in(worker)
    own = (
        Question.objects.visible_to(worker)
        .filter(partnership=partnership(), status="picked_up", assigned_to=worker)
        # With words and readable by the coordinator: every view is then logged.
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
        "caseload_all_deep": (coordinator, f"{everything}&volgorde=oudste&na={_middle_cursor()}"),
        "caseload_all_filtered": (
            coordinator,
            f"{everything}&organisatie=stimenz&leefgebied=geld",
        ),
        "balance": (coordinator, "/caseload/verdeling/"),
        "dashboard": (coordinator, "/caseload/overzicht/"),
        "caseload_by_worker": (coordinator, "/caseload/?volgorde=medewerker"),
        "work_list": (at_work, "/werk/"),
        "work_list_new": (at_work, "/werk/?lijst=nieuw"),
        "work_list_mine": (at_work, "/werk/?lijst=mijn"),
        "case_page": (at_work, f"/vraagstuk/{own.pk}/"),
    }
    found = {}
    for name, (client, path) in pages.items():
        found[name] = measure_page(client, path)
        log(f"{name}: {found[name]}")
    desk = Membership.objects.active().filter(partnership=partnership(), role=Role.FRONT_DESK)
    at_desk = signed_in(desk.select_related("user").earliest("user__email").user)
    earlier = {"name": own.asker.name or "fatma de boer"}
    found["desk_earlier"] = measure_page(at_desk, "/balie/eerder/", posted=earlier)
    for name, (client, text) in _searches(coordinator, at_work, own).items():
        found[name] = measure_page(client, "/zoeken/", posted={"zoek": text})
        log(f"{name}: {found[name]}")
    return found


def _searches(coordinator: Client, at_work: Client, own: Question) -> dict[str, tuple[Client, str]]:
    """What is typed into the search box, from rare to in every second question."""
    phone = own.asker.contact_details.filter(kind="phone").first()
    return {
        "search_name": (at_work, own.asker.name or "fatma de boer"),
        "search_first_name": (at_work, "fatma"),
        "search_slip": (at_work, "fatme"),
        "search_beginning": (at_work, "ma"),
        "search_beginning_of_three": (at_work, "mar"),
        "search_name_coordinator": (coordinator, "fatma de boer"),
        "search_phone": (at_work, phone.value if phone else "+31612345678"),
        "search_part_of_phone": (at_work, "45678"),
        "search_email": (at_work, "fatma@"),
        "search_common_email": (at_work, "@voorbeeld"),
        "search_reference": (coordinator, own.reference),
        "search_part_of_reference": (coordinator, own.reference[:4]),
        "search_three_of_reference": (coordinator, own.reference[5:8]),
        "search_rare_word": (at_work, "waterschildpad"),
        "search_word": (at_work, "deurwaarder"),
        "search_common_word": (at_work, "brief"),
        "search_nothing": (at_work, "qzxwvkj"),
    }


def _middle_cursor() -> str:
    """The cursor of a page in the middle of all questions, as in a link."""
    received = Question.objects.filter(partnership=partnership()).order_by("received_at", "id")
    question = received[received.count() // 2]
    return quote(f"{question.received_at.isoformat()}~{question.pk}")


def _second_page(client: Client) -> str:
    """The path of the link to the next page."""
    found = re.search(r'rel="next" href="([^"]+)"', client.get("/caseload/").content.decode())
    assert found is not None
    return f"/caseload/{unescape(found[1])}"


def _first_user(role: Role) -> User:
    return (
        Membership.objects.active()
        .filter(partnership=partnership(), role=role, organisation__slug="stimenz", reads_new=True)
        .select_related("user")
        .earliest("user__email")
        .user
    )
