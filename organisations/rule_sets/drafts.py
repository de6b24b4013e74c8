"""Versions of a rule set: an editable draft, one published version, and archived ones.

The database refuses changes to the rules of any version but a draft, so that a decision can always
refer to its version.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisations.front_door import configuration as front_door
from organisations.front_door import stored_rules
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.routing import Offer, Problem, RuleSetSpec, Triage
from organisations.routing import check as check_spec
from organisations.routing.analysis.completeness import analyse
from organisations.routing.analysis.difference import Changed, differences
from organisations.routing.analysis.findings import Completeness
from organisations.routing.models import RoutingRule, RuleSet
from organisations.rule_sets import consent, notices
from organisations.rule_sets.editing import locked
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


@dataclass(frozen=True, slots=True)
class RuleSetCheck:
    """What prevents publishing, and what deserves attention."""

    problems: list[Problem]
    completeness: Completeness

    @property
    def may_publish(self) -> bool:
        """Whether nothing prevents publishing; a dead rule and a false reason do."""
        found = self.completeness
        return not (self.problems or found.dead or found.broken or found.false_reasons)


def open_draft(*, partnership: Partnership, by: User) -> RuleSet:
    """Return the draft of a partnership; create it from the published version if there is none."""
    return _draft_like(partnership, by, None)


def put_back(*, old: RuleSet, partnership: Partnership, by: User) -> RuleSet:
    """Make a draft of an earlier version, to publish as a new one.

    Raises ValidationError where a draft is open: somebody is at work in it.
    """
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        if partnership.rule_sets.filter(status=RuleSet.Status.DRAFT).exists():
            raise ValidationError(_("Er is een concept open. Publiceer dat eerst of gooi het weg."))
        return _draft_like(partnership, by, old)


def _draft_like(partnership: Partnership, by: User, like: RuleSet | None) -> RuleSet:
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        draft = partnership.rule_sets.filter(status=RuleSet.Status.DRAFT).first()
        if draft is not None:
            return draft
        last = partnership.rule_sets.order_by("-version").values_list("version", flat=True).first()
        draft = RuleSet.objects.create(
            partnership=partnership, version=(last or 0) + 1, created_by=by
        )
        source = like or partnership.rule_sets.filter(status=RuleSet.Status.PUBLISHED).first()
        if source is not None:
            for rule in source.rules.prefetch_related("supporting"):
                copy = RoutingRule.objects.create(
                    rule_set=draft,
                    position=rule.position,
                    key=rule.key,
                    name=rule.name,
                    conditions=rule.conditions,
                    target_kind=rule.target_kind,
                    organisation_id=rule.organisation_id,
                    team_id=rule.team_id,
                    layers=rule.layers,
                    reason=rule.reason,
                    active_from=rule.active_from,
                    active_until=rule.active_until,
                )
                copy.supporting.set(rule.supporting.all())
    return draft


def discard(*, draft: RuleSet) -> None:
    """Delete a draft. Raises ValidationError for a version that is no draft."""
    with transaction.atomic():
        locked(draft).delete()


def spec_of(rule_set: RuleSet, front: FrontDoor) -> RuleSetSpec:
    """Return a version as the engine reads it, with the current triage."""
    team = front.triage_team
    return stored_rules.spec_of(rule_set, Triage(team.organisation.slug, team.slug))


def check(*, rule_set: RuleSet, front: FrontDoor, offer: Offer, on: date) -> RuleSetCheck:
    """Return the problems, dead rules and gaps of a version.

    `offer` is today's services with their load (`FrontDoor.offer`).
    """
    spec = spec_of(rule_set, front)
    return RuleSetCheck(
        check_spec(spec, front.vocabulary, on=on),
        analyse(spec, front.vocabulary, on=on, offer=offer),
    )


def changes(*, draft: RuleSet, front: FrontDoor) -> list[Changed]:
    """Describe what a draft changes in the published rules. Reads only."""
    return differences(front.rules.spec, spec_of(draft, front), front.vocabulary)


def publish(
    *,
    draft: RuleSet,
    partnership: Partnership,
    offer: Offer,
    why: str,
    by: User,
    now: datetime,
) -> RuleSet:
    """Publish a draft: it decides from the next question on. The old version is archived.

    Raises ValidationError, with sentences for the screen, for a rule that can't be evaluated, a
    target that no longer takes part, a rule that can never match (naming what shadows it), a draft
    that is empty, or one that somebody else published in the meantime. Raises ConsentNeededError
    where organisations that gain or lose have not agreed. Every coordinator is told.
    """
    if not why.strip():
        raise ValidationError(_("Schrijf kort op waarom de regels veranderen."))
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        draft = locked(draft)
        front = front_door.of(partnership)
        found = check(rule_set=draft, front=front, offer=offer, on=local_date(now))
        sentences = [str(problem) for problem in found.problems]
        sentences += [f"{dead.name}: {dead.words}" for dead in found.completeness.dead]
        sentences += [f"{false.name}: {false.words}" for false in found.completeness.false_reasons]
        if not draft.rules.exists():
            sentences.append(_("Een concept zonder regels kan niet gelden."))
        if sentences:
            raise ValidationError(sentences)
        changes = consent.who_changes(
            spec=spec_of(draft, front), front=front, offer=offer, on=local_date(now)
        )
        consent.require(draft=draft, partnership=partnership, changes=changes, by=by, now=now)
        partnership.rule_sets.filter(status=RuleSet.Status.PUBLISHED).update(
            status=RuleSet.Status.ARCHIVED
        )
        draft.status = RuleSet.Status.PUBLISHED
        draft.published_at = now
        draft.published_by = by
        draft.why = why.strip()[:300]
        draft.save()
        notices.notify_published(draft.pk, partnership, by, now)
    return draft
