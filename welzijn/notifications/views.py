"""Ending the daily mail, receipts of texts, and the demo's mail page."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from welzijn.notifications import delivery_receipts, digest, outbox
from welzijn.notifications.models import DemoMail

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


class _View(Protocol):
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def _demo_only(view: _View) -> _View:
    """404 everywhere but in the demo: real mail is nobody's to read."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.WELZIJN_DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """End the daily mail of whoever holds this link. GET only asks: mail scanners open links.

    Exempt from CSRF because a mail program posts here by itself (RFC 8058); the signed token is
    the proof. A wrong token is 404.
    """
    recipient_key = digest.recipient_of(token)
    if recipient_key is None:
        raise Http404
    stopped = request.method == "POST" and "weer" not in request.POST
    if request.method == "POST":
        if stopped:
            outbox.stop_digest(recipient_key, timezone.now())
        else:
            outbox.resume_digest(recipient_key)
    else:
        stopped = digest.is_stopped(recipient_key)
    return render(request, "notifications/pages/stop_digest.html", {"stopped": stopped})


@login_not_required
@csrf_exempt
@never_cache
@require_POST
def text_receipt(request: HttpRequest) -> HttpResponse:
    """What became of a text, told by the service that sends them.

    404 where no token is set, 401 for another one, 400 for what is no receipt. Exempt from CSRF
    because the service is no browser; its token is the proof.
    """
    if not settings.SMS_CALLBACK_TOKEN:
        raise Http404
    if not delivery_receipts.is_from_the_service(request.headers.get("Authorization", "")):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    try:
        delivery_receipts.take(request.read(delivery_receipts.LARGEST + 1), now=timezone.now())
    except delivery_receipts.NotAReceiptError:
        return HttpResponse(status=400)
    return HttpResponse(status=204)


@login_not_required
@_demo_only
@never_cache
@require_GET
def demo_mailbox(request: HttpRequest) -> HttpResponse:
    """The mails and texts of the demo, newest first; `?zoek=` narrows to a recipient or subject."""
    mails = DemoMail.objects.all()
    wanted = request.GET.get("zoek", "").strip()[:100].replace("\x00", "")
    if wanted:
        mails = mails.filter(recipient__icontains=wanted) | mails.filter(subject__icontains=wanted)
    page = Paginator(mails, 50).get_page(request.GET.get("pagina"))
    return render(
        request, "notifications/pages/demo_mailbox.html", {"page": page, "wanted": wanted}
    )


@login_not_required
@_demo_only
@never_cache
@require_GET
def demo_mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """One mail: its headers, text, and a way to see it as a mail program shows it."""
    mail = get_object_or_404(DemoMail, id=mail_id)
    return render(request, "notifications/pages/demo_mail.html", {"mail": mail})


@login_not_required
@_demo_only
@never_cache
@require_GET
def demo_mail_html(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """The HTML part by itself, under a policy of its own that lets in its style sheet by hash."""
    html = get_object_or_404(DemoMail, id=mail_id).html
    hashes = [
        "'sha256-" + base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode() + "'"
        for sheet in _STYLE.findall(html)
    ]

    # The one thing a browser asks for by itself and a mail program doesn't.
    icon = format_html(
        '<link rel="icon" href="{}" type="image/svg+xml"></head>', static("favicon.svg")
    )
    response = HttpResponse(html.replace("</head>", icon, 1))
    # What csp_update sets: the one extra directive for this answer alone.
    response._csp_update = {"style-src": ["'self'", *hashes]}  # type: ignore[attr-defined] # noqa: SLF001
    return response
