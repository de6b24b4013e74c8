"""Changing the rules in a draft, and publishing it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.partnerships.models import Partnership
from organisations.roles.decorators import needs
from organisations.roles.permissions import Permission
from organisations.routing import ConditionError
from organisations.routing.conditions import parse_stored
from organisations.routing.models import RuleSet
from organisations.routing.rows import to_rows
from organisations.rule_sets import drafts as rule_sets
from referrals.routing_review import forms as editing
from referrals.routing_review.rule_summary import read_back
from referrals.routing_review.views.lines import here, lines

CHANGE = Permission.CHANGE_RULES


def draft_of(partnership: Partnership) -> RuleSet:
    """Return the open draft. Raises Http404 where there is none."""
    return get_object_or_404(partnership.rule_sets, status=RuleSet.Status.DRAFT)


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
    return _page(request, editing.PublishForm())


def _page(request: HttpRequest, form: editing.PublishForm, status: int = 200) -> HttpResponse:
    partnership, _user, front = here(request)
    draft = draft_of(partnership)
    checked = rule_sets.check(
        rule_set=draft, front=front, offer=front.offer_now(), on=timezone.localdate()
    )
    name = front.vocabulary.organisation_name
    return render(
        request,
        "referrals/routing_review/draft.html",
        {
            "rule_set": draft,
            "lines": lines(draft, front, {}),
            "changes": rule_sets.changes(draft=draft, front=front),
            "checked": checked,
            "unreached": [name(slug) for slug in checked.completeness.unreached],
            "form": form,
            "period": editing.PeriodForm(initial=editing.last_year()),
        },
        status=status,
    )


@require_POST
@needs(CHANGE)
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the draft: it applies from now on."""
    partnership, user, front = here(request)
    form = editing.PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        rule_sets.publish(
            draft=draft_of(partnership),
            partnership=partnership,
            offer=front.offer_now(),
            why=form.cleaned_data["why"],
            by=user,
            now=timezone.now(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, form, 422)
    messages.success(request, _("De regels gelden nu. De volgende vraag wordt ermee verdeeld."))
    return redirect("rules")


@require_POST
@needs(CHANGE)
def discard(request: HttpRequest) -> HttpResponse:
    """Discard the draft."""
    partnership, _user, _front = here(request)
    rule_sets.discard(draft=draft_of(partnership))
    messages.success(request, _("Het concept is weg. De regels die golden, gelden nog."))
    return redirect("rules")


@require_POST
@needs(CHANGE)
def order(request: HttpRequest, key: str) -> HttpResponse:
    """Move a rule up or down, or take it out."""
    partnership, _user, _front = here(request)
    draft = draft_of(partnership)
    act = request.POST.get("doe")
    if act == "weg":
        rule_sets.remove(draft=draft, key=key)
    elif act in {"omhoog", "omlaag"}:
        rule_sets.move(draft=draft, key=key, up=act == "omhoog")
    return redirect("rules_draft")


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def edit(request: HttpRequest, key: str = "") -> HttpResponse:
    """Edit one rule; buttons change its rows, only "save" writes."""
    partnership, _user, front = here(request)
    draft = draft_of(partnership)
    stored = None
    if key:
        stored = get_object_or_404(draft.rules.prefetch_related("supporting"), key=key)
    if request.method == "POST":
        rows = editing.posted_rows(request.POST)
        act = request.POST.get("doe", "")
        form = editing.RuleForm(request.POST, front=front)
        if act != "bewaar":
            rows = editing.changed_rows(rows, act)
            form = editing.RuleForm(initial=request.POST.dict() | _lists(request), front=front)
            return _editor(request, form, rows, key, 200)
        try:
            when = editing.read_condition(rows)
        except ConditionError as error:
            editing.mark_errors(rows, error.problems)
            form.is_valid()
            return _editor(request, form, rows, key, 422)
        if not form.is_valid():
            return _editor(request, form, rows, key, 422)
        rule_sets.save_rule(draft=draft, rule=form.rule(when), front=front, key=key)
        messages.success(request, _("De regel staat in het concept. Hij geldt nog niet."))
        return redirect("rules_draft")
    if stored is not None:
        form = editing.RuleForm(initial=editing.initial_of(stored), front=front)
        rows = editing.rows_of(to_rows(parse_stored(stored.conditions)))
    else:
        form = editing.RuleForm(front=front)
        rows = editing.changed_rows([editing.EditedRow(0, "all")], "add")
    return _editor(request, form, rows, key, 200)


def _lists(request: HttpRequest) -> dict[str, list[str]]:
    return {name: request.POST.getlist(name) for name in ("layers", "supporting")}


def _editor(
    request: HttpRequest,
    form: editing.RuleForm,
    rows: list[editing.EditedRow],
    key: str,
    status: int,
) -> HttpResponse:
    _partnership, _user, front = here(request)
    return render(
        request,
        "referrals/routing_review/edit.html",
        {
            "form": form,
            "rows": [
                (row, row.choices(front), editing.moves(rows, n)) for n, row in enumerate(rows)
            ],
            "read_back": read_back(front, form, rows),
            "kinds": editing.kind_choices(),
            "row_kinds": editing.row_choices(),
            "key": key,
        },
        status=status,
    )
