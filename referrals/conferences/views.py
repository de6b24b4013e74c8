"""The MDO at /mdo/: the list, one MDO, and proposing one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from intake.resident_access import codes
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.casework_base.view_context import WORK, readable
from referrals.conferences import (
    agenda,
    agenda_requests,
    invitations,
    minutes,
    page,
    planning,
    state_machine,
)
from referrals.conferences.forms import JoinForm, ProposeByReferenceForm, ProposeForm
from referrals.conferences.models import Conference, Participant
from welzijn.core.working_days import local_date

STAFF = Permission.BE_STAFF


@require_GET
@never_cache
@needs(STAFF)
def index(request: HttpRequest) -> HttpResponse:
    """The MDOs that concern somebody: when and where, and nothing else."""
    partnership, user = here(request)
    found = list(page.listed(user=user, partnership=partnership, now=timezone.now())[:200])
    return render(
        request,
        "referrals/conferences/index.html",
        {
            "open": [c for c in found if c.is_open],
            "proposes": user.has_perm(Permission.SEE_NEIGHBOURHOOD, partnership),
            "past": [c for c in reversed(found) if not c.is_open],
        },
    )


def conference_for(request: HttpRequest, conference_id: UUID) -> tuple[Conference, page.View]:
    """An MDO as the user of this request sees it; 404 for who has nothing to do with it."""
    partnership, user = here(request)
    conference = get_object_or_404(
        Conference.objects.select_related("partnership", "proposed_by"),
        pk=conference_id,
        partnership=partnership,
    )
    seen = page.view_for(conference=conference, user=user, now=timezone.now())
    if seen is None:
        raise Http404
    return conference, seen


@require_http_methods(["GET", "POST"])
@never_cache
@needs(STAFF)
def show(request: HttpRequest, conference_id: UUID) -> HttpResponse:
    """One MDO; a participant says whether they come, an organiser takes somebody off."""
    conference, seen = conference_for(request, conference_id)
    _partnership, user = here(request)
    if request.method == "POST":
        now = timezone.now()
        try:
            if request.POST.get("wat") == "haal-weg":
                who = get_object_or_404(
                    conference.participants, pk=_uuid(request.POST.get("deelnemer", ""))
                )
                invitations.remove(participant=who, by=user, now=now)
            elif seen.own is not None and request.POST.get("komt") in {"ja", "nee"}:
                invitations.answer(
                    participant=seen.own, comes=request.POST["komt"] == "ja", now=now
                )
            else:
                raise Http404
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(request, _("Vastgelegd."))
        return redirect("conference", conference.pk)
    return render(
        request,
        "referrals/conferences/show.html",
        {
            "conference": conference,
            "seen": seen,
            "closing_question": minutes.closing_question(conference),
        },
    )


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Http404 from None


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def propose(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """The MDOs about a question, and proposing one, by who works on it."""
    question, user = readable(request, question_id)
    form = ProposeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                now = timezone.now()
                made = planning.propose(
                    question=question, why=form.cleaned_data["why"], by=user, now=now
                )
                if title := form.cleaned_data["title"]:
                    agenda.name(conference=made, title=title, by=user, now=now)
        except ValidationError as error:
            form.add_error("title", error)
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(request, _("Voorgesteld. Kies nu een dag en nodig anderen uit."))
            return redirect("conference", made.pk)
    return render(
        request,
        "referrals/conferences/propose.html",
        {
            "question": question,
            "form": form,
            "items": question.agenda_items.select_related("conference"),
            "asked": [
                (one, JoinForm(prefix=str(one.pk), initial={"why": one.why}))
                for one in agenda_requests.open_for(question)
            ],
        },
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(Permission.SEE_NEIGHBOURHOOD)
def new(request: HttpRequest) -> HttpResponse:
    """Proposing one by the reference of a question, by a wijkaanjager or coordinator."""
    partnership, user = here(request)
    now = timezone.now()
    form = ProposeByReferenceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        question = (
            Question.objects.filter(partnership=partnership)
            .listed_for(user, local_date(now))
            .filter(reference=codes.clean_reference(form.cleaned_data["reference"]))
            .first()
        )
        if (
            question is None
            or state_machine.may_propose_as(user, question, local_date(now)) is None
        ):
            form.add_error("reference", _("Dit kenmerk kennen wij niet in uw wijk."))
        else:
            try:
                made = planning.propose(
                    question=question, why=form.cleaned_data["why"], by=user, now=now
                )
            except (NotAllowedError, WrongMomentError) as error:
                refused(request, error)
            else:
                messages.success(request, _("Voorgesteld. Wie de vraag heeft, weet het nu."))
                return redirect("conference", made.pk)
    return render(
        request,
        "referrals/conferences/form.html",
        {
            "heading": _("Stel een MDO voor"),
            "button": _("Stel voor"),
            "form": form,
            "conference": None,
        },
        status=422 if form.is_bound else 200,
    )


def participant_by(token: UUID, request: HttpRequest) -> Participant:
    """Who was invited from outside, by the key in their mail; 404 for an unknown one."""
    return get_object_or_404(
        Participant.objects.select_related("conference__partnership"),
        token=token,
        user__isnull=True,
        conference__partnership=getattr(request, "partnership", None),
    )
