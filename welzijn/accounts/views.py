"""The invitation page; everything else about signing in is allauth's."""

from allauth.account.models import EmailAddress
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from welzijn.accounts.invitation import user_for
from welzijn.accounts.models import User


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Let an invited person choose a password; their address counts as verified by the mail."""
    user = user_for(uid, token)
    if user is None:
        return render(request, "account/invitation.html", {"invited": None}, status=410)
    form: SetPasswordForm[User] = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            EmailAddress.objects.update_or_create(
                user=user, email=user.email, defaults={"verified": True, "primary": True}
            )
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("mfa_index")
    return render(
        request,
        "account/invitation.html",
        {"invited": user, "form": form},
        status=422 if request.method == "POST" else 200,
    )
