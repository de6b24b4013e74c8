"""Keep pages of signed-in staff out of caches."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from welzijn.accounts.models import User


class PrivatePagesMiddleware:
    """Set `no-store` on every response to a signed-in user.

    Static files are served before this middleware and keep their own headers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where the response depended on a signed-in user.

        Does not load the user itself: the quick exit and the health page work without a database.
        """
        response = self.get_response(request)
        if isinstance(getattr(request, "_cached_user", None), User):
            add_never_cache_headers(response)
        return response
