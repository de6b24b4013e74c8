"""What a report can show: counts, shares and durations, each with its name and definition.

A count is one of `measures.MEASURES`, a share divides two of them, a duration is of `durations`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from referrals.reports.durations import DURATIONS, STEPS, set_of
from referrals.reports.measures import MEASURES, RUNNING, Share


class Unit(StrEnum):
    """What the numbers are."""

    QUESTIONS = "questions"
    PERCENT = "percent"
    DAYS = "days"
    PER_THOUSAND = "per_thousand"


@dataclass(frozen=True, slots=True)
class Offered:
    """One figure that can be asked for. `sets`: the whole first, then the part or the steps."""

    name: str | Promise
    definition: str | Promise
    unit: Unit
    sets: Sequence[str]
    quantile: float = 0

    @property
    def is_stock(self) -> bool:
        """Whether it says how many there are at a moment, so that months can't be added."""
        return MEASURES[self.sets[0]].moment == RUNNING

    @property
    def of_handovers(self) -> bool:
        """Whether it counts handovers, so that it has a sender and a receiver."""
        return MEASURES[self.sets[0]].moment.startswith("h.")


_COUNTS = (
    "received",
    "helped",
    "closed",
    "running",
    "first_time",
    "repeat",
    "cross_domain",
    "together",
    "no_offer",
    "informal",
    "formal",
    "with_verdict",
    "handovers",
    "taken_up",
    "handed_over",
    "declined",
    "no_answer",
    "stopped",
    "under_way",
)
_SHARES: Mapping[str, tuple[str | Promise, Share]] = {
    "helped_share": (_("Deel geholpen"), Share("helped", "closed")),
    "picked_up_in_time_share": (
        _("Deel op tijd opgepakt"),
        Share("picked_up_in_time", "stayed"),
    ),
    "contacted_in_time_share": (
        _("Deel gesproken binnen de belofte"),
        Share("contacted_in_time", "stayed"),
    ),
    "first_time_share": (_("Deel voor het eerst"), Share("first_time", "received")),
    "repeat_share": (_("Deel opnieuw"), Share("repeat", "received")),
    "cross_domain_share": (_("Deel over leefgebieden heen"), Share("cross_domain", "received")),
    "together_share": (_("Deel echt samen geholpen"), Share("together", "closed")),
    "no_offer_share": (_("Deel zonder passend aanbod"), Share("no_offer", "received")),
    "informal_share": (_("Deel informele hulp"), Share("informal", "stayed")),
    "lighter_layer_share": (_("Deel lichte hulp"), Share("lighter_layer", "stayed")),
    "satisfied_share": (_("Deel tevreden"), Share("satisfied", "with_verdict")),
    "taken_up_share": (_("Deel overgenomen"), Share("taken_up", "handovers")),
    "declined_share": (_("Deel niet aangenomen"), Share("declined", "handovers")),
    "no_answer_share": (_("Deel niet beantwoord"), Share("no_answer", "handovers")),
    "handed_over_share": (_("Deel warm overgedragen"), Share("handed_over", "answered")),
}
_QUANTILES = (
    ("median", 0.5, _("{name}, de helft"), _("{definition} De helft duurde hoogstens zo lang.")),
    (
        "p90",
        0.9,
        _("{name}, negen van de tien"),
        _("{definition} Negen van de tien duurden hoogstens zo lang."),
    ),
)


def _offered() -> Mapping[str, Offered]:
    found: dict[str, Offered] = {}
    for name in _COUNTS:
        measure = MEASURES[name]
        label = measure.name
        if measure.moment.startswith("h.") and name != "handovers":
            label = format_lazy("{} {}", _("Overdrachten:"), measure.name)
        found[name] = Offered(label, measure.definition, Unit.QUESTIONS, [name])
    for name, (label, share) in _SHARES.items():
        part, whole = MEASURES[share.part].definition, MEASURES[share.whole].definition
        text = format_lazy(_("{part} Als deel van: {whole}"), part=part, whole=whole)
        found[name] = Offered(label, text, Unit.PERCENT, [share.whole, share.part])
    for name, duration in DURATIONS.items():
        sets = [duration.base, *(set_of(name, days) for days in STEPS)]
        for suffix, quantile, label, text in _QUANTILES:
            found[f"{name}_{suffix}"] = Offered(
                format_lazy(label, name=duration.name),
                format_lazy(text, definition=duration.definition),
                Unit.DAYS,
                sets,
                quantile,
            )
    return found


OFFERED: Mapping[str, Offered] = _offered()
