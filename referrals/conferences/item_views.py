"""Views on one question of an MDO: plan, minutes, actions, sharing, inviting the resident."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.roles.decorators import here, needs
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.casework_base.view_context import WORK
from referrals.conferences import invitations, minutes, notifications, planning
from referrals.conferences.forms import ResidentForm, ShareForm
from referrals.conferences.item_forms import ActionForm, WriteForm
from referrals.conferences.models import AgendaItem
from referrals.conferences.views import participant_by
from welzijn.accounts.models import User

Act = Callable[[AgendaItem, Any, User, datetime], object]


def _write(item: AgendaItem, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    with transaction.atomic():
        written = minutes.write(
            item=item,
            answers=form.answers(),
            plan=given["plan"],
            best=given["best"],
            best_words=given["best_words"],
            minutes=given["minutes"],
            by=by,
            now=now,
        )
        for what, participant, due_on in form.actions():
            minutes.add_action(
                item=item, what=what, participant=participant, due_on=due_on, by=by, now=now
            )
    return written


def _action(item: AgendaItem, form: Any, by: User, now: datetime) -> object:
    return minutes.add_action(item=item, by=by, now=now, **form.cleaned_data)


def _share(item: AgendaItem, form: Any, by: User, now: datetime) -> object:
    return planning.share(
        item=item,
        organisation=form.cleaned_data["organisation"],
        how=form.heard,
        by=by,
        now=now,
    )


def _resident(item: AgendaItem, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return planning.say_about_resident(
        item=item,
        invited=given["invited"],
        why_not="" if given["invited"] else given["why_not"],
        by=by,
        now=now,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def act(request: HttpRequest, item_id: UUID, what: str) -> HttpResponse:
    """Run an action on a question of an MDO, for who works on that question."""
    partnership, user = here(request)
    item = get_object_or_404(
        AgendaItem.objects.select_related("conference__partnership", "question"),
        pk=item_id,
        conference__partnership=partnership,
        question__in=Question.objects.visible_to(user, timezone.localdate()),
    )
    heading, button, form_class, perform = _ACTS[what]
    options: dict[str, Any] = {"item": item}
    if form_class is ResidentForm:
        options = {
            "initial": {
                "invited": "ja" if item.resident_invited else "nee",
                "why_not": item.why_not_invited,
            }
        }
    form = form_class(request.POST if request.method == "POST" else None, **options)
    if form.is_bound and form.is_valid():
        try:
            perform(item, form, user, timezone.now())
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error, item.question)
        else:
            messages.success(request, _("Vastgelegd."))
            return redirect("conference", item.conference_id)
    return render(
        request,
        "referrals/conferences/write.html"
        if form_class is WriteForm
        else "referrals/conferences/form.html",
        {
            "conference": item.conference,
            "reference": item.question.reference,
            "heading": str(heading),
            "button": str(button),
            "form": form,
        },
        status=422 if form.is_bound else 200,
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def outside(request: HttpRequest, token: UUID) -> HttpResponse:
    """The page of somebody who is invited from outside: when and where, and do they come.

    Nothing here is about a question or a person.
    """
    participant = participant_by(token, request)
    conference = participant.conference
    if request.method == "POST":
        if request.POST.get("komt") not in {"ja", "nee"}:
            raise Http404
        try:
            invitations.answer(
                participant=participant,
                comes=request.POST["komt"] == "ja",
                now=timezone.now(),
            )
        except WrongMomentError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Dank u wel. Uw antwoord is doorgegeven."))
        return redirect("conference_outside", token)
    return render(
        request,
        "referrals/conferences/outside.html",
        {
            "conference": conference,
            "participant": participant,
            "caller": notifications.caller(conference),
            "over": not conference.is_open
            or conference.has_been(timezone.now())
            or participant.removed_at is not None,
        },
    )


_ACTS: dict[str, tuple[Any, Any, Any, Act]] = {
    "verslag": (gettext_lazy("Plan, verslag en acties"), gettext_lazy("Bewaar"), WriteForm, _write),
    "actie": (gettext_lazy("Actie toevoegen"), gettext_lazy("Voeg toe"), ActionForm, _action),
    "delen": (
        gettext_lazy("Wie mag meelezen"),
        gettext_lazy("Toestemming vastleggen"),
        ShareForm,
        _share,
    ),
    "inwoner": (
        gettext_lazy("Inwoner uitnodigen"),
        gettext_lazy("Bewaar"),
        ResidentForm,
        _resident,
    ),
}
