"""The kinds of condition a rule can use.

Each kind is ONE django-rules predicate over (facts, parameter). To add a kind: write the
predicate below with `@condition(...)` and one test; the editor, the compiled rules, the trace
and the completeness check take it from the registration. A predicate returns a bool, never
None: django-rules reads None as "skip this one".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate

from organisations.routing.facts import UNKNOWN, Facts


class Parameter(StrEnum):
    """The kind of parameter that a condition takes."""

    CHOICES = "choices"
    NUMBER = "number"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ConditionKind:
    """One kind of condition.

    `label` is its name in the editor, `says` and `says_not` its clauses with {values}. `choices` is
    the fact whose values can be chosen. `reads` names the facts that the predicate reads; it may
    depend on nothing else, since the completeness check relies on that. `shown` is False where the
    value could reveal something about another question.
    """

    key: str
    label: Any
    says: Any
    says_not: Any
    parameter: Parameter
    choices: str | None
    reads: tuple[str, ...]
    shown: bool
    predicate: Predicate

    @property
    def test(self) -> Callable[[Facts, Any], bool]:
        """The function that the predicate wraps."""
        return cast("Callable[[Facts, Any], bool]", self.predicate.fn)


KINDS: dict[str, ConditionKind] = {}
"""Every kind by its key, in the order of the editor."""


def condition(
    key: str,
    *,
    label: Any,
    says: Any,
    says_not: Any,
    choices: str | None = None,
    reads: str | tuple[str, ...] | None = None,
    parameter: Parameter | None = None,
    shown: bool = True,
    registry: dict[str, ConditionKind] = KINDS,
) -> Callable[[Callable[[Facts, Any], bool]], Predicate]:
    """Register a predicate function as a kind of condition; return the django-rules predicate.

    With `choices` the parameter is a frozenset of values of that fact, which `reads` then is; with
    `parameter=NUMBER` a whole number from 1; otherwise None. Raises ValueError where the key
    is taken.
    """
    if key in registry:
        raise ValueError(f"condition {key!r} is registered twice")
    facts = reads or choices or ()
    names = (facts,) if isinstance(facts, str) else facts
    kind_of_parameter = parameter or (Parameter.CHOICES if choices else Parameter.NOTHING)

    def register(function: Callable[[Facts, Any], bool]) -> Predicate:
        made = Predicate(function, name=key)
        registry[key] = ConditionKind(
            key=key,
            label=label,
            says=says,
            says_not=says_not,
            parameter=kind_of_parameter,
            choices=choices,
            reads=names,
            shown=shown,
            predicate=made,
        )
        return made

    return register


@condition(
    "life_domains_any",
    label=_("gaat over een van deze leefgebieden"),
    says=_("het gaat over {values}"),
    says_not=_("het gaat niet over {values}"),
    choices="life_domains",
)
def life_domains_any(facts: Facts, values: frozenset[str]) -> bool:
    """At least one of the chosen life domains is among the values."""
    return not values.isdisjoint(facts.life_domains)


@condition(
    "life_domains_all",
    label=_("gaat over al deze leefgebieden"),
    says=_("het gaat over {values} tegelijk"),
    says_not=_("het gaat niet over {values} tegelijk"),
    choices="life_domains",
)
def life_domains_all(facts: Facts, values: frozenset[str]) -> bool:
    """Every one of the values was chosen."""
    return values <= facts.life_domains


@condition(
    "life_domains_at_least",
    label=_("gaat over minstens zoveel leefgebieden"),
    says=_("het gaat over minstens {values} leefgebieden"),
    says_not=_("het gaat over minder dan {values} leefgebieden"),
    reads="life_domains",
    parameter=Parameter.NUMBER,
)
def life_domains_at_least(facts: Facts, number: int) -> bool:
    """At least this many life domains were chosen."""
    return len(facts.life_domains) >= number


@condition(
    "age_band",
    label=_("leeftijd is"),
    says=_("de leeftijd is {values}"),
    says_not=_("de leeftijd is niet {values}"),
    choices="age_band",
)
def age_band(facts: Facts, values: frozenset[str]) -> bool:
    """The age band of the person it is about."""
    return (facts.age_band or UNKNOWN) in values


@condition(
    "about",
    label=_("het gaat om"),
    says=_("het gaat om {values}"),
    says_not=_("het gaat niet om {values}"),
    choices="about",
)
def about(facts: Facts, values: frozenset[str]) -> bool:
    """The person it is about, in relation to the asker."""
    return facts.about in values


@condition(
    "kind",
    label=_("soort vraag is"),
    says=_("het is {values}"),
    says_not=_("het is geen {values}"),
    choices="kind",
)
def kind(facts: Facts, values: frozenset[str]) -> bool:
    """The kind of question; kinds have their own terms."""
    return facts.kind in values


@condition(
    "urgency",
    label=_("spoed is"),
    says=_("de spoed is {values}"),
    says_not=_("de spoed is niet {values}"),
    choices="urgency",
)
def urgency(facts: Facts, values: frozenset[str]) -> bool:
    """The urgency of the question."""
    return facts.urgency in values


@condition(
    "danger",
    label=_("er is misschien gevaar"),
    says=_("er is misschien gevaar"),
    says_not=_("er is geen gevaar gemeld"),
    reads=("urgency", "safety"),
)
def danger(facts: Facts, _nothing: None) -> bool:
    """Someone may be in danger now."""
    return facts.danger


@condition(
    "neighbourhood",
    label=_("wijk of kern is"),
    says=_("de wijk of kern is {values}"),
    says_not=_("de wijk of kern is niet {values}"),
    choices="neighbourhood",
)
def neighbourhood(facts: Facts, values: frozenset[str]) -> bool:
    """The neighbourhood the resident lives in, as far as the postcode tells."""
    return (facts.neighbourhood or UNKNOWN) in values


@condition(
    "municipality",
    label=_("gemeente is"),
    says=_("de gemeente is {values}"),
    says_not=_("de gemeente is niet {values}"),
    choices="municipality",
)
def municipality(facts: Facts, values: frozenset[str]) -> bool:
    """The municipality the resident lives in."""
    return (facts.municipality or UNKNOWN) in values


@condition(
    "channel",
    label=_("kwam binnen via"),
    says=_("de vraag kwam binnen via {values}"),
    says_not=_("de vraag kwam niet binnen via {values}"),
    choices="channel",
)
def channel(facts: Facts, values: frozenset[str]) -> bool:
    """The way the question came in."""
    return facts.channel in values


@condition(
    "brought_by",
    label=_("ingebracht door partner"),
    says=_("de vraag is ingebracht door {values}"),
    says_not=_("de vraag is niet ingebracht door {values}"),
    choices="brought_by",
)
def brought_by(facts: Facts, values: frozenset[str]) -> bool:
    """The partner whose door it came in by."""
    return (facts.brought_by or UNKNOWN) in values


@condition(
    "language",
    label=_("taal is"),
    says=_("de taal is {values}"),
    says_not=_("de taal is niet {values}"),
    choices="language",
)
def language(facts: Facts, values: frozenset[str]) -> bool:
    """The language the resident wants to speak."""
    return facts.language in values


@condition(
    "desk_time",
    label=_("tijd aan de balie is"),
    says=_("de vraag kwam {values}"),
    says_not=_("de vraag kwam niet {values}"),
    choices="desk_time",
)
def desk_time(facts: Facts, values: frozenset[str]) -> bool:
    """Whether the desk reads questions when this one comes in."""
    return facts.desk_time in values


@condition(
    "household",
    label=_("de vrager koppelde zelf een eerdere vraag"),
    says=_("de vrager koppelde zelf een eerdere vraag"),
    says_not=_("de vrager koppelde geen eerdere vraag"),
    reads="household_lead",
    shown=False,
)
def household(facts: Facts, _nothing: None) -> bool:
    """The asker linked an earlier question. Links are never inferred from an address or phone."""
    return facts.household_lead is not None


@condition(
    "safety_net",
    label=_("vangnet: niemand anders heeft hier plek voor dan"),
    says=_("niemand anders dan {values} heeft nu plek in aanbod dat hierbij past"),
    says_not=_("ook een ander dan {values} heeft nu plek in aanbod dat hierbij past"),
    choices="offered_by",
)
def safety_net(facts: Facts, values: frozenset[str]) -> bool:
    """No open service of another organisation fits the facts, by the offer of that moment."""
    return facts.offered_by is not None and facts.offered_by <= values


def kinds_for_editor(registry: Mapping[str, ConditionKind] = KINDS) -> list[ConditionKind]:
    """Return the kinds in the order of the editor."""
    return list(registry.values())
