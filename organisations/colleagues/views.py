"""Screens: one colleague's account, and the requests that a second person decides on."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.colleagues import account, requests
from organisations.colleagues.forms import DetailsForm
from organisations.colleagues.models import AccountRequest
from organisations.roles.decorators import here, needs
from organisations.roles.models import Membership
from organisations.roles.permissions import Permission
from welzijn.accounts.models import User

MANAGE = Permission.MANAGE_ROLES
DECIDE = Permission.DECIDE_REQUESTS


def _colleague(request: HttpRequest, user_id: UUID) -> User:
    """Return somebody who has or had a role here; 404 for others."""
    partnership, _user = here(request)
    return get_object_or_404(
        User, pk=user_id, pk__in=Membership.objects.filter(partnership=partnership).values("user")
    )


@require_GET
@needs(MANAGE)
def person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Show a colleague's account: details, ways to sign in, and who gave which role when."""
    partnership, user = here(request)
    somebody = _colleague(request, user_id)
    factors = Authenticator.objects.filter(user=somebody).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    return render(
        request,
        "organisations/colleagues/person.html",
        {
            "somebody": somebody,
            "is_self": somebody == user,
            "details": [
                (_("Naam"), somebody.name),
                (_("Functie"), somebody.function or "-"),
                (_("E-mailadres"), somebody.email),
                (_("Account"), _("actief") if somebody.is_active else _("gestopt")),
            ],
            "has_factor": factors.exists(),
            "has_sign_on": SocialAccount.objects.filter(user=somebody).exists(),
            "open_requests": AccountRequest.objects.filter(
                user=somebody,
                partnership=partnership,
                decided_at__isnull=True,
                asked_at__gte=timezone.now() - requests.OPEN_FOR,
            ).select_related("asked_by"),
            "roles": account.history(user=somebody, partnership=partnership),
        },
    )


@require_http_methods(["GET", "POST"])
@needs(MANAGE)
def details(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Change name and function; ask for another address."""
    partnership, user = here(request)
    somebody = _colleague(request, user_id)
    now = timezone.now()
    initial = {"name": somebody.name, "function": somebody.function, "email": somebody.email}
    form = DetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            if wanted["email"].lower() != somebody.email:
                requests.ask(
                    kind=AccountRequest.Kind.CHANGE_ADDRESS,
                    user=somebody,
                    partnership=partnership,
                    new_email=wanted["email"],
                    by=user,
                    now=now,
                )
                messages.info(request, _("Het nieuwe adres wacht op een tweede collega."))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            account.change(
                user=somebody,
                name=wanted["name"],
                function=wanted["function"],
                partnership=partnership,
                by=user,
                now=now,
            )
            messages.success(request, _("De gegevens zijn opgeslagen."))
            return redirect("colleague", somebody.pk)
    return render(
        request,
        "organisations/colleagues/details.html",
        {"form": form, "somebody": somebody},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


@require_POST
@needs(MANAGE)
def reset_second_factor(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Ask to reset a lost second factor; a second person decides."""
    partnership, user = here(request)
    somebody = _colleague(request, user_id)
    try:
        requests.ask(
            kind=AccountRequest.Kind.RESET_SECOND_FACTOR,
            user=somebody,
            partnership=partnership,
            by=user,
            now=timezone.now(),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Uw verzoek wacht op een tweede collega."))
    return redirect("colleague", somebody.pk)


@require_POST
@needs(MANAGE)
def unlink(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Forget who a colleague is at the identity provider."""
    partnership, user = here(request)
    somebody = _colleague(request, user_id)
    try:
        account.unlink(user=somebody, partnership=partnership, by=user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("De koppeling is los."))
    return redirect("colleague", somebody.pk)


@require_POST
@needs(MANAGE)
def end(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """End a colleague's account at once."""
    partnership, user = here(request)
    somebody = _colleague(request, user_id)
    try:
        ended = account.end(user=somebody, partnership=partnership, by=user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        confirmation = (
            _("Het account is gestopt.")
            if ended
            else _("De rollen hier zijn gestopt. Het account blijft voor ander werk bestaan.")
        )
        messages.success(request, confirmation)
    return redirect("colleague", somebody.pk)


@require_POST
@needs(MANAGE)
def reopen(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Reopen an ended account, without roles."""
    _partnership, user = here(request)
    somebody = _colleague(request, user_id)
    try:
        account.reopen(user=somebody, by=user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Het account is weer open. Geef nu de rollen opnieuw."))
    return redirect("colleague", somebody.pk)


@require_GET
@needs(DECIDE)
def waiting(request: HttpRequest) -> HttpResponse:
    """List the requests that this user may decide on."""
    partnership, user = here(request)
    found = requests.open_for(partnership=partnership, by=user, now=timezone.now())
    return render(request, "organisations/colleagues/requests.html", {"requests": found})


@require_POST
@needs(DECIDE)
def decide(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Approve or refuse a request."""
    partnership, user = here(request)
    get_object_or_404(AccountRequest, pk=request_id, partnership=partnership)
    approved = request.POST.get("besluit") == "ja"
    try:
        requests.decide(request_id=request_id, approved=approved, by=user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        confirmation = (
            _("U heeft het goedgekeurd.") if approved else _("U heeft het niet goedgekeurd.")
        )
        messages.success(request, confirmation)
    return redirect("account_requests")
