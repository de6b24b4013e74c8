"""Switch the language of a page without losing what was typed on it.

The buttons of the switch post the page's own form with `taal`. Nothing of it is carried out: what
was typed goes, encrypted, into a cookie of two minutes, and the page is opened anew in the other
language with its fields filled in. Works on every page of residents and without JavaScript.
"""

import json
import re
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from welzijn.config.language import is_for_residents
from welzijn.core import encryption
from welzijn.staff_forms import fields, filling
from welzijn.staff_forms.drafts import Draft

FIELD = "taal"
FORM = "vraag"  # the id of the form that the buttons post
_PURPOSE = "typed-before-a-switch"
COOKIE: str = settings.TYPED_COOKIE_NAME
SECONDS = 120
LONGEST = 3_800  # what browsers keep of one cookie
_ACTION = re.compile(r'<form\b[^>]*\bid="vraag"[^>]*>')
_OF_TAG = re.compile(r'\baction="([^"]*)"')


class LanguageSwitchMiddleware:
    """Answer a switch with the same page, and fill its fields again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Fill the page that follows a switch."""
        response = self.get_response(request)
        if COOKIE in request.COOKIES and request.method == "GET" and _is_page(response):
            _fill(request, response)
            response.delete_cookie(COOKIE, samesite="Lax")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer a form that was posted to switch the language."""
        if request.method != "POST" or not is_for_residents(request, view):
            return None
        language = request.POST.get(FIELD, "")
        if language not in dict(settings.LANGUAGES):
            return None
        response = HttpResponseRedirect(_address(request))
        remember(response, language)
        typed = {k: v for k, v in fields.typed(request.POST).items() if k != FIELD}
        if fields.has_words(typed):
            _keep(request, response, typed)
        return response


def remember(response: HttpResponse, language: str) -> None:
    """Remember a language as `set_language` of Django does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )


def _keep(request: HttpRequest, response: HttpResponse, typed: fields.Fields) -> None:
    """Put what was typed into the cookie; of more than fits the longest fields are left out."""
    while typed:
        content = json.dumps([_address(request), typed], ensure_ascii=False).encode()
        kept = encryption.cipher(_PURPOSE).encrypt(zlib.compress(content, 9)).decode()
        if len(kept) <= LONGEST:
            response.set_cookie(
                COOKIE,
                kept,
                max_age=SECONDS,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
            return
        typed = dict(sorted(typed.items(), key=lambda one: len("".join(one[1])))[:-1])


def _is_page(response: HttpResponse) -> bool:
    html = response.get("Content-Type", "").startswith("text/html")
    return response.status_code == 200 and not response.streaming and html


def _fill(request: HttpRequest, response: HttpResponse) -> None:
    try:
        cookie = request.COOKIES[COOKIE].encode()
        opened = encryption.cipher(_PURPOSE).decrypt(cookie, ttl=SECONDS)
        page, typed = json.loads(zlib.decompress(opened))
    except (InvalidToken, ValueError, zlib.error):
        return
    html = response.content.decode()
    form = _ACTION.search(html)
    if page != _address(request) or form is None:
        return
    action = _OF_TAG.search(form[0])
    draft = Draft(urljoin(page, action[1]) if action else page, typed, timezone.now())
    html = filling.put_back(html, page=page, drafts=[draft], notice=lambda _draft: "")
    response.content = html.encode()
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))


def _address(request: HttpRequest) -> str:
    """The page without what may have been searched for."""
    return f"{request.path}?je=1" if request.GET.get("je") else request.path
