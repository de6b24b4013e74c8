"""A rule that is being edited, in words: for its author, and as a resident would read it."""

from dataclasses import dataclass, replace
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _

from intake.submission.routing_preview import placed
from organisations.front_door.configuration import FrontDoor
from organisations.routing import ConditionError, Facts, Rule, Target, TargetKind
from organisations.routing.analysis.difference import active_days
from organisations.routing.conditions import Condition
from organisations.routing.descriptions import describe, describe_rule, describe_target
from organisations.routing.destination import Destination
from organisations.routing.reasons import reason_for
from referrals.routing_review.condition_rows import EditedRow, mark_missing, read_condition


@dataclass(frozen=True, slots=True)
class ReadBack:
    """`rule` is the whole rule in a sentence. `resident` is what a resident reads if that is the
    same for everybody; '' if it depends on the question."""

    rule: str
    resident: str


def read_back(front: FrontDoor, form: BaseForm, rows: list[EditedRow]) -> ReadBack | None:
    """Return the rule in the form in words, also while it is incomplete.

    None while a condition is incomplete or there is no target.
    """
    # On copies: only saving marks the rows on the page.
    if mark_missing([replace(row) for row in rows]):
        return None
    try:
        when = read_condition(rows)
    except ConditionError:
        return None
    rule = _rule(form, when)
    if rule is None:
        return None
    return ReadBack(
        describe_rule(rule, front.vocabulary),
        _resident_sentence(rule, _destination(rule, front), front),
    )


def _rule(form: BaseForm, when: Condition) -> Rule | None:
    kind, _colon, slug = str(_typed(form, "target") or "").partition(":")
    if kind not in {one.value for one in TargetKind}:
        return None
    layers = frozenset(int(n) for n in _typed(form, "layers") or () if n in {"1", "2", "3", "4"})
    return Rule(
        key="",
        name="",
        when=when,
        to=Target(TargetKind(kind), slug, layers if kind == "fitting_service" else frozenset()),
        reason=str(_typed(form, "reason") or "").strip().rstrip("."),
        supporting=tuple(_typed(form, "supporting") or ()),
    )


def _typed(form: BaseForm, name: str) -> Any:
    return form[name].value()


def _destination(rule: Rule, front: FrontDoor) -> Destination | None:
    """Return where the rule leads for every question; None where it depends on the question."""
    if rule.to.kind is TargetKind.ORGANISATION and rule.to.slug in front.vocabulary.organisations:
        return Destination(rule.to.slug)
    if rule.to.kind is TargetKind.TEAM and rule.to.slug in front.vocabulary.teams:
        team = front.vocabulary.teams[rule.to.slug]
        return Destination(team.organisation, team)
    return None


def _resident_sentence(rule: Rule, destination: Destination | None, front: FrontDoor) -> str:
    if destination is None:
        return ""
    team = front.teams.get(destination.team.slug) if destination.team else None
    reason = reason_for(rule, Facts(), destination, front.vocabulary)
    return placed(front.organisations[destination.organisation], team, reason)


def compared(theirs: Rule, mine: Rule, front: FrontDoor) -> list[tuple[str, str, str]]:
    """Return the parts in which two versions of a rule differ: the part, theirs, mine."""
    words = front.vocabulary
    parts = [
        (_("Naam"), theirs.name, mine.name),
        (_("Als"), describe(theirs.when, words), describe(mine.when, words)),
        (_("Dan"), describe_target(theirs, words), describe_target(mine, words)),
        (_("Reden"), theirs.reason, mine.reason),
        (_("Wanneer"), active_days(theirs), active_days(mine)),
    ]
    return [part for part in parts if part[1] != part[2]]
