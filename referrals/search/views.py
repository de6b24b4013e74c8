"""The search of staff at /zoeken/, and what somebody looked at last at /werk/bekeken/."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.casework_base.view_context import WORK
from referrals.handovers import past_handovers
from referrals.search import recent, results


@require_http_methods(["GET", "POST"])
@never_cache
@needs(Permission.SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; while somebody types only the best hits, as a piece of the page.

    What is searched for is a person's name or number, so it comes by POST: no address has it.
    """
    partnership, user = here(request)
    typed = request.POST.get("zoek", "")
    typing = request.method == "POST" and request.headers.get("HX-Request") == "true"
    found = None
    if request.method == "POST":
        found = results.find(
            user=user,
            partnership=partnership,
            search=typed,
            most=results.WHILE_TYPING if typing else results.ON_A_PAGE,
            now=timezone.now(),
        )
    return render(
        request,
        "referrals/search/_found.html" if typing else "referrals/search/search.html",
        {"found": found, "typed": typed[:100], "typing": typing},
    )


@require_GET
@never_cache
@needs(WORK)
def recently_viewed(request: HttpRequest) -> HttpResponse:
    """Show the questions that the user opened last, and those that they handed over."""
    partnership, user = here(request)
    now = timezone.now()
    return render(
        request,
        "referrals/search/recently_viewed.html",
        {
            "rows": recent.recently_read(user=user, partnership=partnership, now=now),
            "handovers": past_handovers.past_handovers_of(user, partnership),
        },
    )
