"""Change the rules of a draft, compared with what was opened, with a record of who changed what."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from organisations.front_door.configuration import FrontDoor
from organisations.front_door.stored_rules import as_rule
from organisations.routing import Rule, TargetKind, stored_rule, to_json
from organisations.routing.models import RoutingRule, RuleSet
from organisations.rule_sets.models import DraftChange
from welzijn.accounts.models import User

What = DraftChange.What
GONE = "gone"
"""The fingerprint of a rule that is no longer in the draft."""


@dataclass(frozen=True, slots=True)
class RuleState:
    """A rule of a draft as somebody opened it: `rule` is None where it is not there."""

    rule: Rule | None
    fingerprint: str
    last_change: DraftChange | None


class ChangedMeanwhileError(Exception):
    """Somebody else changed or removed the rule after it was opened. `now` is what it is now."""

    def __init__(self, now: RuleState) -> None:
        self.now = now
        super().__init__("the rule was changed after it was opened")


def state_of(*, draft: RuleSet, key: str) -> RuleState:
    """Return a rule as it stands, and who changed it last."""
    stored = draft.rules.prefetch_related("supporting").filter(key=key).first()
    last = draft.draft_changes.filter(key=key).select_related("by").first()
    if stored is None:
        return RuleState(None, GONE, last)
    rule = as_rule(stored)
    return RuleState(rule, fingerprint(rule), last)


def fingerprint(rule: Rule) -> str:
    """Return a short text that differs where the content of a rule differs."""
    whole = json.dumps(_as_json(rule), sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:20]


def save_rule(
    *,
    draft: RuleSet,
    rule: Rule,
    front: FrontDoor,
    by: User,
    now: datetime,
    key: str = "",
    opened: str | None = None,
) -> RoutingRule:
    """Save a rule in a draft: replace the one with `key`, or add it at the end.

    `opened` is the fingerprint of the rule that the writer saw; None compares nothing. A new rule
    gets a key made from its name. Raises ChangedMeanwhileError, and ValidationError for a version
    that is no draft.
    """
    with transaction.atomic():
        draft = locked(draft)
        state = state_of(draft=draft, key=key) if key else RuleState(None, GONE, None)
        if key and opened is not None and opened != state.fingerprint:
            raise ChangedMeanwhileError(state)
        stored = draft.rules.filter(key=key).first() if key else None
        what = What.CHANGED if stored is not None else What.ADDED
        if stored is None:
            stored = RoutingRule(
                rule_set=draft, key=key or _free_key(draft, rule.name), position=_last(draft) + 1
            )
        before = None if state.rule is None else _with_place(draft, state.rule)
        _write(stored, rule, front)
        saved = as_rule(stored)
        if state.rule is None or _as_json(saved) != _as_json(state.rule):
            _record(
                draft, stored.key, stored.name, what, before, _with_place(draft, saved), by, now
            )
    return stored


def move(*, draft: RuleSet, key: str, up: bool, by: User, now: datetime) -> None:
    """Swap a rule with the one above or below it; no effect at the end of the list."""
    with transaction.atomic():
        draft = locked(draft)
        keys = _keys(draft)
        place = _place(keys, key)
        move_to(draft=draft, key=key, place=place - 1 if up else place + 1, by=by, now=now)


def move_to(*, draft: RuleSet, key: str, place: int, by: User, now: datetime) -> None:
    """Give a rule a place from 1; a place beyond the end is the end.

    Raises ValidationError for a rule that is no longer in the draft.
    """
    with transaction.atomic():
        draft = locked(draft)
        keys = _keys(draft)
        was = _place(keys, key)
        wanted = min(max(place, 1), len(keys))
        if wanted == was:
            return
        keys.remove(key)
        keys.insert(wanted - 1, key)
        _put_in_order(draft, keys)
        stored = draft.rules.get(key=key)
        rule = _as_json(as_rule(stored))
        _record(
            draft, key, stored.name, What.MOVED, rule | {"place": was}, rule | {"place": wanted},
            by, now,
        )  # fmt: skip


def place_above(*, draft: RuleSet, key: str, other: str) -> int:
    """Return the place that puts a rule right above another. Raises ValidationError."""
    keys = _keys(draft)
    _place(keys, key)
    if other == key:
        return _place(keys, key)
    keys.remove(key)
    return _place(keys, other)


def remove(*, draft: RuleSet, key: str, by: User, now: datetime) -> None:
    """Remove a rule from a draft. Idempotent; `restore` puts it back."""
    with transaction.atomic():
        draft = locked(draft)
        stored = draft.rules.prefetch_related("supporting").filter(key=key).first()
        if stored is None:
            return
        before = _with_place(draft, as_rule(stored))
        stored.delete()
        _record(draft, key, stored.name, What.REMOVED, before, None, by, now)


def restore(*, draft: RuleSet, key: str, front: FrontDoor, by: User, now: datetime) -> None:
    """Put the rule back that was removed, at its place.

    Raises ValidationError where nothing was removed, or where it names somebody who is gone.
    """
    with transaction.atomic():
        draft = locked(draft)
        if draft.rules.filter(key=key).exists():
            return
        removed = draft.draft_changes.filter(key=key, what=What.REMOVED).first()
        if removed is None or removed.before is None:
            raise ValidationError(_("Deze regel is hier niet weggehaald."))
        place = int(removed.before["place"])
        rule = _from_json(removed.before)
        stored = RoutingRule(rule_set=draft, key=key, position=_last(draft) + 1)
        try:
            _write(stored, rule, front)
        except KeyError:
            raise ValidationError(
                _("Deze regel noemt een organisatie of team dat er niet meer is.")
            ) from None
        keys = [one for one in _keys(draft) if one != key]
        keys.insert(min(place, len(keys) + 1) - 1, key)
        _put_in_order(draft, keys)
        _record(draft, key, rule.name, What.RESTORED, None, removed.before, by, now)


def locked(draft: RuleSet) -> RuleSet:
    """Return a draft with its row locked. Raises ValidationError for a version that is none."""
    found = (
        RuleSet.objects.select_for_update(of=("self",))
        .filter(pk=draft.pk, status=RuleSet.Status.DRAFT)
        .first()
    )
    if found is None:
        raise ValidationError(
            _("Dit concept is intussen gepubliceerd of weggegooid. Begin een nieuw concept.")
        )
    return found


def _write(stored: RoutingRule, rule: Rule, front: FrontDoor) -> None:
    stored.name = rule.name
    stored.conditions = to_json(rule.when)
    stored.target_kind = rule.to.kind.value
    stored.organisation = (
        front.organisations[rule.to.slug] if rule.to.kind is TargetKind.ORGANISATION else None
    )
    stored.team = front.teams[rule.to.slug] if rule.to.kind is TargetKind.TEAM else None
    stored.layers = sorted(rule.to.layers)
    stored.reason = rule.reason
    stored.active_from = rule.active_from
    stored.active_until = rule.active_until
    supporting = [front.organisations[slug] for slug in rule.supporting]
    stored.save()
    stored.supporting.set(supporting)


def _record(
    draft: RuleSet,
    key: str,
    name: str,
    what: DraftChange.What,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    by: User,
    now: datetime,
) -> None:
    # A yes was to the draft as it was.
    draft.proposals.filter(withdrawn_at=None).update(withdrawn_at=now)
    DraftChange.objects.create(
        rule_set=draft, key=key, name=name, what=what, before=before, after=after, by=by, at=now
    )


def _as_json(rule: Rule) -> dict[str, Any]:
    found = rule.to_json()
    dates = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
        if name in {"active_from", "active_until"}
    }
    return found | dates | {"supporting": sorted(found["supporting"])}


def _from_json(data: Mapping[str, Any]) -> Rule:
    days = {
        name: date.fromisoformat(data[name]) if data[name] else None
        for name in ("active_from", "active_until")
    }
    return stored_rule(
        key=data["key"],
        name=data["name"],
        when=data["when"],
        to=data["to"],
        reason=data["reason"],
        supporting=tuple(data["supporting"]),
        **days,
    )


def _with_place(draft: RuleSet, rule: Rule) -> dict[str, Any]:
    return _as_json(rule) | {"place": _place(_keys(draft), rule.key)}


def _keys(draft: RuleSet) -> list[str]:
    return list(draft.rules.order_by("position").values_list("key", flat=True))


def _place(keys: list[str], key: str) -> int:
    if key not in keys:
        raise ValidationError(_("Deze regel staat niet meer in het concept."))
    return keys.index(key) + 1


def _put_in_order(draft: RuleSet, keys: list[str]) -> None:
    """Number the rules in this order; the places are compared at the end of the transaction."""
    stored = {rule.key: rule for rule in draft.rules.all()}
    moved = []
    for position, key in enumerate(keys, start=1):
        if stored[key].position != position:
            stored[key].position = position
            moved.append(stored[key])
    RoutingRule.objects.bulk_update(moved, ["position"])


def _free_key(draft: RuleSet, name: str) -> str:
    base = slugify(name)[:50] or "regel"
    taken = set(draft.rules.values_list("key", flat=True))
    taken |= set(draft.draft_changes.values_list("key", flat=True))
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 1000))) if key not in taken)


def _last(draft: RuleSet) -> int:
    return draft.rules.order_by("-position").values_list("position", flat=True).first() or 0
