"""Pages and tasks that fail with a person in every place that a report could look at."""

import logging
from typing import Any

from celery import shared_task
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

NAME, PHONE, MAIL = "Quirina Zwaluwstaart", "06 48765432", "quirina@zwaluwstaart.example"
WORDS = "Het servies is verkocht en ik durf niet meer naar de bank"
KEY = "a8a1f969-3ad7-4adb-a4b7-70f7cddf9e2a"
MARKS = ("quirina", "zwaluwstaart", "48765432", "servies", "durf niet", KEY)


class NamedForm(forms.Form):
    """Fails in its own check, with what was typed in its hands."""

    name = forms.CharField()

    def clean_name(self) -> str:
        typed = self.cleaned_data["name"]
        raise RuntimeError(f"{typed} {PHONE} {WORDS}")


@csrf_exempt
@login_not_required
def in_view(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("name", "")
    raise ValueError(f"{typed} {MAIL} {WORDS}")


@csrf_exempt
@login_not_required
def in_form(request: HttpRequest) -> HttpResponse:
    NamedForm(request.POST).is_valid()
    return HttpResponse()


@csrf_exempt
@login_not_required
def in_statement(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::text, '{WORDS}', '{NAME}', {PHONE[3:]}", [MAIL])
        cursor.execute("SELECT %s::int", [NAME])
    return HttpResponse()


@csrf_exempt
@login_not_required
def in_log(request: HttpRequest, key: str) -> HttpResponse:
    logging.getLogger("referrals.reminders").error(f"{NAME} %s {key}", PHONE)  # noqa: G004
    return HttpResponse()


@shared_task(name="tests.faulty")
def faulty(name: str, **rest: Any) -> None:
    own = f"{name} {WORDS}"
    raise LookupError(own)


urlpatterns = [
    path("view/", in_view),
    path("form/", in_form),
    path("statement/", in_statement),
    path("log/<str:key>/", in_log),
    path("", include("welzijn.urls")),
]
handler404 = "welzijn.config.error_views.not_found"
handler500 = "welzijn.config.error_views.server_error"
