"""Changing the rules in a draft, and publishing it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import needs
from organisations.roles.permissions import Permission
from organisations.routing.models import RuleSet
from organisations.rule_sets import consent
from organisations.rule_sets import drafts as rule_sets
from organisations.rule_sets import editing as rule_editing
from organisations.rule_sets.models import DraftChange
from referrals.routing_review import forms as editing
from referrals.routing_review.views.lines import here, lines
from welzijn.accounts.models import User

CHANGE = Permission.CHANGE_RULES
HISTORY = 20
"""The number of changes that the page of a draft shows."""


def draft_of(partnership: Partnership) -> RuleSet | None:
    """Return the open draft, None where a colleague published or discarded it."""
    return partnership.rule_sets.filter(status=RuleSet.Status.DRAFT).first()


def no_draft(request: HttpRequest) -> HttpResponse:
    """Say that there is no draft, on the page of the rules."""
    messages.info(request, _("Er is geen concept open. Begin een nieuw concept."))
    return redirect("rules")


@require_POST
@needs(CHANGE)
def start(request: HttpRequest) -> HttpResponse:
    """Open a draft of the current rules, or the draft that exists."""
    partnership, user, _front = here(request)
    rule_sets.open_draft(partnership=partnership, by=user)
    return redirect("rules_draft")


@require_GET
@needs(CHANGE)
def show(request: HttpRequest) -> HttpResponse:
    """Show the draft and what prevents publishing it."""
    return page_of(request, editing.PublishForm(initial=editing.in_a_week()))


def page_of(request: HttpRequest, form: editing.PublishForm, status: int = 200) -> HttpResponse:
    """Return the page of the draft."""
    partnership, user, front = here(request)
    draft = draft_of(partnership)
    if draft is None:
        return no_draft(request)
    now, today, offer = timezone.now(), timezone.localdate(), front.offer_now()
    checked = rule_sets.check(rule_set=draft, front=front, offer=offer, on=today)
    spec = rule_sets.spec_of(draft, front)
    changes = consent.who_changes(spec=spec, front=front, offer=offer, on=today)
    name = front.vocabulary.organisation_name
    history = list(draft.draft_changes.select_related("by")[:HISTORY])
    last = history[0] if history else None
    return render(
        request,
        "referrals/routing_review/draft.html",
        {
            "rule_set": draft,
            "lines": lines(draft, front, {}),
            "changes": rule_sets.changes(draft=draft, front=front),
            "checked": checked,
            "unreached": [name(slug) for slug in checked.completeness.unreached],
            "history": history,
            "undo": last if last is not None and last.what == DraftChange.What.REMOVED else None,
            "loses": [name(slug) for slug in sorted(changes.loses)],
            "gains": [name(slug) for slug in sorted(changes.gains)],
            "standing": consent.consent_status(draft=draft, now=now),
            "own": consent.own_organisations(by=user, partnership=partnership, now=now),
            "form": form,
            "period": editing.PeriodForm(initial=editing.last_year()),
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def discard(request: HttpRequest) -> HttpResponse:
    """Ask whether to discard the draft, with what would be lost; then discard it."""
    partnership, _user, front = here(request)
    draft = draft_of(partnership)
    if draft is None:
        return no_draft(request)
    if request.method == "GET":
        return render(
            request,
            "referrals/routing_review/discard.html",
            {"rule_set": draft, "changes": rule_sets.changes(draft=draft, front=front)},
        )
    try:
        rule_sets.discard(draft=draft)
    except ValidationError:
        return no_draft(request)
    messages.success(request, _("Het concept is weg. De regels die golden, gelden nog."))
    return redirect("rules")


@require_POST
@needs(CHANGE)
def order(request: HttpRequest, key: str) -> HttpResponse:
    """Move a rule, take it out or put it back; the page keeps its place."""
    partnership, user, front = here(request)
    draft = draft_of(partnership)
    if draft is None:
        return no_draft(request)
    try:
        _change_order(request, draft=draft, key=key, user=user, front=front)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("rules_draft")
    return redirect(f"/verdeelregels/concept/#regel-{key}")


def _change_order(
    request: HttpRequest, *, draft: RuleSet, key: str, user: User, front: FrontDoor
) -> None:
    act, now = request.POST.get("doe"), timezone.now()
    if act == "weg":
        rule_editing.remove(draft=draft, key=key, by=user, now=now)
    elif act == "terug":
        rule_editing.restore(draft=draft, key=key, front=front, by=user, now=now)
    elif act in {"omhoog", "omlaag"}:
        rule_editing.move(draft=draft, key=key, up=act == "omhoog", by=user, now=now)
    elif act in {"plek", "boven"}:
        form = editing.PlaceForm(request.POST)
        if not form.is_valid() or not form.cleaned_data[act]:
            raise ValidationError(_("Vul een heel getal in, bijvoorbeeld 2."))
        place = form.cleaned_data["plek"]
        if act == "boven":
            place = rule_editing.place_above(draft=draft, key=key, other=form.cleaned_data["boven"])
        rule_editing.move_to(draft=draft, key=key, place=place, by=user, now=now)
