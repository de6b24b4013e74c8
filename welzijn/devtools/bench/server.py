"""The WSGI application with two minimal views as baselines; each does one INSERT.

`/_bench/insert/` passes the whole middleware; `/_bench/bare/` none of it.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "welzijn.settings")

from django.conf import settings

settings.ROOT_URLCONF = __name__

from django.core.wsgi import get_wsgi_application

_product = get_wsgi_application()

from django.contrib.auth.decorators import login_not_required
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

BARE, INSERT = "/_bench/bare/", "/_bench/insert/"


@csrf_exempt
@login_not_required
def insert(request: HttpRequest) -> HttpResponse:
    """INSERT the posted words and redirect."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_bare (words) VALUES (%s)", [request.POST.get("words", "")]
        )
    return HttpResponse(status=302, headers={"Location": "/"})


urlpatterns = [
    path("_bench/insert/", insert),
    path("", include("welzijn.urls")),
]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Handle a request by Django, or by the view without middleware."""
    if environ["PATH_INFO"] != BARE:
        return _product(environ, start_response)
    response = insert(WSGIRequest(environ))
    start_response("302 Found", list(response.items()))
    return [b""]
