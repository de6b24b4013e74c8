"""Compress a first visit: pages of residents before anything of anybody is on them.

On an old phone a page of 20 KB weighs as much as both fonts. What is compressed can leak a secret
beside words that somebody else chooses (BREACH), so only an answer to a browser without a draft, a
session or a message is compressed, and Django adds random bytes to its length.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from welzijn.config.language import is_for_residents

_SAYS_NOTHING = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


class FirstVisitCompression(GZipMiddleware):
    """Django's compression, kept to pages for residents that hold nothing of anybody."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Note whether the answer to this request may be compressed."""
        first = request.method == "GET" and not set(request.COOKIES) - _SAYS_NOTHING
        request.is_first_visit = first and is_for_residents(request, view)  # type: ignore[attr-defined]

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress the answer, or leave it as it is."""
        sets_more = set(response.cookies) - _SAYS_NOTHING
        if not getattr(request, "is_first_visit", False) or sets_more:
            return response
        return super().process_response(request, response)
