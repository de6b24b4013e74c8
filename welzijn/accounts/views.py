"""Views: accepting an invitation, ending an own session. allauth has the others."""

from typing import cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from welzijn.accounts import session_views
from welzijn.accounts.invitation import read
from welzijn.accounts.models import User


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Let an invited person choose a password; their address counts as verified by the mail."""
    link = read(uid, token)
    user = link.user
    if user is None:
        return render(
            request,
            "account/invitation.html",
            {"invited": None, "used": link.used},
            status=200 if link.used else 410,
        )
    form: SetPasswordForm[User] = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            EmailAddress.objects.update_or_create(
                user=user, email=user.email, defaults={"verified": True, "primary": True}
            )
        # Without this record allauth asks on the next page for the password just chosen.
        record_authentication(
            request, user, method="password", email=user.email, reauthenticated=True
        )
        return cast(
            HttpResponse,
            perform_login(
                request, user, email_verification="none", redirect_url=reverse("mfa_index")
            ),
        )
    return render(
        request,
        "account/invitation.html",
        {"invited": user, "form": form},
        status=422 if request.method == "POST" else 200,
    )


@require_POST
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    """End another session of the user; 404 for a session that is not theirs."""
    if not session_views.end_session(user=cast(User, request.user), session=session):
        raise Http404
    messages.success(request, _("U bent daar uitgelogd."))
    return redirect("usersessions_list")
