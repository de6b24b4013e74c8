"""Publishing a draft, asking the organisations that gain or lose, and putting a version back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import needs
from organisations.roles.permissions import Permission
from organisations.routing.models import RuleSet
from organisations.rule_sets import consent
from organisations.rule_sets import drafts as rule_sets
from organisations.rule_sets.consent import ConsentNeededError
from referrals.routing_review.consent_figures import figures
from referrals.routing_review.forms import PublishForm, PutBackForm
from referrals.routing_review.views.draft import draft_of, no_draft, page_of
from referrals.routing_review.views.lines import here
from welzijn.accounts.models import User

CHANGE = Permission.CHANGE_RULES


@require_POST
@needs(CHANGE)
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the draft, or ask those who gain or lose first."""
    partnership, user, front = here(request)
    form = PublishForm(request.POST)
    draft = draft_of(partnership)
    if draft is None:
        return no_draft(request)
    if not form.is_valid():
        return page_of(request, form, 422)
    try:
        return _publish_or_ask(request, partnership, user, front, draft, form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return page_of(request, form, 422)


@require_POST
@needs(CHANGE)
def put_back(request: HttpRequest, rule_set_id: UUID) -> HttpResponse:
    """Publish an earlier version anew, or ask those who gain or lose first."""
    partnership, user, front = here(request)
    old = get_object_or_404(
        partnership.rule_sets.exclude(status=RuleSet.Status.DRAFT), pk=rule_set_id
    )
    if old.status == RuleSet.Status.PUBLISHED:
        messages.info(request, _("Deze versie geldt al."))
        return redirect("rules")
    form = PutBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Schrijf kort op waarom de regels veranderen."))
        return redirect("rules_version", rule_set_id=old.pk)
    try:
        draft = rule_sets.put_back(old=old, partnership=partnership, by=user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("rules_version", rule_set_id=old.pk)
    try:
        return _publish_or_ask(request, partnership, user, front, draft, form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("rules_draft")


def _publish_or_ask(
    request: HttpRequest,
    partnership: Partnership,
    user: User,
    front: FrontDoor,
    draft: RuleSet,
    typed: dict[str, Any],
) -> HttpResponse:
    now = timezone.now()
    try:
        rule_sets.publish(
            draft=draft,
            partnership=partnership,
            offer=front.offer_now(),
            why=typed["why"],
            by=user,
            now=now,
        )
    except ConsentNeededError as error:
        standing = consent.consent_status(draft=draft, now=now)
        if standing is not None and not standing.over and not standing.refused:
            asked = {a.organisation.slug for a in standing.answers}
            if error.who <= asked:
                raise ValidationError(
                    _("Nog niet genoeg organisaties hebben ja gezegd. Wacht hun antwoord af.")
                ) from None
        consent.ask(
            draft=draft,
            partnership=partnership,
            who=error.who,
            figures=figures(partnership=partnership, draft=draft, today=timezone.localdate()),
            why=typed["why"],
            answer_by=typed["answer_by"],
            by=user,
            now=now,
        )
        messages.success(
            request,
            _("Gevraagd aan wie er vragen bij krijgt of kwijtraakt. U hoort het bij antwoord."),
        )
        return redirect("/verdeelregels/concept/#instemming")
    messages.success(request, _("De regels gelden nu. De volgende vraag wordt ermee verdeeld."))
    return redirect("rules")


@require_POST
@needs(CHANGE)
def answer(request: HttpRequest) -> HttpResponse:
    """Say yes or no for one's own organisation."""
    partnership, user, _front = here(request)
    draft = draft_of(partnership)
    if draft is None:
        return no_draft(request)
    given = request.POST.get("antwoord")
    if given in {"ja", "nee"}:
        try:
            consent.answer(
                draft=draft,
                partnership=partnership,
                organisation_slug=request.POST.get("organisatie", "")[:60],
                yes=given == "ja",
                note=request.POST.get("toelichting", "")[:300],
                by=user,
                now=timezone.now(),
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Uw antwoord staat erbij. U kunt het nog wijzigen."))
    return redirect("/verdeelregels/concept/#instemming")
