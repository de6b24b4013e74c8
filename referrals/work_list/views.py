"""The work list at /werk/, and the questions of colleagues at /werk/overleg/."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from intake.questions.models.querysets import CASE_ROLES
from intake.questions.status import WrongMomentError
from organisations.front_door import configuration as front_door
from organisations.roles.decorators import here, needs
from organisations.roles.models import Membership
from organisations.roles.permissions import roles_at
from organisations.services import maintenance
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.casework_base.tabs import Tab
from referrals.casework_base.view_context import WORK
from referrals.consultations import services as consultation_services
from referrals.consultations.forms import AnswerForm
from referrals.consultations.models import Consultation
from referrals.work_list import listing


def tabs(found: listing.WorkList | None, current: str, counts: dict[str, int]) -> list[Tab]:
    """The tabs of the work list with their counts."""
    work = reverse("work")
    labels = {
        listing.TODAY: _("Vandaag"),
        listing.NEW: _("Nieuw"),
        listing.MINE: _("Van mij"),
        listing.HANDOVERS: _("Overdrachten"),
        listing.CLOSED: _("Afgerond"),
    }
    return [
        Tab(_("Van u gevraagd"), reverse("asked"), current == "gevraagd", counts.get("gevraagd")),
        *(
            Tab(label, f"{work}?lijst={key}", key == current, counts.get(key, 0))
            for key, label in labels.items()
        ),
        Tab(
            _("Even overleggen"),
            reverse("consultations"),
            current == "overleg",
            found.consultations if found else counts.get("overleg", 0),
        ),
        Tab(_("Onlangs bekeken"), reverse("recently_viewed"), current == "bekeken"),
    ]


@require_GET
@never_cache
@needs(WORK)
def index(request: HttpRequest) -> HttpResponse:
    """Show what is due today, new, the user's own, or waits for an answer on a handover."""
    partnership, user = here(request)
    chosen = request.GET.get("lijst", listing.TODAY)
    found = listing.show(
        user=user,
        partnership=partnership,
        roles=roles_at(user, partnership),
        chosen=chosen if chosen in listing.LISTS else listing.TODAY,
        page=request.GET.get("pagina", 1),
        now=timezone.now(),
    )
    return render(
        request,
        "referrals/work_list/index.html",
        {
            "work": found,
            "calendar": found.calendar,
            "keeps_services": maintenance.maintains_any(
                user, partnership, front_door.of(partnership)
            ),
            "tabs": tabs(found, found.chosen, found.counts),
        },
    )


@require_GET
@never_cache
@needs(WORK)
def consultations(request: HttpRequest) -> HttpResponse:
    """Show consultations to answer, and the answers to one's own."""
    partnership, user = here(request)
    now = timezone.now()
    found = listing.show(
        user=user,
        partnership=partnership,
        roles=roles_at(user, partnership),
        chosen=listing.HANDOVERS,
        page=1,
        now=now,
    )
    asked_us = (
        listing.consultations_for(user, partnership, timezone.localdate(now))
        .select_related("sender", "asked_by")
        .order_by("asked_at")[:50]
    )
    asked_by_me = (
        Consultation.objects.filter(partnership=partnership, asked_by=user)
        .select_related("receiver", "answered_by")
        .order_by("-asked_at")[:25]
    )
    return render(
        request,
        "referrals/work_list/consultations.html",
        {
            "asked_us": asked_us,
            "asked_by_me": asked_by_me,
            "tabs": tabs(found, "overleg", found.counts),
        },
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def answer(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Show one consultation and answer it. It shows no person and no question."""
    partnership, user = here(request)
    now = timezone.now()
    memberships = Membership.objects.active(timezone.localdate(now)).filter(
        user=user, partnership=partnership, role__in=CASE_ROLES
    )
    consultation = get_object_or_404(
        Consultation.objects.filter(
            partnership=partnership, receiver__in=memberships.values("organisation")
        ).select_related("sender", "receiver", "asked_by", "answered_by"),
        pk=consultation_id,
    )
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            consultation_services.answer(
                consultation=consultation, text=form.cleaned_data["text"], by=user, now=now
            )
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(request, _("Verstuurd. Uw collega krijgt uw antwoord."))
            return redirect("consultations")
    return render(
        request,
        "referrals/work_list/consultation.html",
        {"consultation": consultation, "form": form},
        status=422 if form.is_bound else 200,
    )
