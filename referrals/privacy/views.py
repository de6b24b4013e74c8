"""Pages of the privacy officer at /beheer/inzage/: the log, and the proofs of deletion."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import Permission, roles_at
from referrals.privacy import earlier_details, findings, log_lines, log_sampling, unusual
from referrals.privacy.forms import EarlierForm, FindingForm, LinesForm, ProofFilter, SampleForm
from referrals.privacy.models import Finding
from referrals.privacy.officer_log import record_look
from referrals.retention import due, overview
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core import csv_export

PROOFS_A_PAGE = 25


@never_cache
@require_GET
@needs(Permission.SAMPLE_LOG)
def inspect(request: HttpRequest) -> HttpResponse:
    """Show a sample of the log, the register of bases, and each basis other than consent."""
    partnership, user = here(request)
    membership = officer_of(user, partnership)
    form = SampleForm(request.GET or None, partnership=partnership)
    _look(request, "disclosures", Reason.DISCLOSURES)
    filters = form.filters()
    drawn, total = (
        ([], 0)
        if form.refused
        else log_sampling.sample(
            user=user,
            membership=membership,
            partnership=partnership,
            filters=filters,
            now=timezone.now(),
        )
    )
    return render(
        request,
        "referrals/privacy/inspect.html",
        {
            "tabs": tabs("privacy_inspect"),
            "filters": form,
            "drawn": drawn,
            "total": total,
            "since": filters.since,
            "until": filters.until,
            "register": log_sampling.register(partnership=partnership),
            "without_consent": findings.disclosures(partnership=partnership),
            "finding": FindingForm(auto_id=False),
        },
    )


@never_cache
@require_GET
@needs(Permission.SAMPLE_LOG)
def proofs(request: HttpRequest) -> HttpResponse:
    """Show the retention terms, what has expired, and the proofs of deletion; no person."""
    partnership, _user = here(request)
    form = ProofFilter(request.GET or None, partnership=partnership)
    found = overview.proofs(partnership=partnership, **form.filters())
    paginator = Paginator(found.none() if form.refused else found, PROOFS_A_PAGE)
    page = paginator.get_page(request.GET.get("pagina"))
    return render(
        request,
        "referrals/privacy/proofs.html",
        {
            "tabs": tabs("privacy_proofs"),
            "filters": form,
            "page": page,
            "proofs": overview.describe(page.object_list),
            "terms": overview.terms(partnership),
            "dpia_on": partnership.dpia_on,
            "over": [
                (group.organisation, overview.kind_in_words(group.kind), group.years, questions)
                for group, questions in due.count_expired(
                    partnership=partnership, now=timezone.now()
                )
            ],
        },
    )


@never_cache
@require_GET
@needs(Permission.SAMPLE_LOG)
def lines(request: HttpRequest) -> HttpResponse:
    """Show all lines of the log of a colleague or a question, over any period."""
    partnership, user = here(request)
    form = LinesForm(request.GET or None, partnership=partnership)
    page, found = None, list[log_sampling.SampledEvent]()
    if not form.refused:
        page, found = log_lines.page_of(
            officer=user,
            member=officer_of(user, partnership),
            filters=form.filters(),
            number=request.GET.get("pagina"),
            now=timezone.now(),
        )
    return render(
        request,
        "referrals/privacy/lines.html",
        {
            "tabs": tabs("privacy_log"),
            "filters": form,
            "page": page,
            "drawn": found,
            "query": request.GET.urlencode(),
        },
    )


@never_cache
@require_GET
@needs(Permission.SAMPLE_LOG)
def download(request: HttpRequest) -> HttpResponse:
    """Download the lines that the page shows, all pages; the log records it."""
    partnership, user = here(request)
    form = LinesForm(request.GET or None, partnership=partnership)
    if form.refused:
        return redirect("privacy_log")
    return csv_export.response(
        "logboek.csv",
        log_lines.rows(
            officer=user,
            member=officer_of(user, partnership),
            filters=form.filters(),
            now=timezone.now(),
        ),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.SAMPLE_LOG)
def earlier(request: HttpRequest) -> HttpResponse:
    """Show what was known of a resident before it was put right; a look is a POST, and logged."""
    partnership, user = here(request)
    form = EarlierForm(request.POST if request.method == "POST" else None, partnership=partnership)
    found = None
    if form.is_bound and form.is_valid() and form.question is not None:
        question = Question.objects.select_related("asker").get(pk=form.question.pk)
        found = earlier_details.read(
            officer=user,
            member=officer_of(user, partnership),
            question=question,
            now=timezone.now(),
        )
    return render(
        request,
        "referrals/privacy/earlier.html",
        {"tabs": tabs("privacy_earlier"), "form": form, "found": found},
        status=422 if form.refused else 200,
    )


@never_cache
@require_GET
@needs(Permission.SAMPLE_LOG)
def unusual_looks(request: HttpRequest) -> HttpResponse:
    """Show looks that stand out, the rules by which, and the findings about them."""
    partnership, _user = here(request)
    _look(request, "unusual looks", Reason.UNUSUAL)
    found = unusual.of(partnership=partnership, now=timezone.now())
    known = findings.latest(partnership=partnership, keys=[one.key for one in found])
    return render(
        request,
        "referrals/privacy/unusual.html",
        {
            "tabs": tabs("privacy_unusual"),
            "rules": unusual.rules(),
            "days": unusual.DAYS,
            "rows": [(one, known.get(one.key)) for one in found],
            "finding": FindingForm(auto_id=False),
        },
    )


@never_cache
@require_POST
@needs(Permission.SAMPLE_LOG)
def finding(request: HttpRequest) -> HttpResponse:
    """Record a finding about a disclosure or about unusual looking."""
    partnership, user = here(request)
    form = FindingForm(request.POST)
    back = "privacy_inspect"
    if form.is_valid():
        about = form.cleaned_data["about"]
        now = timezone.now()
        if about.startswith("unusual:"):
            back = "privacy_unusual"
            keys: dict[str, UUID | None] = {
                one.key: None for one in unusual.of(partnership=partnership, now=now)
            }
        else:
            keys = {d.key: d.question for d in findings.disclosures(partnership=partnership)}
        if about not in keys:
            raise Http404
        with transaction.atomic():
            findings.record(
                partnership=partnership,
                about=about,
                question=keys[about],
                outcome=Finding.Outcome(form.cleaned_data["outcome"]),
                note=form.cleaned_data["note"],
                by=user,
                now=now,
            )
            _look(request, "finding", Reason.FINDING, AccessEvent.Action.CHANGE)
        messages.success(request, _("Bevinding vastgelegd."))
    else:
        if request.POST.get("about", "").startswith("unusual:"):
            back = "privacy_unusual"
        messages.error(request, _("Kies een bevinding en schrijf een toelichting."))
    return redirect(back)


def _look(
    request: HttpRequest,
    what: str,
    reason: Reason,
    action: AccessEvent.Action = AccessEvent.Action.LIST,
) -> None:
    partnership, user = here(request)
    record_look(
        officer=user,
        member=officer_of(user, partnership),
        action=action,
        what=what,
        reason=reason,
        now=timezone.now(),
    )


def officer_of(user: User, partnership: Partnership) -> Membership:
    """Return the membership by which `user` is privacy officer here."""
    return next(m for m in roles_at(user, partnership) if m.role == Role.PRIVACY_OFFICER)


def tabs(current: str) -> list[dict[str, Any]]:
    """Return the tabs of the privacy officer's pages."""
    names = {
        "privacy_inspect": _("Steekproef en register"),
        "privacy_log": _("Wie bekeek wat"),
        "privacy_unusual": _("Opvallend"),
        "privacy_earlier": _("Eerdere gegevens"),
        "data_requests": _("Verzoeken"),
        "privacy_proofs": _("Wat is gewist"),
    }
    return [
        {"label": label, "url": reverse(name), "current": name == current}
        for name, label in names.items()
    ]
