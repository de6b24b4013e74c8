"""Check organisations, teams, services, and the municipality's assignment."""

from __future__ import annotations

from organisations.directory.models import PyramidLayer
from organisations.partnership_file.faults import Faults


def check_organisations(faults: Faults) -> None:
    """Check organisations and their own retention terms."""
    listed = faults.file.organisations
    faults.check_unique([o.slug for o in listed], "organisaties", "slug")
    faults.check_unique([o.name.casefold() for o in listed], "organisaties", "naam")
    for index, item in enumerate(listed):
        faults.check_date_order(
            item.since, item.until, "organisaties", index, "tot_en_met", name=item.slug
        )
        if item.safety_net and not item.picks_up:
            faults.add(
                "organisaties",
                index,
                "vangnet",
                message="Een vangnet pakt vragen op. Zet pakt_op op true.",
                name=item.slug,
            )
        if not item.picks_up and not item.brings_in and item.kind != "gemeente":
            faults.add(
                "organisaties",
                index,
                "pakt_op",
                message="Wie niets oppakt, brengt vragen in. Zet een van de twee op true.",
                name=item.slug,
            )
    retention = faults.file.retention
    for index, terms in enumerate(retention.organisations if retention else []):
        faults.check_reference(
            terms.organisation,
            faults.organisations,
            "bewaartermijnen",
            "organisaties",
            index,
            "organisatie",
        )


def check_teams(faults: Faults) -> None:
    """Check teams; the triage team can't end."""
    listed = faults.file.teams
    faults.check_unique([t.slug for t in listed], "teams", "slug")
    for index, item in enumerate(listed):
        faults.check_reference(
            item.organisation, faults.organisations, "teams", index, "organisatie", name=item.slug
        )
        faults.check_references(
            item.organisations, faults.organisations, "teams", index, "organisaties", name=item.slug
        )
        faults.check_references(
            item.neighbourhoods, faults.neighbourhoods, "teams", index, "wijken", name=item.slug
        )
        if item.organisation not in item.organisations:
            faults.add(
                "teams",
                index,
                "organisaties",
                message=f'Zet "{item.organisation}" erbij: die staat in voor het team.',
                name=item.slug,
            )
        if item.slug == faults.file.responsible.triage_team and item.until:
            faults.add(
                "teams",
                index,
                "tot_en_met",
                message="Het triageteam kan niet stoppen. Noem eerst een ander triageteam.",
                name=item.slug,
            )


def check_services(faults: Faults) -> None:
    """Check life domains and services."""
    faults.check_unique([d.slug for d in faults.file.life_domains], "leefgebieden", "slug")
    faults.check_unique(
        [d.name.casefold() for d in faults.file.life_domains], "leefgebieden", "naam"
    )
    listed = faults.file.services
    faults.check_unique([s.slug for s in listed], "aanbod", "slug")
    for index, item in enumerate(listed):
        faults.check_reference(
            item.organisation, faults.organisations, "aanbod", index, "organisatie", name=item.slug
        )
        faults.check_references(
            item.life_domains, faults.life_domains, "aanbod", index, "leefgebieden", name=item.slug
        )
        faults.check_references(
            item.neighbourhoods, faults.neighbourhoods, "aanbod", index, "wijken", name=item.slug
        )
        faults.check_references(
            item.audience, set(item.audience), "aanbod", index, "leeftijden", name=item.slug
        )
        faults.check_date_order(
            item.since, item.until, "aanbod", index, "tot_en_met", name=item.slug
        )


def check_goals(faults: Faults) -> None:
    """Check the assignment, its goals and their indicators."""
    if faults.file.assignment is not None:
        work = faults.file.assignment
        faults.check_date_order(work.since, work.until, "opdracht", "tot_en_met")
        faults.check_references(
            work.organisations, faults.organisations, "opdracht", "organisaties"
        )
    noise = faults.file.report
    if noise.figure_spread > noise.figure_bound / 2:
        faults.add(
            "rapportage",
            "spreiding",
            message=f"{noise.figure_spread} past niet binnen hoogstens {noise.figure_bound}. "
            "Neem hoogstens de helft daarvan.",
        )
    faults.check_unique([g.key for g in faults.file.goals], "doelen", "sleutel")
    for index, goal in enumerate(faults.file.goals):
        faults.check_references(
            goal.life_domains, faults.life_domains, "doelen", index, "leefgebieden", name=goal.key
        )
        _check_indicators(faults, index)
        keys = [i.key for i in goal.indicators]
        faults.check_references(keys, set(keys), "doelen", index, "indicatoren", name=goal.key)


def _check_indicators(faults: Faults, index: int) -> None:
    """Record each indicator that would be the same in every quarter, whatever anybody does."""
    file = faults.file
    goal = file.goals[index]
    light = [service for service in file.services if service.layer <= PyramidLayer.COMMUNITY]
    picking_up = [one for one in file.organisations if one.picks_up]
    reasons = {
        "lichte-laag": (
            not light,
            "geen aanbod staat in een van de twee lichtste lagen, dus dit is altijd 0 %.",
        ),
        "over-leefgebieden-heen": (
            len(faults.life_domains) <= 1,
            "er is maar een leefgebied, dus geen vraag gaat over meer.",
        ),
        "warm-overgedragen": (
            len(picking_up) <= 1,
            "er is maar een organisatie die vragen oppakt, dus er zijn geen overdrachten.",
        ),
    }
    alone = reasons["warm-overgedragen"]
    reasons |= {
        "samen-geholpen": (
            alone[0],
            "er is maar een organisatie die vragen oppakt, dus niemand helpt samen.",
        ),
        "overgenomen": alone,
        "niet-beantwoord": alone,
        "dagen-tot-antwoord": alone,
        "dagen-tot-antwoord-negen-van-tien": alone,
        "informele-hulp": (
            not light and not any(one.kind == "bewonersinitiatief" for one in picking_up),
            "er is geen licht aanbod en geen bewonersinitiatief, dus dit is altijd 0 %.",
        ),
    }
    for number, indicator in enumerate(goal.indicators):
        constant, reason = reasons.get(indicator.measure, (False, ""))
        highest = 90 if indicator.measure.startswith("dagen-") else 100
        always = indicator.at_least == 0 or (
            indicator.measure != "aantal-vragen" and (indicator.at_most or 0) >= highest
        )
        if always and not constant:
            constant, reason = True, "elk getal haalt dit doel."
        if constant:
            faults.add(
                "doelen",
                index,
                "indicatoren",
                number,
                "meet",
                message=f"Dit cijfer kan niet veranderen: {reason}",
                name=goal.key,
            )
