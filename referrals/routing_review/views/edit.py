"""The editor of one rule: buttons change its rows, only "save" writes.

What somebody typed stays on the page, whatever a colleague did meanwhile: changed or removed the
rule, published the draft or discarded it.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import needs
from organisations.roles.permissions import Permission
from organisations.routing import ConditionError, Rule
from organisations.routing.models import RuleSet
from organisations.routing.rows import to_rows
from organisations.rule_sets import drafts, editing
from organisations.rule_sets.editing import ChangedMeanwhileError, RuleState
from referrals.routing_review import condition_rows
from referrals.routing_review.condition_rows import EditedRow
from referrals.routing_review.forms import RuleForm, initial_of, kind_choices, row_choices
from referrals.routing_review.rule_summary import compared, read_back
from referrals.routing_review.views.lines import here, moment_of
from welzijn.accounts.models import User

CHANGE = Permission.CHANGE_RULES
NEW_DRAFT = "nieuw"
"""What the page posts for its draft once its writer knows that it has gone."""


@dataclass(slots=True)
class Page:
    """What the editor shows beside the form: which version was opened, and what a colleague did."""

    key: str
    concept: str = ""
    opened: str = ""
    published: bool = False
    meanwhile: RuleState | None = None
    mine: Rule | None = None
    undo: str = ""
    focus: str = ""


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def edit(request: HttpRequest, key: str = "") -> HttpResponse:
    """Edit one rule; buttons change its rows, only "save" writes."""
    partnership, user, front = here(request)
    draft = partnership.rule_sets.filter(status=RuleSet.Status.DRAFT).first()
    if request.method == "POST":
        return _posted(request, partnership, user, front, draft, key)
    if draft is None:
        messages.info(request, _("Er is geen concept open. Begin een nieuw concept."))
        return redirect("rules")
    if not key:
        page = Page(key, concept=str(draft.pk))
        return _editor(request, front, RuleForm(front=front), condition_rows.new_rows(), page)
    state = editing.state_of(draft=draft, key=key)
    if state.rule is None:
        messages.info(request, _("Deze regel staat niet meer in het concept."))
        return redirect("rules_draft")
    form = RuleForm(initial=initial_of(state.rule), front=front)
    rows = condition_rows.rows_of(to_rows(state.rule.when))
    page = Page(key, concept=str(draft.pk), opened=state.fingerprint)
    return _editor(request, front, form, rows, page)


def _posted(
    request: HttpRequest,
    partnership: Partnership,
    user: User,
    front: FrontDoor,
    draft: RuleSet | None,
    key: str,
) -> HttpResponse:
    data = request.POST
    rows = condition_rows.posted_rows(data, front)
    act = data.get("doe", "")
    page = Page(key, concept=data.get("concept", "")[:40], opened=data.get("opened", "")[:40])
    if act != "bewaar":
        form = RuleForm(initial=data.dict() | _lists(request), front=front)
        return _editor(request, front, form, _after_button(rows, act, data, page), page)
    form = RuleForm(data, front=front)
    mine = _read(form, rows)
    if mine is None:
        return _editor(request, front, form, rows, page, 422)
    page.mine = mine
    if page.concept != NEW_DRAFT and (draft is None or page.concept not in {"", str(draft.pk)}):
        page.published, page.concept = True, NEW_DRAFT
        return _editor(request, front, form, rows, page, 422)
    draft = draft or drafts.open_draft(partnership=partnership, by=user)
    try:
        saved = editing.save_rule(
            draft=draft,
            rule=mine,
            front=front,
            by=user,
            now=timezone.now(),
            key=key,
            opened=page.opened or None,
        )
    except ChangedMeanwhileError as error:
        page.meanwhile, page.opened, page.concept = error.now, error.now.fingerprint, str(draft.pk)
        return _editor(request, front, form, rows, page, 422)
    except ValidationError:
        # It was published between reading it and locking it.
        page.published, page.concept = True, NEW_DRAFT
        return _editor(request, front, form, rows, page, 422)
    messages.success(request, _("De regel staat in het concept. Hij geldt nog niet."))
    return redirect(f"/verdeelregels/concept/#regel-{saved.key}")


def _after_button(rows: list[EditedRow], act: str, data: Any, page: Page) -> list[EditedRow]:
    if act == "undo":
        return condition_rows.rows_before(data.get("vorige", "")) or rows
    before = condition_rows.rows_as_json(rows)
    changed = condition_rows.changed_rows(rows, act)
    if condition_rows.rows_as_json(changed) != before:
        page.undo = before
    return changed


def _read(form: RuleForm, rows: list[EditedRow]) -> Rule | None:
    """Return the rule of a whole form; None with every error on the form and its rows."""
    missing = condition_rows.mark_missing(rows)
    valid = form.is_valid()
    if not missing:
        try:
            when = condition_rows.read_condition(rows)
        except ConditionError as error:
            rows[0].refusal = error.problems[0].message
            missing = True
        else:
            if valid and form.read(when):
                return form.rule(when)
    form.more_errors = [
        (
            f"r{number}-row",
            _("Rij {number}").format(number=number + 1),
            _("Rij {number}: {error}").format(number=number + 1, error=row.refusal),
        )
        for number, row in enumerate(rows)
        if row.refusal
    ]
    return None


def _lists(request: HttpRequest) -> dict[str, list[str]]:
    return {name: request.POST.getlist(name) for name in ("layers", "supporting")}


def _editor(
    request: HttpRequest,
    front: FrontDoor,
    form: RuleForm,
    rows: list[EditedRow],
    page: Page,
    status: int = 200,
) -> HttpResponse:
    theirs = page.meanwhile
    changed_by = theirs.last_change if theirs else None
    return render(
        request,
        "referrals/routing_review/edit.html",
        {
            "form": form,
            "root": condition_rows.tree(rows, front),
            "read_back": read_back(front, form, rows),
            "kinds": kind_choices(),
            "row_kinds": row_choices(),
            "page": page,
            "theirs": theirs,
            "changed_by": changed_by.by.name if changed_by else "",
            "changed_at": moment_of(changed_by.at) if changed_by else "",
            "differences": compared(theirs.rule, page.mine, front)
            if theirs and theirs.rule and page.mine
            else [],
        },
        status=status,
    )
