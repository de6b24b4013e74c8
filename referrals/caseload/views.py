"""Pages of the coordinator: the caseload, one question without the person, and the balance."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles import duty
from organisations.roles.decorators import here, needs
from organisations.roles.models import Membership
from organisations.roles.permissions import Permission
from referrals.caseload import balance, listing
from referrals.caseload.forms import AssignForm, CaseloadFilterForm, DivideForm, MoveForm
from referrals.caseload.links import filter_chips, page_links
from referrals.casework import absence, set_aside, take_over
from referrals.casework import assign as casework_assign
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.routing_review.models import Correction
from welzijn.accounts.models import User
from welzijn.design_system.templatetags.dates import moment

SEE = Permission.SEE_CASELOAD


@require_GET
@never_cache
@needs(SEE)
def index(request: HttpRequest) -> HttpResponse:
    """Show the work of the whole partnership: filtered, sorted, searched, by page."""
    partnership, user = here(request)
    form = CaseloadFilterForm(request.GET, partnership=partnership)
    page = listing.show(
        user=user,
        partnership=partnership,
        filters=form.filters(after=request.GET.get("na", ""), before=request.GET.get("voor", "")),
        now=timezone.now(),
    )
    return render(
        request,
        "referrals/caseload/index.html",
        {
            "page": page,
            "calendar": page.calendar,
            "filters": form,
            "chips": filter_chips(request, partnership, form),
            "gaps": duty.gaps(partnership=partnership, now=timezone.now()),
            "tabs": tabs(request, "index"),
            **page_links(request, page),
        },
    )


@require_GET
@never_cache
@needs(SEE)
def balance_page(request: HttpRequest) -> HttpResponse:
    """Show how the open work is spread over organisations and people."""
    partnership, user = here(request)
    return render(
        request,
        "referrals/caseload/balance.html",
        {
            "balance": balance.of(user=user, partnership=partnership, now=timezone.now()),
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
    form = AssignForm(request.POST, question=question)
    if form.is_valid():
        try:
            casework_assign.assign(
                question=question, to=form.cleaned_data["to"], by=user, now=timezone.now()
            )
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error, question)
        else:
            name = form.cleaned_data["to"].name
            messages.success(request, _("Toegewezen aan {name}.").format(name=name))
            return redirect("caseload_one", question.pk)
    return _render_detail(request, question, assigning=form)


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


@require_http_methods(["GET", "POST"])
@needs(SEE)
def divide(request: HttpRequest, worker_id: UUID) -> HttpResponse:
    """Pass all of a colleague's work on in one step, for somebody who is ill or leaves."""
    partnership, user = here(request)
    worker = get_object_or_404(
        User.objects.filter(
            pk__in=Membership.objects.filter(partnership=partnership).values("user")
        ),
        pk=worker_id,
    )
    form = DivideForm(request.POST or None, worker=worker, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        try:
            handed = absence.hand_on_everything(
                worker=worker,
                to=form.cleaned_data["to"],
                partnership=partnership,
                by=user,
                now=timezone.now(),
            )
        except NotAllowedError as error:
            refused(request, error)
        else:
            messages.success(
                request,
                ngettext("{n} vraag verdeeld.", "{n} vragen verdeeld.", handed).format(n=handed),
            )
            return redirect("caseload_balance")
    open_questions = (
        Question.objects.listed_for(user)
        .filter(partnership=partnership, assigned_to=worker)
        .open()
        .count()
    )
    return render(
        request,
        "referrals/caseload/divide.html",
        {"form": form, "worker": worker, "number": open_questions},
    )


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
            "assigning": assigning or AssignForm(question=question),
            "moving": moving or MoveForm(question=question),
        },
        status=400 if assigning or moving else 200,
    )


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Return the tabs of the caseload; a flood has one while something was set aside."""
    partnership, _user = here(request)
    suspected = set_aside.lot(partnership).count()
    flood = {
        "label": _("Mogelijk verzonnen"),
        "url": "/caseload/opzij/",
        "current": current == "set_aside",
        "count": suspected,
    }
    return [
        {"label": _("Lijst"), "url": "/caseload/", "current": current == "index"},
        {"label": _("Verdeling"), "url": "/caseload/verdeling/", "current": current == "balance"},
        *([flood] if suspected or current == "set_aside" else []),
    ]
