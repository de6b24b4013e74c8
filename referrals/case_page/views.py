"""The page of one question at /vraagstuk/, and the pages of its actions."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from intake.access_log.open_question import open_question
from intake.attachments import services as attachments
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import roles_at
from referrals.case_page import action_registry, page, without_access
from referrals.casework.undo_offering import offering
from referrals.casework_base import permissions as casework_base_permissions
from referrals.casework_base import starting_texts
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.forms import GroundForm
from referrals.casework_base.refusals import refused
from referrals.casework_base.view_context import WORK
from referrals.follow_ups.models import FollowUp
from referrals.handovers import receiver_summary, wmo_report
from referrals.handovers.models import Handover
from referrals.routing_review import decision_trace
from welzijn.accounts.models import User
from welzijn.audit.reasons import Reason

# Place of the actions on the page: the usual ones, and the rarer ones.
HELPFUL = ("contact", "note", "plan", "handover", "consult", "bring_in", "close")
RARE = ("kind", "write", "put_back", "withdraw")


@require_GET
@never_cache
@needs(WORK)
def show(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show one question with its people; the access is recorded."""
    partnership, user = here(request)
    now = timezone.now()
    try:
        opened = open_question(
            user=user,
            partnership=partnership,
            question_id=question_id,
            why=Reason.OPENED,
            now=now,
        )
    except Http404:
        lost = _handover_lost(user, partnership, question_id)
        if lost is not None:
            return redirect("handover", lost.pk)
        return without_access.page(request, user, partnership, question_id)
    opened.question.partnership = partnership
    found = page.of(opened=opened, roles=roles_at(user, partnership), now=now)
    return render(
        request,
        "referrals/case_page/case.html",
        {
            "case": found,
            "question": found.question,
            "melding": wmo_report.running_melding(found.question, front_door.of(partnership)),
            "calendar": found.calendar,
            "next_action": action_registry.ACTIONS.get(_next_action(found)),
            "helpful": _offered(found, HELPFUL),
            "rare": _offered(found, RARE),
            "handover_actions": _of_the_handover(found),
            "tries": page.tries_in_words(found.tries),
            "attachments": attachments.listing(found.question),
            "timeline_shown": page.TIMELINE_SHOWN,
        },
    )


def _next_action(found: page.Case) -> str:
    """Return the action of the next step; writing on the page if nobody can call or mail."""
    if found.next.action == "contact" and not (found.phone or found.email):
        return "write"
    return found.next.action


def _handover_lost(user: User, partnership: Partnership, question_id: UUID) -> Handover | None:
    """Return the handover this user accepted and that was stopped since; its page says so."""
    return Handover.objects.filter(
        question=question_id,
        question__partnership=partnership,
        answered_by=user,
        status__in=receiver_summary.ACCESS_ENDED,
    ).first()


def _offered(found: page.Case, keys: tuple[str, ...]) -> list[action_registry.Action]:
    """Return those actions that this user may take now, except the next step."""
    if not found.question.is_open:
        return _after_closing(found) if keys == HELPFUL else []
    offered = []
    for key in keys:
        action = action_registry.ACTIONS[key]
        if key == _next_action(found) or (key == "handover" and found.handover is not None):
            continue
        if key == "put_back" and found.question.status != Question.Status.PICKED_UP:
            continue
        if (
            action.permission == casework_base_permissions.Permission.LEAD_QUESTION
            and not found.leads
        ):
            continue
        offered.append(action)
    if "handover" in keys and found.places:
        offered.insert(0, action_registry.ACTIONS["place"])
    if _asks_subject(found.question, keys):
        offered.insert(0, action_registry.ACTIONS["subject"])
    return offered


def _asks_subject(question: Question, keys: tuple[str, ...]) -> bool:
    """Their own yes or no helps along until it is known; a change of mind is rarer."""
    if question.asker_id == question.subject_id:
        return False
    return keys == (RARE if question.subject_answer else HELPFUL)


def _after_closing(found: page.Case) -> list[action_registry.Action]:
    """A resident who phones says how it goes, while that is still asked; and it can be reopened."""
    closing_question = any(f.kind == FollowUp.Kind.CHECK for f in found.planned)
    keys = (*(("check",) if closing_question else ()), "reopen")
    return [action_registry.ACTIONS[k] for k in keys if found.leads and k != found.next.action]


def _of_the_handover(found: page.Case) -> list[action_registry.Action]:
    """Return the other actions on the open handover."""
    if found.handover is None:
        return []
    keys: dict[str, tuple[str, ...]] = {
        "proposed": ("resident_says", "take_back") if found.leads else (),
        "offered": ("take_back", "stop_handover") if found.leads else (),
        "question": ("answer", "take_back", "stop_handover") if found.leads else (),
        "answered": ("resident_says", "take_back", "stop_handover") if found.leads else (),
        "accepted": ("meeting", "met", "take_back", "stop_handover")
        if found.leads
        else ("meeting", "met", "give_back", "stop_handover"),
    }
    return [
        action_registry.ACTIONS[k] for k in keys[found.handover.status] if k != found.next.action
    ]


@require_GET
@never_cache
@needs(WORK)
def why(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show why the question was routed here: rule, facts, version, and all rules tried."""
    partnership, user = here(request)
    opened = open_question(
        user=user,
        partnership=partnership,
        question_id=question_id,
        why=Reason.ROUTING,
        now=timezone.now(),
    )
    decision = opened.question.decisions.select_related(
        "rule_set", "organisation", "team", "service__organisation"
    ).first()
    if decision is None:
        raise Http404
    trace = decision_trace.trace_of(decision=decision, partnership=partnership)
    return render(
        request,
        "referrals/case_page/why.html",
        {"question": opened.question, "decision": decision, "trace": trace},
    )


def _question(user: User, partnership: Partnership, question_id: UUID) -> Question:
    """Return the question for an action; raise Http404 if the user can't read or place it."""
    today = timezone.localdate()
    readable = Question.objects.visible_to(user, today).filter(partnership=partnership)
    question = get_object_or_404(
        readable.select_related("asker", "subject", "lead", "lead_team", "assigned_to"),
        pk=question_id,
    )
    question.partnership = partnership
    return question


def _perform(
    request: HttpRequest, action: action_registry.Action, question: Question, form: Any, user: User
) -> None:
    now = timezone.now()
    if not action.undoable:
        action.perform(question, form, user, now)
        return
    offering(request, question, lambda: action.perform(question, form, user, now), now)


def act(action: action_registry.Action) -> Callable[..., HttpResponseBase]:
    """Show the form of an action (GET) or run its verb (POST)."""

    @require_http_methods(["GET", "POST"])
    @never_cache
    @needs(WORK)
    def view(request: HttpRequest, question_id: UUID) -> HttpResponse:
        partnership, user = here(request)
        question = _question(user, partnership, question_id)
        if not user.has_perm(action.permission, question):
            raise PermissionDenied
        options: dict[str, Any] = {"question": question}
        if issubclass(action.form, GroundForm):
            options["without_yes"] = action.without_yes and user.has_perm(
                casework_base_permissions.Permission.SHARE_WITHOUT_CONSENT, question
            )
        texts = starting_texts.offered(action.form.starting_texts, partnership, user)
        if texts:
            number = request.GET.get(starting_texts.PARAMETER, "")
            options["initial"] = starting_texts.chosen(texts, number)
        form = action.form(request.POST if request.method == "POST" else None, **options)
        if request.method == "POST" and form.is_valid():
            try:
                _perform(request, action, question, form, user)
            except (NotAllowedError, WrongMomentError) as error:
                refused(request, error, question)
            else:
                messages.success(request, str(action.done))
                still = Question.objects.visible_to(user, timezone.localdate())
                if action.leaves and not still.filter(pk=question.pk).exists():
                    return redirect("work")
                return redirect("case", question.pk)
        return render(
            request,
            "referrals/case_page/act.html",
            {
                "question": question,
                "action": action,
                "form": form,
                "texts": texts,
                "melding_desks": wmo_report.desks(question, front_door.of(partnership))
                if action.key == "handover"
                else [],
            },
            status=422 if form.is_bound else 200,
        )

    view.__name__ = f"case_{action.key}"
    view.__doc__ = f"{action.button}: see `referrals.case_page.action_registry`."
    return view
