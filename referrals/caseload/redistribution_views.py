"""Dividing work over colleagues: what was chosen, or all that one colleague has; and undoing it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.models import Membership
from organisations.roles.permissions import Permission
from referrals.caseload import bulk, redistribution
from referrals.caseload.bulk_forms import colleagues_here
from referrals.caseload.forms import DivideForm
from referrals.caseload.models import Spread
from referrals.caseload.redistribution import Proposal
from referrals.casework import absence
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from welzijn.accounts.models import User

SEE = Permission.SEE_CASELOAD
_TO = "naar_"


def _uuids(texts: Sequence[str]) -> list[UUID]:
    found = []
    for text in texts[: bulk.MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@require_http_methods(["GET", "POST"])
@never_cache
@needs(SEE)
def spread_chosen(request: HttpRequest) -> HttpResponse:
    """Show who would get which of the chosen questions, and divide them so."""
    partnership, user = here(request)
    ids = _uuids(request.GET.getlist("vraag"))
    questions = list(bulk.chosen(user=user, partnership=partnership, ids=ids))
    takers = _takers(request, partnership)
    if not questions or not takers:
        return redirect("caseload")
    if request.method == "POST":
        return _carry_out(request, questions, takers, None)
    return _preview(request, questions, takers, None)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(SEE)
def divide(request: HttpRequest, worker_id: UUID) -> HttpResponse:
    """Pass all of a colleague's work on in one step, to one or over several, with a preview."""
    partnership, user = here(request)
    worker = get_object_or_404(
        User.objects.filter(
            pk__in=Membership.objects.filter(partnership=partnership).values("user")
        ),
        pk=worker_id,
    )
    takers = [taker for taker in _takers(request, partnership) if taker != worker]
    if takers:
        questions = _work_of(worker, user, partnership)
        if request.method == "POST":
            return _carry_out(request, questions, takers, worker)
        return _preview(request, questions, takers, worker)
    form = DivideForm(request.POST or None, worker=worker, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        try:
            handed = absence.hand_on_everything(
                worker=worker,
                to=form.cleaned_data["to"],
                partnership=partnership,
                by=user,
                now=timezone.now(),
                reason=form.cleaned_data["reden"],
            )
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(
                request,
                ngettext("{n} vraag verdeeld.", "{n} vragen verdeeld.", handed).format(n=handed),
            )
            return redirect("caseload_balance")
    return _choose(request, form, worker)


def _choose(request: HttpRequest, form: DivideForm, worker: User) -> HttpResponse:
    """Render the first page: over whom, with the room of each."""
    partnership, user = here(request)
    questions = _work_of(worker, user, partnership)
    places = {(q.lead_id, q.lead_team_id) for q in questions}
    there = Membership.objects.active().filter(partnership=partnership)
    organisations = {lead for lead, team in places if team is None}
    teams = {team for _lead, team in places if team is not None}
    able = (
        there.filter(organisation__in=organisations).values("user"),
        there.filter(team__in=teams).values("user"),
    )
    people = [
        *colleagues_here(partnership)
        .exclude(pk=worker.pk)
        .filter(pk__in=able[0].union(able[1]) if questions else [])
    ]
    room = redistribution.capacities(partnership=partnership, users=people)
    return render(
        request,
        "referrals/caseload/divide.html",
        {
            "form": form,
            "worker": worker,
            "number": len(questions),
            "people": [(person, room[person.pk]) for person in people],
        },
        status=422 if form.is_bound else 200,
    )


def _takers(request: HttpRequest, partnership: Partnership) -> list[User]:
    return list(colleagues_here(partnership).filter(pk__in=_uuids(request.GET.getlist("naar"))))


def _work_of(worker: User, user: User, partnership: Partnership) -> list[Question]:
    return list(
        Question.objects.listed_for(user)
        .filter(partnership=partnership, assigned_to=worker)
        .open()
        .select_related("partnership__triage_team", "lead", "lead_team", "assigned_to")
        .defer("words", "opening_answers", "result_words", "search")
        .order_by("due_on", "id")
    )


def _preview(
    request: HttpRequest,
    questions: Sequence[Question],
    takers: Sequence[User],
    worker: User | None,
    *,
    error: str = "",
) -> HttpResponse:
    partnership, user = here(request)
    today = timezone.localdate()
    proposals = redistribution.propose(
        questions=questions, takers=takers, partnership=partnership, on=today
    )
    return render(
        request,
        "referrals/caseload/redistribution.html",
        {
            "worker": worker,
            "proposals": proposals,
            "people": _loads(proposals, takers, partnership),
            "needs_reason": redistribution.needs_reason(questions=questions, by=user, on=today),
            "reason": request.POST.get("reden", request.session.get(redistribution.REASON, "")),
            "error": error,
        },
        status=422 if error else 200,
    )


def _loads(
    proposals: Sequence[Proposal], takers: Sequence[User], partnership: Partnership
) -> list[dict[str, Any]]:
    """What each has now, gets, and would have."""
    given = Counter(proposal.taker.pk for proposal in proposals if proposal.taker)
    room = redistribution.capacities(partnership=partnership, users=takers)
    return [
        {
            "name": taker.name,
            "room": room[taker.pk],
            "gets": given[taker.pk],
            "then": room[taker.pk].open + given[taker.pk],
        }
        for taker in takers
    ]


def _carry_out(
    request: HttpRequest,
    questions: Sequence[Question],
    takers: Sequence[User],
    worker: User | None,
) -> HttpResponse:
    partnership, user = here(request)
    by_id = {str(taker.pk): taker for taker in takers}
    chosen: dict[UUID, User | None] = {}
    for question in questions:
        wanted = request.POST.get(f"{_TO}{question.pk}", "")
        if wanted in by_id:
            chosen[question.pk] = by_id[wanted]
        elif worker is not None and wanted == "terug":
            chosen[question.pk] = None
    reason = request.POST.get("reden", "").strip()[:300]
    needed = redistribution.needs_reason(questions=questions, by=user, on=timezone.localdate())
    if needed and not reason:
        error = _("Schrijf op waarom u het werk van een andere organisatie verdeelt.")
        return _preview(request, questions, takers, worker, error=error)
    _spread, outcome = redistribution.carry_out(
        partnership=partnership,
        chosen=chosen,
        by=user,
        now=timezone.now(),
        reason=reason,
        worker=worker,
    )
    request.session.pop(redistribution.REASON, None)
    _say(request, len(outcome.done), ("{n} vraag verdeeld.", "{n} vragen verdeeld."))
    for sentence in outcome.sentences():
        messages.warning(request, sentence)
    return redirect("caseload_balance")


def _say(request: HttpRequest, number: int, text: tuple[str, str]) -> None:
    messages.success(request, ngettext(*text, number).format(n=number))


@require_POST
@needs(SEE)
def undo(request: HttpRequest, spread_id: UUID) -> HttpResponse:
    """Give everything back that one step divided."""
    partnership, user = here(request)
    found = get_object_or_404(Spread.objects.filter(partnership=partnership), pk=spread_id)
    try:
        outcome = redistribution.undo(spread=found, by=user, now=timezone.now())
    except WrongMomentError as error:
        messages.warning(request, str(error))
    else:
        _say(request, len(outcome.done), ("{n} vraag teruggezet.", "{n} vragen teruggezet."))
        for sentence in outcome.sentences():
            messages.warning(request, sentence)
    return redirect("caseload_balance")
