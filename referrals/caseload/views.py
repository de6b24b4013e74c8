"""Pages of the coordinator: one question without the person, and the balance."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.caseload import balance, dashboard, numbers, redistribution
from referrals.caseload.forms import AssignForm, MoveForm
from referrals.caseload.tabs import tabs
from referrals.casework import assign as casework_assign
from referrals.casework import other_organisation, remind, take_over
from referrals.casework.undo_offering import offering
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.routing_review.models import Correction
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.design_system.templatetags.dates import moment

SEE = Permission.SEE_CASELOAD


@require_GET
@never_cache
@needs(SEE)
def dashboard_page(request: HttpRequest) -> HttpResponse:
    """Show how the work stands, in pictures with their tables."""
    partnership, user = here(request)
    found = dashboard.of(user=user, partnership=partnership, now=timezone.now())
    return render(
        request,
        "referrals/caseload/dashboard.html",
        {"dashboard": found, "tabs": tabs(request, "dashboard")},
    )


@require_GET
@never_cache
@needs(SEE)
def balance_page(request: HttpRequest) -> HttpResponse:
    """Show how the open work is spread over organisations and people."""
    partnership, user = here(request)
    now = timezone.now()
    return render(
        request,
        "referrals/caseload/balance.html",
        {
            "balance": balance.of(user=user, partnership=partnership, now=now),
            "week": numbers.week_key(local_date(now)),
            "spreads": redistribution.recent(partnership=partnership, now=now),
            "tabs": tabs(request, "balance"),
        },
    )


@require_GET
@never_cache
@needs(SEE)
def detail(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show one question without the person: its lead, why, and forms to assign or move it."""
    partnership, user = here(request)
    return _render_detail(request, _listed(user, partnership, question_id))


@require_POST
@needs(SEE)
def assign_to(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Assign the question to a colleague at its lead."""
    partnership, user = here(request)
    question = _listed(user, partnership, question_id)
    form = AssignForm(request.POST, question=question, anothers=_is_anothers(user, question))
    if form.is_valid():
        try:
            now = timezone.now()
            to, reason = form.cleaned_data["to"], form.cleaned_data["why"]
            assign = partial(
                casework_assign.assign, question=question, to=to, by=user, now=now, reason=reason
            )
            offering(request, question, assign, now)
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error, question)
        else:
            name = form.cleaned_data["to"].name
            messages.success(request, _("Toegewezen aan {name}.").format(name=name))
            return redirect("caseload_one", question.pk)
    return _render_detail(request, question, assigning=form)


@require_POST
@needs(SEE)
def remind_of(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Remind whoever has the question that it is waited for."""
    partnership, user = here(request)
    question = _listed(user, partnership, question_id)
    try:
        remind.remind(question=question, by=user, now=timezone.now())
    except (NotAllowedError, WrongMomentError) as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("De herinnering is verstuurd."))
    return redirect("caseload_one", question.pk)


@require_POST
@needs(SEE)
def move(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Give the question another lead, with a reason."""
    partnership, user = here(request)
    question = _listed(user, partnership, question_id)
    form = MoveForm(request.POST, question=question)
    if form.is_valid():
        try:
            moved = casework_assign.move_lead(
                question=question,
                to=form.organisation(),
                by=user,
                now=timezone.now(),
                ground=form.chosen_ground(),
                why=Correction.Why(form.cleaned_data["why"]),
            )
        except take_over.AskFirstError:
            return _ask_for_it(request, question, form, user)
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error, question)
        else:
            who = moved.lead_team or moved.lead
            messages.success(request, _("Verplaatst. De vraag ligt nu bij {who}.").format(who=who))
            return redirect("caseload_one", question.pk)
    return _render_detail(request, question, moving=form)


def _ask_for_it(
    request: HttpRequest, question: Question, form: MoveForm, user: User
) -> HttpResponse:
    """Ask the organisation that has the question: nobody takes it alone."""
    try:
        take_over.ask(
            question=question,
            to=form.organisation(),
            by=user,
            why=Correction.Why(form.cleaned_data["why"]),
            now=timezone.now(),
        )
    except (NotAllowedError, WrongMomentError) as error:
        refused(request, error, question)
        return _render_detail(request, question, moving=form)
    who = question.lead_team or question.lead
    messages.success(
        request,
        _("Gevraagd aan {who}. Zij dragen de vraag over als de inwoner dat goed vindt.").format(
            who=who
        ),
    )
    return redirect("caseload_one", question.pk)


def _is_anothers(user: User, question: Question) -> bool:
    return other_organisation.is_anothers(user, question, timezone.localdate())


def _listed(user: User, partnership: Partnership, question_id: UUID) -> Question:
    """Return a question of which this user may see the row; raises Http404."""
    return get_object_or_404(
        Question.objects.listed_for(user)
        .filter(partnership=partnership)
        .select_related("partnership__triage_team", "lead", "lead_team", "assigned_to")
        .select_related("neighbourhood", "service")
        .defer("words", "opening_answers", "result_words", "search"),
        pk=question_id,
    )


def _render_detail(
    request: HttpRequest,
    question: Question,
    *,
    assigning: AssignForm | None = None,
    moving: MoveForm | None = None,
) -> HttpResponse:
    partnership, user = here(request)
    decision = question.decisions.select_related("rule_set", "organisation", "team").last()
    return render(
        request,
        "referrals/caseload/one.html",
        {
            "question": question,
            "calendar": front_door.of(partnership).calendar,
            "domains": [d.for_staff for d in question.life_domains.all()],
            "decision": decision,
            "readable": Question.objects.visible_to(user).filter(pk=question.pk).exists(),
            "steps": [
                {
                    "when": moment(entry.at),
                    "title": entry.get_kind_display(),
                    "who": entry.organisation,
                }
                for entry in question.timeline.select_related("organisation").defer(
                    "parameters", "note"
                )[:30]
            ],
            "assigning": assigning
            or AssignForm(question=question, anothers=_is_anothers(user, question)),
            "moving": moving or MoveForm(question=question),
        },
        status=400 if assigning or moving else 200,
    )
