"""Find rules that can never decide, and why."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from organisations.routing.analysis.findings import DeadBecause, DeadRule
from organisations.routing.analysis.placement import PlacedRule, any_free, covered
from organisations.routing.analysis.solver import Boxes
from organisations.routing.descriptions import join


def find_dead(
    placed: Sequence[PlacedRule], table: Boxes, impossible: int
) -> tuple[list[DeadRule], list[PlacedRule]]:
    """Split rules into dead and live ones. Adds the boxes of every rule to the table."""
    dead: list[DeadRule] = []
    live: list[PlacedRule] = []
    earlier = impossible
    before: list[PlacedRule] = []
    for entry in placed:
        proof = 0
        alive = False
        for box in entry.possible:
            found, used = table.free_box(box, earlier)
            if found is not None:
                alive = True
                break
            proof |= used
        if alive:
            live.append(entry)
        elif not entry.rule.key.startswith("_"):
            dead.append(_why_dead(entry, before, proof, table, impossible, earlier))
        entry.earlier = earlier
        entry.bits = table.add_all(entry.sure)
        earlier |= entry.bits
        before.append(entry)
    return dead, live


def _why_dead(
    entry: PlacedRule,
    before: Sequence[PlacedRule],
    proof: int,
    table: Boxes,
    impossible: int,
    earlier: int,
) -> DeadRule:
    rule = entry.rule
    if not any_free(entry.condition, table, impossible):
        words = _("Deze voorwaarden kunnen nooit samen waar zijn.")
        return DeadRule(rule.key, rule.label, DeadBecause.CONTRADICTION, (), words)
    if not any_free(entry.possible, table, impossible):
        words = _("Er is geen aanbod of team waar deze regel naartoe kan.")
        return DeadRule(rule.key, rule.label, DeadBecause.NOWHERE, (), words)
    shadows = [other for other in before if other.bits & proof]
    meeting = [table.meeting(box, earlier) for box in entry.possible]
    single = next(
        (
            other
            for other in before
            if all(other.bits & mask for mask in meeting)
            and covered(entry.possible, table, impossible | other.bits)
        ),
        None,
    )
    if single is not None:
        shadows = [single]
    else:
        for other in reversed(list(shadows)):
            fewer = [shadow for shadow in shadows if shadow is not other]
            mask = impossible
            for shadow in fewer:
                mask |= shadow.bits
            if covered(entry.possible, table, mask):
                shadows = fewer
    names = join((f'"{shadow.rule.label}"' for shadow in shadows), _("en"))
    words = (
        _("Regel {names} staat ervoor en neemt alles over.").format(names=names)
        if len(shadows) == 1
        else _("De regels {names} staan ervoor en nemen samen alles over.").format(names=names)
    )
    keys = tuple(shadow.rule.key for shadow in shadows)
    return DeadRule(rule.key, rule.label, DeadBecause.SHADOWED, keys, words)
