"""Views: unsubscribing from the digest, delivery receipts of texts, the demo's mailbox."""

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
    """Answer 404 outside the demo."""

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
    """Unsubscribe the holder of this link from the digest. GET only asks: mail scanners open links.

    Exempt from CSRF because mail programs post here (RFC 8058); the signed token authorises. A
    wrong token is 404.
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
    """Record a delivery receipt that the text service posts.

    404 where no token is configured, 401 for a wrong one, 400 for an invalid body. Exempt from CSRF
    because the service is no browser; its token authorises.
    """
    if not settings.SMS_CALLBACK_TOKEN:
        raise Http404
    if not delivery_receipts.is_authorised(request.headers.get("Authorization", "")):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    try:
        delivery_receipts.record_receipt(
            request.read(delivery_receipts.MAX_BYTES + 1), now=timezone.now()
        )
    except delivery_receipts.InvalidReceiptError:
        return HttpResponse(status=400)
    return HttpResponse(status=204)


@login_not_required
@_demo_only
@never_cache
@require_GET
def demo_mailbox(request: HttpRequest) -> HttpResponse:
    """List the demo's mails and texts, newest first; `?zoek=` filters by recipient or subject."""
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
    """Show one mail with its headers and text, and a link to its HTML part."""
    mail = get_object_or_404(DemoMail, id=mail_id)
    return render(request, "notifications/pages/demo_mail.html", {"mail": mail})


@login_not_required
@_demo_only
@never_cache
@require_GET
def demo_mail_html(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Show the HTML part alone, under a CSP that allows its style sheet by hash."""
    html = get_object_or_404(DemoMail, id=mail_id).html
    hashes = [
        "'sha256-" + base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode() + "'"
        for sheet in _STYLE.findall(html)
    ]

    # Browsers request an icon; mail programs don't.
    icon = format_html(
        '<link rel="icon" href="{}" type="image/svg+xml"></head>', static("favicon.svg")
    )
    response = HttpResponse(html.replace("</head>", icon, 1))
    # As django-csp's csp_update decorator, with hashes known only here.
    response._csp_update = {"style-src": ["'self'", *hashes]}  # type: ignore[attr-defined] # noqa: SLF001
    return response
