"""The privacy officer's screen at /beheer/inzage/."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from organisations.models import Partnership, Role
from organisations.permission import needs
from organisations.rules import Permission, roles_at
from referrals import log_sample
from referrals.forms.privacy import SampleForm
from welzijn.accounts.models import User


@never_cache
@require_GET
@needs(Permission.SAMPLE_LOG)
def inspect(request: HttpRequest) -> HttpResponse:
    """A sample of the log, the register of bases, and every basis that was no consent."""
    partnership = cast(Partnership, request.partnership)  # type: ignore[attr-defined]
    user = cast(User, request.user)
    membership = next(m for m in roles_at(user, partnership) if m.role == Role.PRIVACY_OFFICER)
    form = SampleForm(request.GET or None, partnership=partnership)
    drawn, total = log_sample.sample(
        user=user,
        membership=membership,
        partnership=partnership,
        chosen=form.chosen(),
        now=timezone.now(),
    )
    return render(
        request,
        "referrals/privacy/inspect.html",
        {
            "filters": form,
            "drawn": drawn,
            "total": total,
            "register": log_sample.register(partnership=partnership),
            "without_consent": log_sample.without_consent(partnership=partnership),
        },
    )
