"""Check the routing rules of a file: their references, then the rules by the routing engine."""

from __future__ import annotations

from datetime import date

from organisations.partnership_file import conditions
from organisations.partnership_file.faults import Faults
from organisations.partnership_file.problems import FileProblem, FileProblemsError, key_of
from organisations.partnership_file.rules import rules_of, target_json
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.vocabulary import vocabulary_of
from organisations.routing import (
    RuleSetError,
    RuleSetSpec,
    TargetKind,
    Triage,
    check,
    read_rule,
    to_json,
)


def check_rules(faults: Faults) -> None:
    """Check each rule's conditions, references and target."""
    vocabulary = vocabulary_of(faults.file)
    faults.check_unique([r.key for r in faults.file.rules], "regels", "sleutel")
    for index, rule in enumerate(faults.file.rules):
        here = len(faults.problems)
        when = conditions.read(rule.when, vocabulary, ("regels", index, "als"), faults.problems)
        to = rule.to
        if to.organisation is not None:
            _check_picks_up(faults, to.organisation, "regels", index, "naar", "organisatie")
        if to.team is not None:
            faults.check_reference(to.team, faults.teams, "regels", index, "naar", "team")
        for at, slug in enumerate(rule.supporting):
            _check_picks_up(faults, slug, "regels", index, "ook_erbij", at)
        faults.check_references(rule.supporting, set(rule.supporting), "regels", index, "ook_erbij")
        target = target_json(to)
        chosen = [kind for kind in TargetKind if kind.value in target]
        if len(chosen) != 1:
            faults.add(
                "regels",
                index,
                "naar",
                message="Kies precies een: organisatie, team, wijkteam, passend_aanbod, "
                "gekoppelde_vraag of triage.",
            )
        elif to.layers and chosen[0] is not TargetKind.FITTING_SERVICE:
            faults.add("regels", index, "naar", "lagen", message="Dit hoort bij passend_aanbod.")
        if chosen == [TargetKind.FITTING_SERVICE] and not faults.file.services:
            faults.add(
                "regels", index, "naar", "passend_aanbod", message="Er staat geen aanbod in."
            )
        if chosen == [TargetKind.NEIGHBOURHOOD_TEAM] and not any(
            t.neighbourhoods for t in faults.file.teams
        ):
            faults.add("regels", index, "naar", "wijkteam", message="Geen team heeft wijken.")
        if len(faults.problems) == here:
            _check_with_routing(faults, index, to_json(when), target)
        for at in range(here, len(faults.problems)):
            fault = faults.problems[at]
            faults.problems[at] = FileProblem(fault.key, fault.message, name=rule.key)


def _check_picks_up(faults: Faults, slug: str, *path: str | int) -> None:
    """Record an organisation that is unknown, or that takes no questions."""
    if slug not in faults.organisations:
        faults.check_reference(slug, faults.organisations, *path)
    elif not next(o.picks_up for o in faults.file.organisations if o.slug == slug):
        faults.add(
            *path,
            message=f'"{slug}" pakt geen vragen op. Zet daar pakt_op op true, of kies een ander.',
        )


def _check_with_routing(faults: Faults, index: int, when: object, target: object) -> None:
    """Check a rule whose references are right with the routing engine."""
    rule = faults.file.rules[index]
    try:
        read_rule(
            {
                "key": rule.key,
                "name": rule.name,
                "when": when,
                "to": target,
                "reason": rule.reason or "",
                "supporting": list(rule.supporting),
                "active_from": rule.active_from,
                "active_until": rule.active_until,
            },
            where="",
        )
    except RuleSetError as error:
        dutch = {"reason": "reden", "active_until": "tot_en_met", "when": "als", "to": "naar"}
        for problem in error.problems:
            first = problem.where.strip(".").partition(".")[0]
            faults.add("regels", index, dutch.get(first, first), message=problem.message)


def check_on(file: PartnershipFile, day: date, *, source: str) -> None:
    """Check what depends on the day: that the targets of rules still take part.

    Raises FileProblemsError.
    """
    team = next(t for t in file.teams if t.slug == file.responsible.triage_team)
    spec = RuleSetSpec(0, rules_of(file), Triage(team.organisation, team.slug))
    vocabulary = vocabulary_of(file)
    listed = {rule.key: index for index, rule in enumerate(file.rules)}
    problems = []
    for one in spec.rules:
        alone = RuleSetSpec(0, (one,), spec.triage)
        problems += [
            FileProblem(key_of(("regels", listed[one.key])), problem.message, name=one.key)
            for problem in check(alone, vocabulary, on=day)
            if problem.where != "triage"
        ]
    if not vocabulary.takes_part(team.organisation, day):
        problems.append(
            FileProblem(
                "verantwoordelijk.triageteam",
                f'"{team.organisation}" staat in voor dit team, maar doet vandaag niet mee.',
            )
        )
    if problems:
        raise FileProblemsError(source, problems)
