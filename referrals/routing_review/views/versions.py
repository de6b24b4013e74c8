"""Pages of the current rules and of older versions."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from organisations.roles.decorators import needs
from organisations.roles.permissions import Permission
from organisations.routing.models import RuleSet
from organisations.rule_sets import drafts as rule_sets
from referrals.routing_review.backtest import usage_of_rules
from referrals.routing_review.forms import PutBackForm, in_a_week
from referrals.routing_review.views.lines import here, lines


@require_GET
@needs(Permission.SEE_RULES)
def current(request: HttpRequest) -> HttpResponse:
    """Show the current version: each rule in words, its usage, and what only reaches triage."""
    partnership, user, front = here(request)
    published = partnership.rule_sets.filter(status=RuleSet.Status.PUBLISHED).first()
    today = timezone.localdate()
    checked = None
    if published is not None:
        checked = rule_sets.check(
            rule_set=published, front=front, offer=front.offer_now(), on=today
        )
    used = usage_of_rules(partnership=partnership, since=today - timedelta(days=365))
    return render(
        request,
        "referrals/routing_review/current.html",
        {
            "rule_set": published,
            "lines": lines(published, front, used) if published else [],
            "triage": used.get(""),
            "checked": checked,
            "unreached": _names(checked.completeness.unreached, front) if checked else [],
            "draft": partnership.rule_sets.filter(status=RuleSet.Status.DRAFT).first(),
            "older": partnership.rule_sets.filter(status=RuleSet.Status.ARCHIVED).select_related(
                "published_by"
            )[:20],
            "may_change": user.has_perm(Permission.CHANGE_RULES, partnership),
        },
    )


def _names(slugs: tuple[str, ...], front: object) -> list[str]:
    return [front.vocabulary.organisation_name(slug) for slug in slugs]  # type: ignore[attr-defined]


@require_GET
@needs(Permission.SEE_RULES)
def version(request: HttpRequest, rule_set_id: UUID) -> HttpResponse:
    """Show an older version."""
    partnership, user, front = here(request)
    old = get_object_or_404(
        partnership.rule_sets.exclude(status=RuleSet.Status.DRAFT), pk=rule_set_id
    )
    return render(
        request,
        "referrals/routing_review/version.html",
        {
            "rule_set": old,
            "lines": lines(old, front, {}),
            "form": PutBackForm(initial=in_a_week())
            if old.status == RuleSet.Status.ARCHIVED
            and user.has_perm(Permission.CHANGE_RULES, partnership)
            else None,
        },
    )
