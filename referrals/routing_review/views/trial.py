"""Run a draft on past questions: a page that streams its progress, without JavaScript."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from queue import SimpleQueue
from threading import Thread
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from organisations.front_door.configuration import FrontDoor
from organisations.roles.decorators import needs
from organisations.roles.permissions import Permission
from organisations.routing.analysis.difference import active_days
from organisations.routing.models import RoutingRule
from organisations.routing.simulate import Week
from referrals.routing_review.backtest import count_past, moved_for, place_name, run_backtest
from referrals.routing_review.forms import PeriodForm
from referrals.routing_review.views.draft import draft_of, no_draft
from referrals.routing_review.views.lines import here

CUT = "<!-- the result -->"
PROGRESS_EVERY = 20_000
LAST_WEEKS = 8
"""The number of weeks in the table: what fits beside the navigation."""


@dataclass(frozen=True, slots=True)
class Load:
    """Questions a week of one organisation: now, with the draft, and the change in each week."""

    name: str
    current: float
    drafted: float
    changes: tuple[str, ...]


@never_cache
@require_GET
@needs(Permission.CHANGE_RULES)
def trial(request: HttpRequest) -> HttpResponseBase:
    """Show how many questions of a period would go elsewhere: from where to where, and by week."""
    partnership, _user, _front = here(request)
    draft = draft_of(partnership)
    if draft is None:
        return no_draft(request)
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return render(
            request, "referrals/routing_review/tried.html", {"form": form, "cut": ""}, status=422
        )
    period = {"since": form.cleaned_data["van"], "until": form.cleaned_data["tot"]}
    total = count_past(partnership=partnership, **period)
    frame = render_to_string(
        "referrals/routing_review/tried.html", {"form": form, "cut": CUT, "total": total}, request
    )
    before, after = frame.split(CUT)
    if total <= PROGRESS_EVERY:
        return HttpResponse(before + _result(request, draft, period, None) + after)
    return StreamingHttpResponse(_stream(request, draft, period, before, after, total))


def _stream(
    request: HttpRequest, draft: Any, period: dict[str, Any], before: str, after: str, total: int
) -> Iterator[str]:
    """Yield the start of the page, a line for each part that is done, then the result."""
    updates: SimpleQueue[Any] = SimpleQueue()

    def work() -> None:
        try:
            updates.put(_result(request, draft, period, updates.put))
        except Exception as error:  # noqa: BLE001 - raised again where it is read
            updates.put(error)
        finally:
            connection.close()

    worker = Thread(target=work, daemon=True)
    worker.start()
    yield before
    next_line = PROGRESS_EVERY
    while True:
        update = updates.get()
        if isinstance(update, Exception):
            yield render_to_string("referrals/routing_review/_failed.html") + after
            raise update
        if isinstance(update, str):
            break
        if update >= next_line:
            next_line += PROGRESS_EVERY
            yield render_to_string(
                "referrals/routing_review/_progress.html", {"done": update, "total": total}
            )
    worker.join()
    yield update + after


def _result(request: HttpRequest, draft: Any, period: dict[str, Any], progress: Any) -> str:
    partnership, user, front = here(request)
    tried = run_backtest(partnership=partnership, draft=draft, progress=progress, **period)
    found = tried.found
    weeks = _last_weeks(**period)
    length = _weeks_in(**period)
    load = [
        Load(
            place_name(slug, front),
            sum(n for (before, _after), n in found.matrix.items() if before == slug) / length,
            sum(n for (_before, after), n in found.matrix.items() if after == slug) / length,
            tuple(_signed(changes.get(week, 0)) for week in weeks),
        )
        for slug, changes in sorted(found.weeks.items())
        if any(changes.values())
    ]
    return render_to_string(
        "referrals/routing_review/_result.html",
        {
            "found": found,
            "matrix": _moves(found.matrix, front),
            "weeks": [_("week {number}").format(number=week) for _year, week in weeks],
            "load": load,
            "rooms": draft.rules.filter(target_kind=RoutingRule.Target.FITTING_SERVICE).exists(),
            "room_known_from": tried.room_known_from,
            "moved": moved_for(user, found, front),
            "since": tried.since,
            "since_matrix": _moves(tried.since.counts, front),
            "outside": [(rule.name, active_days(rule)) for rule in tried.outside],
        },
        request,
    )


def _moves(counts: Mapping[tuple[str, str], int], front: FrontDoor) -> list[tuple[str, str, int]]:
    """Return from where to where, most first, without what stays."""
    return [
        (place_name(before, front), place_name(after, front), number)
        for (before, after), number in sorted(counts.items(), key=lambda item: -item[1])
        if before != after
    ]


def _signed(change: int) -> str:
    """Return a difference with its sign: +3, or with a typographic minus."""
    return f"+{change}" if change > 0 else f"\N{MINUS SIGN}{-change}" if change else "0"


def _weeks_in(since: date, until: date) -> float:
    """Return the length of a period in weeks: 13 days are 13/7 of a week."""
    return ((until - since).days + 1) / 7


def _last_weeks(since: date, until: date) -> list[Week]:
    """Return the last weeks of a period, also those without a difference."""
    monday = until - timedelta(days=until.weekday())
    days = (monday - timedelta(weeks=n) for n in range(LAST_WEEKS))
    return [day.isocalendar()[:2] for day in days if day + timedelta(days=6) >= since][::-1]
