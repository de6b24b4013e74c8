"""Publish the rules of a file as a new version where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from organisations.directory.models import Organisation, Team
from organisations.front_door.stored_rules import as_rule
from organisations.partnership_file import rule_drafts
from organisations.partnership_file.problems import FileProblem, FileProblemsError
from organisations.partnership_file.rules import rules_of
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.soundness import refusals
from organisations.partnerships.models import Partnership
from organisations.routing import Rule, TargetKind
from organisations.routing import to_json as condition_json
from organisations.routing.models import RoutingRule, RuleSet
from organisations.rule_sets import notices
from welzijn.core.working_days import local_date


def publish_rules(
    *,
    file: PartnershipFile,
    partnership: Partnership,
    organisations: Mapping[str, Organisation],
    teams: Mapping[str, Team],
    source: str,
    now: datetime,
    rules_from_file: bool,
) -> tuple[int | None, str]:
    """Publish the file's rules as a new version where they differ from the published ones.

    A version that a coordinator published (it has a person) is not silently replaced by an old
    file: rules equal to the last version from a file leave it alone, with a notice; other rules
    raise FileProblemsError unless `rules_from_file`. A dead rule and a false reason are refused, as
    the editor does, where the rules would be new. Rules of an open front door that move questions
    wait as a draft for the yes of who gains or loses (`rule_drafts`). Returns the new version (None
    where nothing was published) and a notice.
    """
    wanted = [comparable(rule) for rule in rules_of(file)]
    current = partnership.rule_sets.filter(status=RuleSet.Status.PUBLISHED).first()
    if current is not None:
        if stored_rules(current) == wanted:
            return None, ""
        if current.published_by_id is not None and not rules_from_file:
            from_file = (
                partnership.rule_sets.filter(published_at__isnull=False, published_by__isnull=True)
                .order_by("-version")
                .first()
            )
            if from_file is not None and stored_rules(from_file) == wanted:
                return None, (
                    f"De verdeelregels zijn na het laden veranderd: versie {current.version} "
                    "blijft gelden. Haal ze in het bestand met export_partnership."
                )
            raise FileProblemsError(
                source,
                [
                    FileProblem(
                        "regels",
                        f"Versie {current.version} is door een coördinator gepubliceerd en is "
                        "anders. Neem die over met export_partnership, of laad met "
                        "--regels-uit-bestand.",
                    )
                ],
            )
    if faults := refusals(file, local_date(now)):
        raise FileProblemsError(source, faults)
    write = partial(_write_draft, file, partnership, organisations, teams, source)
    if current is None or not partnership.live:
        return _publish(write(), partnership, now, asks_nobody=True), ""
    who = rule_drafts.who_must_agree(file, partnership, current, now)
    if not who:
        _discard_own_draft(partnership)
        return _publish(write(), partnership, now, asks_nobody=True), ""
    draft, agreed = rule_drafts.propose(
        file=file,
        partnership=partnership,
        current=current,
        who=who,
        write=write,
        same=lambda draft: stored_rules(draft) == wanted,
        source=source,
        now=now,
    )
    if agreed:
        return _publish(draft, partnership, now, asks_nobody=False), ""
    names = ", ".join(one.name for slug, one in sorted(organisations.items()) if slug in who)
    return None, (
        "De verdeelregels van dit bestand gelden nog niet. Zij veranderen wie welke vragen krijgt. "
        f"Versie {draft.version} is een concept; om een ja is gevraagd aan: {names}. Zegt men ja, "
        "laad het bestand dan opnieuw, of publiceer het concept in de browser."
    )


def _discard_own_draft(partnership: Partnership) -> None:
    """Delete what an earlier file proposed; a coordinator's draft stays."""
    partnership.rule_sets.filter(status=RuleSet.Status.DRAFT, created_by=None).exclude(
        loaded_from=""
    ).delete()


def _write_draft(
    file: PartnershipFile,
    partnership: Partnership,
    organisations: Mapping[str, Organisation],
    teams: Mapping[str, Team],
    source: str,
) -> RuleSet:
    last = partnership.rule_sets.order_by("-version").values_list("version", flat=True).first()
    rule_set = RuleSet.objects.create(
        partnership=partnership,
        version=(last or 0) + 1,
        loaded_from=source[:200],
    )
    for position, rule in enumerate(rules_of(file), start=1):
        stored = RoutingRule.objects.create(
            rule_set=rule_set,
            position=position,
            key=rule.key,
            name=rule.name,
            conditions=condition_json(rule.when),
            target_kind=rule.to.kind.value,
            organisation=organisations[rule.to.slug]
            if rule.to.kind is TargetKind.ORGANISATION
            else None,
            team=teams[rule.to.slug] if rule.to.kind is TargetKind.TEAM else None,
            layers=sorted(rule.to.layers),
            reason=rule.reason,
            active_from=rule.active_from,
            active_until=rule.active_until,
        )
        stored.supporting.set([organisations[slug] for slug in rule.supporting])
    return rule_set


def _publish(
    rule_set: RuleSet, partnership: Partnership, now: datetime, *, asks_nobody: bool
) -> int:
    """Publish a written draft; only the rules of a draft can be written, so this comes last."""
    first = not partnership.rule_sets.exclude(pk=rule_set.pk).exists()
    partnership.rule_sets.filter(status=RuleSet.Status.PUBLISHED).update(
        status=RuleSet.Status.ARCHIVED
    )
    rule_set.status = RuleSet.Status.PUBLISHED
    rule_set.published_at = now
    rule_set.asks_nobody = asks_nobody
    rule_set.save()
    if not first:
        notices.notify_published(rule_set.pk, partnership, None, now)
    return rule_set.version


def comparable(rule: Rule) -> dict[str, Any]:
    """Return a rule as JSON, with its supporting organisations sorted."""
    found = rule.to_json()
    return found | {"supporting": sorted(found["supporting"])}


def stored_rules(rule_set: RuleSet) -> list[dict[str, Any]]:
    """Return the rules of a stored version as `comparable` JSON, in order."""
    stored = rule_set.rules.select_related("organisation", "team").prefetch_related("supporting")
    return [comparable(as_rule(rule)) for rule in stored.order_by("position")]
