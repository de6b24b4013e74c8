"""Read rules from JSON, TOML and published rows, with errors that say what is expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from organisations.routing.conditions import (
    Condition,
    ConditionError,
    Leaf,
    Problem,
    parse,
    parse_stored,
)
from organisations.routing.reason_checks import reason_problems
from organisations.routing.ruleset import Rule, RuleSetSpec, Target, TargetKind, Triage

MAX_RULES = 1000
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class RuleSetError(ValueError):
    """A rule set that can't be read. `problems` lists every fault with its place."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


@dataclass(slots=True)
class _Faults:
    """Collects faults while one rule is read."""

    where: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, key: str, message: str) -> None:
        self.problems.append(Problem(f"{self.where}.{key}" if key else self.where, message))


def read_rule(data: object, *, where: str = "rule") -> Rule:
    """Read a rule from its JSON (or TOML) form. Raises RuleSetError with every fault."""
    faults = _Faults(where)
    rule = _read_rule(data, faults)
    if faults.problems or rule is None:
        raise RuleSetError(faults.problems)
    return rule


def read_rule_set(data: object) -> RuleSetSpec:
    """Read a rule set from its JSON form. Raises RuleSetError with every fault at once."""
    if not isinstance(data, Mapping):
        raise RuleSetError([Problem("", _("Geef een object met version, triage en rules."))])
    problems: list[Problem] = []
    version, triage, listed = data.get("version"), data.get("triage"), data.get("rules")
    if isinstance(version, bool) or not isinstance(version, int) or version < 0:
        problems.append(Problem("version", _("Geef een heel getal vanaf 0.")))
    if not isinstance(triage, Mapping) or not isinstance(triage.get("organisation"), str):
        problems.append(Problem("triage.organisation", _("Noem de organisatie van de triage.")))
    elif not isinstance(triage.get("team"), str | None):
        problems.append(Problem("triage.team", _("Noem het team, of laat het weg.")))
    if not isinstance(listed, list | tuple) or len(listed) > MAX_RULES:
        problems.append(
            Problem("rules", _("Geef een lijst van hoogstens {n} regels.").format(n=MAX_RULES))
        )
        listed = []
    rules: list[Rule] = []
    for index, item in enumerate(listed):
        faults = _Faults(f"rules[{index}]")
        rule = _read_rule(item, faults)
        problems.extend(faults.problems)
        if rule is not None:
            if any(rule.key == other.key for other in rules):
                problems.append(
                    Problem(f"rules[{index}].key", _('"{key}" komt al voor.').format(key=rule.key))
                )
            rules.append(rule)
    if problems:
        raise RuleSetError(problems)
    assert isinstance(version, int)
    assert isinstance(triage, Mapping)
    return RuleSetSpec(version, tuple(rules), Triage(triage["organisation"], triage.get("team")))


def stored_rule(
    *,
    key: str,
    name: str,
    when: object,
    to: object,
    reason: str = "",
    supporting: tuple[str, ...] = (),
    active_from: date | None = None,
    active_until: date | None = None,
) -> Rule:
    """Build a rule from a published row. Never raises: a rule that can no longer be read fails
    when evaluated, which sends its questions to triage and names it in the outcome."""
    faults = _Faults(key)
    target = _read_target(to, faults)
    condition = parse_stored(when)
    if target is None:
        condition, target = Leaf("broken"), Target(TargetKind.TRIAGE)
    return Rule(
        key, name, condition, target, as_clause(reason), supporting, active_from, active_until
    )


def _read_rule(data: object, faults: _Faults) -> Rule | None:
    if not isinstance(data, Mapping):
        faults.add("", _("Geef een object met key, name, when, to en reason."))
        return None
    known = {"key", "name", "when", "to", "reason", "supporting", "active_from", "active_until"}
    for extra in sorted(str(key) for key in data if key not in known):
        faults.add(
            extra,
            _("Deze sleutel bestaat niet. Gebruik: {known}.").format(
                known=", ".join(sorted(known))
            ),
        )
    key, name = data.get("key"), data.get("name")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        faults.add("key", _("Geef een korte naam van kleine letters, cijfers en streepjes."))
    if not isinstance(name, str) or not name.strip() or len(name) > 120:
        faults.add("name", _("Geef een naam van hoogstens 120 tekens."))
    condition: Condition | None = None
    try:
        condition = parse(data.get("when"), where=f"{faults.where}.when")
    except ConditionError as error:
        faults.problems.extend(error.problems)
    target = _read_target(data.get("to"), faults)
    reason = data.get("reason", "")
    if isinstance(reason, str):
        reason = reason.strip().rstrip(" .")
    else:
        faults.add("reason", _("Geef een zin."))
        reason = ""
    supporting = data.get("supporting", [])
    if not isinstance(supporting, list | tuple) or not all(isinstance(s, str) for s in supporting):
        faults.add("supporting", _("Geef een lijst van organisaties."))
        supporting = []
    start = _read_date(data.get("active_from"), "active_from", faults)
    end = _read_date(data.get("active_until"), "active_until", faults)
    if start and end and end < start:
        faults.add("active_until", _("De laatste dag ligt voor de eerste."))
    if faults.problems or condition is None or target is None:
        return None
    rule = Rule(
        str(key),
        str(name).strip(),
        condition,
        target,
        reason,
        tuple(dict.fromkeys(supporting)),
        start,
        end,
    )
    for message in reason_problems(rule):
        faults.add("reason", message)
    return rule


def as_clause(reason: str) -> str:
    """Turn a reason that an earlier release stored into a clause that can follow 'omdat'."""
    text = reason.strip()
    if text[:6].lower() == "omdat ":
        text = text[6:].lstrip()
    return text.rstrip(" .")


def _read_target(data: object, faults: _Faults) -> Target | None:
    hint = _(
        'Geef {{"organisation": "..."}}, {{"team": "..."}} of een van {others} met true.'
    ).format(others="neighbourhood_team, fitting_service, household, triage")
    if not isinstance(data, Mapping):
        faults.add("to", hint)
        return None
    kinds = [kind for kind in TargetKind if kind.value in data]
    allowed = {kinds[0].value, "layers"} if len(kinds) == 1 else set()
    if len(kinds) != 1 or not set(data) <= allowed:
        faults.add("to", hint)
        return None
    kind, value = kinds[0], data[kinds[0].value]
    if kind in {TargetKind.ORGANISATION, TargetKind.TEAM}:
        if not isinstance(value, str) or not value or "layers" in data:
            faults.add(f"to.{kind.value}", hint)
            return None
        return Target(kind, value)
    layers = data.get("layers", [])
    if value is not True or ("layers" in data and kind is not TargetKind.FITTING_SERVICE):
        faults.add(f"to.{kind.value}", hint)
        return None
    if not isinstance(layers, list | tuple) or not all(
        isinstance(layer, int) and not isinstance(layer, bool) for layer in layers
    ):
        faults.add("to.layers", _("Geef een lijst van lagen, zoals [1, 2]."))
        return None
    return Target(kind, layers=frozenset(layers))


def _read_date(value: object, key: str, faults: _Faults) -> date | None:
    if value is None or (isinstance(value, date) and type(value) is date):
        return value
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]  # TypeError is caught
    except (TypeError, ValueError):
        faults.add(key, _("Geef een datum als jjjj-mm-dd."))
        return None
