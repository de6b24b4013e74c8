"""Pages of the privacy officer at /beheer/inzage/: the log, and the proofs of deletion."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from organisations.roles.decorators import needs
from organisations.roles.models import Role
from organisations.roles.permissions import Permission, roles_at
from referrals.casework_base.view_context import here
from referrals.privacy import log_sampling
from referrals.privacy.forms import ProofFilter, SampleForm
from referrals.retention import due, overview

PROOFS_A_PAGE = 25


@never_cache
@require_GET
@needs(Permission.SAMPLE_LOG)
def inspect(request: HttpRequest) -> HttpResponse:
    """Show a sample of the log, the register of bases, and each basis other than consent."""
    partnership, user = here(request)
    membership = next(m for m in roles_at(user, partnership) if m.role == Role.PRIVACY_OFFICER)
    form = SampleForm(request.GET or None, partnership=partnership)
    drawn, total = log_sampling.sample(
        user=user,
        membership=membership,
        partnership=partnership,
        filters=form.filters(),
        now=timezone.now(),
    )
    return render(
        request,
        "referrals/privacy/inspect.html",
        {
            "tabs": _tabs("privacy_inspect"),
            "filters": form,
            "drawn": drawn,
            "total": total,
            "register": log_sampling.register(partnership=partnership),
            "without_consent": log_sampling.without_consent(partnership=partnership),
        },
    )


@never_cache
@require_GET
@needs(Permission.SAMPLE_LOG)
def proofs(request: HttpRequest) -> HttpResponse:
    """Show the retention terms, what has expired, and the proofs of deletion; no person."""
    partnership, _user = here(request)
    form = ProofFilter(request.GET or None, partnership=partnership)
    paginator = Paginator(overview.proofs(partnership=partnership, **form.filters()), PROOFS_A_PAGE)
    page = paginator.get_page(request.GET.get("pagina"))
    return render(
        request,
        "referrals/privacy/proofs.html",
        {
            "tabs": _tabs("privacy_proofs"),
            "filters": form,
            "page": page,
            "proofs": overview.describe(page.object_list),
            "terms": overview.terms(partnership),
            "over": [
                (group.organisation, overview.kind_in_words(group.kind), group.years, questions)
                for group, questions in due.count_expired(
                    partnership=partnership, now=timezone.now()
                )
            ],
        },
    )


def _tabs(current: str) -> list[dict[str, Any]]:
    names = {"privacy_inspect": _("Logboek en grondslagen"), "privacy_proofs": _("Wat is gewist")}
    return [
        {"label": label, "url": reverse(name), "current": name == current}
        for name, label in names.items()
    ]
