"""Error pages: what went wrong, what to do, and what the user had typed."""

import sys
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from organisations.front_door.middleware import last_known

# Not repeated on the error page.
_NOT_KEPT = {"csrfmiddlewaretoken", "code", "password", "login"}


def typed_text(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a POST as (name, value), to repeat them on an error page."""
    if request.method != "POST":
        return []
    try:
        return [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in _NOT_KEPT
        ]
    except Exception:  # noqa: BLE001 - the body itself may be invalid
        return []


def _page(request: HttpRequest, status: int, template: str) -> HttpResponse:
    partnership = getattr(request, "partnership", None)
    if partnership is None:
        partnership = last_known.get(request.META.get("HTTP_HOST", "").rsplit(":", 1)[0].lower())
        request.partnership = partnership  # type: ignore[attr-defined]
    kept = typed_text(request) if status in {403, 503} else []
    response = render(
        request,
        f"errors/{template}.html",
        {"kept": kept, "partnership": partnership, "path": request.path},
        status=status,
    )
    add_never_cache_headers(response)
    return response


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself could not be read."""
    return _page(request, 400, "400")


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed here."""
    return _page(request, 403, "403")


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing that this person may know of."""
    return _page(request, 404, "404")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long; shows what was typed."""
    return _page(request, 403, "expired")


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is down, with what was typed to send it again."""
    down = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return _page(request, 503 if down else 500, "503" if down else "500")


class WrongMethodMiddleware:
    """Show a 405 page where a POST-only URL is opened in a browser.

    This happens with bookmarks and after signing in; a bare 405 would be an empty page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.streaming:
            return response
        page = _page(request, 405, "405")
        page["Allow"] = response["Allow"]
        return page
