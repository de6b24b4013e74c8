"""What a signed-in member of staff sees stays in no browser and on no proxy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from welzijn.accounts.models import User


class PrivatePagesMiddleware:
    """Says `no-store` on each answer to somebody signed in, whatever its view forgot to say.

    Files of the look are served before this and keep their own headers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and add the header where somebody is signed in."""
        known = bool(request.session.session_key) and isinstance(request.user, User)
        response = self.get_response(request)
        if known:
            add_never_cache_headers(response)
        return response
