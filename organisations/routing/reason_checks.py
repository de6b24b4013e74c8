"""What is wrong with the reason of a rule, for the editor and the partnership file alike."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from organisations.routing.clause_order import is_main_order
from organisations.routing.ruleset import Rule, TargetKind, reads_household

MAX_REASON = 240
PLACEHOLDERS = frozenset({"organisatie", "aanbod", "team"})
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


def reason_problems(rule: Rule) -> list[str]:
    """Return what is wrong with the reason of a rule, in sentences for its author."""
    if reads_household(rule):
        fixed = _(
            "Laat de reden weg: bij een gekoppelde vraag staat er een vaste "
            "zin, die niets zegt over een ander."
        )
        return [fixed] if rule.reason else []
    found = []
    if not rule.reason and rule.to.kind in {TargetKind.ORGANISATION, TargetKind.TEAM}:
        found.append(_('Schrijf voor de inwoner waarom: "omdat ...".'))
    if re.match(r"omdat\b", rule.reason, re.IGNORECASE):
        found.append(_('Laat "omdat" weg: dat woord staat er al voor.'))
    if is_main_order(rule.reason):
        found.append(
            _(
                'Zet het werkwoord achteraan, want er komt "omdat" voor: '
                '"het over geld gaat", niet "het gaat over geld".'
            )
        )
    if len(rule.reason) > MAX_REASON or "\n" in rule.reason:
        found.append(_("Houd het bij een zin van hoogstens {n} tekens.").format(n=MAX_REASON))
    found += [
        _("Tussen accolades mag alleen: {names}.").format(names=", ".join(sorted(PLACEHOLDERS)))
        for braces in _BRACES.finditer(rule.reason)
        if braces.group(1) not in PLACEHOLDERS
    ]
    return found
