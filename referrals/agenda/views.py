"""The agenda at /agenda/, and its feed for a worker's own calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.agenda import entries, feeds
from referrals.agenda.models import CalendarFeed
from referrals.casework_base.list_access import record_list_access
from referrals.follow_ups import unjudged
from welzijn.audit.reasons import Reason
from welzijn.core import dates

DAY, WEEK = "dag", "week"
# Shown once after it was made, on the next page of this session.
ADDRESS = "agenda_feed_address"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the page with its entries."""

    day: date
    entries: Sequence[entries.Entry]
    closed: bool


@require_GET
@never_cache
@needs(Permission.SEE_AGENDA)
def agenda(request: HttpRequest) -> HttpResponse:
    """Show a day or a week of the user; the questions whose words stand there are looks."""

    partnership, user = here(request)
    now = timezone.now()
    today = timezone.localdate(now)
    day = dates.parse_day(request.GET.get("op", ""), today) or today
    view = DAY if request.GET.get("beeld") == DAY else WEEK
    first, last = (day, day) if view == DAY else entries.week_of(day)
    with transaction.atomic():
        found = entries.between(user=user, partnership=partnership, first=first, last=last, now=now)
        shown = {one.question.pk: one.question for one in found if one.question is not None}
        record_list_access(
            user=user,
            partnership=partnership,
            questions=list(shown.values()),
            searched=False,
            screen=Reason.AGENDA,
            now=now,
        )
    calendar = front_door.of(partnership).calendar
    step = timedelta(days=1 if view == DAY else 7)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return render(
        request,
        "referrals/agenda/agenda.html",
        {
            "works": user.has_perm(Permission.WORK, partnership),
            "unjudged": unjudged.listed(user, partnership, timezone.localdate()),
            "days": [
                Day(
                    one,
                    [entry for entry in found if entry.day == one],
                    not calendar.is_working_day(one),
                )
                for one in days
            ],
            "first": first,
            "last": last,
            "day": day,
            "today": today,
            "view": view,
            "earlier": _link(view, first - step),
            "later": _link(view, first + step),
            "now_link": _link(view, today),
            "other_link": _link(WEEK if view == DAY else DAY, day),
            "feed": CalendarFeed.objects.filter(
                user=user, partnership=partnership, ended_at=None
            ).first(),
            "address": request.session.pop(ADDRESS, ""),
        },
    )


def _link(view: str, day: date) -> str:
    return f"{reverse('agenda')}?beeld={view}&op={day.isoformat()}"


@require_POST
@needs(Permission.SEE_AGENDA)
def feed_address(request: HttpRequest) -> HttpResponse:
    """Make a new private address, or end it."""
    partnership, user = here(request)
    now = timezone.now()
    if request.POST.get("keuze") == "stop":
        feeds.end(user=user, partnership=partnership, now=now)
        messages.success(request, _("Het adres werkt niet meer."))
    else:
        token = feeds.make(user=user, partnership=partnership, now=now)
        path = reverse("agenda_feed", args=[token])
        request.session[ADDRESS] = request.build_absolute_uri(path)
        messages.success(request, _("Het adres is gemaakt. Het oude werkt niet meer."))
    return redirect("agenda")


@login_not_required
@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Serve the feed to whoever has the address: a calendar program can't sign in.

    It shows no person; it ends with the address, and with the user's role.
    """
    partnership: Partnership | None = getattr(request, "partnership", None)
    if partnership is None:
        raise Http404
    now = timezone.now()
    user = feeds.of_token(token, partnership, now)
    if user is None:
        raise Http404
    with translation.override(user.language):
        made = feeds.as_ical(user=user, partnership=partnership, now=now)
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    return response
