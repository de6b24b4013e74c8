"""Check a rule set before it is published."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from organisations.routing.conditions import Problem, unknown_values
from organisations.routing.ruleset import RuleSetSpec, TargetKind
from organisations.routing.vocabulary import Vocabulary


def check(spec: RuleSetSpec, vocabulary: Vocabulary, *, on: date) -> list[Problem]:
    """List the problems that prevent publishing this rule set on this day.

    Values, teams and organisations that don't exist, organisations that no longer take part, and
    conditions that can't be evaluated. Dead rules and gaps are found by `completeness.analyse`.
    """
    problems: list[Problem] = []
    if not vocabulary.takes_part(spec.triage.organisation, on):
        problems.append(Problem("triage", _("Deze organisatie doet niet (meer) mee.")))
    if spec.triage.team is not None and spec.triage.team not in vocabulary.teams:
        problems.append(Problem("triage", _("Dit team bestaat niet.")))
    for rule in spec.rules:
        where = _('regel "{name}"').format(name=rule.name)
        problems.extend(unknown_values(rule.when, vocabulary, where=where))
        wanted: list[str] = list(rule.supporting)
        if rule.to.kind is TargetKind.ORGANISATION:
            wanted.append(rule.to.slug)
        elif rule.to.kind is TargetKind.TEAM:
            team = vocabulary.teams.get(rule.to.slug)
            if team is None:
                problems.append(Problem(where, _("Dit team bestaat niet.")))
            else:
                wanted.append(team.organisation)
        day = max(on, rule.active_from or on)
        problems.extend(
            Problem(
                where,
                _("{organisation} doet niet (meer) mee.").format(
                    organisation=vocabulary.organisation_name(slug)
                ),
            )
            for slug in wanted
            if not vocabulary.takes_part(slug, day)
        )
        unknown_layers = sorted(rule.to.layers - set(vocabulary.layers))
        if unknown_layers and vocabulary.layers:
            problems.append(
                Problem(
                    where,
                    _("Deze laag bestaat niet: {layers}.").format(
                        layers=", ".join(map(str, unknown_layers))
                    ),
                )
            )
    return problems
