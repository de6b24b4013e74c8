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
        """Answer, and add the header where the answer depended on somebody who is signed in.

        Asks for nobody itself: the quick exit and the health page work without a database.
        """
        response = self.get_response(request)
        if isinstance(getattr(request, "_cached_user", None), User):
            add_never_cache_headers(response)
        return response
