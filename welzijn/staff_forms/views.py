"""Keep a draft while somebody types, discard it, and stay signed in."""

import time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from welzijn.accounts.models import User
from welzijn.accounts.sessions import LAST_SEEN_AT, STARTED_AT
from welzijn.staff_forms import drafts, fields, tokens


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form as a draft of the user whose page it is.

    The form key says whose, and is signed: it stands for the session and the CSRF token, which may
    be gone. `state` of the answer: kept, out (kept, but nobody is signed in any more), or not (that
    form was sent already, or holds nothing). An error status would fill the browser's console.
    """
    token = tokens.read(request)
    if token is None:
        return JsonResponse({}, status=403)
    user = request.user
    if isinstance(user, User) and user.pk != token.user_id:
        return JsonResponse({}, status=403)
    page = fields.own_address(request, request.POST.get(fields.PAGE, ""))
    action = fields.own_address(request, request.POST.get(fields.ACTION, ""))
    now = timezone.now()
    typed = fields.typed(request.POST)
    if not page or not action:
        return JsonResponse({}, status=400)
    if not drafts.save(
        request,
        user_id=token.user_id,
        key=token.key,
        page=page,
        action=action,
        fields=typed,
        now=now,
        # What a browser kept while there was no connection: the form may have been sent since.
        not_after=token.made_at if fields.LATE in request.POST else None,
    ):
        return JsonResponse({"state": "not"})
    at = f"{timezone.localtime(now):%H.%M}"
    if not isinstance(user, User):
        text = _("U bent uitgelogd. Uw tekst is bewaard als concept om {at} uur.").format(at=at)
        return JsonResponse({"state": "out", "text": text})
    text = _("Concept bewaard om {at} uur.").format(at=at)
    return JsonResponse({"state": "kept", "text": text})


@never_cache
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Delete the draft of a form, and show its page without it."""
    page = fields.own_address(request, request.POST.get(fields.PAGE, ""))
    action = fields.own_address(request, request.POST.get(fields.ACTION, ""))
    if isinstance(request.user, User) and action:
        drafts.forget(request, user_id=request.user.pk, actions=[action])
    return redirect(page or "home_for_staff")


@never_cache
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in; say for how many seconds, at most until the session ends in any case."""
    now = int(time.time())
    request.session[LAST_SEEN_AT] = now
    begun = int(request.session.get(STARTED_AT, 0))
    left = begun + settings.STAFF_SESSION_SECONDS - now
    return JsonResponse({"idle": settings.STAFF_IDLE_SECONDS, "left": max(0, left)})
