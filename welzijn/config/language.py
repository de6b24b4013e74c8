"""The language of a page: residents choose from six, screens of staff are in Dutch or English."""

from typing import Any

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from welzijn.core.languages import STAFF_LANGUAGES

# Signing in is public, yet only staff do it.
_STAFF_PATHS = ("/accounts/",)


def is_for_residents(request: HttpRequest, view: Any) -> bool:
    """Whether a view is one of those that need no account."""
    public = not getattr(view, "login_required", True)
    return public and not request.path.startswith(_STAFF_PATHS)


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice by cookie and browser, kept to Dutch and English on screens of staff."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Turn to Dutch where a screen of staff has no such language."""
        language = (translation.get_language() or "nl")[:2]
        if language not in STAFF_LANGUAGES and not is_for_residents(request, view):
            translation.activate("nl")
            request.LANGUAGE_CODE = "nl"
