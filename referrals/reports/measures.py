"""Every measure in one place: its name, its definition on the screen and one SQL expression.

A measure is a set of questions: those for which `condition` holds, in the period of `moment`. So
each has a count and a sum of keys, and is protected like every other figure. A share divides one
measure by another, of which it is a part.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_CAME_IN = "q.received_at"
_CLOSED = "q.closed_at"
_HANDED = "h.proposed_at"
RUNNING = "m.month_end"
"""The moment of what is counted at the end of each month: a stock, not a flow."""
_STAYED = "q.status <> 'withdrawn'"
_HELPED = "q.result IN ('helped', 'partly', 'advised', 'other_help')"
_PICKED_UP = (
    "EXISTS (SELECT 1 FROM referrals_followup f WHERE f.question_id = q.id"
    " AND f.kind = 'pick_up' AND f.status = 'done'"
    " AND (f.done_at AT TIME ZONE 'Europe/Amsterdam')::date <= f.due_on)"
)
_EARLIER = (
    "EXISTS (SELECT 1 FROM intake_question e WHERE e.partnership_id = q.partnership_id"
    " AND (e.asker_id IN (q.asker_id, q.subject_id) OR e.subject_id IN (q.asker_id, q.subject_id))"
    " AND e.received_at < q.received_at)"
)
_TOGETHER = (
    "(SELECT count(DISTINCT c.organisation_id) FROM referrals_contactmoment c"
    " WHERE c.question_id = q.id AND c.at <= q.closed_at) >= 2"
)
_NO_OFFER = (
    "EXISTS (SELECT 1 FROM intake_decision d WHERE d.question_id = q.id AND (d.rule_key = ''"
    " OR EXISTS (SELECT 1 FROM organisations_participation g WHERE g.safety_net"
    " AND g.partnership_id = q.partnership_id AND g.organisation_id = d.organisation_id)))"
)
_INFORMAL = "(s.layer <= 2 OR s.id IS NULL AND o.kind = 'initiative')"
_SPOKEN = "(q.first_contact_at AT TIME ZONE 'Europe/Amsterdam')::date <= q.promised_on"
Text = str | Promise


@dataclass(frozen=True, slots=True)
class Measure:
    """A set of questions. `h`: the last handover, `s`: the service, `o`: the lead."""

    name: Text
    definition: Text
    moment: str
    condition: str = "true"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; both are names of measures."""

    part: str
    whole: str


MEASURES: Mapping[str, Measure] = {
    "received": Measure(
        _("Binnengekomen"), _("Vragen die in deze periode binnenkwamen."), _CAME_IN
    ),
    "helped": Measure(
        _("Geholpen"),
        _(
            "Vragen die in deze periode zijn afgerond met hulp, deels met hulp, met advies of"
            " met hulp van iemand anders."
        ),
        _CLOSED,
        _HELPED,
    ),
    "closed": Measure(_("Afgerond"), _("Vragen die in deze periode zijn afgerond."), _CLOSED),
    "stayed": Measure(
        _("Niet ingetrokken"),
        _("Vragen die in deze periode binnenkwamen en niet zijn ingetrokken."),
        _CAME_IN,
        _STAYED,
    ),
    "picked_up_in_time": Measure(
        _("Op tijd opgepakt"),
        _("Vragen die zijn opgepakt binnen de afgesproken werkdagen."),
        _CAME_IN,
        f"{_STAYED} AND {_PICKED_UP}",
    ),
    "contacted_in_time": Measure(
        _("Op tijd gesproken"),
        _("Vragen waarbij de inwoner is gesproken uiterlijk op de beloofde dag."),
        _CAME_IN,
        f"{_STAYED} AND {_SPOKEN}",
    ),
    "lighter_layer": Measure(
        _("Lichte hulp"),
        _("Vragen met aanbod uit de laag van eigen netwerk of gemeenschap."),
        _CAME_IN,
        f"{_STAYED} AND s.layer <= 2",
    ),
    "cross_domain": Measure(
        _("Over leefgebieden heen"),
        _("Vragen over twee of meer leefgebieden."),
        _CAME_IN,
        "k.several",
    ),
    "running": Measure(
        _("Lopend"), _("Vragen die aan het eind van de maand nog openstonden."), RUNNING
    ),
    "first_time": Measure(
        _("Voor het eerst"),
        _("Vragen van of over iemand die hier nog niet eerder een vraag had."),
        _CAME_IN,
        f"NOT {_EARLIER}",
    ),
    "repeat": Measure(
        _("Opnieuw"),
        _("Vragen van of over iemand die hier eerder een vraag had."),
        _CAME_IN,
        _EARLIER,
    ),
    "together": Measure(
        _("Echt samen geholpen"),
        _("Afgeronde vragen waarbij twee of meer organisaties zelf contact hadden met de inwoner."),
        _CLOSED,
        _TOGETHER,
    ),
    "no_offer": Measure(
        _("Geen passend aanbod"),
        _("Vragen waar geen verdeelregel bij paste, of die bij het vangnet terechtkwamen."),
        _CAME_IN,
        _NO_OFFER,
    ),
    "informal": Measure(
        _("Informele hulp"),
        _(
            "Vragen met aanbod van eigen netwerk of buurt, of, waar geen aanbod is gekozen, bij een"
            " bewonersinitiatief."
        ),
        _CAME_IN,
        f"{_STAYED} AND {_INFORMAL}",
    ),
    "formal": Measure(
        _("Formele hulp"),
        _("Vragen met aanbod uit de basishulp of gespecialiseerde hulp, of bij een organisatie."),
        _CAME_IN,
        f"{_STAYED} AND NOT {_INFORMAL}",
    ),
    "spoken": Measure(
        _("Gesproken"),
        _("Vragen die in deze periode binnenkwamen en waarbij de inwoner is gesproken."),
        _CAME_IN,
        "q.first_contact_at IS NOT NULL",
    ),
    "with_verdict": Measure(
        _("Met een oordeel"),
        _("Afgeronde vragen waarbij de inwoner een oordeel gaf."),
        _CLOSED,
        "q.verdict IS NOT NULL",
    ),
    "satisfied": Measure(
        _("Tevreden"), _("Afgeronde vragen met een oordeel van 4 of 5."), _CLOSED, "q.verdict >= 4"
    ),
    "handovers": Measure(
        _("Warme overdrachten"),
        _("Vragen met een warme overdracht die in deze periode is voorgesteld. De laatste telt."),
        _HANDED,
        "h.id IS NOT NULL",
    ),
    "taken_up": Measure(
        _("overgenomen"),
        _("De ontvanger zei ja."),
        _HANDED,
        "h.status IN ('accepted', 'completed')",
    ),
    "declined": Measure(
        _("niet aangenomen"), _("De ontvanger zei nee."), _HANDED, "h.status = 'declined'"
    ),
    "no_answer": Measure(
        _("niet beantwoord"),
        _("De ontvanger gaf geen antwoord binnen de termijn."),
        _HANDED,
        "h.status NOT IN ('accepted', 'completed', 'declined') AND h.escalated_at IS NOT NULL",
    ),
    "stopped": Measure(
        _("gestopt door inwoner of gever"),
        _("De inwoner of de gever trok de overdracht in."),
        _HANDED,
        "h.status NOT IN ('accepted', 'completed', 'declined') AND h.escalated_at IS NULL"
        " AND h.ended_at IS NOT NULL",
    ),
    "under_way": Measure(
        _("nog bezig"),
        _("De ontvanger heeft nog tijd om te antwoorden."),
        _HANDED,
        "h.status NOT IN ('accepted', 'completed', 'declined') AND h.escalated_at IS NULL"
        " AND h.ended_at IS NULL",
    ),
    "answered": Measure(
        _("beantwoord"), _("De ontvanger zei ja of nee."), _HANDED, "h.answered_at IS NOT NULL"
    ),
    "handed_over": Measure(
        _("warm overgedragen"),
        _("De ontvanger zei ja en heeft de inwoner gesproken."),
        _HANDED,
        "h.status = 'completed' AND h.answered_at IS NOT NULL",
    ),
}
OUTCOMES = ("taken_up", "declined", "no_answer", "stopped", "under_way")
"""How a handover ended. They exclude each other; a late yes counts as taken up."""

SHARES: Mapping[str, Share] = {
    "picked_up_in_time": Share("picked_up_in_time", "stayed"),
    "contacted_in_time": Share("contacted_in_time", "stayed"),
    "lighter_layer": Share("lighter_layer", "stayed"),
    "cross_domain": Share("cross_domain", "received"),
    "helped": Share("helped", "closed"),
    "satisfied": Share("satisfied", "with_verdict"),
    "handed_over": Share("handed_over", "answered"),
    "first_time": Share("first_time", "received"),
    "repeat": Share("repeat", "received"),
    "together": Share("together", "closed"),
    "no_offer": Share("no_offer", "received"),
    "informal": Share("informal", "stayed"),
    "taken_up": Share("taken_up", "handovers"),
    "no_answer": Share("no_answer", "handovers"),
}
"""The indicators of goals that are percentages. `questions` is a count: "received"."""
