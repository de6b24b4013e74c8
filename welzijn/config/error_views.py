"""Error pages: what went wrong, what to do, and what the user had typed."""

import sys
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils.cache import add_never_cache_headers

from organisations.front_door.middleware import host_name, last_known
from welzijn.accounts.models import User
from welzijn.staff_forms import tokens

# Not repeated on the error page.
_NOT_KEPT = {"csrfmiddlewaretoken", tokens.FIELD, "code", "password", "login"}
# Answers with which a POST was not carried out, or may not have been.
_WITH_TEXT = {403, 404, 409, 500, 503}


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


def is_for_staff(request: HttpRequest, *, database_works: bool = True) -> bool:
    """Return whether an error page belongs in the frame of staff screens.

    Reads who is signed in only if the request has read it before: an error page may not need the
    database. Without the database, a page that asks to sign in is a staff page.
    """
    # Read by SessionTimeMiddleware for each request, unless the error came before it.
    user = getattr(request, "_cached_user", None)
    if isinstance(user, User) or database_works:
        return isinstance(user, User)
    try:
        view = resolve(request.path).func
    except Http404:
        return False
    return bool(getattr(view, "login_required", True))


def _do_without_database(request: HttpRequest) -> None:
    """Let the frame ask neither for roles nor for who is signed in."""
    request.without_database = True  # type: ignore[attr-defined]
    if not isinstance(getattr(request, "_cached_user", None), User):
        request.user = AnonymousUser()


def error_page(
    request: HttpRequest, status: int, template: str, more: dict[str, object] | None = None
) -> HttpResponse:
    """Return an error page in the frame of its reader, without the database where that is down."""
    partnership = getattr(request, "partnership", None)
    if partnership is None:
        partnership = last_known.get(host_name(request.META.get("HTTP_HOST", "")))
        request.partnership = partnership  # type: ignore[attr-defined]
    staff = is_for_staff(request, database_works=status != 503)
    context = {
        "kept": typed_text(request) if status in _WITH_TEXT else [],
        "partnership": partnership,
        "path": request.path,
        "for_staff": staff,
        "frame": "errors/base_error_staff.html" if staff else "errors/base_error.html",
        **(more or {}),
    }
    if status == 503:
        _do_without_database(request)
    try:
        response = render(request, f"errors/{template}.html", context, status=status)
    except DatabaseError:
        _do_without_database(request)
        response = render(request, f"errors/{template}.html", context, status=status)
    add_never_cache_headers(response)
    return response


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself could not be read; 413 where it was too much to read."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return error_page(request, 413, "413")
    return error_page(request, 400, "400")


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed here."""
    return error_page(request, 403, "403")


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing that this person may know of."""
    return error_page(request, 404, "404")


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is down, with what was typed to send it again."""
    down = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return error_page(request, 503 if down else 500, "503" if down else "500")


# Characters of path and query together; the longest address of ours has a few hundred.
LONGEST_ADDRESS = 4000


class LongAddressMiddleware:
    """Show a 414 page for an address that is longer than any of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse the address, or go on."""
        if len(request.path) + len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            return error_page(request, 414, "414")
        return self.get_response(request)


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
        page = error_page(request, 405, "405")
        page["Allow"] = response["Allow"]
        return page
